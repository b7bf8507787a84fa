//! Values of records that hold HTML: a whole page, or the part of one that is an article.

use super::scan::{Scan, Token};
use super::text::{joined, paragraphs};
use super::{Article, Page, begins_as_page, page};

/// Elements that articles are made of. One alone may be a sign of something else: `<b>` in a text about HTML.
const OF_ARTICLES: [&str; 24] = [
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "div",
    "em",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "table",
    "ul",
];

/// Whether a value holds HTML: two tags of elements that articles have, in its first 64 KiB.
pub fn is_html(value: &str) -> bool {
    const LOOKED_AT: usize = 64 << 10;
    if memchr::memchr(b'<', value.as_bytes()).is_none() {
        return false;
    }
    let tags = Scan::new(super::scan::up_to(value, LOOKED_AT)).filter(|token| {
        let name = match token {
            Token::Open(tag) => tag.name,
            Token::Close(name) => name,
            _ => return false,
        };
        OF_ARTICLES.iter().any(|own| name.eq_ignore_ascii_case(own))
    });
    tags.take(2).count() == 2
}

/// The article of a value that holds HTML, or nothing if it does not.
///
/// Of a whole page that is its main text, as of a file; of a part of one, all of its paragraphs. `address` is that of the page, or
/// empty.
pub fn of_value(value: &str, address: &str) -> Option<Page> {
    if !is_html(value) {
        return None;
    }
    let is_page = begins_as_page(value.as_bytes()) || has_body(value);
    if is_page {
        return Some(page(value, address));
    }
    let text = joined(paragraphs(value).iter());
    Some(Page {
        article: Article {
            text,
            ..Article::default()
        },
        cut: None,
    })
}

/// Whether a page begins in it, behind whatever.
fn has_body(value: &str) -> bool {
    let finds = |tag: &str| memchr::memmem::find(value.as_bytes(), tag.as_bytes()).is_some();
    finds("<body") || finds("<BODY") || finds("<head>") || finds("<HEAD>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_by_its_tags() {
        for (value, expected) in [
            ("<p>One paragraph.</p>", true),
            ("Text<br/>more<BR>end", true),
            ("plain text, 3 < 4 and 5 > 4", false),
            ("one <b alone", false),
            ("List<String> and Map<Key, Value>", false),
            ("", false),
        ] {
            assert_eq!(is_html(value), expected, "{value}");
        }
    }

    #[test]
    fn a_part_of_a_page_is_read_whole_and_a_page_as_a_file() {
        let part = of_value("<p>First &amp; best.</p><ul><li>a<li>b</ul>", "").unwrap();
        assert_eq!(part.article.text, "First & best.\n\na\n\nb");
        let body = "A sentence of the article that goes on for a while, as they do. ".repeat(8);
        let whole = format!(
            "<html><head><title>Headline</title></head><body><nav><a href=/>Home</a></nav>\
             <article><p>{body}</p></article></body></html>"
        );
        let whole = of_value(&whole, "https://a.example/x").unwrap();
        assert_eq!(whole.article.text, body.trim());
        assert_eq!(whole.article.title, "Headline");
        assert_eq!(of_value("no HTML", ""), None);
    }
}
