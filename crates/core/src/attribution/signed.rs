//! Credits under a reporter's name, at a text's end: `Ahmet İNCEL / DHA`, `Mehmet ERÇAKIR/ ISPARTA, (DHA)`.
//!
//! Elsewhere a name with a slash is a photographer's (`JANE DOE / AFP`), so this is read for the agencies
//! that sign so.

use std::ops::Range;

use super::label::STORY;
use super::list::List;
use super::shape::{bare, is_name, line_before};
use super::words::{PICTURE, holds};

/// Whose reporters sign their stories so: the agencies of Turkey.
const SIGNING: &[&str] = &["Anadolu", "ANKA", "Cihan", "DHA", "İHA"];

/// Bytes and words of two reporters' names and a place.
const NAMES: usize = 96;
const WORDS: usize = 8;

/// The names and the agency, if nothing else follows the story's last sentence.
pub(super) fn read(text: &str, list: &List) -> Option<Range<usize>> {
    let is_signing = SIGNING.contains(&list.agency.name());
    let rest = text[list.place.end..].trim_start_matches([')', '.']);
    if !is_signing || list.place.start < STORY || !rest.trim().is_empty() {
        return None;
    }
    let line = line_before(text, list.place.start, NAMES);
    let names = line.rfind(['.', '!', '?', '"', '”', '…']);
    let names = &line[names.map_or(0, |end| end + 1)..];
    let names = names.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let words = || {
        names
            .split([' ', '\u{a0}', '/', '-', '–', ',', '(', ')'])
            .filter(|word| !bare(word).is_empty())
    };
    let parted = list.signed || names.trim_end().ends_with(['/', '-', '–', ',', '(']);
    let named = list.signed || words().next().is_some();
    let all = words().all(|word| is_name(word) && !holds(PICTURE, bare(word)));
    (parted && named && all && words().count() <= WORDS)
        .then(|| list.place.start - names.len()..list.place.end)
}
