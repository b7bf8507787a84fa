//! Which agency a story is from, read off its own credits.
//!
//! A wire story says whose it is: in its dateline, after its last sentence, on a line of its own.
//! [`find`] reads these forms and only these; an agency that is quoted, or whose picture stands
//! beside the story, is not its author. Where several forms name different agencies the strictest
//! [`Form`] wins, and of two alike the first in the text.
//!
//! One pass over the [`HEAD`] and the [`TAIL`] of a text; what is between is not looked at.
//! Known words are matched as they are written: a credit is a convention, and one in other letters
//! (`reuters`) is not it. No grammar is known, so a declined name (`Deutscher Presse-Agentur`) is
//! missed unless listed.

mod agencies;
mod bracket;
mod dateline;
mod label;
mod line;
mod list;
mod picture;
mod shape;
mod signed;
mod spelling;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use agencies::{Agency, agencies, matches_publisher};
use list::List;

/// Bytes at a text's start where credits are looked for. A scraped page spends one or two thousand
/// on menus, headline and captions before the dateline; this is twice that, and once more for
/// scripts of two bytes a letter.
pub const HEAD: usize = 8 << 10;

/// Bytes at a text's end where credits are looked for: teasers and legal text after a story's last
/// line take as much as the menus before its first.
pub const TAIL: usize = 8 << 10;

/// A name or a label alone on a line credits the story this near to a text's first or last byte.
/// Between paragraphs it is the end of a caption, or the source of a chart.
const NEAR: usize = 2 << 10;

/// A shorter title may be any word, and repeat anywhere.
const TITLE: usize = 12;

/// A credit found in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Credit {
    /// The agency, or the first of several.
    pub agency: &'static Agency,
    /// The agencies named beside it, in their order.
    pub with: Vec<&'static Agency>,
    /// The credit in the text, in bytes: `LONDON, Jan 11 (Reuters)`, `Quelle: dpa/AFP`.
    pub place: Range<usize>,
    /// How the text says it.
    pub form: Form,
}

/// How a text names its agency, strictest first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Form {
    /// Before the first word: `LONDON (Reuters) - `.
    Dateline,
    /// The agency's own last line: `(Reporting by Jane Doe; Editing by John Roe)`.
    SignOff,
    /// Labelled or numbered: `Quelle: dpa`, `© AP`, `dpa:210523-99-123456/2`.
    Source,
    /// After the last word: `(dpa)`, `RND/dpa`.
    Closing,
    /// A line of its own: `Reuters,`, `By AP`.
    Line,
    /// The agency lent a part, and the rest is the outlet's: `With inputs from PTI`.
    Lent,
}

impl Form {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::SignOff => "sign_off",
            Self::Source => "source",
            Self::Closing => "closing",
            Self::Line => "line",
            Self::Lent => "lent",
        }
    }
}

/// The strictest credit of a text. A `title` that the text repeats is taken for a line of its own,
/// which distinguishes a headline from the place after it in a page without line breaks.
pub fn find(text: &str, title: Option<&str>) -> Option<Credit> {
    let head = 0..shape::floor(text, HEAD);
    let tail = shape::floor(text, text.len().saturating_sub(TAIL)).max(head.end)..text.len();
    let starts = title_ends(&text[head.clone()], title);
    let mut best = credit_in(text, head.clone(), Some(&starts));
    if best
        .as_ref()
        .is_some_and(|credit| credit.form == Form::Dateline)
    {
        return best;
    }
    let reuters = || agencies().iter().find(|agency| agency.name() == "Reuters");
    let sign_off = [tail.clone(), head]
        .into_iter()
        .find_map(|window| label::sign_off(text, window));
    if let (Some(place), Some(agency)) = (sign_off, reuters()) {
        return Some(Credit {
            agency,
            with: Vec::new(),
            place,
            form: Form::SignOff,
        });
    }
    keep_stricter(&mut best, credit_in(text, tail, None));
    best
}

/// The strictest credit that starts in a window; datelines only where `starts` are given.
fn credit_in(text: &str, window: Range<usize>, starts: Option<&[usize]>) -> Option<Credit> {
    let mut best: Option<Credit> = None;
    let mut at = window.start;
    while let Some(name) = spelling::next(text, at..window.end) {
        let list = List::at(text, name);
        at = list.place.end;
        let bracket = bracket::around(text, &list);
        let dateline = || dateline::read(text, &list, bracket.as_ref(), starts?);
        let line = || line::read(text, &list, bracket.as_ref());
        if let Some(place) = signed::read(text, &list) {
            let List { agency, with, .. } = list;
            let form = Form::Closing;
            let credit = Credit {
                agency,
                with,
                place,
                form,
            };
            keep_stricter(&mut best, Some(credit));
            continue;
        }
        // `Credit: AP File Photo KYIV (AP) - `: a dash says more than the photo before the place.
        let dashed = bracket
            .as_ref()
            .is_some_and(|bracket| dateline::is_dash(&text[bracket.place.end..]));
        if (list.slashed || !dashed) && picture::is_credit(text, &list) {
            continue;
        }
        let found = dateline()
            .map(|place| (place, Form::Dateline))
            .or_else(|| label::read(text, &list, bracket.as_ref()))
            .or_else(|| line().map(|place| (place, Form::Line)));
        if let Some((place, form)) = found {
            let List { agency, with, .. } = list;
            keep_stricter(
                &mut best,
                Some(Credit {
                    agency,
                    with,
                    place,
                    form,
                }),
            );
            if form == Form::Dateline {
                break;
            }
        }
    }
    best
}

fn keep_stricter(best: &mut Option<Credit>, other: Option<Credit>) {
    if let Some(other) = other
        && best.as_ref().is_none_or(|best| other.form < best.form)
    {
        *best = Some(other);
    }
}

/// Where the title ends in a text's head, as often as it is repeated there.
fn title_ends(head: &str, title: Option<&str>) -> Vec<usize> {
    let Some(title) = title.map(str::trim).filter(|title| title.len() >= TITLE) else {
        return Vec::new();
    };
    let repeats = memchr::memmem::find_iter(head.as_bytes(), title);
    let ends = repeats.map(|at| at + title.len());
    ends.take(4).collect() // printed as breadcrumb, headline, caption and link
}
