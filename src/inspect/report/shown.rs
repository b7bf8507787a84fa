//! A document as the page shows it: its text up to a bound, and its words at the places where a
//! browser counts them.

use crate::store::beginnings::on_one_line;
use std::ops::Range;

use super::side_by_side::Side;
use crate::cluster::Facts;
use crate::doc_id::DocId;
use crate::report::model::Text;
use crate::store::documents::Documents;

/// Longest text that is shown, in UTF-16 units: some 6,000 words. A longer one is cut, so that one
/// book does not take the place of all stories.
pub(super) const LONGEST: usize = 40_000;

/// Longest title, in characters.
const TITLE: usize = 300;

/// A text and the places of its words.
pub(super) struct Shown {
    pub(super) text: Text,
    /// Begin and end of every word that is shown, in UTF-16 units.
    places: Vec<(u32, u32)>,
}

impl Shown {
    pub(super) fn of(documents: &Documents, doc: DocId, side: &Side) -> Shown {
        let whole = side.record.text.as_str();
        let (bytes, cut) = cut(whole);
        let text = &whole[..bytes];
        let shown = side.words.partition_point(|word| word.end <= bytes);
        let words = &side.words[..shown];
        let mut begins = Counter::of(text);
        let mut ends = Counter::of(text);
        let place = |word: &Range<usize>| (begins.units(word.start), ends.units(word.end));
        let places: Vec<(u32, u32)> = words.iter().map(place).collect();
        Shown {
            text: Text {
                id: documents.id(doc).into_owned(),
                outlet: documents.publisher(doc).map(str::to_owned),
                date: documents.date(doc).map(|date| date.to_string()),
                title: side.record.title.as_deref().and_then(title),
                url: side.record.url.as_deref().and_then(web_address),
                text: text.to_owned(),
                cut,
                masked: masked(&places, &side.masked),
            },
            places,
        }
    }

    /// Words that are shown.
    pub(super) fn words(&self) -> usize {
        self.places.len()
    }

    /// The place of these words, if they are shown.
    pub(super) fn span(&self, words: Range<usize>) -> Option<(u32, u32)> {
        let words = self.places.get(words)?;
        let (first, last) = words.first().zip(words.last())?;
        (first.0 < last.1).then_some((first.0, last.1))
    }
}

/// A title as it is shown: on one line, not too long; `None` of one that is blank.
pub(super) fn title(title: &str) -> Option<String> {
    let line = on_one_line(title, TITLE);
    (!line.is_empty()).then_some(line)
}

/// Longest address that is linked: browsers take more, and no page of news has one.
const ADDRESS: usize = 1_000;

/// An address that a reader may be sent to: of the web, and nothing that a browser would run.
pub(super) fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let is_scheme = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(scheme))
    };
    let is_plain =
        url.len() <= ADDRESS && !url.chars().any(|c| c.is_whitespace() || c.is_control());
    (is_plain && (is_scheme("https://") || is_scheme("http://"))).then(|| url.to_owned())
}

/// Bytes of a text that are shown, and UTF-16 units that are not.
fn cut(text: &str) -> (usize, u64) {
    if text.len() <= LONGEST {
        return (text.len(), 0); // no fewer bytes than units
    }
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > LONGEST {
            return (at, text[at..].encode_utf16().count() as u64);
        }
    }
    (text.len(), 0)
}

/// Stretches of masked words that follow each other.
fn masked(places: &[(u32, u32)], masked: &[bool]) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    let mut goes_on = false;
    for (&(begin, end), &is_masked) in places.iter().zip(masked) {
        if is_masked {
            match spans.last_mut() {
                Some(last) if goes_on || begin < last.1 => last.1 = last.1.max(end),
                _ => spans.push((begin, end)),
            }
        }
        goes_on = is_masked;
    }
    spans.retain(|(begin, end)| begin < end);
    spans
}

/// Counts UTF-16 units up to places that never go back.
struct Counter<'t> {
    text: &'t str,
    bytes: usize,
    units: u32,
}

impl<'t> Counter<'t> {
    fn of(text: &'t str) -> Counter<'t> {
        Counter {
            text,
            bytes: 0,
            units: 0,
        }
    }

    fn units(&mut self, byte: usize) -> u32 {
        if let Some(between) = self.text.get(self.bytes..byte) {
            let units = between.encode_utf16().count();
            self.units += u32::try_from(units).unwrap_or(u32::MAX); // at most LONGEST
            self.bytes = byte;
        }
        self.units
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_as_browsers_do() {
        let text = "a\u{1f6a2}b é";
        let mut counter = Counter::of(text);
        let units: Vec<u32> = [0, 1, 5, 6, 7, 9].map(|byte| counter.units(byte)).to_vec();
        assert_eq!(units, [0, 1, 3, 4, 5, 6]);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let ships = "\u{1f6a2}".repeat(LONGEST);
        assert_eq!(cut(&ships), (2 * LONGEST, LONGEST as u64));
        let word = "x".repeat(LONGEST + 3);
        assert_eq!(cut(&word), (LONGEST, 3));
        assert_eq!(cut("short"), (5, 0));
    }

    #[test]
    fn masked_words_that_follow_each_other_are_one_stretch() {
        let places = [(0, 2), (3, 5), (6, 7), (6, 7), (9, 12)];
        assert_eq!(
            masked(&places, &[true, true, false, true, true]),
            [(0, 5), (6, 12)]
        );
        assert_eq!(masked(&[], &[]), []);
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        for web in [
            "https://a.example/b?c=1",
            "HTTP://a.example",
            " https://a.example ",
        ] {
            assert_eq!(web_address(web).as_deref(), Some(web.trim()));
        }
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//a.example",
            "a.example/b",
            "file:///etc/passwd",
            "https://a b",
            "java\nscript:x",
            "",
        ] {
            assert_eq!(web_address(other), None, "{other}");
        }
    }

    #[test]
    fn a_line_is_no_longer_than_asked() {
        assert_eq!(on_one_line("  one\n two\tthree ", 9), "one two t");
        assert_eq!(on_one_line("one two", 3), "one");
        assert_eq!(on_one_line("one two", 4), "one");
        assert_eq!(title(" \n"), None);
    }
}
