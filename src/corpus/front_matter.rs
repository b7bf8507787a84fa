//! What stands before a text in Markdown, as generators of sites and note programs write it: lines `key: value` between `---`, or
//! `key = "value"` between `+++`.

use super::columns::folded;
use super::page::Page;

/// Longest: what is longer is a text between lines.
const LONGEST: usize = 16 << 10;

/// What a text says, if it has front matter: all lines between the marks are keys, their lists, or blank, and at least one says something.
pub(super) fn page(text: &str) -> Option<Page<'_>> {
    let start = text.trim_start_matches('\u{feff}');
    let (mark, separator) = match start.get(..3)? {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return None,
    };
    let mut lines = start.split_inclusive('\n');
    let mut at = lines.next().filter(|line| line.trim_end() == mark)?.len();
    let mut found = Page::default();
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
        take(&mut found, key, unquoted(value.trim()));
    }
    found.text = start.get(at..)?.trim_start_matches(['\r', '\n']);
    let says = [found.title, found.date, found.source, found.url];
    says.iter().any(Option::is_some).then_some(found)
}

fn take<'a>(found: &mut Page<'a>, key: &str, value: &'a str) {
    let place = match folded(key).as_str() {
        "title" | "headline" => &mut found.title,
        "date" | "published" | "publishdate" | "pubdate" | "publisheddate" | "datepublished"
        | "created" => &mut found.date,
        "source" | "outlet" | "publication" | "publisher" | "newspaper" | "site" => {
            &mut found.source
        }
        "url" | "link" | "canonical" | "canonicalurl" | "sourceurl" | "originalurl" => {
            &mut found.url
        }
        _ => return,
    };
    if !value.is_empty() && place.is_none() {
        *place = Some(value);
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
        let found = page(text).unwrap();
        assert_eq!(found.title, Some("Ferry: late again"));
        assert_eq!(found.date, Some("2021-03-04 10:00"));
        assert_eq!((found.source, found.url), (Some("Courier"), None));
        assert_eq!(found.text, "The ferry.\n");
        let toml =
            page("+++\r\ntitle = 'Late'\r\nurl = \"https://a.example\"\r\n+++\r\nText").unwrap();
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
            assert_eq!(page(text), None, "{text}");
        }
    }
}
