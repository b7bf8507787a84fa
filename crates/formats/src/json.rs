//! JSON in any layout but lines: a value over many lines, an array, an array or a table under a key, values by id, a value in a script.
//!
//! What is one document and what holds several is decided by what the values look like, not by names of programs: an object with
//! a text, or with two of the fields that documents have, is a document; any other one is looked through for those that are.

use std::ops::Range;
use std::path::Path;

use crate::form::{Form, SourceFile, has_extension};
use crate::json_scan::{Scan, Shape};
use crate::json_script::in_script;
use crate::sink::{Loss, Sink, Stop};

pub(crate) static FORM: Form = Form {
    name: "JSON",
    one_document: false,
    recognise,
    read,
};

/// A string from so many bytes on is a text, whatever its name: longer than headlines and addresses are.
const TEXT: usize = 200;

/// Names that documents have, folded.
#[rustfmt::skip]
const DOCUMENT: [&str; 22] = [
    "abstract", "article", "author", "authors", "body", "byline", "content", "date", "description", "fulltext", "headline",
    "link", "maintext", "paragraphs", "publishedat", "pubdate", "source", "summary", "text", "title", "url", "webtitle",
];

/// Objects inside objects are looked through so deep: `response.results`, `hits.hits`, `data.articles.results`.
const DEPTH: usize = 4;

/// Elements of an array that are looked at to find what it holds.
const LOOKED_AT: usize = 20;

fn recognise(path: &Path, head: &[u8]) -> bool {
    let scan = Scan::new(head);
    let start = scan.first();
    let rest = &head[start..];
    match rest.first() {
        Some(b'[') => {
            let second = rest[1..].trim_ascii_start().first();
            matches!(second, Some(b'{' | b'[' | b'"' | b']'))
                && (has_extension(path, &["json"]) || matches!(second, Some(b'{' | b'[')))
        }
        Some(b'{') if is_lines(rest) => false,
        Some(b'{') => {
            let is_json = matches!(rest[1..].trim_ascii_start().first(), Some(b'"' | b'}'));
            is_json && !has_extension(path, &["jsonl", "ndjson", "jsonlines"]) || is_spread(rest)
        }
        _ => in_script(rest).is_some(),
    }
}

/// Whether a first line is a whole value and another one begins behind it, or is not the whole of anything.
fn is_lines(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', bytes) else {
        return false;
    };
    let next = bytes[end..].trim_ascii_start();
    match Scan::new(bytes).end_of_value(0) {
        // Lines of an array without its brackets.
        Some(first) if first <= end && bytes[first..end].trim_ascii() == b"," => false,
        // A line more may be no JSON at all: whoever reads lines says so.
        Some(first) if first <= end => !next.is_empty(),
        // Half an object, behind which other objects begin: a damaged line.
        _ => next.starts_with(b"{") && !bytes[..end].trim_ascii_end().ends_with(b"["),
    }
}

/// Whether an object goes on after its first line, as one that is printed for people.
fn is_spread(bytes: &[u8]) -> bool {
    let first = memchr::memchr(b'\n', bytes).map(|end| bytes[..end].trim_ascii_end());
    first.is_some_and(|first| first == b"{" || first.ends_with(b","))
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let scan = Scan::new(&file.bytes);
    let mut at = scan.first();
    let script = in_script(&file.bytes[at..]);
    at += script.unwrap_or(0);
    let mut reading = Reading {
        scan,
        sink,
        line: Vec::new(),
    };
    while let Some(start) = scan.next_value(at) {
        let Some(end) = scan.end_of_value(start) else {
            return reading.unfinished(start);
        };
        reading.value(start..end)?;
        at = end;
        if script.is_some() {
            break; // what follows is the script's
        }
    }
    Ok(())
}

struct Reading<'a, 's> {
    scan: Scan<'a>,
    sink: &'s mut dyn Sink,
    line: Vec<u8>,
}

/// What a value holds.
enum Holds {
    /// It is a document.
    Document,
    /// An array of documents, of texts or of rows under a head.
    Array(Range<usize>),
    /// Rows in an array, and the names of their columns in another one.
    Table {
        columns: Range<usize>,
        rows: Range<usize>,
    },
    /// An object whose values are documents, under their ids.
    ById(Range<usize>),
}

