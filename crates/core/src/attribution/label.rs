//! Credits beside or after the story: `Quelle: dpa`, `(AP/dpa)`, `© AP`, `With inputs from PTI`.

use std::ops::Range;

use super::bracket::Bracket;
use super::list::List;
use super::shape::{
    bare, ends_sentence, floor, is_code, is_house, is_name, line_after, line_before,
};
use super::spelling;
use super::words::{LENT, PICTURE, SIGN_OFF, SIGN_OFFS, SOURCE, WITH, holds};
use super::{Form, NEAR};

/// Bytes looked at beside a credit: a label, three signs and a domain.
const BESIDE: usize = 80;

/// A bracket or a bare name closes a story only after this many bytes of one: the longest
/// captions run to 300, and close in the same way.
pub(super) const STORY: usize = 400;

/// Most bytes of a page after its story's closing credit: half of what is searched. Further
/// before the end it closes one item of many, in a ticker or a digest.
const AFTER: usize = super::TAIL / 2;

/// Most words between a label and its agency: an outlet, two authors' names and an `and`.
const SIGNERS: usize = 8;

/// The credit that labels or closes a story, if this list is in one.
pub(super) fn read(
    text: &str,
    list: &List,
    bracket: Option<&Bracket>,
) -> Option<(Range<usize>, Form)> {
    if let Some(bracket) = bracket.filter(|bracket| !bracket.place_inside) {
        let form = if bracket.lent {
            Form::Lent
        } else {
            Form::Closing
        };
        return closes(text, list, &bracket.place, true).then(|| (bracket.place.clone(), form));
    }
    numbered(text, list)
        .map(|place| (place, Form::Source))
        .or_else(|| labelled(text, list))
        .or_else(|| copyright(text, list).map(|start| (start..list.place.end, Form::Source)))
        .or_else(|| lent(text, list).map(|start| (start..list.place.end, Form::Lent)))
        .or_else(|| bare_closing(text, list).map(|place| (place, Form::Closing)))
}

/// `dpa:210523-99-123456/2`: the number of a story in its agency's service.
fn numbered(text: &str, list: &List) -> Option<Range<usize>> {
    let number = text[list.place.end..].strip_prefix(':')?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let len = number
        .find(|c: char| !c.is_ascii_digit() && c != '-' && c != '/')
        .unwrap_or(number.len());
    (digits >= 6 && len > digits).then(|| list.place.start..list.place.end + 1 + len)
}

/// `Source: AFP`, `Quelle: ntv.de, mau/dpa`, `来源：新华社`. Other sources named before the agency
/// (`Quellen: CBS, Ministry of Roads, DPA`) make it one that lends.
fn labelled(text: &str, list: &List) -> Option<(Range<usize>, Form)> {
    if list.place.start >= NEAR && text.len() - list.place.end >= NEAR {
        return None;
    }
    let line = line_before(text, list.place.start, BESIDE);
    let mut before = line.trim_end();
    let (mut names, mut house) = (false, false);
    for _ in 0..SIGNERS {
        let colon = before.trim_end_matches([':', '：', '=', '／']);
        let label = last_word(colon);
        if holds(SOURCE, label) {
            let rest = colon[..colon.len() - label.len()].trim_end_matches('(');
            let marked = colon.len() < before.len();
            let opens = (rest.trim().is_empty() || ends_sentence(rest)) && is_name(label);
            let pictured = holds(PICTURE, bare(last_word(rest.trim_end())));
            let form = if names && !house {
                Form::Lent
            } else {
                Form::Source
            };
            let start = list.place.start - line.len() + rest.len();
            return ((marked || opens) && !pictured && ends_there(text, list.place.end))
                .then_some((start..list.place.end, form));
        }
        let listed = before.trim_end_matches(',');
        let word = last_word(listed);
        let sign = is_house(word) || is_code(word) || holds(WITH, word);
        // `Johns Hopkins Bloomberg` is one name.
        let first = before.len() == line.trim_end().len();
        if word.is_empty() || !(sign || is_name(word)) || (first && !sign && listed == before) {
            return None;
        }
        house |= is_house(word);
        names |= !sign;
        before = listed[..listed.len() - word.len()].trim_end();
    }
    None
}

