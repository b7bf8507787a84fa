//! How a table is written: its separator, its quotes, and whether its first row names the columns.
//!
//! RFC 4180 has commas, double quotes that are doubled inside, and a row of names if one likes. Programs write others: `;` and tab, single
//! quotes, `\\` before a quote inside (Spark, MySQL), tables without names, and tables under a title. The first way of writing counts under which the first rows
//! have one width.

use std::path::Path;

use crate::dates;
use crate::form::has_extension;

/// How a table is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Dialect {
    separator: u8,
    /// Whether the file says so itself, in a first line `sep=;`.
    pub(super) is_said: bool,
    quote: u8,
    /// What stands before a quote inside, if it is not another quote.
    escape: Option<u8>,
    pub(super) has_names: bool,
    /// Rows before the names: the title of a report, the question that was asked.
    pub(super) before: usize,
}

/// What it is decided by.
const HEAD: usize = 64 << 10;
/// Rows that are looked at.
const ROWS: usize = 50;
/// A cell from so many bytes on is a text, and no name.
const TEXT: usize = 200;

/// Whether a table is written otherwise than RFC 4180 has it, but for its separator: with other quotes, or without names.
pub fn is_unusual(path: &Path, head: &[u8], delimiter: Option<u8>) -> bool {
    let dialect = Dialect::of(path, head, delimiter);
    dialect.quote != b'"' || dialect.escape.is_some() || !dialect.has_names || dialect.before > 0
}

impl Dialect {
    /// That of a table, by its first rows; its separator may be known.
    pub(super) fn of(path: &Path, text: &[u8], separator: Option<u8>) -> Dialect {
        let head = &text[..text.len().min(HEAD)];
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let (own, is_said) = match separator {
            Some(separator) => (separator, false),
            None => self::separator(path, head),
        };
        let usual = Dialect {
            separator: own,
            is_said,
            quote: b'"',
            escape: None,
            has_names: true,
            before: 0,
        };
        let is_cut = text.len() > HEAD;
        let mut dialect = usual;
        // Cells that all begin and end with a single quote are enclosed by it.
        let is_single = usual.enclosed(head, b'"') == 0
            && usual.enclosed(head, b'\'') + 1 >= usual.rows(head, is_cut).len().max(2);
        if is_single || !usual.fits(head, is_cut) {
            let others = [(b'"', Some(b'\\')), (b'\'', None), (b'\'', Some(b'\\'))];
            let separators = match separator.is_some() || is_said {
                true => vec![own],
                false => vec![own, b',', b';', b'\t', b'|'],
            };
            let mut all = others.iter().flat_map(|&(quote, escape)| {
                separators.iter().map(move |&separator| Dialect {
                    separator,
                    quote,
                    escape,
                    ..usual
                })
            });
            dialect = all.find(|other| other.fits(head, is_cut)).unwrap_or(usual);
        }
        let rows = dialect.rows(head, is_cut);
        if rows.first().is_some_and(|first| first.len() < NARROW) {
            let others = [own, b',', b';', b'\t', b'|'];
            let titled = others.iter().find_map(|&separator| {
                let titled = Dialect {
                    separator,
                    ..dialect
                };
                let before = rows_before_names(&titled.rows(head, is_cut))?;
                Some(Dialect { before, ..titled })
            });
            dialect = titled.unwrap_or(dialect);
        }
        let names = dialect.rows(head, false).into_iter().nth(dialect.before);
        dialect.has_names = names.is_none_or(|names| is_of_names(&names));
        dialect
    }

