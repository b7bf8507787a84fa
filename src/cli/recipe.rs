//! From flags that say what a copy is to the recipe: which profile knows which.

use wirecopy::Recipe;
use wirecopy::sketch::Banding;

use super::args::{CompareArgs, Preset, Profile};
use super::exit::Usage;

/// The recipe that is asked for.
pub(super) fn recipe(args: &CompareArgs, presets: &[Preset]) -> Result<Recipe, Usage> {
    let is_of_near = |preset: &&Preset| preset.flags().contains(&("profile", "near"));
    if let (Some(preset), Profile::Wire) = (presets.iter().find(is_of_near), args.profile) {
        let flags = preset.flags().iter();
        let flags: Vec<String> = flags
            .map(|(name, value)| format!("--{name} {value}"))
            .collect();
        return Err(Usage(format!(
            "--preset stands for {}, and --profile wire is another one: leave out one of the two",
            flags.join(" ")
        )));
    }
    let recipe = match args.profile {
        Profile::Wire => wire(args)?,
        Profile::Near => near(args)?,
    };
    Ok(recipe.with_seed(args.seed))
}

fn wire(args: &CompareArgs) -> Result<Recipe, Usage> {
    let of_near = [
        ("--recall", args.recall.is_some()),
        ("--bands", args.bands.is_some()),
        ("--rows", args.rows.is_some()),
        ("--shingle", args.shingle.is_some()),
    ];
    if let Some((flag, _)) = of_near.iter().find(|(_, given)| *given) {
        return Err(Usage(format!(
            "{flag} shapes the `near` profile only; leave it out, or add --profile near"
        )));
    }
    Ok(args
        .threshold
        .map_or_else(Recipe::default_wire, Recipe::wire))
}

fn near(args: &CompareArgs) -> Result<Recipe, Usage> {
    if args.boilerplate.is_some() {
        return Err(Usage(
            "--boilerplate is of the `wire` profile, which masks boilerplate; \
             leave it out, or add --profile wire"
                .into(),
        ));
    }
    let usual = Recipe::default_near();
    let threshold = args.threshold.unwrap_or(usual.threshold());
    if !threshold.is_share() {
        return Err(Usage(format!(
            "--threshold {threshold}: in `near` it is a Jaccard similarity, which is at most 1 (identical); scores \
             of --profile wire go up to 2"
        )));
    }
    let recipe = match (args.bands, args.rows) {
        (Some(bands), Some(rows)) => {
            let banding = Banding::new(bands, rows)
                .map_err(|error| Usage(format!("--bands {bands} --rows {rows}: {error}")))?;
            Recipe::near_with_banding(threshold, banding)
        }
        _ => {
            let recall = args.recall.unwrap_or(Recipe::RECALL);
            let recipe = Recipe::near(threshold, recall).map_err(|error| {
                Usage(format!(
                    "--threshold {threshold} --recall {recall}: {error}"
                ))
            })?;
            Ok(recipe)
        }
    };
    let shingling = args.shingle.unwrap_or(usual.shingling());
    recipe
        .and_then(|recipe| recipe.with_shingling(shingling))
        .map_err(|error| Usage(error.to_string()))
}
