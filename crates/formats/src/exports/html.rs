//! Exports as HTML.
//!
//! The page becomes lines: a paragraph is a line, a row of a table is a line with tabs between its cells. What its classes and styles
//! say of a line is kept: centred, a headline, a paragraph of an article. Nexis and Factiva are read from the lines; Europresse, Kikuzo
//! and Yomidasu, whose pages name the parts of an article by class, are read by [`super::classed`].

use std::path::Path;

use super::classed;
use super::layout::Layout;
use super::lines::{CENTRED, Decoded, Line, Lines, Mark, decode, trim};
use super::markup::{Markup, Token, attribute, push_text};
use super::out::Out;
use super::text::HEAD;
use crate::encoding::Hints;
use crate::form::{Form, SourceFile};
use crate::sink::{Sink, Stop};

/// An export of a database as HTML.
pub(crate) static FORM: Form = Form {
    name: "an export of a news database, as HTML",
    one_document: false,
    recognise,
    read,
};

/// Whether a file is HTML, by its first bytes.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let begin: Vec<u8> = head
        .trim_ascii_start()
        .iter()
        .take(1024)
        .map(u8::to_ascii_lowercase)
        .collect();
    let has = |tag: &[u8]| memchr::memmem::find(&begin, tag).is_some();
    begin.starts_with(b"<")
        && (has(b"<html")
            || has(b"<!doctype html")
            || has(b"<head")
            || has(b"<body")
            || has(b"<article")
            || has(b"<div"))
}

fn recognise(_: &Path, head: &[u8]) -> bool {
    if !is_html(head) {
        return false;
    }
    let decoded = decode(head, &Hints::default());
    // Factiva's pages begin with more styles than a head holds.
    let is_factiva = ["<title>Factiva</title>", "<title>Dow Jones Factiva</title>"]
        .iter()
        .any(|title| decoded.text.contains(title));
    is_factiva && decoded.text.contains("article")
        || classed::Page::of(&decoded.text).is_some()
        || with_layout(&decoded).is_some()
}

/// The layout of a page, unless it is one that any page may have.
fn with_layout(decoded: &Decoded<'_>) -> Option<Layout> {
    let mut size = 0;
    let lines = of_html(decoded).take_while(|line| {
        size += line.text.len() + 1;
        size < HEAD
    });
    let lines: Vec<Line<'_>> = lines.collect();
    let is_known =
        |layout: &Layout| !matches!(layout, Layout::Apa | Layout::Retriever | Layout::Mediargus);
    Layout::of_database(&lines).filter(is_known)
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let decoded = decode(&file.bytes, &file.hints());
    let mut out = Out::new(sink);
    if let Some(page) = classed::Page::of(&decoded.text) {
        return page.read(&decoded, &mut out);
    }
    match with_layout(&decoded) {
        Some(layout) => layout.read(Box::new(of_html(&decoded)) as Lines<'_, '_>, &mut out),
        None => out.lost(
            0,
            "expected articles of a news database, found none".to_owned(),
            file.bytes.len() as u64,
        ),
    }
}

/// Elements that begin a paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "article"
            | "section"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "blockquote"
            | "pre"
            | "hr"
            | "body"
            | "form"
            | "figure"
            | "figcaption"
            | "nav"
            | "center"
            | "title"
    )
}

/// The lines of a page.
pub(crate) fn of_html<'a>(decoded: &'a Decoded<'_>) -> impl Iterator<Item = Line<'a>> + 'a {
    let mut page = PageLines {
        markup: Markup::html(&decoded.text),
        decoded,
        centred: Vec::new(),
        open: Vec::new(),
        line: Line::default(),
        text: String::new(),
        empty: 0,
        bold: 0,
        has_plain: false,
        skipped: 0,
        is_style: false,
    };
    std::iter::from_fn(move || page.next_line())
}

