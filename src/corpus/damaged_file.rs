//! A file of which something is missing, and how it is named.

use std::fmt;
use std::path::PathBuf;

/// Files that are named in one message.
const NAMED: usize = 5;

/// A file of which something is missing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DamagedFile {
    /// The position of the input it is or belongs to.
    pub input: usize,
    /// The file; of a folder of text files the one that is damaged.
    pub path: PathBuf,
    /// The first byte that is missing or cannot be decoded, within the look-ahead of a decoder: of the
    /// file as it lies on disk or, where that decodes well, of what it decodes to.
    pub at: u64,
    /// What is wrong.
    pub what: String,
    /// Bytes of the file as it lies on disk that could not be decoded. Nothing where the file ends too
    /// early: how long it should be is unknown.
    pub missing: Option<u64>,
    /// Whether the file ends at `at`, where it should go on.
    pub(super) is_cut: bool,
    /// Whether `at` counts decoded bytes of a compressed file.
    pub(super) is_decoded: bool,
    /// Whether it is a document, and not a file of many.
    pub(super) is_text: bool,
}

impl fmt::Display for DamagedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.is_cut { "cut off" } else { "damaged" };
        let of = if self.is_decoded {
            " of what it decodes to"
        } else {
            ""
        };
        let path = self.path.display();
        write!(f, "{path}: {how} at byte {}{of} ({})", self.at, self.what)
    }
}

/// What is said where a scan ends because of them.
pub(super) fn describe(files: &[DamagedFile], records: Option<u64>) -> String {
    let Some(first) = files.first() else {
        return String::new();
    };
    let read = match (first.is_text, records) {
        (true, _) => "half a text is no document".to_owned(),
        (false, None) => "what follows is missing".to_owned(),
        (false, Some(1)) => "1 record was read before it, and what follows is missing".to_owned(),
        (false, Some(records)) => {
            format!("{records} records were read before it, and what follows is missing")
        }
    };
    let mut said = format!(
        "{first}: {read}: fetch it again, or pass --accept-damaged to go on with what was read"
    );
    let others = &files[1..];
    if !others.is_empty() {
        let names: Vec<String> = others
            .iter()
            .take(NAMED)
            .map(|file| file.path.display().to_string())
            .collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        said.push_str(&format!("; damaged as well: {}{more}", names.join(", ")));
    }
    said
}

/// Where the last record of an input that is otherwise sound is cut off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Cut {
    /// The length of the decoded bytes.
    pub(super) at: u64,
    pub(super) what: &'static str,
}
