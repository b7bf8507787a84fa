//! The recipe that an index was made by, read from the line in its manifest.
//!
//! Whatever can be chosen is taken from the line. It is the recipe if this program would write the same line of it:
//! words are distinguished, hashed and measured as they were then.

use crate::container::Snapshot;
use crate::error::Error;
use crate::error::IndexError;
use crate::lsh::CandidateCaps;
use crate::recipe::{Profile, Recipe};
use crate::similarity::Threshold;
use crate::sketch::Banding;

/// The recipe of an index.
///
/// # Errors
///
/// If it is not one of this program.
pub(super) fn recipe_of(snapshot: &Snapshot) -> Result<Recipe, Error> {
    let line = snapshot.recipe();
    let recipe = read(line);
    if let Some(recipe) = &recipe
        && recipe.to_string() == line
    {
        return Ok(recipe.clone());
    }
    Err(IndexError::OtherRecipe {
        folder: snapshot.folder().to_owned(),
        found: line.to_owned(),
        expected: recipe.unwrap_or_default().to_string(),
    }
    .into())
}

/// The recipe of this program that has the most of a line.
fn read(line: &str) -> Option<Recipe> {
    let mut words = line.split(' ');
    let profile = words.next()?;
    let value = |name: &str| line.split(' ').find_map(|word| word.strip_prefix(name));
    let bound = |place: usize| value("caps=")?.split('/').nth(place)?.parse().ok();
    let threshold = Threshold::new(value("threshold=")?.parse().ok()?).ok()?;
    let (bands, rows) = value("bands=")?.split_once('x')?;
    let banding = Banding::new(bands.parse().ok()?, rows.parse().ok()?).ok()?;
    let of_profile = Profile::ALL
        .into_iter()
        .find(|known| known.name() == profile)?;
    let recipe = Recipe::of(of_profile, threshold, banding);
    let caps = CandidateCaps {
        group: bound(0)?,
        leaders: bound(1)?,
    };
    let recipe = recipe.ok()?.with_seed(value("seed=")?.parse().ok()?);
    let recipe = recipe.with_shingling(value("shingle=")?.parse().ok()?);
    let recipe = recipe.and_then(|recipe| recipe.with_caps(caps)).ok()?;
    recipe.with_largest_component(bound(2)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_comes_back_from_its_line() {
        let caps = CandidateCaps {
            group: 300,
            leaders: 2,
        };
        let by_hand = Recipe::default_near()
            .with_seed(7)
            .with_shingling("char:9".parse().unwrap())
            .and_then(|recipe| recipe.with_banding(Banding::new(20, 5).unwrap()))
            .and_then(|recipe| recipe.with_caps(caps))
            .and_then(|recipe| recipe.with_largest_component(77))
            .unwrap();
        let wire = Recipe::default_wire().with_seed(9);
        for recipe in [wire, Recipe::default_near(), by_hand] {
            assert_eq!(read(&recipe.to_string()), Some(recipe));
        }
    }

    #[test]
    fn a_line_that_is_none_is_no_recipe() {
        let line = Recipe::default_near().to_string();
        assert!(read(&line).is_some());
        for (found, other) in [
            ("near", "nearly"),
            ("bands=10x6", "bands=1000x6"),
            ("bands=10x6", "bands=10"),
            ("threshold=0.8", "threshold=8"),
            ("caps=200", "caps=1025"),
            ("caps=200", "caps=0"),
            ("seed=1", "seed=-1"),
            ("shingle=word:5", "shingle=word:64"),
        ] {
            assert!(line.contains(found), "{line}");
            assert_eq!(read(&line.replace(found, other)), None, "{other}");
        }
        assert_eq!(read(""), None);
    }
}
