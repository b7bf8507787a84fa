//! Two documents as one text: what both have stands plain, what one of them has in marks, `[-63-]{+88+}`, and
//! boilerplate as its number of words.
//!
//! The text is the first one's, in its order. Of a passage that the second has elsewhere it is said there how long it
//! is: it stands plain where the first has it.

use std::ops::Range;

use wirecopy::{Explanation, PassageKind, Side};

use super::show::{BOLD, DIM, Marks, PLAIN};
use crate::cli::show::{count, safe};
use crate::cli::wrap;

/// Spaces in front of every line.
const INDENT: usize = 2;

/// A stretch of the two.
#[derive(Debug, PartialEq)]
enum Piece {
    /// Words of both.
    Both(String),
    /// Words of one.
    Of(Whose, String),
    /// Boilerplate of one, in words.
    Boilerplate(Whose, usize),
    /// Words of the second that are elsewhere in the first, or the other way round.
    Elsewhere(Whose, usize),
    /// The first begins another line.
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Whose {
    First,
    Second,
}

/// The two as lines of so many columns.
pub(super) fn as_text(found: &Explanation, width: Option<usize>) -> String {
    let (first, second) = (
        Whose::First.marked("what only the first has"),
        Whose::Second.marked("what only the second has"),
    );
    let mut text = format!("\n{BOLD}Both{PLAIN}, {first} and {second} marked\n\n");
    let lines = lines(&pieces(found));
    if lines.is_empty() {
        text.push_str("  (no words)\n");
    }
    for line in lines {
        match width {
            Some(width) => text.push_str(&wrap::paragraph(&line, width, INDENT)),
            None => text.push_str(&format!("{:INDENT$}{line}", "")),
        }
        text.push('\n');
    }
    text
}

impl Whose {
    fn marks(self) -> Marks {
        match self {
            Whose::First => Marks::FIRST,
            Whose::Second => Marks::SECOND,
        }
    }