    pub(super) fn reader<'t>(&self, text: &'t [u8]) -> csv::Reader<&'t [u8]> {
        csv::ReaderBuilder::new()
            .delimiter(self.separator)
            .quote(self.quote)
            .escape(self.escape)
            .has_headers(false)
            .flexible(true)
            .from_reader(text)
    }

    /// The first rows; without the last one if it may be cut.
    fn rows(&self, head: &[u8], is_cut: bool) -> Vec<csv::ByteRecord> {
        let mut rows: Vec<csv::ByteRecord> = self
            .reader(head)
            .into_byte_records()
            .map_while(Result::ok)
            .skip(usize::from(self.is_said))
            .take(ROWS + 1)
            .collect();
        if is_cut && rows.len() <= ROWS {
            rows.pop();
        }
        rows
    }

    /// How many cells a quote encloses, about: those that begin with it, or those that end with it, whichever are fewer.
    fn enclosed(&self, head: &[u8], quote: u8) -> usize {
        let is_end = |byte: Option<&u8>| {
            byte.is_none_or(|byte| *byte == self.separator || matches!(byte, b'\n' | b'\r'))
        };
        let (mut begin, mut end) = (0, 0);
        for at in memchr::memchr_iter(quote, head) {
            begin += usize::from(is_end(
                at.checked_sub(1).and_then(|before| head.get(before)),
            ));
            end += usize::from(is_end(head.get(at + 1)));
        }
        begin.min(end)
    }

    /// Whether a row ends inside a cell that a quote opened.
    pub(super) fn is_open(&self, row: &[u8]) -> bool {
        let mut at = 0;
        loop {
            if row.get(at) == Some(&self.quote) {
                at += 1;
                loop {
                    match row.get(at) {
                        None => return true,
                        Some(byte) if self.escape == Some(*byte) => at += 2,
                        Some(byte)
                            if *byte == self.quote && row.get(at + 1) == Some(&self.quote) =>
                        {
                            at += 2
                        }
                        Some(byte) if *byte == self.quote => break,
                        Some(_) => at += 1,
                    }
                }
            }
            match memchr::memchr(self.separator, row.get(at..).unwrap_or_default()) {
                Some(next) => at += next + 1,
                None => return false,
            }
        }
    }

    /// Whether the first rows have one width, and quotes that are not the usual ones enclose cells.
    fn fits(&self, head: &[u8], is_cut: bool) -> bool {
        let rows = self.rows(head, is_cut);
        let width = rows.first().map_or(0, csv::ByteRecord::len);
        // The last row may be where the file was cut.
        let is_even = rows.iter().enumerate().all(|(at, row)| {
            row.len() == width || at > 0 && at + 1 == rows.len() && row.len() < width
        });
        if self.quote == b'"' && self.escape.is_none() {
            return is_even;
        }
        let opening = [self.separator, self.quote];
        let is_quoted =
            memchr::memmem::find(head, &opening).is_some() || head.first() == Some(&self.quote);
        let is_escaped = self
            .escape
            .is_none_or(|escape| memchr::memmem::find(head, &[escape, self.quote]).is_some());
        is_even && width > 1 && rows.len() > 1 && is_quoted && is_escaped
    }
}

/// A table with fewer columns has no title that could be seen to be none of its rows.
const NARROW: usize = 3;

/// How many narrow rows stand before the names: all that follow are as wide as these, and wider than those. A row of two cells may
/// itself be the names, with commas in every text behind it: it is a title only as `Report:,monthly`.
fn rows_before_names(rows: &[csv::ByteRecord]) -> Option<usize> {
    const MOST: usize = 20;
    let width = rows
        .iter()
        .map(csv::ByteRecord::len)
        .max()
        .filter(|width| *width >= NARROW)?;
    let before = rows.iter().position(|row| row.len() == width)?;
    let (title, table) = rows.split_at(before);
    let is_filled = |row: &csv::ByteRecord| row.iter().all(|cell| !cell.trim_ascii().is_empty());
    let is_title = |row: &csv::ByteRecord| {
        let cells = row.iter().filter(|cell| !cell.trim_ascii().is_empty());
        row.len() < NARROW && (cells.count() < 2 || row[0].trim_ascii().ends_with(b":"))
    };
    let is_titled = (1..=MOST).contains(&before) && title.iter().all(is_title);
    let is_table = table.len() > 1 && table.iter().all(|row| row.len() == width);
    (is_titled && is_table && is_filled(&table[0]) && is_of_names(&table[0])).then_some(before)
}

