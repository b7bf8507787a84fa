//! Where do the lines of a page end?
//!
//! A scraped page has its story in paragraphs and everything else (menus, teasers, prompts) in
//! short lines without a full stop, so what stands on a line of its own matters. Two kinds of
//! text hide their lines:
//!
//! - *Hard-wrapped* text has a line end every 70 characters or so, in the middle of sentences.
//!   Its lines are joined into the paragraphs they were.
//! - Text whose line ends were lost, one line for a whole page, is cut into sentences.
//!
//! Lines are places in the text: nothing is copied, and words are the same whatever the lines.

use std::ops::Range;

use crate::sentence::{BEGINS_SENTENCE_END, is_closer, is_sentence_end};

/// A line of a page, as its reader saw it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    /// Whether it ends as a sentence does.
    pub is_ended: bool,
}

/// The 90th percentile of line lengths, in characters, of text wrapped for reading: typewriters
/// and terminals have 60 to 80 columns.
const WRAPPED_WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;
/// From this part of the width on a line was ended by the width and not by its author.
const NEARLY_FULL: f64 = 0.8;
/// A page of fewer lines than this ...
const FEW_LINES: usize = 3;
/// ... and of more bytes than this has lost its line ends: no paragraph is that long.
const LONG_TEXT: usize = 600;

/// The lines of a text, appended to nothing: `lines` is replaced. Blank ones are left out. Returns
/// whether the text had lost its line ends and was cut into sentences.
///
/// Time: linear but for one sort of the lengths of the lines.
pub fn lines(text: &str, lines: &mut Vec<Line>) -> bool {
    lines.clear();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        push_trimmed(text, start..end, lines);
        start = end + 1;
    }
    if lines.len() < FEW_LINES && text.len() > LONG_TEXT {
        let whole: Vec<Range<usize>> = lines.drain(..).map(|line| line.range).collect();
        whole
            .into_iter()
            .for_each(|range| sentences(text, range, lines));
        return true;
    }
    if let Some((width, widths)) = wrapping(text, lines) {
        join_wrapped(text, width, &widths, lines);
    }
    false
}