struct PageLines<'a, 'd> {
    markup: Markup<'a>,
    decoded: &'a Decoded<'d>,
    /// Classes that a style centres.
    centred: Vec<String>,
    /// Whether each open block is centred, has paragraphs of the article, or is a headline.
    open: Vec<(&'a str, Mark, bool)>,
    line: Line<'a>,
    text: String,
    empty: u32,
    bold: u32,
    has_plain: bool,
    /// Elements inside of which nothing is text.
    skipped: u32,
    is_style: bool,
}

/// Blocks inside each other that are kept in mind.
const DEPTH: usize = 64;

impl<'a> PageLines<'a, '_> {
    fn next_line(&mut self) -> Option<Line<'a>> {
        loop {
            let begin = self.markup.at();
            let Some(token) = self.markup.next() else {
                return self.flush(0);
            };
            let line = match token {
                Token::Text(raw, is_plain) => {
                    self.add(raw, is_plain, begin);
                    None
                }
                Token::Start(name, attributes, is_closed) => {
                    self.start(name, attributes, is_closed)
                }
                Token::End(name) => self.end(name),
            };
            if line.is_some() {
                return line;
            }
        }
    }

    fn add(&mut self, raw: &str, is_plain: bool, begin: usize) {
        if self.is_style {
            self.centred.extend(centred(raw));
            return;
        }
        if self.skipped > 0 {
            return;
        }
        let mut text = String::new();
        match is_plain {
            true => text.push_str(raw),
            false => push_text(raw, &mut text),
        }
        if !trim(&text).is_empty() {
            if trim(&self.text).is_empty() {
                self.line.at = self.decoded.at(begin);
            }
            self.has_plain |= self.bold == 0;
        }
        for letter in text.chars() {
            // One blank in place of many; a fixed one is a letter, as it separates fields.
            match letter == '\u{a0}' || !letter.is_whitespace() {
                true => self.text.push(letter),
                false if self.text.ends_with([' ', '\t']) || self.text.is_empty() => {}
                false => self.text.push(' '),
            }
        }
    }

    fn start(&mut self, name: &'a str, attributes: &'a str, is_closed: bool) -> Option<Line<'a>> {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "br" => return self.flush(0),
            "tr" => return self.flush(0),
            "td" | "th" => {
                if !self.text.is_empty() {
                    self.text.push('\t');
                }
                return None;
            }
            "script" | "select" | "noscript" | "option" if !is_closed => {
                self.skipped += u32::from(lower != "option")
            }
            "style" if !is_closed => self.is_style = true,
            "b" | "strong" if !is_closed => self.bold += 1,
            "span" | "font" => {
                let class = attribute(attributes, "class")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                self.line.mark.is_heading |= class.contains("headline");
            }
            _ => {}
        }
        if lower == "b"
            && attribute(attributes, "class")
                .is_some_and(|class| class.to_ascii_lowercase().contains("headline"))
        {
            self.line.mark.is_heading = true;
        }
        if !is_block(&lower) {
            return None;
        }
        let line = self.flush(1);
        if self.open.len() < DEPTH && !is_closed && lower != "hr" {
            let class = attribute(attributes, "class").unwrap_or_default();
            let lower_class = class.to_ascii_lowercase();
            let mark = Mark {
                is_heading: lower_class.contains("headline"),
                is_body: lower_class.contains("articleparagraph"),
                is_new_page: false,
            };
            let by_class = || {
                class
                    .split_whitespace()
                    .any(|class| self.centred.iter().any(|own| own == class))
            };
            let by_style = || {
                ["align", "style"].iter().any(|name| {
                    attribute(attributes, name)
                        .is_some_and(|value| value.to_ascii_lowercase().contains("center"))
                })
            };
            let is_centred = by_class() || by_style();
            self.open.push((name, mark, is_centred));
        }
        line
    }

    fn end(&mut self, name: &'a str) -> Option<Line<'a>> {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "script" | "select" | "noscript" => self.skipped = self.skipped.saturating_sub(1),
            "style" => self.is_style = false,
            "tr" => return self.flush(0),
            _ => {}
        }
        if !is_block(&lower) {
            return None;
        }
        let line = self.flush(1);
        if let Some(at) = self
            .open
            .iter()
            .rposition(|(open, _, _)| open.eq_ignore_ascii_case(name))
        {
            self.open.truncate(at);
        }
        line
    }

    /// The line that was read, if there is something on it, and how many empty ones come behind it.
    fn flush(&mut self, empty: u32) -> Option<Line<'a>> {
        let text = trim(&self.text);
        if text.is_empty() {
            self.empty = self.empty.max(empty);
            self.text.clear();
            return None;
        }
        let mut line = std::mem::take(&mut self.line);
        line.text = text.to_owned().into();
        line.empty = std::mem::replace(&mut self.empty, empty);
        line.mark.is_heading |=
            !self.has_plain || self.open.iter().any(|(_, mark, _)| mark.is_heading);
        line.mark.is_body |= self.open.iter().any(|(_, mark, _)| mark.is_body);
        if self.open.iter().any(|(_, _, is_centred)| *is_centred) {
            line.indent = CENTRED;
        }
        self.text.clear();
        self.has_plain = false;
        Some(line)
    }
}

/// Classes that a style sheet centres: `.c0 { text-align: center; }`.
fn centred(style: &str) -> Vec<String> {
    let rules = style.split('}').filter_map(|rule| rule.split_once('{'));
    let is_centred = |rule: &(&str, &str)| rule.1.contains("center");
    rules
        .filter(is_centred)
        .filter_map(|(name, _)| name.rsplit('.').next().map(|name| name.trim().to_owned()))
        .filter(|name| !name.is_empty() && name.len() < 20)
        .take(1000)
        .collect()
}

/// The paragraphs of a piece of HTML, separated by empty lines.
pub(crate) fn text_of(html: &str) -> String {
    let decoded = decode(html.as_bytes(), &Hints::default());
    let mut text = String::new();
    for line in of_html(&decoded) {
        if !text.is_empty() {
            text.push_str(if line.empty > 0 { "\n\n" } else { "\n" });
        }
        text.push_str(&line.text.replace(['\t', '\u{a0}'], " "));
    }
    text
}

#[cfg(test)]
mod tests;
