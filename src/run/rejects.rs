//! More rejected records than are allowed.
//!
//! A run writes its results all the same, and its caller decides where they go. An index takes no
//! such batch: it would be half of one, for good.

use crate::corpus::Corpus;
use crate::error::{Error, is_over};
use crate::run::finished::Run;
use crate::run::settings::Settings;
use crate::store::documents::Documents;
use crate::store::rejections::records;

/// Checks what was read, as long as nothing else was made of it, for a job that stops at too many.
pub(crate) fn check(corpus: &Corpus, job: &Settings, documents: &Documents) -> Result<(), Error> {
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
/// damaged inputs has accepted that, and it is reported apart.
pub(crate) fn blamed(documents: &Documents) -> u64 {
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
