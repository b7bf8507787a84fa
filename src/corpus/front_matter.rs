//! What stands before a text in Markdown, as generators of sites and note programs write it: lines `key: value` between `---`, or
//! `key = "value"` between `+++`.

use super::columns::folded;

/// What it says of the text, and the text.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct FrontMatter<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) date: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) text: &'a str,
}

/// Longest: what is longer is a text between lines.
const LONGEST: usize = 16 << 10;

impl FrontMatter<'_> {
    /// That of a text, if it has one: all lines between the marks are keys, their lists, or blank, and at least one says something.
    pub(super) fn of(text: &str) -> Option<FrontMatter<'_>> {
        let start = text.trim_start_matches('\u{feff}');
        let (mark, separator) = match start.get(..3)? {
            "---" => ("---", ':'),
            "+++" => ("+++", '='),
            _ => return None,
        };
        let mut lines = start.split_inclusive('\n');
        let mut at = lines.next().filter(|line| line.trim_end() == mark)?.len();
        let mut found = FrontMatter::default();
        loop {
            let line = lines.next()?;
            at += line.len();
            if at > LONGEST {
                return None;
            }
            let written = line.trim_end();
            if written == mark || mark == "---" && written == "..." {
                break;
            }
            // Lists, objects and comments are of what stands before.
            if written.is_empty() || written.starts_with([' ', '\t', '-', '#', ']', '}']) {
                continue;
            }
            let (key, value) = written.split_once(separator)?;
            found.take(key, unquoted(value.trim()));
        }
        found.text = start.get(at..)?.trim_start_matches(['\r', '\n']);
        let says = [found.title, found.date, found.source, found.url];
        says.iter().any(Option::is_some).then_some(found)
    }
}

impl<'a> FrontMatter<'a> {
    fn take(&mut self, key: &str, value: &'a str) {
        let place = match folded(key).as_str() {
            "title" | "headline" => &mut self.title,
            "date" | "published" | "publishdate" | "pubdate" | "publisheddate"
            | "datepublished" | "created" => &mut self.date,
            "source" | "outlet" | "publication" | "publisher" | "newspaper" | "site" => {
                &mut self.source
            }
            "url" | "link" | "canonical" | "canonicalurl" | "sourceurl" | "originalurl" => {
                &mut self.url
            }
            _ => return,
        };
        if !value.is_empty() && place.is_none() {
            *place = Some(value);
        }
    }
}

fn unquoted(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_before_a_text_are_no_text() {
        let text = "---\ntitle: \"Ferry: late again\"\ndate: 2021-03-04 10:00\ntags:\n  - ferry\n- harbour\n\nsource: Courier\n---\n\nThe ferry.\n";
        let found = FrontMatter::of(text).unwrap();
        assert_eq!(found.title, Some("Ferry: late again"));
        assert_eq!(found.date, Some("2021-03-04 10:00"));
        assert_eq!((found.source, found.url), (Some("Courier"), None));
        assert_eq!(found.text, "The ferry.\n");
        let toml =
            FrontMatter::of("+++\r\ntitle = 'Late'\r\nurl = \"https://a.example\"\r\n+++\r\nText")
                .unwrap();
        assert_eq!(
            (toml.title, toml.url, toml.text),
            (Some("Late"), Some("https://a.example"), "Text")
        );
    }

    #[test]
    fn lines_between_rules_are_text() {
        for text in [
            "---\nA quotation.\n---\nmore",
            "---\ntitle: never closed\n",
            "--- \n---\ntext",
            "---\nkind: a\n---\ntext",
            "title: a\n---\n",
            "",
            "--",
        ] {
            assert_eq!(FrontMatter::of(text), None, "{text}");
        }
    }
}
