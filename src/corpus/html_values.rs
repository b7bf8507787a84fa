//! Texts that are HTML. In records the article takes the place of the text, and the HTML stays under another name.
//!
//! Articles are found in parallel, some megabytes of records at a time, and handed on in their order.

use rayon::prelude::*;
use wirecopy_formats::html::{Page, of_value};
use wirecopy_formats::{Loss, Sink, Stop};

use super::allowed::Damage;
use super::columns::{Column, Names};
use super::escape::unescape;
use super::options::ReadOptions;
use super::role::Role;
use super::value_kinds::ValueKinds;
use super::{recode, tolerant};

/// Bytes of records that are read at a time: enough for all threads, and little memory.
const BATCH: usize = 4 << 20;

/// A text file as UTF-8, and its encoding if it is another one; of one that is HTML, if that is asked for, the article: all of it, or
/// nothing.
pub(super) fn text(
    bytes: Vec<u8>,
    options: &ReadOptions,
) -> Result<(Vec<u8>, Option<&'static str>), Damage> {
    let (text, encoding) = recode::text(bytes, options);
    let html = std::str::from_utf8(&text).ok().filter(|_| options.html);
    let Some(page) = html.and_then(|html| of_value(html, "")) else {
        return Ok((text, encoding));
    };
    match page.cut {
        None => Ok((page.article.text.into_bytes(), encoding)),
        Some(at) => {
            let what = "a page longer than an article can be";
            Err(Damage::at_the_end(at as u64, at as u64, what))
        }
    }
}

/// Takes records, and hands on their articles.
pub(super) struct HtmlValues<'s> {
    sink: &'s mut dyn Sink,
    options: &'s ReadOptions,
    /// How far the file was read at each, and the record.
    held: Vec<(u64, Vec<u8>)>,
    bytes: usize,
}

impl<'s> HtmlValues<'s> {
    pub(super) fn new(sink: &'s mut dyn Sink, options: &'s ReadOptions) -> HtmlValues<'s> {
        HtmlValues {
            sink,
            options,
            held: Vec::new(),
            bytes: 0,
        }
    }

    /// Hands on what is still held.
    pub(super) fn finish(mut self) -> Result<(), Stop> {
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Stop> {
        let held = std::mem::take(&mut self.held);
        self.bytes = 0;
        let options = self.options;
        let read = held
            .into_par_iter()
            .map(|(at, object)| match with_article(&object, options) {
                Some((article, loss)) => (at, article, loss),
                None => (at, object, None),
            });
        for (at, object, loss) in read.collect::<Vec<_>>() {
            self.sink.record(at, &object)?;
            if let Some(what) = loss {
                let missing = Some(0); // of the file nothing
                self.sink.lost(Loss { at, what, missing })?;
            }
        }
        Ok(())
    }
}

impl Sink for HtmlValues<'_> {
    fn record(&mut self, at: u64, object: &[u8]) -> Result<(), Stop> {
        self.held.push((at, object.to_vec()));
        self.bytes += object.len();
        match self.bytes >= BATCH {
            true => self.flush(),
            false => Ok(()),
        }
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        self.flush()?;
        self.sink.lost(loss)
    }

    fn go_on(&mut self) -> Result<(), Stop> {
        self.sink.go_on()
    }
}

/// A value of a record, as it stands there.
struct Value<'r> {
    name: String,
    raw: &'r str,
}

/// The record with its article, and what of the page was not read; nothing if its text is no HTML.
fn with_article(object: &[u8], options: &ReadOptions) -> Option<(Vec<u8>, Option<String>)> {
    let object = object.trim_ascii();
    let mut values = Vec::new();
    strings(object, "", &mut values);
    let names = names(&values, options);
    let of_role = |role: Role| {
        let mut wanted = names.of_role(role).iter();
        wanted.find_map(|name| values.iter().find(|value| value.name == *name))
    };
    let text = of_role(Role::Text)?;
    let (mut html, mut address) = (String::new(), String::new());
    let html = unescape(text.raw, &mut html).ok()?;
    let address = of_role(Role::Url).and_then(|url| unescape(url.raw, &mut address).ok());
    let page = of_value(html, address.unwrap_or_default())?;

    let start = text.raw.as_ptr().addr() - object.as_ptr().addr();
    let end = start + text.raw.len();
    let mut record = Vec::with_capacity(object.len() + page.article.text.len());
    record.extend_from_slice(&object[..start]);
    push(&mut record, &page.article.text);
    record.extend_from_slice(object[end..].strip_suffix(b"}")?);
    let mut add = |name: &str, value: &[u8]| {
        record.push(b',');
        push(&mut record, name);
        record.push(b':');
        record.extend_from_slice(value);
    };
    let own = text.name.rsplit('.').next().unwrap_or_default();
    let mut html_name = format!("{own}_html");
    while has_key(object, &html_name) {
        html_name.push('_'); // a key that stands twice is refused
    }
    add(&html_name, text.raw.as_bytes());
    for (role, name, value) in said(&page) {
        let is_there = has_key(object, name);
        if of_role(role).is_none() && !is_there && !value.is_empty() {
            let mut literal = Vec::new();
            push(&mut literal, value);
            add(name, &literal);
        }
    }
    record.push(b'}');
    let loss = page.cut.map(|at| {
        format!("a page longer than an article can be: what follows is not read (from byte {at} of its HTML on)")
    });
    Some((record, loss))
}

