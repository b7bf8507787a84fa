//! What a text file says: its text, and in what stands before it (`front_matter`), or in a first line `date 2023-06-28 Headline …`, as scrapers
//! write it, date and title.

use super::date;
use super::front_matter;
use super::options::TextHeader;

/// What the bytes of a text file say.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Page<'a> {
    pub(super) date: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) text: &'a str,
}

impl Page<'_> {
    pub(super) fn of(text: &str, header: TextHeader) -> Page<'_> {
        let plain = Page {
            text,
            ..Page::default()
        };
        if header == TextHeader::None {
            return plain;
        }
        if let Some(page) = front_matter::page(text) {
            return page;
        }
        // Crawlers put blanks, blank lines, and marks of byte order in front, and lines end as they like.
        let start = text.trim_start_matches(is_blank);
        let end = start.find(['\n', '\r']).unwrap_or(start.len());
        let (line, rest) = start.split_at(end);
        let Some((date, title)) = header_line(line) else {
            return plain;
        };
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        Page {
            date: Some(date),
            title: (!title.is_empty()).then_some(title),
            text: rest.strip_prefix('\n').unwrap_or(rest),
            ..Page::default()
        }
    }
}

/// The day and what is behind it, if a line is a header.
fn header_line(line: &str) -> Option<(&str, &str)> {
    let behind = line
        .strip_prefix("date")
        .filter(|line| line.starts_with(is_blank))?;
    let behind = behind.trim_start_matches(is_blank);
    let (day, title) = behind.split_at_checked("YYYY-MM-DD".len())?;
    let stands_alone = title.is_empty() || title.starts_with(is_blank);
    (date::is_iso_day(day) && stands_alone).then(|| (day, title.trim_matches(is_blank)))
}

/// What is no difference before a header and in it.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_line_is_distinguished_from_a_text() {
        let page = |text| {
            let page = Page::of(text, TextHeader::Auto);
            (page.date, page.title, page.text)
        };
        let day = Some("2023-06-28");
        for (text, expected) in [
            (
                "date 2023-06-28 A title \r\nbody\n",
                (day, Some("A title"), "body\n"),
            ),
            ("date 2023-06-28 \nbody", (day, None, "body")),
            ("date 2023-06-28\nbody", (day, None, "body")),
            ("date 2023-06-28 only", (day, Some("only"), "")),
            (
                " date 2023-06-28 A title\nbody",
                (day, Some("A title"), "body"),
            ),
            (
                "\u{feff}\r\n \t\n\u{a0}date\t2023-06-28\u{a0}A title \r\rbody",
                (day, Some("A title"), "\rbody"),
            ),
            (
                "\n\ndate  2023-06-28  A title\r\n\r\nbody",
                (day, Some("A title"), "\r\nbody"),
            ),
        ] {
            assert_eq!(page(text), expected, "{text}");
        }
        for text in [
            "date 2023-02-30 x\ny",
            "date 20230628xx y",
            "dates 2023-06-28",
            "date2023-06-28 x",
            " not a date 2023-06-28\ny",
            "\n\nbody",
            "",
            "date é",
        ] {
            assert_eq!(page(text), (None, None, text));
        }
        assert_eq!(
            Page::of("date 2023-06-28 x\ny", TextHeader::None).date,
            None
        );
    }
}
