//! What is missing of the inputs: files that end too early, or that cannot be decoded.
//!
//! Half a file is not one bad record: what the other half held is unknown. So a scan fails at it
//! unless the caller has said that it should go on with what is there
//! ([`ReadOptions::accept_damaged`](super::ReadOptions::accept_damaged)), and then lists it here.
//!
//! What cannot be seen: a file that is not compressed and was cut just between two records (a line
//! feed sooner or later makes no difference), or a CSV file cut in its last field, where that is not quoted.

use std::fmt;
use std::path::PathBuf;

use super::decode::Damage;
use super::input::{Compression, Input, Origin};
use super::record::Reason;

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

/// Where the last record of an input that is otherwise sound is cut off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Cut {
    /// The length of the decoded bytes.
    pub(super) at: u64,
    pub(super) what: &'static str,
}

/// The damaged files of an input whose bytes were gathered.
pub(super) fn of_input(at: usize, input: &Input, cut: Option<Cut>) -> Vec<DamagedFile> {
    match &input.origin {
        Origin::Texts(texts) => {
            let faults = texts.files.iter().filter_map(|text| text.fault.as_deref());
            faults.filter_map(|(_, why)| of_text(at, why)).collect()
        }
        _ => of_bytes((at, input), &input.damages, cut),
    }
}

/// The file, if a text file is rejected for its damage.
pub(super) fn of_text(input: usize, why: &Reason) -> Option<DamagedFile> {
    let Reason::Damaged {
        path,
        message,
        at,
        missing,
        ..
    } = why
    else {
        return None;
    };
    Some(DamagedFile {
        input,
        path: path.clone(),
        at: *at,
        what: message.clone(),
        missing: *missing,
        is_cut: missing.is_none(),
        is_decoded: false,
        is_text: true,
    })
}

/// The file, if an input of many records is damaged or cut.
pub(super) fn of_bytes(
    (at, input): (usize, &Input),
    damages: &[Damage],
    cut: Option<Cut>,
) -> Vec<DamagedFile> {
    let file = |at_byte, what: &str, is_cut| DamagedFile {
        input: at,
        path: input.place(),
        at: at_byte,
        what: what.to_owned(),
        missing: None,
        is_cut,
        is_decoded: false,
        is_text: false,
    };
    match (damages.first(), cut) {
        // Of several places the first is told, and all that is missing: nothing is known of that if
        // the file also ends too early.
        (Some(first), _) => vec![DamagedFile {
            missing: damages.iter().map(|damage| damage.missing).sum(),
            ..file(first.at, &first.message, first.missing.is_none())
        }],
        (None, Some(cut)) => vec![DamagedFile {
            is_decoded: input.compression != Compression::None,
            ..file(cut.at, cut.what, true)
        }],
        (None, None) => Vec::new(),
    }
}

/// Files that are named in one message.
const NAMED: usize = 5;

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