/// `© AP`, `Copyright 2021 The Associated Press.` Before a story's end it is a picture's.
fn copyright(text: &str, list: &List) -> Option<usize> {
    let line = line_before(text, list.place.start, BESIDE);
    let by = line.trim_end_matches(|c: char| c.is_numeric() || " ,-–\u{a0}".contains(c));
    let by = by
        .strip_suffix(" by")
        .unwrap_or(by)
        .trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    let mark = ["©", "(c)", "(C)", "Copyright", "COPYRIGHT"]
        .into_iter()
        .find(|mark| by.ends_with(mark))?;
    let rest = by[..by.len() - mark.len()]
        .trim_end_matches("Copyright ")
        .trim_end_matches("© ");
    let late = list.place.start >= STORY && list.place.start >= text.len() / 2;
    (late && !rest.trim_end().ends_with('(') && ends_there(text, list.place.end))
        .then_some(list.place.start - line.len() + rest.len())
}

/// `With inputs from PTI`, `mit Material von dpa`: agencies that lent a part.
fn lent(text: &str, list: &List) -> Option<usize> {
    let line = line_before(text, list.place.start, BESIDE);
    let before = strip_articles(line.trim_end());
    let start = |rest: &str| {
        let end = list.place.start - line.len() + rest.len();
        list.place.start - text[end..list.place.start].trim_start().len()
    };
    let after = line_after(text, list.place.end, BESIDE).trim_start();
    if let Some(rest) = with_word(before) {
        // `RND mit dpa`, the last words of a line.
        let late = list.place.start >= STORY && !list.common;
        return (late && after.is_empty()).then(|| start(rest));
    }
    let (phrase, rest) = LENT
        .iter()
        .find_map(|phrase| Some((phrase, strip_word(before, phrase)?)))?;
    let named = phrase.starts_with("nachrichtenagentur");
    let rest = rest.strip_suffix(" Mit").filter(|_| named).unwrap_or(rest);
    // `Nachrichtenagenturen dpa und AFP` is in running text too, but not as a line's end.
    let free = !named || ((ends_sentence(rest) || after.is_empty()) && list.place.start >= STORY);
    let ends = after.is_empty()
        || (after.starts_with(['.', ')']) && !named)
        || after.starts_with(|c: char| c.is_uppercase() || c == '–');
    (free && ends).then(|| start(rest))
}

/// What is before a word that lends, and the house before it, at the end of a sentence.
fn with_word(before: &str) -> Option<&str> {
    let rest = ["mit", "avec", "con", "med", "met"]
        .iter()
        .find_map(|word| strip_word(before, word))?;
    let house = last_word(rest);
    if ends_sentence(rest) {
        return Some(rest);
    }
    let rest = rest[..rest.len() - house.len()].trim_end();
    let signed = house
        .split('/')
        .all(|sign| sign.is_empty() || is_code(sign) || is_house(sign));
    (signed && ends_sentence(rest)).then_some(rest)
}

/// A text without these last words, whatever their case.
fn strip_word<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let cut = text.len().checked_sub(words.len())?;
    let same = text.get(cut..)?.to_lowercase() == words;
    (same && !text[..cut].ends_with(char::is_alphanumeric)).then(|| text[..cut].trim_end())
}