/// Whether a row names columns: none of its cells is a text, an address or a day.
fn is_of_names(row: &csv::ByteRecord) -> bool {
    let is_value = |cell: &[u8]| {
        let cell = String::from_utf8_lossy(cell);
        let cell = cell.trim();
        cell.len() >= TEXT
            || cell.starts_with("http://")
            || cell.starts_with("https://")
            || cell.len() >= 10
                && cell.as_bytes().first().is_some_and(u8::is_ascii_digit)
                && dates::iso(cell).is_some()
    };
    !row.iter().any(is_value)
}

/// The separator: as the file says (`sep=;`, for Excel), or the one that the first row has most often.
fn separator(path: &Path, head: &[u8]) -> (u8, bool) {
    if let [b's', b'e', b'p', b'=', separator, b'\r' | b'\n', ..] = *head {
        return (separator, true);
    }
    let fallback = if has_extension(path, &["csv"]) {
        b','
    } else {
        b'\t'
    };
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in head {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                for (separator, count) in &mut counts {
                    *count += usize::from(*separator == byte);
                }
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let is_best = |of: u8| counts.contains(&(of, most));
    let best = counts.iter().find(|(_, count)| *count == most);
    match best {
        Some((separator, _)) if most > 0 && !is_best(fallback) => (*separator, false),
        _ => (fallback, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (char, char, bool, bool) {
        let dialect = Dialect::of(Path::new("a.csv"), text.as_bytes(), None);
        let (separator, quote) = (dialect.separator.into(), dialect.quote.into());
        (
            separator,
            quote,
            dialect.escape.is_some(),
            dialect.has_names,
        )
    }

    #[test]
    fn a_table_is_read_as_it_is_written() {
        let long = "A sentence of a text; with, all separators. ".repeat(8);
        for (table, expected) in [
            (
                "id,text\n1,a\n2,\"b, c\"\n".to_owned(),
                (',', '"', false, true),
            ),
            (
                "id;text\n1;it's, fine\n".to_owned(),
                (';', '"', false, true),
            ),
            (
                format!("sport;'{long}'\nnews;'{long}'\n"),
                (';', '\'', false, false),
            ),
            (
                format!("id,text\n1,'{long}'\n2,'it''s'\n"),
                (',', '\'', false, true),
            ),
            (
                "id,text\n1,\"he said \\\"yes, no\\\" twice\"\n2,b\n".to_owned(),
                (',', '"', true, true),
            ),
            (
                "2021-03-04,https://a.example,x\n2021-03-05,https://b.example,y\n".to_owned(),
                (',', '"', false, false),
            ),
            ("id,text\n1,a,b\n2,'c\n".to_owned(), (',', '"', false, true)),
            (
                "Report\nQuery: ferry\n\nTitle;Date;Text\nT;2021-03-04;a\nU;2021-03-05;b\n"
                    .to_owned(),
                (';', '"', false, true),
            ),
            (String::new(), (',', '"', false, true)),
        ] {
            assert_eq!(of(&table), expected, "{table}");
        }
        let titled = |table: &str| Dialect::of(Path::new("a.csv"), table.as_bytes(), None).before;
        assert_eq!(
            titled("Report:,2021\n\nTitle,Date,Text\nT,2021-03-04,a\n"),
            1
        );
        assert_eq!(titled("id,text\n1,a\n2,b,c,d\n"), 0, "a ragged row");
        assert_eq!(titled("id,text\nx,hello, world\ny,one, two\n"), 0, "names");
        assert_eq!(titled("id,title,text\n1,a\n2,b,c\n"), 0);
    }
}
