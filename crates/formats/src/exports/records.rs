//! What an element of XML says of an article, by the names of its elements.
//!
//! Sources: RSS 2.0 and its content module, RSS 1.0, Atom (RFC 4287), Dublin Core, NITF 3.6, NewsML 1.2 and NewsML-G2 2.30 (IPTC), TEI P5,
//! the test file of tm.plugin.factiva.

use super::html::text_of;
use super::labels::{Field, field};
use super::lines::{append, trim};
use super::markup::{attribute, local, push_text};
use super::tree::Node;
use super::vocabularies::{newsml, nitf, tei};
use crate::article::Article;

/// Whether an element of a record's name is one: of `div` only those that say so.
pub(crate) fn is_article(name: &str, attributes: &str) -> bool {
    !local(name).to_ascii_lowercase().starts_with("div")
        || attribute(attributes, "type").as_deref() == Some("article")
}

/// What stands around the records and holds for all: the name of a feed, its language.
#[derive(Debug, Default)]
pub(crate) struct Around {
    title: String,
    language: String,
    date: String,
    open: Vec<String>,
    reads: Option<Field>,
}

impl Around {
    pub(crate) fn start(&mut self, name: &str, attributes: &str, is_closed: bool) {
        if let Some(language) = attribute(attributes, "lang").filter(|_| self.language.is_empty()) {
            language.as_ref().clone_into(&mut self.language);
        }
        let own = local(name);
        let is_feed = |open: &[String]| {
            open.iter().all(|open| {
                matches!(
                    open.as_str(),
                    "rss"
                        | "RDF"
                        | "channel"
                        | "feed"
                        | "TEI"
                        | "TEI.2"
                        | "teiHeader"
                        | "fileDesc"
                        | "titleStmt"
                        | "sourceDesc"
                        | "publicationStmt"
                        | "bibl"
                        | "teiCorpus"
                )
            })
        };
        self.reads = match own {
            "title" if self.title.is_empty() && is_feed(&self.open) => Some(Field::Title),
            "language" if self.language.is_empty() => Some(Field::Language),
            // The date of a paper is that of what is in it; that of a feed is not.
            "date"
                if self.date.is_empty()
                    && is_feed(&self.open)
                    && self.open.iter().any(|open| open.starts_with("TEI")) =>
            {
                self.date = attribute(attributes, "when")
                    .unwrap_or_default()
                    .into_owned();
                self.date.is_empty().then_some(Field::Date)
            }
            _ => None,
        };
        if !is_closed && self.open.len() < 1000 {
            self.open.push(own.to_owned());
        }
    }

    pub(crate) fn end(&mut self, name: &str) {
        self.reads = None;
        if let Some(at) = self.open.iter().rposition(|open| open == local(name)) {
            self.open.truncate(at);
        }
    }

    pub(crate) fn text(&mut self, raw: &str) {
        let into = match self.reads {
            Some(Field::Title) => &mut self.title,
            Some(Field::Language) => &mut self.language,
            Some(Field::Date) => &mut self.date,
            _ => return,
        };
        let mut text = String::new();
        push_text(raw, &mut text);
        append(into, &text);
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }
}

/// The article of a record; nothing if it has neither headline nor text.
pub(crate) fn article(node: &Node, around: &Around) -> Option<Article> {
    let mut found = Found::default();
    match node.local().to_ascii_lowercase().as_str() {
        "nitf" => nitf(node, &mut found),
        "newsitem" => newsml(node, &mut found),
        "tei" | "tei.2" | "div" | "div1" | "div2" => tei(node, &mut found),
        _ => found.fields(node, 0),
    }
    let mut article = found.article;
    // An abstract stands in for a text only if there is nothing longer.
    let others = match found.guess.len() > found.lead.len() {
        true => found.guess,
        false => found.lead,
    };
    article.text = match found.text.is_empty() {
        true => others,
        false => found.text,
    };
    if article.date.is_empty() {
        article.date = found.load_date;
    }
    if article.source.is_empty() {
        article.source = trim(&around.title).to_owned();
    }
    if article.date.is_empty() {
        article.date.clone_from(&around.date);
    }
    if article.language.is_empty() {
        article.language = trim(&around.language).to_owned();
    }
    (!article.title.is_empty() || !article.text.is_empty()).then_some(article)
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) article: Article,
    pub(crate) text: String,
    lead: String,
    /// The longest text under an unknown name.
    guess: String,
    load_date: String,
}

/// A text under an unknown name is longer than a name is.
const GUESSED: usize = 120;

/// Fields inside fields are looked for so deep.
const DEPTH: usize = 8;

