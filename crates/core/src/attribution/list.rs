//! Agencies named together: `dpa/AFP/Reuters`, `AP, Reuters and AFP`, `RND/cle/dpa`.
//!
//! Signs of houses and editors may be joined in (`Berlin (dpa/lby)`). A slash to anything else is
//! a photographer's or an archive's name, and says so.

use std::ops::Range;

use super::agencies::Agency;
use super::shape::{bare, floor, has_digit, is_code, is_house, is_name};
use super::spelling::{self, Name};
use super::words::holds;

/// Agencies named in one breath.
#[derive(Debug)]
pub(super) struct List {
    pub(super) agency: &'static Agency,
    /// The others, in the order named.
    pub(super) with: Vec<&'static Agency>,
    /// From the first sign or name to the last.
    pub(super) place: Range<usize>,
    /// Whether every spelling is too common a word to count outside the strict forms.
    pub(super) common: bool,
    /// Whether a slash joins something that is neither an agency nor a sign.
    pub(super) slashed: bool,
    /// Whether a house or an editor signs before the agencies.
    pub(super) signed: bool,
}

/// Longest sign with its slash and a space: five letters of two bytes, a full stop.
const SIGN: usize = 16;

impl List {
    /// The list that opens with this name.
    pub(super) fn at(text: &str, first: Name) -> Self {
        let mut list = Self {
            agency: first.agency,
            with: Vec::new(),
            place: first.place,
            common: first.common,
            slashed: false,
            signed: false,
        };
        while list.extend(text) {}
        while list.sign(text) {}
        list
    }

    /// Takes one more agency or sign from the right.
    fn extend(&mut self, text: &str) -> bool {
        let rest = &text[self.place.end..];
        let Some(separator) = separator(rest) else {
            return false;
        };
        let at = self.place.end + separator.len();
        let slash = separator.contains('/');
        if let Some(name) = spelling::name_at(text, at) {
            self.common &= name.common;
            self.place.end = name.place.end;
            if name.agency != self.agency && !self.with.contains(&name.agency) {
                self.with.push(name.agency);
            }
            return true;
        }
        let word = word_at(&text[at..]);
        if !slash || word.is_empty() {
            return false; // the closing stroke of `/TASS/`, or a list that goes on in prose
        }
        if is_code(word) && (!is_name(word) || word.chars().all(char::is_uppercase)) {
            let stopped = text[at + word.len()..].starts_with("./"); // `dpa/frez./marf.`
            self.place.end = at + word.len() + usize::from(stopped);
            return true;
        }
        self.slashed = true;
        false
    }

    /// Takes one more sign from the left.
    fn sign(&mut self, text: &str) -> bool {
        let before = text[floor(text, self.place.start.saturating_sub(SIGN))..self.place.start]
            .trim_end_matches(' ');
        let Some(before) = before.strip_suffix('/') else {
            return false;
        };
        if before.ends_with(' ') && text[..self.place.start].ends_with('/') {
            return false; // the opening stroke of `/TASS/`
        }
        let before = before.trim_end_matches(' ');
        let start = before
            .rfind(|c: char| c.is_whitespace() || "(/,:;[".contains(c))
            .map_or(0, |at| {
                at + before[at..].chars().next().map_or(0, char::len_utf8)
            });
        let word = &before[start..];
        if word.is_empty() || has_digit(word) {
            return false; // of a date before the stroke
        }
        if !is_code(word) && !is_house(word) {
            self.slashed = true;
            return false;
        }
        let end = text[..self.place.start].trim_end_matches([' ', '/']).len();
        self.place.start = end - word.len();
        self.signed = true;
        true
    }
}

/// What joins two agencies of a list, with its spaces.
fn separator(rest: &str) -> Option<&str> {
    let body = rest.trim_start_matches([' ', '\u{a0}']);
    let spaces = rest.len() - body.len();
    let c = body.chars().next()?;
    let joined = if "/,&+|、・，".contains(c) {
        c.len_utf8()
    } else if spaces > 0 {
        let word = word_at(body);
        (holds(
            &[
                "and", "und", "et", "y", "e", "og", "och", "en", "i", "и", "و",
            ],
            word,
        ))
        .then_some(word.len())?
    } else {
        return None;
    };
    let after = &body[joined..];
    let trimmed = after.trim_start_matches([' ', '\u{a0}']);
    Some(&rest[..rest.len() - trimmed.len()])
}

/// The word a text opens with: none if it opens with a hyphen, since whoever asks goes on behind
/// the word.
fn word_at(text: &str) -> &str {
    if text.starts_with('-') {
        return "";
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '-')
        .unwrap_or(text.len());
    bare(&text[..end])
}
