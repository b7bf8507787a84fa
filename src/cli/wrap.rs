//! Lines on a terminal: as wide as it is, broken between words, with what goes on below what it goes on with.
//!
//! Most of what is said is in two columns, a name and a fact. So the second line of a fact begins under its first
//! word. A line that goes to a file or a program is never broken.

use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthChar;

/// Widest lines: longer ones are hard to read.
const WIDEST: usize = 100;
/// Fewest columns that are reckoned with: fewer cannot hold two columns.
const NARROWEST: usize = 40;
/// Columns in which a second column may begin.
const SECOND: usize = 44;
/// What the second line of a line without columns is indented by, more than the first.
const HANG: usize = 2;

/// Columns of a terminal, up to the widest line; none of a file or a pipe.
pub(super) fn width(stream: impl std::os::fd::AsFd) -> Option<usize> {
    let (Width(columns), _) = terminal_size_of(stream)?;
    // A terminal that does not know says 0.
    (columns > 0).then(|| usize::from(columns).clamp(NARROWEST, WIDEST))
}

/// Every line of a text, broken at the width. Styles have none.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut whole = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        match columns(line) > width {
            true => break_line(line, width, &mut whole),
            false => whole.push_str(line),
        }
        whole.push_str(end);
    }
    whole
}

/// A command as it may be typed, broken in front of flags so that a shell takes it as one.
pub(super) fn command(words: &str, width: Option<usize>, indent: usize) -> String {
    let Some(width) = width.filter(|&width| indent + columns(words) > width) else {
        return words.to_owned();
    };
    let (mut text, mut at) = (String::new(), indent);
    for (nth, part) in words.split(" -").enumerate() {
        let part = if nth == 0 {
            part.to_owned()
        } else {
            format!("-{part}")
        };
        if nth > 0 && at + 1 + columns(&part) + " \\".len() > width {
            text.push_str(" \\\n");
            text.push_str(&" ".repeat(indent + HANG));
            at = indent + HANG;
        } else if nth > 0 {
            text.push(' ');
            at += 1;
        }
        text.push_str(&part);
        at += columns(&part);
    }
    text
}

/// A paragraph of prose, every line behind so many spaces.
pub(super) fn paragraph(text: &str, width: usize, indent: usize) -> String {
    let mut whole = " ".repeat(indent);
    let mut at = indent;
    for word in text.split(' ') {
        let wide = columns(word);
        if at > indent && at + 1 + wide > width {
            whole.push('\n');
            whole.push_str(&" ".repeat(indent));
            at = indent;
        } else if at > indent {
            whole.push(' ');
            at += 1;
        }
        whole.push_str(word);
        at += wide;
    }
    whole
}

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    let mut columns = 0;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        match character {
            // A style of ours, to its `m`.
            '\u{1b}' => while rest.next().is_some_and(|character| character != 'm') {},
            other => columns += other.width().unwrap_or(0),
        }
    }
    columns
}

/// A text cut to so many columns, with `…` where it was cut, and filled up to them.
pub(super) fn cell(text: &str, width: usize) -> String {
    let mut cell = String::new();
    let mut taken = 0;
    let is_cut = columns(text) > width;
    let room = if is_cut {
        width.saturating_sub(1)
    } else {
        width
    };
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if taken + wide > room {
            break;
        }
        cell.push(character);
        taken += wide;
    }
    if is_cut {
        cell.truncate(cell.trim_end().len());
        cell.push('…');
    }
    let taken = columns(&cell);
    cell.extend(std::iter::repeat_n(' ', width.saturating_sub(taken)));
    cell
}

/// Where a line goes on: under its last column, if it has columns.
fn hang(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut hang = indent + HANG;
    let mut from = indent;
    // Columns are two spaces or more apart.
    while let Some(gap) = line[from..].find("  ").map(|at| from + at) {
        from = line.len() - line[gap..].trim_start_matches(' ').len();
        let column = columns(&line[..from]);
        if from == line.len() || column > SECOND {
            break;
        }
        hang = column;
    }
    hang
}

fn break_line(line: &str, width: usize, whole: &mut String) {
    let hang = hang(line).min(width * 3 / 5);
    let mut at = 0;
    let mut is_first = true;
    // Spaces in a row are columns, and stay where the line does not break.
    let mut rest = line;
    while !rest.is_empty() {
        let word_at = rest.find(|c| c != ' ').unwrap_or(rest.len());
        let (gap, from_word) = rest.split_at(word_at);
        let end = from_word.find(' ').unwrap_or(from_word.len());
        let (word, after) = from_word.split_at(end);
        let wide = columns(word);
        if !is_first && at + gap.len() + wide > width && at > hang {
            whole.push('\n');
            whole.push_str(&" ".repeat(hang));
            at = hang;
        } else {
            whole.push_str(gap);
            at += gap.len();
        }
        whole.push_str(word);
        at += wide;
        is_first = false;
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_goes_on_under_itself() {
        let line = "fields      text from body, id from id, date from date, source from outlet\n";
        assert_eq!(
            wrapped(line, 44),
            "fields      text from body, id from id, date\n            from date, source from outlet\n"
        );
        let line = "  thin           37   0.6 %, left with fewer than 12 words";
        assert_eq!(
            wrapped(line, 44),
            "  thin           37   0.6 %, left with fewer\n                      than 12 words"
        );
        let line = "wirecopy: warning: no document has a date, known or not";
        assert_eq!(
            wrapped(line, 40),
            "wirecopy: warning: no document has a\n  date, known or not"
        );
    }

    #[test]
    fn what_fits_or_cannot_be_broken_stays() {
        assert_eq!(wrapped("  a    b\n\nc", 40), "  a    b\n\nc");
        let path = "x".repeat(60);
        assert_eq!(wrapped(&path, 40), path);
        let named = format!("file        {path}");
        assert_eq!(wrapped(&named, 40), named);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_no_word_is_lost() {
        let line = "sample      \u{1b}[1mtext\u{1b}[0m 100 %, Zürich 東京都の新聞 and so on, for as long as there is \
                    something to be said of it";
        for width in 40..100 {
            let text = wrapped(line, width);
            assert!(text.lines().all(|line| columns(line) <= width), "{text}");
            let words = |text: &str| {
                text.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(&text), words(line));
        }
    }

    #[test]
    fn prose_begins_where_its_first_line_does() {
        assert_eq!(
            paragraph("one two three four", 11, 2),
            "  one two\n  three\n  four"
        );
        assert_eq!(paragraph("", 11, 2), "  ");
    }

    #[test]
    fn a_command_can_be_copied() {
        let line = "wirecopy dedup news.jsonl -o copies-dedup --threshold=0.8";
        assert_eq!(command(line, None, 8), line);
        let broken = command(line, Some(40), 8);
        assert_eq!(
            broken,
            "wirecopy dedup news.jsonl \\\n          -o copies-dedup \\\n          --threshold=0.8"
        );
        let one: String = broken
            .replace("\\\n", "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(one, line);
    }

    #[test]
    fn a_cell_is_as_wide_as_its_column() {
        assert_eq!(cell("ab", 4), "ab  ");
        assert_eq!(cell("abcdef", 4), "abc…");
        assert_eq!(cell("東京都", 4), "東… ");
    }
}