fn push_trimmed(text: &str, range: Range<usize>, lines: &mut Vec<Line>) {
    let line = &text[range.clone()];
    let trimmed = line.trim_start();
    let start = range.start + (line.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    if !trimmed.is_empty() {
        lines.push(Line {
            range: start..start + trimmed.len(),
            is_ended: is_ended(trimmed),
        });
    }
}

/// Whether a line ends with a mark that ends sentences, closing quotes and brackets apart.
fn is_ended(line: &str) -> bool {
    let last = line.chars().rev().find(|&c| !is_closer(c));
    last.is_some_and(is_sentence_end)
}

/// Whether a mark is the full stop in another width.
fn is_wide_stop(c: char) -> bool {
    matches!(c, '\u{2024}' | '\u{fe52}' | '\u{ff0e}')
}

/// The width a text was wrapped at, if it was, and that of every line: most lines end in
/// mid-sentence, near one width.
fn wrapping(text: &str, lines: &[Line]) -> Option<(usize, Vec<usize>)> {
    let most = |count: usize| 2 * count > lines.len();
    let unended = lines.iter().filter(|line| !line.is_ended).count();
    if lines.len() < FEW_LINES || !most(unended) {
        return None;
    }
    let own = |line: &Line| text[line.range.clone()].chars().count();
    let widths: Vec<usize> = lines.iter().map(own).collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let width = sorted[sorted.len() * 9 / 10];
    let full = widths.iter().filter(|&&own| is_full(own, width)).count();
    (WRAPPED_WIDTHS.contains(&width) && most(full)).then_some((width, widths))
}

#[expect(clippy::cast_precision_loss)] // a line is shorter than 2^52
fn is_full(own: usize, width: usize) -> bool {
    own as f64 >= NEARLY_FULL * width as f64
}

/// Joins lines into paragraphs. A paragraph ends before a blank line, before an indented one, and
/// at a sentence end that leaves part of the width free.
fn join_wrapped(text: &str, width: usize, widths: &[usize], lines: &mut Vec<Line>) {
    let mut kept = 0;
    let mut before = lines[0].clone();
    for at in 1..lines.len() {
        let line = lines[at].clone();
        let between = &text[before.range.end..line.range.start];
        let indent = between.len() - between.rfind('\n').map_or(0, |newline| newline + 1);
        let is_blank = between.bytes().filter(|&byte| byte == b'\n').count() > 1;
        let is_last = before.is_ended && !is_full(widths[at - 1], width);
        if is_blank || indent > 1 || is_last {
            kept += 1;
            lines[kept] = line.clone();
        } else {
            lines[kept].range.end = line.range.end;
            lines[kept].is_ended = line.is_ended;
        }
        before = line;
    }
    lines.truncate(kept + 1);
}

/// Cuts a stretch behind end marks that another sentence follows.
fn sentences(text: &str, range: Range<usize>, lines: &mut Vec<Line>) {
    let (mut start, mut at) = (range.start, range.start);
    let next_mark = |at: usize| {
        let mut rest = text.as_bytes()[at..range.end].iter();
        rest.position(|&byte| BEGINS_SENTENCE_END[usize::from(byte)])
    };
    while let Some(step) = next_mark(at) {
        let mark = &text[at + step..range.end];
        let Some(c) = mark.chars().next() else { break };
        at += step + c.len_utf8();
        if !is_sentence_end(c) {
            continue;
        }
        let behind = mark[c.len_utf8()..].chars();
        let closing = behind.take_while(|&c| is_closer(c) || is_sentence_end(c));
        at += closing.map(char::len_utf8).sum::<usize>();
        let end = at;
        let mut rest = text[end..range.end].chars();
        let next = rest.next();
        let is_spaced = next.is_some_and(char::is_whitespace);
        let follower = if is_spaced {
            rest.find(|c| !c.is_whitespace())
        } else {
            next
        };
        let is_end = match follower {
            None => true,
            // A decimal: full stops of other widths stand in numbers as the narrow one does.
            Some(follower) if is_wide_stop(c) && follower.is_numeric() => false,
            // A full stop of an unspaced script needs no space behind it.
            Some(_) if !c.is_ascii() && c != '…' => true,
            Some(follower) => is_spaced && !follower.is_lowercase(),
        };
        if is_end {
            push_trimmed(text, start..end, lines);
            start = end;
        }
    }
    push_trimmed(text, start..range.end, lines);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        lines(text, &mut found);
        let words = |line: &Line| {
            text[line.range.clone()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        found
            .iter()
            .map(|line| (words(line), line.is_ended))
            .collect()
    }

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let found = cut("  Menu \r\n\n\n“It is late,” he said.”\r\nMore in Sport\n");
        let expected = [
            ("Menu", false),
            ("“It is late,” he said.”", true),
            ("More in Sport", false),
        ];
        assert_eq!(
            found,
            expected.map(|(line, ended)| (line.to_owned(), ended))
        );
        assert!(cut("").is_empty() && cut(" \n\t\n").is_empty());
    }

    #[test]
    fn hard_wrapped_text_is_joined_into_paragraphs() {
        let text = "The ferry company said on Monday that its older ships would be sold\n\
            before the end of the year because they burn too much oil and need a\n\
            crew of forty.\n    \
            Its new ships, ordered in March from a yard in the north, burn less\n\
            and sail with half of that crew, a spokesman said on the island when\n\
            he was asked.\n\n\
            The union was not heard, it said in a letter of its own to the board\n\
            of the company.";
        let found = cut(text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|(_, ended)| *ended));
        assert!(found[0].0.ends_with("a crew of forty."));
        assert!(found[1].0.starts_with("Its new ships"));
    }

    #[test]
    fn a_list_of_headlines_is_not_taken_for_wrapped_text() {
        let text = "Ferries will be late again this week\nSport\nWho won the cup of the islands\n\
            Weather\nA long paragraph of the story, with all that happened on the quay in the morning \
            and in the evening, ends with a full stop.";
        assert_eq!(cut(text).len(), 5);
    }

    #[test]
    fn a_page_on_one_line_is_cut_into_sentences() {
        let text = format!(
            "Ferries stop. “We wait!” he said at No. 7 on Monday.{} Costs rose 1.5 percent.",
            " So it went on and on.".repeat(30)
        );
        let found = cut(&text);
        assert_eq!(found[0].0, "Ferries stop.");
        assert_eq!(found[1].0, "“We wait!” he said at No.");
        assert_eq!(found.last().unwrap().0, "Costs rose 1.5 percent.");
        let unspaced = "島の船は遅れた。".repeat(40);
        assert_eq!(cut(&unspaced).len(), 40);
        for sentence in [
            "កប៉ាល់យឺត។ ",
            "သင်္ဘောနောက်ကျသည်။",
            "Նավը ուշացավ։ ",
            "መርከቡ ዘገየ። ",
            "جہاز دیر سے آیا۔ ",
            "船は１．５時間遅れた．",
        ] {
            assert_eq!(cut(&sentence.repeat(40)).len(), 40, "{sentence}");
        }
    }

    proptest! {
        #[test]
        fn lines_are_in_order_and_hold_every_word(text in "([a-zA-Zü.!?”。 \n\t]{0,40}){0,30}") {
            let mut found = Vec::new();
            lines(&text, &mut found);
            let mut last = 0;
            let mut words = Vec::new();
            for line in &found {
                prop_assert!(line.range.start >= last && line.range.start < line.range.end);
                last = line.range.end;
                words.extend(text[line.range.clone()].split_whitespace());
            }
            let all: String = text.split_whitespace().collect();
            prop_assert_eq!(words.concat(), all);
        }
    }
}
