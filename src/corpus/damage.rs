//! What is missing of the inputs: files that end too early, or that cannot be decoded.
//!
//! Half a file is not one bad record: what the other half held is unknown. So a scan fails at it
//! unless the caller has said that it should go on with what is there
//! ([`ReadOptions::accept_damaged`](super::ReadOptions::accept_damaged)), and then lists it here.
//!
//! What cannot be seen: a file that is not compressed and was cut just between two records (a line
//! feed sooner or later makes no difference), or a CSV file cut in its last field, where that is not quoted.

use super::damaged_file::{Cut, DamagedFile};

use super::allowed::Damage;
use super::input::{Input, Origin};
use super::kind::Compression;
use super::record::Reason;

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
        // Of several places the first is reported, and all that is missing: nothing is known of that if
        // the file also ends too early.
        (Some(first), _) => vec![DamagedFile {
            path: first.file.clone().unwrap_or_else(|| input.place()),
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
