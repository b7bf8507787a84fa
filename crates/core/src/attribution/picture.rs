//! Whose picture it is says nothing about the text: credits that belong to a photo.

use super::list::List;
use super::shape::{bare, is_code, is_name, line_after, line_before};
use super::words::{FILLER, PICTURE, holds};

/// A picture's label and its photographer's name are within this many bytes of the agency:
/// `Photo by Geert Vanden Wijngaert, ` takes 34.
const LABEL: usize = 96;

/// Whether a list credits a picture: labelled as one, or joined to a photographer's name.
pub(super) fn is_credit(text: &str, list: &List) -> bool {
    if list.slashed {
        return true;
    }
    let before = line_before(text, list.place.start, LABEL);
    let after = line_after(text, list.place.end, LABEL);
    labelled(before) || followed(after) || signed_by_name(before, list)
}

/// `Photo: `, `Foto: Jane Doe, `, `(Photo by Jane Doe / `, `Getty Images via `.
fn labelled(before: &str) -> bool {
    let mut names = 0;
    for word in before.split_whitespace().rev() {
        let inner = bare(word);
        if holds(&["via"], inner) && names == 0 {
            return true;
        }
        if inner.split(['/', '-']).any(|part| holds(PICTURE, part)) {
            // `…on the picture. AP`: the label closes a sentence.
            return !word.ends_with(['.', '!', '?']);
        }
        // A full stop after more than an initial ends the sentence, and the caption with it.
        let ends = word.ends_with(['.', '!', '?', '”', ')', ';']) && inner.chars().count() > 2;
        if names > 5 || ends || !(is_name(word) || inner.is_empty() || holds(FILLER, inner)) {
            return false;
        }
        names += usize::from(is_name(word));
    }
    false
}

/// ` Photo`, ` File Photo`, `, File`, ` | Getty Images`, ` via Getty`.
fn followed(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '\u{a0}', ',', '-', '–', '|', '/', '(']);
    let word = after
        .split([' ', '\u{a0}', ',', ')', '/', '.', '\n'])
        .next()
        .unwrap_or("");
    let word = bare(word);
    holds(PICTURE, word) || word == "via"
}

/// `JANE DOE/AP`, `Caroline Seidel/ dpa`: a sign that is a surname.
fn signed_by_name(before: &str, list: &List) -> bool {
    let Some(last) = before.split_whitespace().next_back() else {
        return false;
    };
    let joined = before.trim_end().ends_with(['/', '|']);
    let apart = last.ends_with(['.', ',', ':', '!', '?', '“', '”', '"', '»', ')']);
    (list.signed && !apart && is_name(last)) || (joined && !is_code(bare(last)) && is_name(last))
}
