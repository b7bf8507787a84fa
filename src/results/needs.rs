//! The disk that results will take, and whether it is there, before anything is read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::output::{Need, free_bytes};
use crate::results::write::Files;
use crate::run::job::OpenJob;
use crate::run::preflight::Preflight;

/// Bytes that the rows of a document take in all tables as JSON Lines, as CSV and as Parquet besides. Measured in
/// `wire` on the newsroom of the fixtures, 88 pages of which half are in clusters: 45,690 and 18,205
/// bytes; in `near` half of it. Parquet: 12 bytes of 60,000 documents whose ids are counted up, so it is
/// mostly ids: room for three of 32 random characters.
const ROWS: u64 = 520;
const CSV_ROWS: u64 = 207;
const PARQUET_ROWS: u64 = 100;
/// Bytes of a report that has no text yet, as a page and as its model.
const REPORT: u64 = 200 << 10;
/// Bytes that a story text takes besides its text: names, id, figures.
const STORY: u64 = 80;

/// Bytes that results take.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Needs {
    /// The filtered corpora.
    pub corpora: Vec<Need>,
    /// The tables, by estimate.
    pub tables: u64,
    /// The report and its model, by estimate.
    pub report: u64,
    /// The story texts: no more than the texts.
    pub story_texts: u64,
    /// Where results will be: the folder, or the nearest above that is there.
    pub folder: PathBuf,
    /// Bytes that are free there, if the system says.
    pub free: Option<u64>,
    /// Bytes that are spooled on the same file system.
    spooled: u64,
}

impl Files {
    /// What a job will write to `output`, by what was seen of its sources.
    ///
    /// # Errors
    ///
    /// If a source cannot be read.
    pub fn needs(&self, open: &OpenJob, seen: &Preflight, output: &Path) -> Result<Needs, Error> {
        let sample = &seen.corpus;
        let corpora = match self.filtered {
            Some(filtered) => filtered.needs(open.corpus(), sample)?,
            None => Vec::new(),
        };
        let csv = self.tables.csv.map_or(0, |_| CSV_ROWS);
        let parquet = if self.tables.parquet { PARQUET_ROWS } else { 0 };
        let each = ROWS + csv + parquet;
        let texts = sample.text_bytes;
        let has_stories = seen.profile.has_stories();
        let folder = existing(output);
        let spooled = match is_same_disk(&folder, &sample.spool_folder) {
            true => sample.spool_bytes,
            false => 0,
        };
        Ok(Needs {
            corpora,
            tables: sample
                .records
                .saturating_mul(if has_stories { each } else { each / 2 }),
            report: self.report.as_ref().map_or(0, |view| {
                // Texts are in both, as far as there is room.
                2 * (REPORT + texts.min(view.budget as u64))
            }),
            story_texts: match self.story_text && has_stories {
                true => texts.saturating_add(sample.records.saturating_mul(STORY)),
                false => 0,
            },
            free: free_bytes(&folder),
            folder,
            spooled,
        })
    }
}

impl Needs {
    /// All of it, what is spooled on the same disk included.
    pub fn total(&self) -> u64 {
        let corpora = self.corpora.iter().map(|need| need.bytes);
        let others = [self.tables, self.report, self.story_texts, self.spooled];
        corpora.chain(others).fold(0, u64::saturating_add)
    }

    /// Whether it may be more than is free.
    ///
    /// # Errors
    ///
    /// [`Error::OutputDoesNotFit`] if it will be, whatever is found.
    pub fn may_not_fit(&self) -> Result<bool, Error> {
        let Some(free) = self.free else {
            return Ok(false);
        };
        let certain = self.corpora.iter().filter(|need| need.is_certain);
        let needed = certain
            .map(|need| need.bytes)
            .fold(self.spooled, u64::saturating_add);
        if needed > free {
            return Err(Error::OutputDoesNotFit {
                needed,
                free,
                folder: self.folder.clone(),
            });
        }
        Ok(self.total() > free)
    }
}

/// The folder, or the nearest above it that is there.
fn existing(output: &Path) -> PathBuf {
    let whole = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
    let mut above = whole.ancestors().filter(|folder| folder.is_dir());
    above
        .next()
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

fn is_same_disk(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    device(a).is_some_and(|a| Some(a) == device(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(kept: u64, is_certain: bool, free: u64) -> Needs {
        Needs {
            corpora: vec![Need {
                names: "kept/".into(),
                bytes: kept,
                is_bound: true,
                is_certain,
            }],
            tables: 10,
            report: 20,
            story_texts: 0,
            folder: "out".into(),
            free: Some(free),
            spooled: 30,
        }
    }

    #[test]
    fn what_will_not_fit_is_refused_and_what_may_not_is_reported() {
        assert_eq!(needs(40, false, 100).total(), 100);
        assert!(!needs(40, false, 100).may_not_fit().unwrap());
        assert!(needs(41, false, 100).may_not_fit().unwrap());
        assert!(needs(70, true, 100).may_not_fit().unwrap());
        let refused = needs(71, true, 100).may_not_fit().unwrap_err();
        assert!(matches!(
            refused,
            Error::OutputDoesNotFit { needed: 101, .. }
        ));
        assert!(refused.to_string().contains("-o"), "{refused}");
    }
}