/// What a page says of itself, and the names of it.
fn said(page: &Page) -> [(Role, &'static str, &str); 4] {
    let article = &page.article;
    [
        (Role::Title, "title", &article.title),
        (Role::Url, "url", &article.url),
        (Role::Source, "source", &article.source),
        (Role::Date, "date", &article.date),
    ]
}

/// All strings of an object and those in it that hold something, under dotted names.
fn strings<'r>(object: &'r [u8], inside: &str, into: &mut Vec<Value<'r>>) {
    /// Objects inside objects that are looked through, as of fields that are read.
    const DEPTH: usize = 3;
    tolerant::each_value(object, &mut |key, raw| {
        let name = format!("{inside}{key}");
        // A part of the object, which lives longer than the call.
        let start = raw.as_ptr().addr() - object.as_ptr().addr();
        let raw = &object[start..start + raw.len()];
        match raw {
            [b'"', b'"'] => {}
            [b'"', ..] => {
                if let Ok(raw) = std::str::from_utf8(raw) {
                    into.push(Value { name, raw });
                }
            }
            [b'{', ..] if name.matches('.').count() < DEPTH => {
                strings(raw, &format!("{name}."), into);
            }
            _ => {}
        }
    });
}

fn names(values: &[Value<'_>], options: &ReadOptions) -> Names {
    let columns: Vec<Column<'_>> = values
        .iter()
        .map(|value| Column {
            name: &value.name,
            strings: 1,
            bytes: value.raw.len() as u64,
            kinds: ValueKinds::default(),
            is_in_parts: false,
        })
        .collect();
    Names::of(options, &columns)
}

fn has_key(object: &[u8], wanted: &str) -> bool {
    let mut has = false;
    tolerant::each_value(object, &mut |key, _| has |= key == wanted);
    has
}

fn push(record: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(record, text).expect("a string is JSON");
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn read(record: &Json) -> Option<Json> {
        let (line, _) = with_article(record.to_string().as_bytes(), &ReadOptions::default())?;
        Some(serde_json::from_slice(&line).expect("JSON"))
    }

    fn page(body: &str) -> String {
        format!(
            "<html><head><title>Its headline</title><meta property=article:published_time \
             content=2021-03-04T10:00:00Z></head><body><nav><a href=/>Home</a></nav><article>{body}\
             </article></body></html>"
        )
    }

    #[test]
    fn the_article_takes_the_place_of_the_page_and_the_page_fills_what_is_not_said() {
        let body = "A sentence of the article that goes on for a while, as they do. ".repeat(8);
        let html = page(&format!("<p>{body}</p>"));
        let read = read(&json!({"id": "1", "text": html, "url": "https://a.example/x"})).unwrap();
        assert_eq!(read["text"], body.trim());
        assert_eq!(read["text_html"], html.as_str());
        assert_eq!(read["title"], "Its headline");
        assert_eq!(read["date"], "2021-03-04T10:00:00Z");
        assert_eq!(
            (&read["id"], &read["url"]),
            (&json!("1"), &json!("https://a.example/x"))
        );
    }

    #[test]
    fn what_a_record_says_itself_stays() {
        let html = page("<p>One.</p><p>Two.</p>");
        let read = read(
            &json!({"Headline": "own", "published": "2020-01-01", "date": null, "content": html}),
        )
        .unwrap();
        assert_eq!(read["Headline"], "own");
        let twice = json!({"text": "<p>One.</p><p>Two.</p>", "text_html": "own"});
        let twice = self::read(&twice).unwrap();
        assert_eq!(
            (&twice["text_html"], &twice["text"]),
            (&json!("own"), &json!("One.\n\nTwo."))
        );
        assert!(twice["text_html_"].is_string());
        assert_eq!(read["date"], Json::Null);
        assert_eq!(read.get("title"), None);
    }

    #[test]
    fn a_part_of_a_page_in_a_field_of_an_object_is_read_there() {
        let record = json!({"content": {"rendered": "<p>One &amp; two.</p>"}, "n": 1});
        let options = ReadOptions {
            text_fields: vec!["content.rendered".to_owned()],
            ..ReadOptions::default()
        };
        let (line, _) = with_article(record.to_string().as_bytes(), &options).unwrap();
        let read: Json = serde_json::from_slice(&line).unwrap();
        assert_eq!(read["content"]["rendered"], "One & two.");
        assert_eq!(read["rendered_html"], "<p>One &amp; two.</p>");
    }

    #[test]
    fn plain_texts_stay_as_they_are() {
        assert_eq!(read(&json!({"text": "a < b, plain"})), None);
        assert_eq!(read(&json!({"text": 1})), None);
        assert!(with_article(b"{broken", &ReadOptions::default()).is_none());
    }
}
