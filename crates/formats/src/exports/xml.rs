//! XML with records: feeds (RSS, Atom), news (NITF, NewsML), exports (Factiva, ProQuest), TEI, and any dump of equal elements.
//!
//! What a record is, is known of the vocabularies of news, and counted for any other: the element that comes again under one parent
//! and has a text. A record becomes an article by the names of its elements, see [`super::records`].

use std::collections::HashMap;

use super::labels::{Field, field};
use super::lines::{Decoded, decode, trim};
use super::markup::{Markup, Token, attribute, local};
use super::out::Out;
use super::records;
use super::tree::Node;
use crate::encoding::Hints;
use crate::form::{Form, SourceFile};
use crate::sink::{Sink, Stop};

/// XML of several records.
pub(crate) static RECORDS: Form = Form {
    name: "XML with records",
    one_document: false,
    recognise: |_, head| {
        is_xml(head)
            && with_kind(head, |kind| {
                kind.is_some() && !kind.is_some_and(|kind| kind.is_one)
            })
    },
    read,
};

/// XML of one article: NITF, NewsML with one item, TEI of one text.
pub(crate) static ARTICLE: Form = Form {
    name: "XML of one article",
    one_document: true,
    recognise: |_, head| is_xml(head) && with_kind(head, |kind| kind.is_some()),
    read,
};

fn is_xml(head: &[u8]) -> bool {
    let decoded = decode(&head[..head.len().min(4096)], &Hints::default());
    let begin = trim(&decoded.text);
    begin.starts_with('<') && begin.contains('>')
}

fn with_kind<T>(head: &[u8], with: impl FnOnce(Option<&Kind>) -> T) -> T {
    let decoded = decode(head, &Hints::default());
    with(Kind::of(&decoded.text).as_ref())
}

/// What the records of a file are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Kind {
    /// Names of the elements, without their namespace.
    records: Vec<String>,
    /// Whether the file is one article.
    is_one: bool,
}

/// Bytes that are looked at to see what comes again.
const LOOKED_AT: usize = 1 << 20;

/// A string from so many bytes on is a text.
const TEXT: usize = 120;

impl Kind {
    /// The kind of a file, by its first element, or by what comes again.
    pub(crate) fn of(text: &str) -> Option<Kind> {
        let end = text.floor_boundary(LOOKED_AT);
        let text = &text[..end];
        let root = Markup::xml(text).find_map(|token| match token {
            Token::Start(name, _, _) => Some(local(name).to_ascii_lowercase()),
            _ => None,
        })?;
        let count = |names: &[&str]| {
            let is = |token: &Token<'_>| matches!(token, Token::Start(name, _, _) if names.iter().any(|own| local(name).eq_ignore_ascii_case(own)));
            Markup::xml(text).filter(is).take(2).count()
        };
        let known = |names: &[&str], is_one: bool| {
            Some(Kind {
                records: names.iter().map(|name| (*name).to_owned()).collect(),
                is_one: is_one && count(names) < 2,
            })
        };
        match root.as_str() {
            "rss" | "rdf" | "channel" => known(&["item"], false),
            "feed" => known(&["entry"], false),
            "entry" => known(&["entry"], true),
            "nitf" => known(&["nitf"], true),
            "newsitem" => known(&["newsItem"], true),
            "newsmessage" | "itemset" => known(&["newsItem"], true),
            "newsml" => known(&["NewsItem"], true),
            "ppsresponse" | "ppsarticleresponse" | "ppsarticle" => known(&["article"], false),
            "tei" | "tei.2" | "teicorpus" => Some(tei(text)),
            // One article a file, as ProQuest's and others' archives have them.
            "record" | "article" | "document" | "doc" | "story" | "news" | "dokument"
            | "beitrag"
                if known(&[&root], true)?.is_one =>
            {
                match has_fields(text) {
                    true => known(&[&root], true),
                    false => counted(text),
                }
            }
            "html" | "div" | "p" | "body" | "head" | "table" | "section" | "svg" | "xsl"
            | "stylesheet" | "plist" | "project" => None,
            _ => counted(text),
        }
    }

    fn is_record(&self, name: &str) -> bool {
        self.records
            .iter()
            .any(|own| own.eq_ignore_ascii_case(local(name)))
    }
}

/// Cuts a string where a letter ends.
trait Boundary {
    fn floor_boundary(&self, at: usize) -> usize;
}

impl Boundary for str {
    fn floor_boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.len());
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Of TEI, an article is a `div` that says so, a text of a group, or the whole.
fn tei(text: &str) -> Kind {
    let is_article = text.contains("type=\"article\"") || text.contains("type='article'");
    let count = |name: &str| {
        let is = |token: &Token<'_>| matches!(token, Token::Start(own, _, _) if local(own).eq_ignore_ascii_case(name));
        Markup::xml(text).filter(is).take(3).count()
    };
    let (records, is_one) = match () {
        () if is_article => (
            vec!["div".to_owned(), "div1".to_owned(), "div2".to_owned()],
            false,
        ),
        () if count("TEI") > 1 => (vec!["TEI".to_owned()], false),
        () => (vec!["TEI".to_owned(), "TEI.2".to_owned()], true),
    };
    Kind { records, is_one }
}