impl Reading<'_, '_> {
    /// A value that is whole.
    fn value(&mut self, value: Range<usize>) -> Result<(), Stop> {
        let holds = match self.scan.shape(value.start) {
            Shape::Array => Holds::Array(value.clone()),
            Shape::Object => self.holds(value.clone(), DEPTH),
            _ => return self.no_object(&value),
        };
        self.all(holds, value)
    }

    fn all(&mut self, holds: Holds, value: Range<usize>) -> Result<(), Stop> {
        match holds {
            Holds::Document => self.object(value),
            Holds::Array(array) => self.array(array.start),
            Holds::Table { columns, rows } => self.table(columns, rows.start),
            Holds::ById(object) => {
                for (key, value) in self.scan.members(object.start) {
                    self.under_id(key, value)?;
                }
                Ok(())
            }
        }
    }

    /// What an object holds.
    fn holds(&self, object: Range<usize>, depth: usize) -> Holds {
        if self.is_document(object.start) {
            return Holds::Document;
        }
        self.inner(object.clone(), depth).unwrap_or(Holds::Document)
    }

    /// The largest value inside that holds documents.
    fn inner(&self, object: Range<usize>, depth: usize) -> Option<Holds> {
        let scan = self.scan;
        let (mut best, mut size) = (None, 0);
        let (mut columns, mut rows) = (None, None);
        let (mut objects, mut documents) = (0, 0);
        for (key, value) in scan.members(object.start) {
            let is_array = scan.shape(value.start) == Shape::Array;
            let is_object = scan.shape(value.start) == Shape::Object;
            match scan.bytes(&key) {
                b"\"columns\"" if is_array => columns = Some(value.clone()),
                b"\"data\"" if is_array => rows = Some(value.clone()),
                _ => {}
            }
            if is_object {
                objects += 1;
                documents += usize::from(self.is_document(value.start));
            }
            let found = match () {
                () if is_array && self.has_documents(value.start) => {
                    Some(Holds::Array(value.clone()))
                }
                () if is_object && depth > 0 => self.inner(value.clone(), depth - 1),
                () => None,
            };
            if found.is_some() && value.len() > size {
                (best, size) = (found, value.len());
            }
        }
        if let (Some(columns), Some(rows)) = (columns, rows)
            && scan
                .elements(rows.start)
                .next()
                .is_some_and(|row| scan.shape(row.start) == Shape::Array)
        {
            return Some(Holds::Table { columns, rows });
        }
        match documents > 0 && documents * 2 > objects {
            true => Some(Holds::ById(object)),
            false => best,
        }
    }

    /// Whether an object has a text, or two fields that documents have.
    fn is_document(&self, object: usize) -> bool {
        let scan = self.scan;
        let mut names = 0;
        for (key, value) in scan.members(object) {
            let first = match scan.shape(value.start) {
                // Solr has lists of one text. A list of several is one of documents, or of parts.
                Shape::Array if scan.elements(value.start).nth(1).is_none() => {
                    scan.elements(value.start).next().unwrap_or(value.clone())
                }
                _ => value.clone(),
            };
            if scan.shape(first.start) == Shape::String && first.len() >= TEXT {
                return true;
            }
            let inner = matches!(scan.shape(value.start), Shape::Array | Shape::Object);
            // `articles` under `source`, or `data` of a wrapper: only what is short is a field.
            names +=
                usize::from(scan.is_named(&key, &DOCUMENT) && !(inner && value.len() > TEXT * 50));
        }
        names >= 2
    }

    /// Whether most of the first elements of an array are documents, as they are or one step inside.
    fn has_documents(&self, array: usize) -> bool {
        let (mut all, mut documents) = (0, 0);
        for element in self.scan.elements(array).take(LOOKED_AT) {
            all += 1;
            let is_object = self.scan.shape(element.start) == Shape::Object;
            documents += usize::from(
                is_object
                    && (self.is_document(element.start) || self.wraps_document(element.start)),
            );
        }
        documents * 2 > all
    }

    /// `{"_id": …, "_source": {…}}`: a document one step inside.
    fn wraps_document(&self, object: usize) -> bool {
        let mut members = self.scan.members(object);
        members.any(|(_, value)| {
            self.scan.shape(value.start) == Shape::Object && self.is_document(value.start)
        })
    }

