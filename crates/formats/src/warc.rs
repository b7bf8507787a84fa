//! Web archives: WARC of crawlers, with pages as servers sent them, and WET of Common Crawl, with their texts.
//!
//! An archive is a row of records, each with its length; members of gzip were undone before. A record that is not whole, or bytes
//! between records, are a loss: it goes on at the next line that begins a record. Requests, redirections, pictures and records
//! about records hold no documents and are passed over.
//!
//! Source: <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>.

mod answer;
mod records;

use std::path::Path;

use rayon::prelude::*;

use crate::article::Article;
use crate::encoding::{Hints, decode};
use crate::form::{Form, SourceFile, has_extension};
use crate::headers::Headers;
use crate::html;
use crate::sink::{Loss, Sink, Stop};

use self::answer::Answer;
use self::records::{Found, Record, Records};

pub(crate) static FORM: Form = Form {
    name: "WARC",
    one_document: false,
    recognise,
    read,
};

/// The form before WARC, which is named only.
pub(crate) static ARC: Form = Form {
    name: "ARC",
    one_document: false,
    recognise: |path, head| {
        head.starts_with(b"filedesc://")
            || has_extension(path, &["arc"]) && head.starts_with(b"dns:")
    },
    read: |file, sink| {
        sink.lost(Loss {
            at: 0,
            what: "found an ARC file, the form before WARC: `warcio recompress FILE.arc.gz FILE.warc.gz` makes a WARC of it".to_owned(),
            missing: Some(file.bytes.len() as u64),
        })
    },
};

/// Records that are worked on at once: bytes of them, and how many for each thread.
const BATCH: usize = 64 << 20;
const PAGES_A_THREAD: usize = 16;

fn recognise(path: &Path, head: &[u8]) -> bool {
    let is_named = has_extension(path, &["warc", "wet", "wat"]);
    head.starts_with(b"WARC/") || is_named && memchr::memmem::find(head, b"\nWARC/1.").is_some()
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let most = PAGES_A_THREAD * rayon::current_num_threads();
    let mut records = Records::new(&file.bytes);
    loop {
        let (mut batch, mut size, mut is_end) = (Vec::new(), 0, true);
        for found in records.by_ref() {
            match found {
                Found::Record(record) => {
                    size += record.block.len();
                    if let Some(kind) = Kind::of(&record.headers) {
                        batch.push(Found::Record((kind, record)));
                    }
                }
                Found::Lost(loss) => batch.push(Found::Lost(loss)),
            }
            if size >= BATCH || batch.len() >= most {
                is_end = false;
                break;
            }
        }
        sink.go_on()?;
        let done: Vec<Done> = batch.into_par_iter().map(done).collect();
        for Done { end, line, loss } in done {
            if let Some(line) = line {
                sink.record(end, &line)?;
            }
            if let Some(loss) = loss {
                sink.lost(loss)?;
            }
        }
        if is_end {
            return Ok(());
        }
    }
}

/// Records that may hold a document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// What a server sent, with its headers.
    Response,
    /// A page without them.
    Resource,
    /// The text of a page.
    Conversion,
}

impl Kind {
    fn of(headers: &Headers) -> Option<Kind> {
        let content = headers.kind("content-type");
        match headers.kind("warc-type").as_str() {
            "response" if content.is_empty() || content == "application/http" => {
                Some(Kind::Response)
            }
            "resource" if is_page(&content) => Some(Kind::Resource),
            "conversion" if content.is_empty() || content == "text/plain" => Some(Kind::Conversion),
            _ => None,
        }
    }
}

/// What a record gave.
#[derive(Default)]
struct Done {
    /// Where the record ends in the file.
    end: u64,
    line: Option<Vec<u8>>,
    loss: Option<Loss>,
}

fn done(found: Found<(Kind, Record<'_>)>) -> Done {
    let (kind, record) = match found {
        Found::Lost(loss) => {
            return Done {
                loss: Some(loss),
                ..Done::default()
            };
        }
        Found::Record(record) => record,
    };
    let (article, trouble) = match kind {
        Kind::Response => response(&record),
        Kind::Resource => of_page(&record, record.block, &Hints::default()),
        Kind::Conversion => (Some(of_text(&record)), None),
    };
    let mut line = Vec::new();
    let line = article.map(|article| {
        article.write(&mut line);
        line
    });
    let loss = trouble.map(|what| Loss {
        at: record.at,
        what: format!("{}: {what}", address(&record)),
        missing: line.is_none().then_some(record.end - record.at),
    });
    Done {
        end: record.end,
        line,
        loss,
    }
}

/// The document of an answer, if it is a page, and what could not be read of it.
fn response(record: &Record<'_>) -> (Option<Article>, Option<String>) {
    let answer = match Answer::read(record.block) {
        Ok(Some(answer)) => answer,
        Ok(None) => return (None, None),
        Err(what) => return (None, Some(what)),
    };
    let hints = Hints {
        declared: answer.charset.as_deref(),
        host: html::host(address(record)),
        ..Hints::default()
    };
    let (article, cut) = of_page(record, &answer.body, &hints);
    (article, answer.trouble.or(cut))
}

/// The document of a page, and what of it was not read.
fn of_page(
    record: &Record<'_>,
    bytes: &[u8],
    hints: &Hints<'_>,
) -> (Option<Article>, Option<String>) {
    let decoded = decode(bytes, hints);
    let page = html::page(&decoded.text, address(record));
    let cut = page
        .cut
        .map(|at| format!("{} (from byte {at} on)", html::TOO_LONG));
    (Some(about(record, page.article)), cut)
}

fn of_text(record: &Record<'_>) -> Article {
    let decoded = decode(record.block, &Hints::default());
    let languages = record
        .headers
        .get("warc-identified-content-language")
        .unwrap_or_default();
    about(
        record,
        Article {
            text: decoded.text.trim().to_owned(),
            // The first of several is the one most of the text is in.
            language: languages.split(',').next().unwrap_or_default().to_owned(),
            ..Article::default()
        },
    )
}

/// What the record says counts more than what its page says: many pages give the address of another one.
fn about(record: &Record<'_>, article: Article) -> Article {
    let address = address(record);
    Article {
        url: address.to_owned(),
        source: html::host(address).to_owned(),
        crawl_date: record
            .headers
            .get("warc-date")
            .unwrap_or_default()
            .to_owned(),
        ..article
    }
}

fn address<'a>(record: &'a Record<'_>) -> &'a str {
    let address = record.headers.get("warc-target-uri").unwrap_or_default();
    // As wget writes it.
    address.trim_start_matches('<').trim_end_matches('>')
}

/// Whether a kind of content is a page.
fn is_page(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml")
}

#[cfg(test)]
mod tests;
