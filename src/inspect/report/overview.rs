//! What is said of a run as a whole: counts, the recipe in plain words, bounds, masks, curves.

use super::rounded;
use crate::recipe::Recipe;
use crate::report::model::{Bin, Counts, FORMAT, Masked, Report};
use crate::run::counts::Work;
use crate::run::finished::Run;
use crate::stages::PairTotals;
use crate::verify::SUBSTITUTED;

/// Names of inputs that are listed at most.
const INPUTS: usize = 1_000;
/// Steps of the S-curve.
const STEPS: u32 = 50;

/// A report that says only how documents are compared.
pub(crate) fn opened(recipe: &Recipe, line: String) -> Report {
    let measure = recipe.profile().character().score;
    Report {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        recipe: line,
        in_words: in_words(recipe),
        profile: recipe.profile().name().to_owned(),
        measure: measure.to_owned(),
        threshold: recipe.threshold().get(),
        folder: ".".to_owned(),
        ..Report::default()
    }
}

/// The report of an index without clusters, outlets and days: what is counted is of all of it.
pub(crate) fn of_index(
    recipe: &Recipe,
    line: String,
    name: String,
    counts: Counts,
    masked: Masked,
) -> Report {
    Report {
        inputs: vec![name],
        counts,
        masked: Some(masked),
        curve: curve(recipe),
        of_index: true,
        ..opened(recipe, line)
    }
}

/// The report of a run without clusters, texts and pairs.
pub(super) fn overview(run: &Run, counted: &PairTotals) -> Report {
    let recipe = run.recipe();
    let inputs = run.corpus.inputs();
    let mut names: Vec<String> = inputs
        .iter()
        .take(INPUTS)
        .map(|input| input.name().to_owned())
        .collect();
    if let more @ 1.. = inputs.len() - names.len() {
        names.push(format!("and {more} more"));
    }
    Report {
        inputs: names,
        counts: counts(run),
        bounds: bounds(&run.work(), recipe),
        masked: masked(run),
        similarities: similarities(counted),
        curve: curve(recipe),
        ..opened(recipe, run.recipe_line())
    }
}

fn in_words(recipe: &Recipe) -> Vec<String> {
    let threshold = recipe.threshold();
    let mut words: Vec<String> = match recipe.profile().has_stories() {
        true => vec![
            "What belongs to a site and not to a story was learned from the corpus and masked; \
             only story texts were compared."
                .to_owned(),
            format!(
                "Two documents are copies if their story score is at least {threshold}: the \
                 weighted share of the shorter story that is found, aligned, in the other, plus \
                 the share of word runs in common, less {SUBSTITUTED} times the words substituted."
            ),
            "Two documents of one form with different figures or names (daily case counts, results) are \
             not copies."
                .to_owned(),
            "A story holds documents that are copies of each other on average.".to_owned(),
        ],
        false => vec![
            "Whole documents were compared; nothing was masked.".to_owned(),
            format!(
                "Two documents are copies if the Jaccard similarity of their word runs is at \
                 least {threshold}: runs in both, divided by runs in either."
            ),
            "A story holds all documents that a chain of copies joins.".to_owned(),
        ],
    };
    let keys = format!(
        "Pairs were compared if they shared one of {} keys of {} values each, made of runs of \
         {} units ({}).",
        recipe.banding().bands(),
        recipe.banding().rows(),
        recipe.shingling().length(),
        recipe.shingling()
    );
    words.push(keys);
    words
}

fn counts(run: &Run) -> Counts {
    let counts = run.counts();
    Counts {
        documents: counts.read - counts.rejected,
        rejected: counts.rejected,
        thin: run.masked().map_or(0, |masked| masked.total.thin),
        clusters: counts.clusters,
        clustered: counts.clustered,
        duplicates: counts.clustered - counts.clusters,
        compared: run.work().compared,
        accepted: counts.accepted_pairs,
    }
}

/// The bounds that were reached.
fn bounds(work: &Work, recipe: &Recipe) -> Vec<(String, u64)> {
    let caps = recipe.caps();
    let all = [
        (
            format!(
                "keys of more than {} documents, which were paired with {} of them only",
                caps.group, caps.leaders
            ),
            work.capped_keys,
        ),
        (
            format!(
                "groups of more than {} texts, which were taken apart at a raised threshold",
                recipe.largest_component()
            ),
            work.split_components,
        ),
        (
            "texts with so many copies that only the nearest were compared with each other"
                .to_owned(),
            work.two_hop_capped,
        ),
        (
            "pairs of so many passages in other orders that only the longest were aligned"
                .to_owned(),
            work.capped_alignments,
        ),
        (
            "sets of pages with text in common that boilerplate was not learned from".to_owned(),
            work.unjudged_page_sets,
        ),
    ];
    all.into_iter().filter(|(_, times)| *times > 0).collect()
}

fn masked(run: &Run) -> Option<Masked> {
    let masked = run.masked()?;
    let doubted = masked
        .sources
        .iter()
        .filter(|source| source.is_nearly_all_masked());
    let doubted = doubted.map(|source| {
        let own = source.masked;
        let share = own.masked_words as f64 / own.words.max(1) as f64;
        (source.publisher.clone(), own.documents, rounded(share))
    });
    Some(Masked {
        words: masked.total.words,
        masked: masked.total.masked_words,
        doubted: doubted.collect(),
    })
}

fn similarities(counted: &PairTotals) -> Vec<Bin> {
    let bins = counted.bins.iter();
    let bin = |(&twentieths, &(accepted, refused)): (&i32, &(u64, u64))| Bin {
        from: rounded(f64::from(twentieths) / 20.0),
        accepted,
        refused,
    };
    bins.map(bin).collect()
}

fn curve(recipe: &Recipe) -> Vec<(f64, f64)> {
    let at = |step: u32| {
        let similarity = rounded(f64::from(step) / f64::from(STEPS));
        let chance = recipe.banding().candidate_probability(similarity);
        (similarity, rounded(chance))
    };
    (0..=STEPS).map(at).collect()
}
