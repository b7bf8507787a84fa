//! More rejected records than are allowed.
//!
//! A run writes its results all the same, and its caller decides where they go. An index takes no
//! such batch: it would be half of one, for good.

use super::documents::Documents;
use super::error::Error;
use super::job::JobParts;
use super::rejections::records;
use super::run::Run;
use crate::corpus::Corpus;

/// Whether so many rejected of so many read are more than a share, `0.0..=1.0`. Compared in millionths,
/// so that 29 of 100 are not over 29 %.
pub fn is_over(rejected: u64, read: u64, share: f64) -> bool {
    const ONE: u64 = 1_000_000;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share from 0 to 1
    let limit = (share * ONE as f64).round() as u64;
    u128::from(rejected) * u128::from(ONE) > u128::from(limit) * u128::from(read)
}

/// The smallest whole tenth of a percent that allows so many, for a flag: `12.4%`.
pub fn share_that_allows(rejected: u64, read: u64) -> String {
    let thousandths = (u128::from(rejected) * 1000).div_ceil(u128::from(read.max(1)));
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}

/// Checks what was read, as long as nothing else was made of it, for a job that stops at too many.
pub(super) fn check(corpus: &Corpus, job: &JobParts, documents: &Documents) -> Result<(), Error> {
    let read = documents.rows.len() as u64 + records(&documents.rejections);
    let rejected = blamed(documents);
    match job.most_rejected {
        Some(share) if is_over(rejected, read, share) => Err(Error::TooManyRejected {
            rejected,
            read,
            first: first(corpus, documents),
        }),
        _ => Ok(()),
    }
}

/// Records that were rejected for what they are. What damage has cut is not among them: who accepts
/// damaged inputs has accepted that, and is told of it apart.
pub(super) fn blamed(documents: &Documents) -> u64 {
    let rejections = documents.rejections.iter();
    rejections
        .filter(|(_, rejected)| !rejected.is_damage)
        .map(|(_, rejected)| u64::from(rejected.records))
        .sum()
}

impl Run {
    /// Whether more records are rejected than a share, `0.0..=1.0`, of those read. What was cut by damage
    /// does not count: it is distinguished.
    pub fn has_too_many_rejects(&self, share: f64) -> bool {
        is_over(blamed(&self.documents), self.counts().read, share)
    }
}

/// The first rejected record: its place and the reason.
fn first(corpus: &Corpus, documents: &Documents) -> String {
    let first = documents.rejections.first().map(|(input, rejected)| {
        let (file, offset) = corpus.place(*input as usize, rejected.offset);
        format!("{file}, byte {offset}: {}", rejected.reason)
    });
    first.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_that_is_named_allows_what_was_rejected() {
        assert!(!is_over(29, 100, 0.29) && is_over(30, 100, 0.29));
        assert!(!is_over(0, 0, 0.0));
        for (rejected, read, want) in [
            (1, 100, "1%"),
            (124, 1000, "12.4%"),
            (1, 3, "33.4%"),
            (1, 1_000_000, "0.1%"),
            (7, 7, "100%"),
        ] {
            let share = share_that_allows(rejected, read);
            assert_eq!(share, want);
            let value: f64 = share.trim_end_matches('%').parse().unwrap();
            assert!(!is_over(rejected, read, value / 100.0), "{share}");
        }
    }
}