    fn marked(self, words: &str) -> String {
        let Marks { color, open, close } = self.marks();
        format!("{color}{open}{words}{close}{PLAIN}")
    }
}

/// The pieces as lines, words of different marks side by side without a space between.
fn lines(pieces: &[Piece]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut before: Option<Whose> = None;
    for piece in pieces {
        let (words, whose) = match piece {
            Piece::Break => {
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                before = None;
                continue;
            }
            Piece::Both(words) => (safe(words, usize::MAX), None),
            Piece::Of(whose, words) => (whose.marked(&safe(words, usize::MAX)), Some(*whose)),
            Piece::Boilerplate(whose, words) => {
                let said = format!("… {} of boilerplate …", count(*words as u64, "word"));
                (format!("{DIM}{}{PLAIN}", whose.marked(&said)), Some(*whose))
            }
            Piece::Elsewhere(whose, words) => {
                let said = format!(
                    "… {} that the other has elsewhere …",
                    count(*words as u64, "word")
                );
                (format!("{DIM}{}{PLAIN}", whose.marked(&said)), Some(*whose))
            }
        };
        let touches = before == Some(Whose::First) && whose == Some(Whose::Second);
        if !line.is_empty() && !touches {
            line.push(' ');
        }
        line.push_str(&words);
        before = whose;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn pieces(found: &Explanation) -> Vec<Piece> {
    let (a, b) = (&found.a, &found.b);
    let mut pieces = Vec::new();
    let (mut done_a, mut done_b) = (0, 0);
    for at in chain(&found.runs) {
        let [in_a, in_b] = &found.runs[at];
        gap(a, done_a..in_a.start, Whose::First, &mut pieces);
        gap(b, done_b..in_b.start, Whose::Second, &mut pieces);
        if has_break(&a.record.text[done_a..in_a.start]) {
            pieces.push(Piece::Break);
        }
        let next = a.passages.iter().map(|passage| passage.range.start);
        let next = next.into_iter().find(|&start| start >= in_a.end);
        let shown = widened(
            &a.record.text,
            in_a,
            done_a..next.unwrap_or(a.record.text.len()),
        );
        for (nth, line) in a.record.text[shown].split('\n').enumerate() {
            if nth > 0 {
                pieces.push(Piece::Break);
            }
            let words = on_one_line(line);
            if !words.is_empty() {
                pieces.push(Piece::Both(words));
            }
        }
        (done_a, done_b) = (in_a.end, in_b.end);
    }
    gap(a, done_a..a.record.text.len(), Whose::First, &mut pieces);
    gap(b, done_b..b.record.text.len(), Whose::Second, &mut pieces);
    pieces
}

/// What one of the two has between two passages of both.
fn gap(side: &Side, place: Range<usize>, whose: Whose, pieces: &mut Vec<Piece>) {
    let text = &side.record.text;
    let mut masked = 0;
    for passage in &side.passages {
        let part = passage.range.start.max(place.start)..passage.range.end.min(place.end);
        if part.is_empty() {
            continue;
        }
        let has_letters = |word: &&str| word.contains(char::is_alphanumeric);
        let words = text[part.clone()]
            .split_whitespace()
            .filter(has_letters)
            .count();
        if words == 0 {
            continue; // the marks between two runs
        }
        if passage.kind.is_masked() {
            masked += match part == passage.range {
                true => passage.words,
                false => words,
            };
            continue;
        }
        if masked > 0 {
            pieces.push(Piece::Boilerplate(whose, std::mem::take(&mut masked)));
        }
        pieces.push(match passage.kind {
            PassageKind::Own => {
                let shown = widened(text, &part, place.clone());
                Piece::Of(whose, on_one_line(&text[shown]))
            }
            _ => Piece::Elsewhere(whose, words),
        });
    }
    if masked > 0 {
        pieces.push(Piece::Boilerplate(whose, masked));
    }
}

/// A stretch of words with the marks that hang on them, within bounds.
fn widened(text: &str, place: &Range<usize>, bounds: Range<usize>) -> Range<usize> {
    let before = &text[bounds.start.min(place.start)..place.start];
    let start = before.rfind(char::is_whitespace).map_or(0, |at| {
        at + before[at..].chars().next().map_or(0, char::len_utf8)
    });
    let after = &text[place.end..bounds.end.max(place.end)];
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    place.start - (before.len() - start)..place.end + end
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_break(text: &str) -> bool {
    text.contains('\n')
}

/// The runs that are in one order in both texts, and hold most bytes: the heaviest increasing sequence. Time:
/// quadratic in runs, of which verification makes some thousands at most.
fn chain(runs: &[[Range<usize>; 2]]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(runs.len());
    for (at, [a, b]) in runs.iter().enumerate() {
        let before = (0..at).filter(|&other| {
            let [in_a, in_b] = &runs[other];
            in_a.end <= a.start && in_b.end <= b.start
        });
        let before = before.max_by_key(|&other| best[other].0);
        best.push((a.len() + before.map_or(0, |other| best[other].0), before));
    }
    let mut at = (0..runs.len()).max_by_key(|&at| best[at].0);
    let mut chain = Vec::new();
    while let Some(last) = at {
        chain.push(last);
        at = best[last].1;
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_that_moved_are_not_in_the_chain() {
        let runs = [[0..10, 50..60], [10..40, 0..30], [40..50, 30..40]];
        assert_eq!(chain(&runs), [1, 2]);
        assert!(chain(&[]).is_empty());
    }

    #[test]
    fn what_differs_stands_side_by_side() {
        let of = |whose, words: &str| Piece::Of(whose, words.to_owned());
        let pieces = [
            Piece::Both("reported".into()),
            of(Whose::First, "63"),
            of(Whose::Second, "88"),
            Piece::Both("new cases".into()),
            Piece::Break,
            Piece::Boilerplate(Whose::First, 39),
        ];
        let plain = |text: &str| {
            let styles = [Marks::FIRST.color, Marks::SECOND.color, DIM, PLAIN];
            styles
                .iter()
                .fold(text.to_owned(), |text, style| text.replace(style, ""))
        };
        let lines: Vec<String> = lines(&pieces).iter().map(|line| plain(line)).collect();
        assert_eq!(
            lines,
            [
                "reported [-63-]{+88+} new cases",
                "[-… 39 words of boilerplate …-]"
            ]
        );
    }

    #[test]
    fn marks_stay_with_their_words() {
        let text = "He said: “no, (never)”. Then";
        let place = text.find("no").unwrap()..text.find("never").unwrap() + 5;
        let shown = widened(text, &place, 0..text.len());
        assert_eq!(&text[shown], "“no, (never)”.");
        assert_eq!(widened("ab", &(0..2), 0..2), 0..2);
    }
}
