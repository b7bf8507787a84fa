//! What a run goes by besides its corpus, and whether that fits into memory.

use super::memory::{self, Size};
use crate::cluster::RemovalRule;
use crate::error::Error;
use crate::learned::Learned;
use crate::recipe::Recipe;
use crate::stages::Instructions;

/// What a run goes by besides its corpus.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) recipe: Recipe,
    pub(crate) removal: RemovalRule,
    /// Bytes it may use, if that is bounded.
    pub(crate) memory: Option<u64>,
    pub(crate) instructions: Instructions,
    /// What is known before; afterwards it is the run's.
    pub(crate) learned: Option<Learned>,
    /// Whether publishers distinguish documents, where an index knows.
    pub(crate) publishers_distinguish: Option<bool>,
    /// Whether an index keeps notes of its pages.
    pub(crate) is_noted: bool,
    /// The share of rejected records at which it stops, if it does.
    pub(crate) most_rejected: Option<f64>,
}

impl Settings {
    /// The memory that so much takes, with `rejected` bytes for records that could not be read. Refuses to go on if what was read is more than the sample, or a stream,
    /// let expect.
    pub(crate) fn check_memory(
        &self,
        (documents, text): (u64, u64),
        longest: u64,
        rejected: u64,
    ) -> Result<u64, Error> {
        let size = self.size(documents, text, longest);
        let needed = memory::estimate(&self.recipe, size).saturating_add(rejected);
        self.fits(size, needed, self.memory)
    }

    /// Refuses what needs more than is allowed.
    pub(crate) fn fits(&self, size: Size, needed: u64, allowed: Option<u64>) -> Result<u64, Error> {
        let Some(allowed) = allowed.filter(|&allowed| needed > allowed) else {
            return Ok(needed);
        };
        let ordinary = memory::estimate(&self.recipe, Size { longest: 0, ..size });
        Err(match ordinary > allowed {
            true => Error::DoesNotFit {
                documents: size.documents,
                needed,
                allowed,
            },
            false => Error::LongTextDoesNotFit {
                longest: size.longest,
                needed,
                allowed,
            },
        })
    }

    /// How many candidates can be held at once, of a corpus of so many documents and so much text.
    pub(crate) fn most_pairs(&self, (documents, text): (u64, u64)) -> u64 {
        let left = match self.memory {
            Some(allowed) => {
                let taken = memory::estimate(&self.recipe, self.size(documents, text, 0));
                allowed.saturating_sub(taken)
            }
            None => memory::available().unwrap_or(u64::MAX),
        };
        (left / memory::FOUND).max(documents)
    }

    /// Refuses to go on if there are more candidates than memory for them, or `too_many` to be found at all; `linked` of
    /// them are linked at a time. The
    /// memory that is needed with them, if that is clearly more than was to be expected without.
    pub(crate) fn check_pairs(
        &self,
        (documents, text): (u64, u64),
        (pairs, linked): (u64, u64),
        too_many: bool,
    ) -> Result<Option<u64>, Error> {
        let before = self.size(documents, text, 0);
        let with_pairs = Size {
            pairs,
            linked,
            ..before
        };
        let needed = memory::estimate(&self.recipe, with_pairs);
        // What is held already is no longer available.
        let held = || memory::estimate(&self.recipe, before);
        let left = || memory::available().map(|left| left.saturating_add(held()));
        let allowed = self.memory.or_else(left);
        match too_many {
            true => Err(Error::TooManyPairs {
                documents,
                pairs,
                allowed: allowed.unwrap_or(u64::MAX),
            }),
            false => {
                let needed = self.fits(with_pairs, needed, allowed)?;
                let expected = held();
                Ok((needed > expected + expected / 8).then_some(needed))
            }
        }
    }

    /// Whether boilerplate is learned.
    pub(crate) fn learns(&self) -> bool {
        self.recipe.profile().has_stories() && self.learned.is_none()
    }

    pub(crate) fn size(&self, documents: u64, text: u64, longest: u64) -> Size {
        Size {
            documents,
            text,
            pairs: 0,
            linked: 0,
            longest,
            learns: self.learns(),
            is_noted: self.is_noted,
        }
    }
}
