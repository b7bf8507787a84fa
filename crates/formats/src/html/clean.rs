//! A page without what is no text, and of a depth that any reader of trees bears.
//!
//! Nine tenths of a page are programs, styles, addresses and attributes. Without them it is read faster, and what makes readers slow
//! does not reach them: elements nested without end, forms of letters that are opened again in every paragraph, attributes of
//! megabytes.

use super::elements::{Name, closes, is_aside, is_block, is_look, is_void, shelters};
use super::scan::{Scan, Tag, Token, up_to};

/// Elements inside elements. Pages have some 30; readers take time with its product with the length.
const DEPTH: usize = 100;

/// Elements of a page. Long lists have some 10,000.
const ELEMENTS: usize = 100_000;

/// Longest value of an attribute that is kept: names of classes are looked at.
const VALUE: usize = 200;

pub(super) struct Cleaned {
    pub(super) html: String,
    /// Where the page was cut, if it has too many elements.
    pub(super) cut: Option<usize>,
}

struct Cleaning<'a> {
    scan: Scan<'a>,
    html: String,
    /// Elements that are open.
    open: Vec<&'a str>,
    elements: usize,
    /// Elements that were not closed: what follows them is text.
    never_closed: Vec<&'a str>,
}

/// A page under a title, which stands in no text.
pub(super) fn cleaned(page: &str, title: &str) -> Cleaned {
    let mut cleaning = Cleaning {
        scan: Scan::new(page),
        html: String::with_capacity(page.len() / 4),
        open: Vec::new(),
        elements: 0,
        never_closed: Vec::new(),
    };
    cleaning.html.push_str("<!DOCTYPE html><html><head><title>");
    escape(title, &mut cleaning.html);
    cleaning.html.push_str("</title></head><body>");
    let cut = cleaning.all();
    Cleaned {
        html: cleaning.html,
        cut,
    }
}

impl<'a> Cleaning<'a> {
    fn all(&mut self) -> Option<usize> {
        while let Some(token) = self.scan.next() {
            match token {
                Token::Text(text) => self.html.push_str(text),
                Token::Raw(_) | Token::Comment(_) => {}
                Token::Open(tag) => self.open(tag),
                Token::Close(name) => self.close(name),
            }
            if self.elements > ELEMENTS {
                return Some(self.scan.at());
            }
        }
        None
    }

    fn open(&mut self, tag: Tag<'a>) {
        let lower = Name::of(tag.name);
        let name = lower.as_str();
        if is_look(name)
            || matches!(
                name,
                "" | "body"
                    | "html"
                    | "head"
                    | "option"
                    | "optgroup"
                    | "title"
                    | "meta"
                    | "link"
                    | "base"
                    | "style"
                    | "script"
                    | "noscript"
                    | "iframe"
                    | "frameset"
                    | "plaintext"
                    | "input"
                    | "textarea"
                    | "xmp"
                    | "noembed"
                    | "noframes"
            )
        {
            // An element of a program's own, such as `<news-body>`, may be a block.
            return if name.is_empty() {
                self.unknown(tag)
            };
        }
        if is_aside(name) {
            return self.skip(tag.name);
        }
        self.elements += 1;
        if is_void(name) {
            // An image counts where pictures and paragraphs are weighed.
            if matches!(name, "br" | "hr" | "img") {
                self.push_tag(name, None);
            }
            return;
        }
        if name == "p" {
            return self.push_tag(name, Some(tag)); // It closes the one before it, and is not nested.
        }
        self.close_item(name);
        if self.open.len() >= DEPTH {
            if is_block(name) {
                self.html.push_str("<p>");
            }
            return;
        }
        self.open.push(tag.name);
        self.push_tag(name, Some(tag));
    }

    /// Closes the item that an item follows, as readers do.
    fn close_item(&mut self, name: &str) {
        let closed = closes(name);
        if closed.is_empty() {
            return;
        }
        for at in (0..self.open.len()).rev() {
            let own = Name::of(self.open[at]);
            if closed.contains(&own.as_str()) {
                return self.open.truncate(at);
            }
            if shelters(own.as_str(), name) {
                return;
            }
        }
    }

    /// An element of a name that is not known: a division, if it is not inside a line.
    fn unknown(&mut self, tag: Tag<'a>) {
        if tag.name.contains('-') && self.open.len() < DEPTH {
            self.elements += 1;
            self.open.push(tag.name);
            self.push_tag("div", Some(tag));
        }
    }

    fn push_tag(&mut self, name: &str, tag: Option<Tag<'_>>) {
        self.html.push('<');
        self.html.push_str(name);
        for (attribute, value) in tag.iter().flat_map(Tag::attributes) {
            self.push_attribute(attribute, value);
        }
        self.html.push('>');
    }

    fn push_attribute(&mut self, attribute: &str, value: &str) {
        let lower = Name::of(attribute);
        let (attribute, value) = match lower.as_str() {
            name @ ("class" | "id" | "itemprop" | "role" | "aria-modal" | "hidden"
            | "aria-hidden") => (name, value),
            // Links inside the page weigh less.
            "href" => ("href", if value.starts_with('#') { "#" } else { "/" }),
            "rel" if value.contains("author") => ("rel", "author"),
            "style" if is_hidden(value) => ("style", "display:none"),
            _ => return,
        };
        self.html.push(' ');
        self.html.push_str(attribute);
        self.html.push_str("=\"");
        self.html
            .extend(up_to(value, VALUE).chars().map(|c| match c {
                '"' | '<' | '>' => ' ',
                c => c,
            }));
        self.html.push('"');
    }

    fn close(&mut self, name: &'a str) {
        let lower = Name::of(name);
        let known = lower.as_str();
        if is_look(known) || is_void(known) && known != "br" || known == "body" || known == "html" {
            return;
        }
        if known == "p" {
            self.elements += 1;
            self.push_end(known);
            return;
        }
        let Some(at) = self
            .open
            .iter()
            .rposition(|open| open.eq_ignore_ascii_case(name))
        else {
            return;
        };
        // Those inside were not closed: readers close them with it.
        self.open.truncate(at);
        self.push_end(if known.is_empty() { "div" } else { known });
    }

    fn push_end(&mut self, name: &str) {
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }

    /// Passes over an element; over its tag only if it is never closed, as the rest of the page would be lost.
    fn skip(&mut self, name: &'a str) {
        let is_name = |own: &&str| own.eq_ignore_ascii_case(name);
        if self.never_closed.iter().any(is_name) {
            self.elements += 1;
            return;
        }
        let (before, mut depth) = (self.scan.clone(), 1);
        for token in self.scan.by_ref() {
            match token {
                Token::Open(tag) if tag.is(name) => depth += 1,
                Token::Close(own) if own.eq_ignore_ascii_case(name) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
        self.scan = before;
        self.never_closed.push(name);
    }
}

/// Whether a style takes an element out of the page.
fn is_hidden(style: &str) -> bool {
    let style = up_to(style, VALUE);
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            c => into.push(c),
        }
    }
}
