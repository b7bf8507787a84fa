//! What a page says of itself beside its text: tags of its head, headlines, times, data in JSON-LD.

use std::borrow::Cow;

use super::elements::Name;
use super::linked::Linked;
use super::scan::{Scan, Tag, Token, resolved, up_to};

/// What is taken of each kind: the first ones.
const MOST: usize = 300;

/// Longest value that is taken, in bytes.
const VALUE: usize = 4096;

/// A page's data in JSON-LD, in bytes.
const LINKED: usize = 4 << 20;

/// What was found, as it stands there. Empty where nothing was.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Names in lower case, from `name`, `property`, `itemprop` and `http-equiv`, and what they are given.
    given: Vec<(String, String)>,
    pub(super) language: String,
    /// What stands in the title bar.
    pub(super) title: String,
    /// The first headline of the first rank.
    pub(super) heading: String,
    pub(super) canonical: String,
    pub(super) base: String,
    /// What a browser wrote when it saved the page: its address.
    pub(super) saved_from: String,
    /// The time of the first element for times, behind the headline if there is one.
    pub(super) time: String,
    /// The first short text with a year that is called a date.
    pub(super) called_date: String,
    pub(super) linked: Linked,
}

/// What the text that follows belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Into {
    Nothing,
    Title,
    Heading,
    Time,
    CalledDate,
    Linked,
}

struct Reading {
    facts: Facts,
    into: Into,
    /// The element whose end ends the text.
    until: String,
    text: String,
    linked: usize,
    is_behind_heading: bool,
}

impl Facts {
    pub(super) fn of(page: &str) -> Facts {
        let mut reading = Reading {
            facts: Facts::default(),
            into: Into::Nothing,
            until: String::new(),
            text: String::new(),
            linked: 0,
            is_behind_heading: false,
        };
        for token in Scan::new(page) {
            match token {
                Token::Open(tag) => reading.open(tag),
                Token::Close(name)
                    if reading.into != Into::Nothing
                        && name.eq_ignore_ascii_case(&reading.until) =>
                {
                    reading.end()
                }
                Token::Text(text) | Token::Raw(text) if reading.into != Into::Nothing => {
                    reading.text(text)
                }
                Token::Comment(comment) if comment.contains("saved from url=") => {
                    reading.saved(comment)
                }
                _ => {}
            }
        }
        reading.end();
        reading.facts
    }

    /// The first value that a page gives under one of these names, in the order of the names.
    pub(super) fn given(&self, names: &[&str]) -> &str {
        let first = |name: &&str| {
            let of_name = self.given.iter().find(|(own, _)| own == name);
            of_name.map(|(_, value)| value.as_str())
        };
        names.iter().find_map(first).unwrap_or_default()
    }
}