impl Found {
    /// Fills fields by the names of elements, and of attributes of the record itself.
    fn fields(&mut self, record: &Node, depth: usize) {
        if depth == 0 {
            for name in [
                "id", "url", "href", "date", "title", "source", "lang", "author",
            ] {
                if let (Some(value), Some(field)) = (record.attribute(name), field(name)) {
                    self.set(field, &value);
                }
            }
        }
        for node in record.nodes() {
            self.node(node, depth);
        }
    }

    fn node(&mut self, node: &Node, depth: usize) {
        let name = node.local();
        let field = match (node.name.as_str(), name) {
            // `<link>` of RSS has its address inside, that of Atom in an attribute; others of it are pictures and comments.
            (_, "link") if node.attribute("href").is_some() => {
                let is_own = node.attribute("rel").is_none_or(|rel| rel == "alternate");
                if let Some(href) = node.attribute("href").filter(|_| is_own) {
                    self.set(Field::Url, &href);
                }
                return;
            }
            (name, _) if name.starts_with("media:") || name.starts_with("itunes:") => return,
            // An entry of Atom may name the feed that it comes from, with a title and dates of its own.
            (_, "source") if node.find("title").is_some() => {
                if let Some(title) = node.find("title") {
                    self.set(Field::Source, &title.words());
                }
                return;
            }
            (_, "content" | "summary") if depth == 0 && node.attribute("src").is_some() => return,
            (
                _,
                "comments" | "image" | "enclosure" | "region" | "newsSubject" | "company"
                | "descField" | "logo",
            ) => return,
            (_, "author") if node.find("name").is_some() => {
                if let Some(name) = node.find("name") {
                    self.set(Field::Author, &name.words());
                }
                return;
            }
            (_, name) => super::labels::field(name),
        };
        let has_nodes = node.nodes().next().is_some();
        match field {
            Some(Field::Text) => self.long(node, true),
            Some(Field::Lead) if name == "leadParagraph" => self.long(node, true),
            Some(Field::Lead) => self.long(node, false),
            Some(Field::Other)
                if has_nodes && depth < DEPTH && !matches!(name, "subject" | "publisher") =>
            {
                self.fields(node, depth + 1)
            }
            Some(Field::Other) => {}
            Some(field) => {
                let words = node.attribute("when").unwrap_or_else(|| node.words());
                // A wrapper may have the name of a field: `<source><name>…`, `<date>…<year>`.
                match words.len() > 400 && has_nodes && depth < DEPTH {
                    true => self.fields(node, depth + 1),
                    false => self.set(field, &words),
                }
            }
            None if has_nodes && depth < DEPTH => self.fields(node, depth + 1),
            // `<field name="title">…</field>`, as search engines write it.
            None => {
                let named = ["name", "key", "id", "type"]
                    .iter()
                    .find_map(|name| node.attribute(name))
                    .and_then(|name| super::labels::field(&name));
                match named {
                    Some(Field::Text) => self.long(node, true),
                    Some(Field::Lead) => self.long(node, false),
                    Some(field) => self.set(field, &node.words()),
                    None => {
                        let words = node.text();
                        if words.len() > GUESSED.max(self.guess.len()) {
                            self.guess = words;
                        }
                    }
                }
            }
        }
    }

    /// A text or an abstract: the longest of those that say to be the text, as feeds give several.
    fn long(&mut self, node: &Node, is_text: bool) {
        let mut text = node.text();
        // HTML inside, with its signs written as entities or as they are.
        let is_html = text.contains('<') && text.contains('>');
        if is_html {
            text = text_of(&text);
        }
        let name = node.local();
        match is_text {
            // The parts of Factiva's text stand one behind the other.
            true if matches!(name, "leadParagraph" | "tailParagraphs") && !self.text.is_empty() => {
                self.text.push_str("\n\n");
                self.text.push_str(&text);
            }
            true if text.len() > self.text.len() => self.text = text,
            false if text.len() > self.lead.len() => self.lead = text,
            _ => {}
        }
    }

    /// Sets a field that has none yet.
    fn set(&mut self, field: Field, value: &str) {
        let article = &mut self.article;
        let into = match field {
            Field::Title => &mut article.title,
            Field::Source => &mut article.source,
            Field::Date => &mut article.date,
            Field::LoadDate => &mut self.load_date,
            Field::Author => &mut article.author,
            Field::Section => &mut article.section,
            Field::Language => &mut article.language,
            Field::Url if value.starts_with("http") => &mut article.url,
            Field::Id => &mut article.id,
            _ => return,
        };
        if into.is_empty() {
            // A headline may be HTML.
            match value.contains("</") || value.contains("&#") {
                true => append(into, &text_of(value)),
                false => append(into, value),
            }
        }
    }
}
