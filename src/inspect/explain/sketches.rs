//! What the index sees of two texts: their keys, and what the screen looks at.

use crate::run::settings::Settings;
use crate::sketch::{Sketcher, screen};

/// What the signatures of two texts have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sketches {
    pub(super) equal_bands: u32,
    pub(super) agreeing_slots: u32,
    /// Slots that must agree.
    pub(super) screen: u32,
}

impl Sketches {
    /// Signs two sets of shingles as a run does; `screen` slots must agree.
    pub(super) fn of(job: &Settings, shingles: [&[u64]; 2], screen: u32) -> Sketches {
        let banding = job.recipe.banding();
        let sketcher = Sketcher::with_kernel(
            banding.slots(),
            job.recipe.seed(),
            job.instructions.sketch(),
        );
        let [(keys_a, bytes_a), (keys_b, bytes_b)] = shingles.map(|shingles| {
            let mut signature = vec![0; sketcher.slots()];
            let mut keys = vec![0; banding.bands() as usize];
            let mut bytes = vec![0; banding.slots() as usize];
            if !shingles.is_empty() {
                sketcher.sign(shingles, &mut signature);
                banding.keys(&signature, &mut keys);
                screen::bytes(&signature, &mut bytes);
            }
            (keys, bytes)
        });
        let have_keys = shingles.iter().all(|shingles| !shingles.is_empty());
        let pairs = keys_a.iter().zip(&keys_b);
        let equal = pairs.filter(|(a, b)| have_keys && a == b);
        Sketches {
            equal_bands: equal.map(|_| 1).sum(),
            agreeing_slots: screen::agreement(&bytes_a, &bytes_b),
            screen,
        }
    }

    pub(super) fn is_candidate(self) -> bool {
        self.equal_bands > 0 && self.agreeing_slots >= self.screen
    }
}