    fn array(&mut self, array: usize) -> Result<(), Stop> {
        let mut elements = self.scan.elements(array);
        let mut columns = None;
        for element in elements.by_ref() {
            match self.scan.shape(element.start) {
                Shape::Object => self.object(element)?,
                Shape::String => self.text(element)?,
                // The first row names the columns.
                Shape::Array => match columns.clone() {
                    None => columns = Some(element),
                    Some(columns) => self.row(&columns, element)?,
                },
                Shape::Other => self.no_object(&element)?,
            }
        }
        match elements.is_whole() {
            true => Ok(()),
            false => self.unfinished(elements.at()),
        }
    }

    fn table(&mut self, columns: Range<usize>, rows: usize) -> Result<(), Stop> {
        for row in self.scan.elements(rows) {
            self.row(&columns, row)?;
        }
        Ok(())
    }

    /// A document, its line ends taken out.
    fn object(&mut self, value: Range<usize>) -> Result<(), Stop> {
        self.line.clear();
        self.scan.push_line(&value, &mut self.line);
        self.sink.record(value.end as u64, &self.line)
    }

    /// A text without anything else.
    fn text(&mut self, value: Range<usize>) -> Result<(), Stop> {
        self.line.clear();
        self.line.extend_from_slice(b"{\"text\":");
        self.scan.push_line(&value, &mut self.line);
        self.line.push(b'}');
        self.sink.record(value.end as u64, &self.line)
    }

    /// A row of values, with the names of their columns.
    fn row(&mut self, columns: &Range<usize>, row: Range<usize>) -> Result<(), Stop> {
        self.line.clear();
        self.line.push(b'{');
        let scan = self.scan;
        for (name, value) in scan.elements(columns.start).zip(scan.elements(row.start)) {
            if scan.shape(name.start) != Shape::String {
                continue;
            }
            if self.line.len() > 1 {
                self.line.push(b',');
            }
            scan.push_line(&name, &mut self.line);
            self.line.push(b':');
            scan.push_line(&value, &mut self.line);
        }
        self.line.push(b'}');
        self.sink.record(row.end as u64, &self.line)
    }

    /// A document under its id, which it gets unless it has one.
    fn under_id(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Stop> {
        if self.scan.shape(value.start) != Shape::Object {
            return Ok(()); // a figure beside the documents
        }
        let mut members = self.scan.members(value.start);
        if members.any(|(name, _)| self.scan.is_named(&name, &["id"])) {
            return self.object(value);
        }
        self.line.clear();
        self.line.extend_from_slice(b"{\"id\":");
        self.scan.push_line(&key, &mut self.line);
        let is_empty = self.scan.members(value.start).next().is_none();
        if !is_empty {
            self.line.push(b',');
        }
        self.scan
            .push_line(&(value.start + 1..value.end), &mut self.line);
        self.sink.record(value.end as u64, &self.line)
    }

    fn no_object(&mut self, value: &Range<usize>) -> Result<(), Stop> {
        let bytes = self.scan.bytes(value);
        let shown: String = String::from_utf8_lossy(bytes).chars().take(40).collect();
        self.sink.lost(Loss {
            at: value.start as u64,
            what: format!("expected an object, found `{shown}`"),
            missing: Some(value.len() as u64),
        })
    }

    /// A value that has no end: of an array or a wrapper that was cut, what is whole is a document each.
    fn unfinished(&mut self, start: usize) -> Result<(), Stop> {
        let scan = self.scan;
        match scan.shape(start) {
            Shape::Array => {
                let mut elements = scan.elements(start);
                let mut columns = None;
                for element in elements.by_ref() {
                    match (scan.shape(element.start), columns.clone()) {
                        (Shape::Object, _) => self.object(element)?,
                        (Shape::String, _) => self.text(element)?,
                        (Shape::Array, None) => columns = Some(element),
                        (Shape::Array, Some(columns)) => self.row(&columns, element)?,
                        (Shape::Other, _) => self.no_object(&element)?,
                    }
                }
                self.cut(elements.at())
            }
            // The last member is the one that is cut.
            Shape::Object if !self.is_document(start) => {
                let mut members = scan.members(start);
                members.by_ref().for_each(drop);
                match members.last_value() {
                    Some(inner)
                        if inner > start
                            && matches!(scan.shape(inner), Shape::Array | Shape::Object) =>
                    {
                        self.unfinished(inner)
                    }
                    _ => self.cut(start),
                }
            }
            _ => self.cut(start),
        }
    }

    fn cut(&mut self, at: usize) -> Result<(), Stop> {
        self.sink.lost(Loss {
            at: at as u64,
            what: "the JSON ends inside a value".to_owned(),
            missing: None,
        })
    }
}

#[cfg(test)]
mod tests;
