//! Which candidates are too unlike to be compared, in either profile.

use crate::recipe::Recipe;
use crate::sketch::{ContainmentScreen, Screen};

/// Looks at a byte of every slot of two signatures.
pub enum PairScreen {
    /// Of story texts, by how much of the shorter one may be in the longer one.
    Stories(&'static ContainmentScreen),
    /// Of whole texts, by their similarity.
    Texts(Screen),
}

impl PairScreen {
    /// That of a run by the same recipe.
    pub fn of(recipe: &Recipe) -> PairScreen {
        let slots = recipe.banding().slots() as usize;
        match recipe.profile().has_stories() {
            true => PairScreen::Stories(ContainmentScreen::of_wire()),
            false => PairScreen::Texts(Screen::new(slots, recipe.threshold())),
        }
    }

    /// Whether two documents are worth comparing, each given by these bytes and by its length in words.
    pub fn passes(&self, a: (&[u8], u32), b: (&[u8], u32)) -> bool {
        match self {
            PairScreen::Stories(screen) => screen.passes(a, b),
            PairScreen::Texts(screen) => screen.passes(a.0, b.0),
        }
    }
}
