//! Pages of the web: the text of the article, and what the page says of it.
//!
//! The text is found by [legible], a port of the reader view of Firefox, in a page that was cleaned before (`clean`). Where that finds
//! nothing, as on front pages and walls that ask for consent, all paragraphs that are not mostly links are the text; where a page
//! holds its text as data only, that is the text. A page without any text is a document with an empty one.
//!
//! [legible]: https://docs.rs/legible

mod about;
mod clean;
mod elements;
mod facts;
mod linked;
mod scan;
mod text;
mod value;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::article::Article;
use crate::encoding::decode;
use crate::form::{Form, SourceFile, has_extension};
use crate::sink::{Loss, Sink, Stop};

pub(crate) use self::about::host;
use self::clean::cleaned;
use self::facts::Facts;
use self::text::{Paragraph, joined, paragraphs};
pub use self::value::{is_html, of_value};

pub(crate) static FORM: Form = Form {
    name: "HTML",
    one_document: true,
    recognise,
    read,
};

/// Longest page, in bytes. What follows is not read.
const LONGEST: usize = 32 << 20;

/// What is said of a page that was not read to its end.
pub(crate) const TOO_LONG: &str = "a page longer than an article can be: what follows is not read";

/// Characters of a text that is no article: other ways to find one are tried.
const THIN: usize = 250;

/// A page as a document.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Page {
    /// What the page is. Its id is empty: the page does not know it.
    pub article: Article,
    /// Where the page was cut, in bytes, if it is too long or has too many elements for one article.
    pub cut: Option<usize>,
}

/// The article of a page.
///
/// It takes the time of the page's length, some 50 MB a second, and never fails: a page without an article has an empty text.
pub fn main_text(html: &str) -> Page {
    page(html, "")
}

/// The article of a page that came from an address, or from an unknown one.
pub(crate) fn page(html: &str, address: &str) -> Page {
    let is_long = html.len() > LONGEST;
    let html = scan::up_to(html, LONGEST);
    let facts = Facts::of(html);
    let mut article = about::article(&facts, address);
    let (text, cut) = text_of(html, &facts, &article.title);
    article.text = text;
    Page {
        article,
        cut: cut.or(is_long.then_some(html.len())),
    }
}

/// The text of a page, and where the page was cut.
fn text_of(html: &str, facts: &Facts, title: &str) -> (String, Option<usize>) {
    let clean = cleaned(html, title);
    let mut text = match readable(&clean.html) {
        Some(content) => without_title(paragraphs(&content), title),
        None => String::new(),
    };
    if text.len() < THIN {
        let everything = paragraphs(&clean.html);
        let running = everything.into_iter().filter(is_running_text);
        let running = without_title(running.collect(), title);
        if running.len() > text.len() {
            text = running;
        }
    }
    let as_data = &facts.linked.body;
    if as_data.len() >= THIN && as_data.len() > 2 * text.len() {
        let data = joined(data_paragraphs(as_data).iter());
        if data.len() > 2 * text.len() {
            text = data;
        }
    }
    (text, clean.cut)
}

/// The part of a page that is its article, as HTML.
fn readable(html: &str) -> Option<String> {
    let options = legible::Options::new().disable_json_ld(true);
    // The reader is not ours: should it panic, the page is read without it.
    let found = catch_unwind(AssertUnwindSafe(|| {
        legible::parse(html, None, Some(options))
    }));
    Some(found.ok()?.ok()?.content)
}

/// Whether a paragraph is one that is read, not one that leads elsewhere.
fn is_running_text(paragraph: &Paragraph) -> bool {
    !paragraph.is_around && paragraph.linked * 2 < paragraph.text.len()
}

/// Paragraphs without the headline at their beginning.
fn without_title(mut all: Vec<Paragraph>, title: &str) -> String {
    let letters = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let title = letters(title);
    let at = all
        .iter()
        .take(4)
        .position(|p| p.text.len() < 1000 && letters(&p.text) == title);
    if let Some(at) = at
        && !title.is_empty()
    {
        all.remove(at);
    }
    joined(all.iter())
}

/// Data hold a text as HTML or in lines.
fn data_paragraphs(body: &str) -> Vec<Paragraph> {
    let body = match body.contains("&lt;p") {
        true => scan::resolved(body),
        false => body.into(),
    };
    match body.contains("</p>") || body.contains("<br") || body.contains("<p>") {
        true => paragraphs(&body),
        false => paragraphs(&body.replace('\n', "<p>")),
    }
}

fn recognise(path: &Path, head: &[u8]) -> bool {
    has_extension(path, &["html", "htm", "xhtml", "shtml"]) && !head.starts_with(b"%PDF")
        || begins_as_page(head)
}

/// Whether bytes begin as a page does, in any encoding that holds ASCII as itself or with zeros.
pub(crate) fn begins_as_page(head: &[u8]) -> bool {
    /// Comments and spaces before the first element.
    const BEGINNING: usize = 2048;
    let head: Vec<u8> = head
        .iter()
        .take(BEGINNING)
        .filter(|byte| **byte != 0)
        .map(u8::to_ascii_lowercase)
        .collect();
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let mark = marks.iter().find(|mark| head.starts_with(mark));
    let mut rest = head[mark.map_or(0, |mark| mark.len())..].trim_ascii_start();
    loop {
        let end = match () {
            () if rest.starts_with(b"<!--") => memchr::memmem::find(rest, b"-->").map(|at| at + 3),
            () if rest.starts_with(b"<?xml") => memchr::memmem::find(rest, b"?>").map(|at| at + 2),
            () => break,
        };
        let Some(end) = end else {
            return false;
        };
        rest = rest[end..].trim_ascii_start();
    }
    ["<!doctype html", "<html", "<head>", "<body>", "<body "]
        .iter()
        .any(|start| rest.starts_with(start.as_bytes()))
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let decoded = decode(&file.bytes, &file.hints());
    let mut page = page(&decoded.text, "");
    page.article.id = file.path.to_string_lossy().into_owned();
    let mut line = Vec::new();
    page.article.write(&mut line);
    sink.record(file.bytes.len() as u64, &line)?;
    match page.cut {
        Some(at) => sink.lost(cut(at, decoded.text.len(), file.bytes.len())),
        None => Ok(()),
    }
}

/// A page that was not read to its end, in bytes of a file that may have another encoding.
fn cut(at: usize, text: usize, bytes: usize) -> Loss {
    let at = if text == bytes { at } else { at.min(bytes) };
    Loss {
        at: at as u64,
        what: TOO_LONG.to_owned(),
        missing: Some((bytes - at) as u64),
    }
}

#[cfg(test)]
mod tests;