impl Reading {
    fn open(&mut self, tag: Tag<'_>) {
        let name = Name::of(tag.name);
        match name.as_str() {
            "html" => {
                self.facts.language = value(&tag, "lang")
                    .or(value(&tag, "xml:lang"))
                    .unwrap_or_default()
            }
            "meta" => self.meta(&tag),
            "base" if self.facts.base.is_empty() => {
                self.facts.base = value(&tag, "href").unwrap_or_default()
            }
            "link"
                if value(&tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
                    && self.facts.canonical.is_empty() =>
            {
                self.facts.canonical = value(&tag, "href").unwrap_or_default();
            }
            "title" if self.facts.title.is_empty() => self.begin(Into::Title, tag.name),
            "h1" if self.facts.heading.is_empty() => self.begin(Into::Heading, tag.name),
            "script" => {
                let is_linked = value(&tag, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
                if is_linked && self.linked < LINKED {
                    self.begin(Into::Linked, tag.name);
                }
            }
            "time" => self.time(&tag),
            "span" | "div" | "p" | "abbr" | "li" | "td" | "font" | "em" | "small" | "b" | "i"
                if self.into == Into::Nothing =>
            {
                self.other(&tag)
            }
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let Some(content) = value(tag, "content").filter(|content| !content.is_empty()) else {
            return;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = value(tag, key) {
                self.give(name.to_ascii_lowercase(), content.clone());
            }
        }
    }

    fn give(&mut self, name: String, value: String) {
        if self.facts.given.len() < MOST {
            self.facts.given.push((name, value));
        }
    }

    fn time(&mut self, tag: &Tag<'_>) {
        let written = value(tag, "datetime")
            .or(value(tag, "content"))
            .unwrap_or_default();
        if value(tag, "itemprop").is_some_and(|what| what.eq_ignore_ascii_case("datepublished"))
            || value(tag, "pubdate").is_some()
        {
            self.give("datepublished".to_owned(), written.clone());
        }
        let is_first =
            self.facts.time.is_empty() || self.is_behind_heading && !self.facts.heading.is_empty();
        if !is_first {
            return;
        }
        // What stands behind the headline is nearer to the article than what stands before it.
        self.is_behind_heading = self.facts.heading.is_empty();
        if written.is_empty() {
            self.begin(Into::Time, tag.name);
        } else {
            self.facts.time = written;
        }
    }

    /// An element that says by attributes that it is a date.
    fn other(&mut self, tag: &Tag<'_>) {
        if let Some(what) = value(tag, "itemprop") {
            let written = value(tag, "content")
                .or(value(tag, "datetime"))
                .or(value(tag, "title"));
            if let Some(written) = written.filter(|written| !written.is_empty()) {
                self.give(what.to_ascii_lowercase(), written);
            }
        }
        let is_late = self.facts.heading.is_empty() || !self.facts.called_date.is_empty();
        let called = |attribute| {
            let own = value(tag, attribute)
                .unwrap_or_default()
                .to_ascii_lowercase();
            ["date", "publish", "datum", "fecha", "tarih", "timestamp"]
                .iter()
                .any(|word| own.contains(word))
        };
        if !is_late && (called("class") || called("id")) {
            self.begin(Into::CalledDate, tag.name);
        }
    }

    fn begin(&mut self, into: Into, until: &str) {
        self.end();
        self.into = into;
        self.until.push_str(until);
    }

    fn text(&mut self, text: &str) {
        match self.into {
            Into::Linked if self.linked + text.len() <= LINKED => {
                self.linked += text.len();
                self.facts.linked.read(text);
            }
            Into::Linked => {}
            _ if self.text.len() < VALUE => {
                self.text.push_str(&resolved(up_to(text, VALUE)));
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = folded(&self.text);
        match std::mem::replace(&mut self.into, Into::Nothing) {
            Into::Title => self.facts.title = text,
            Into::Heading => self.facts.heading = text,
            Into::Time => self.facts.time = text,
            Into::CalledDate if text.len() <= 80 && has_year(&text) => {
                self.facts.called_date = text
            }
            Into::CalledDate | Into::Linked | Into::Nothing => {}
        }
        self.until.clear();
        self.text.clear();
    }

    /// `saved from url=(0035)https://example.org/a`
    fn saved(&mut self, comment: &str) {
        let address = comment.split_once("url=").map_or("", |(_, rest)| rest);
        let address = address.split_once(')').map_or(address, |(_, rest)| rest);
        let address = address.split_whitespace().next().unwrap_or_default();
        if self.facts.saved_from.is_empty() && address.starts_with("http") {
            self.facts.saved_from = address.to_owned();
        }
    }
}

/// Four digits that are a year of news.
fn has_year(text: &str) -> bool {
    let years = text.split(|c: char| !c.is_ascii_digit());
    let is_year = |year: &str| year.len() == 4 && matches!(&year[..2], "18" | "19" | "20");
    years.into_iter().any(is_year)
}

/// An attribute's value, without white space around it.
fn value(tag: &Tag<'_>, name: &str) -> Option<String> {
    let value: Cow<'_, str> = tag.get(name)?;
    Some(folded(up_to(&value, VALUE)))
}

/// A text on one line.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(VALUE));
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(
            word.chars()
                .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')),
        );
    }
    folded
}