/// `… sagte er. RND/dpa`: after the last sentence, alone to the end of its line. An editor's
/// initials may follow, as the PTI has them.
fn bare_closing(text: &str, list: &List) -> Option<Range<usize>> {
    let after = line_after(text, list.place.end, BESIDE);
    let initials = after
        .split_whitespace()
        .all(|word| is_code(word) && word.chars().all(char::is_uppercase));
    let small = text[list.place.clone()]
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    // A capital alone after a full stop closes captions too; those are before more text.
    let late = list.signed || small || list.place.end + STORY > text.len();
    let before = line_before(text, list.place.start, BESIDE);
    let sentence =
        !before.trim().is_empty() && ends_sentence(before) && !before.trim_end().ends_with(')');
    // The very last word of a text is no name in passing.
    let last = list.place.start >= STORY && text[list.place.end..].trim().is_empty();
    let sure = !list.common || list.signed || last;
    let place = list.place.start..list.place.end + after.trim_end().len();
    (initials && late && sure && sentence && closes(text, list, &place, false)).then_some(place)
}

/// Whether something that closes a story may be here.
fn closes(text: &str, list: &List, place: &Range<usize>, bracketed: bool) -> bool {
    let before = text[floor(text, place.start.saturating_sub(BESIDE))..place.start].trim_end();
    let after = line_after(text, place.end, BESIDE);
    let ends = after.trim().is_empty();
    let last = text[place.end..].trim().is_empty();
    let far =
        place.start >= STORY && place.start >= text.len() / 2 && text.len() - place.end <= AFTER;
    // After a quotation it names the quotation's source, unless nothing more comes.
    let quoted = before.ends_with(['”', '"', '»']) && text.len() - place.end > STORY;
    let explained = spelling::explains(before, list.agency, &text[list.place.clone()]);
    if explained || quoted || !(far || (last && bracketed && place.start > 0)) {
        return false;
    }
    let sentence = ends_sentence(before);
    let full_stop = bracketed && after.trim_start().starts_with('.') && after.trim().len() == 1;
    let goes_on = bracketed && sentence && after.starts_with(' ') && ends_there(text, place.end);
    (sentence && ends)
        || (full_stop && !list.common)
        || (goes_on && !list.common)
        || (bracketed && last && !list.common)
}

/// Whether what follows is no continuation of a sentence.
fn ends_there(text: &str, at: usize) -> bool {
    let after = line_after(text, at, BESIDE);
    let next = after.trim_start_matches([' ', '\u{a0}', '.', ',', ')', '|', '/', '-']);
    next.chars().next().is_none_or(|c| !c.is_lowercase())
}

/// Small words of a sign-off between its reporters and its editors: `and`, `in`, `additional
/// reporting by`, for four agencies.
const PROSE: usize = 12;

/// The sign-off of Reuters' reporters and editors, which names no agency.
pub(super) fn sign_off(text: &str, window: Range<usize>) -> Option<Range<usize>> {
    let inside = &text.as_bytes()[window.clone()];
    let mut opens = memchr::memchr3_iter(b'R', b'B', b'G', inside).map(|at| window.start + at);
    opens.find_map(|at| {
        let (opening, seconds) = SIGN_OFFS
            .iter()
            .find(|(opening, _)| text[at..window.end].starts_with(opening))?;
        let rest = &text[at..floor(text, window.end.min(at + SIGN_OFF))];
        let second = seconds
            .iter()
            .filter_map(|second| rest.find(second))
            .min()?;
        // Names, and no whole sentences between the two.
        let between = rest.get(opening.len()..second)?.split_whitespace();
        let prose = between
            .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
            .count();
        let start = if text[..at].ends_with('(') {
            at - 1
        } else {
            at
        };
        let end = rest[second..]
            .find([')', '\n'])
            .map_or(rest.len(), |end| second + end + 1);
        (prose <= PROSE).then_some(start..at + end)
    })
}

fn strip_articles(before: &str) -> &str {
    [" the", " der", " dem", " den", " la", " a"]
        .iter()
        .find_map(|article| before.strip_suffix(article))
        .unwrap_or(before)
}

fn last_word(text: &str) -> &str {
    let start = text.rfind([' ', '\u{a0}', '\n', '(', '|', '）', '）', '。']);
    let word = start.map_or(text, |at| &text[at..]);
    word.trim_start_matches([' ', '\u{a0}', '\n', '(', '|', '）', '。'])
}
