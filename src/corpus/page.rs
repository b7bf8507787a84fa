//! What a text file says: its text, and in a first line `date 2023-06-28 Headline …`, as scrapers
//! write it, date and title.

use super::date;
use super::options::TextHeader;

/// What the bytes of a text file say.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Page<'a> {
    pub(super) date: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) text: &'a str,
}

impl Page<'_> {
    pub(super) fn of(text: &str, header: TextHeader) -> Page<'_> {
        let plain = Page {
            date: None,
            title: None,
            text,
        };
        if header == TextHeader::None {
            return plain;
        }
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        let Some((date, title)) = line.trim_end().strip_prefix("date ").and_then(header_line)
        else {
            return plain;
        };
        Page {
            date: Some(date),
            title: (!title.is_empty()).then_some(title),
            text: rest,
        }
    }
}

/// A day and what stands behind it: the header line without its first word.
fn header_line(line: &str) -> Option<(&str, &str)> {
    let (day, title) = line.split_at_checked("YYYY-MM-DD".len())?;
    date::parse(day, None).filter(|_| day.as_bytes()[4] == b'-')?;
    (title.is_empty() || title.starts_with(' ')).then_some((day, title.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_line_is_told_from_a_text() {
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
        ] {
            assert_eq!(page(text), expected, "{text}");
        }
        for text in [
            "date 2023-02-30 x\ny",
            "date 20230628xx y",
            "dates 2023-06-28",
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