/// Whether names of two fields are there, one of which is a headline or a text.
fn has_fields(text: &str) -> bool {
    let mut fields: Vec<Field> = Vec::new();
    for token in Markup::xml(text) {
        if let Token::Start(name, _, _) = token
            && let Some(field) = field(local(name)).filter(|field| *field != Field::Other)
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    fields.len() >= 2
        && fields
            .iter()
            .any(|field| matches!(field, Field::Title | Field::Text))
}

/// What is known of an element under its parents.
#[derive(Debug, Default)]
struct Seen {
    count: usize,
    /// Bytes of text inside.
    text: usize,
    /// The fields that its children name.
    fields: Vec<Field>,
    long: usize,
    depth: usize,
}

/// The element that comes again and has a text, the outermost of those.
fn counted(text: &str) -> Option<Kind> {
    let mut seen: HashMap<String, Seen> = HashMap::new();
    let mut path: Vec<(String, usize)> = Vec::new();
    for token in Markup::xml(text) {
        match token {
            Token::Start(name, attributes, is_closed) => {
                if path.len() > 24 {
                    continue;
                }
                let parent = path.last().map_or("", |(path, _)| path.as_str());
                // `<field name="title">`, as search engines write it.
                let named = || attribute(attributes, "name").and_then(|name| field(&name));
                if let Some(field) = field(local(name)).or_else(named)
                    && let Some(parent) = seen.get_mut(parent)
                    && !parent.fields.contains(&field)
                {
                    parent.fields.push(field);
                }
                let own = format!("{parent}/{name}");
                let depth = path.len();
                let entry = seen.entry(own.clone()).or_default();
                entry.count += 1;
                entry.depth = depth;
                if !is_closed {
                    path.push((own, 0));
                }
            }
            Token::Text(raw, _) => {
                if let Some((_, text)) = path.last_mut() {
                    *text += trim(raw).len();
                }
            }
            Token::End(name) => {
                let ends = |path: &str| path.rsplit('/').next() == Some(name);
                let Some(at) = path.iter().rposition(|(path, _)| ends(path)) else {
                    continue;
                };
                while path.len() > at {
                    let Some((own, text)) = path.pop() else { break };
                    if let Some(entry) = seen.get_mut(&own) {
                        entry.text += text;
                        entry.long += usize::from(text >= TEXT);
                    }
                    if let Some((_, parent)) = path.last_mut() {
                        *parent += text;
                    }
                }
            }
        }
    }
    let is_record = |seen: &&(String, Seen)| {
        let (_, seen) = seen;
        let has_text = seen
            .fields
            .iter()
            .any(|field| matches!(field, Field::Text | Field::Lead))
            || seen.long * 2 >= seen.count;
        let named = seen
            .fields
            .iter()
            .filter(|field| **field != Field::Other)
            .count();
        seen.count >= 2
            && seen.depth >= 1
            && has_text
            && (named >= 2 || named == 1 && seen.text / seen.count >= TEXT)
    };
    let mut all: Vec<(String, Seen)> = seen.into_iter().collect();
    all.sort_by(|one, other| (one.1.depth, &one.0).cmp(&(other.1.depth, &other.0)));
    let (path, _) = all.iter().find(is_record)?;
    let name = local(path.rsplit('/').next().unwrap_or_default());
    Some(Kind {
        records: vec![name.to_owned()],
        is_one: false,
    })
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let decoded = decode(&file.bytes, &file.hints());
    let mut out = Out::new(sink);
    match Kind::of(&decoded.text) {
        Some(kind) => read_records(&kind, &decoded, &mut out),
        None => out.lost(
            0,
            "expected elements that come again and have a text, found none".to_owned(),
            file.bytes.len() as u64,
        ),
    }
}

fn read_records(kind: &Kind, decoded: &Decoded<'_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut markup = Markup::xml(&decoded.text);
    let mut around = records::Around::default();
    loop {
        let begin = markup.at();
        let Some(token) = markup.next() else {
            break;
        };
        match token {
            Token::Start(name, attributes, is_closed)
                if kind.is_record(name) && records::is_article(name, attributes) =>
            {
                let (node, is_whole) = Node::read(name, attributes, is_closed, &mut markup);
                let at = decoded.at(markup.at());
                if let Some(article) = records::article(&node, &around) {
                    out.article(at, &article)?;
                }
                if !is_whole {
                    return out.missing(decoded.at(begin), format!("the XML ends inside `{name}`"));
                }
            }
            Token::Start(name, attributes, is_closed) => around.start(name, attributes, is_closed),
            Token::End(name) => around.end(name),
            Token::Text(raw, _) => around.text(raw),
        }
    }
    match around.is_open() && out.found() > 0 {
        true => out.missing(
            decoded.at(decoded.text.len()),
            "the XML ends before its first element does".to_owned(),
        ),
        false => out.go_on(),
    }
}

#[cfg(test)]
mod tests;
