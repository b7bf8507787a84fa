//! One line of JSON as a record.
//!
//! The raw bytes of the wanted values are lent; nothing else of the line is built. Lines of the usual form are
//! walked by [`usual`], others by `serde_json`. Values without an escape are handed on as they lie in the file, others are
//! written into buffers that are used again for the next record. UTF-8 is checked once, for the
//! whole line. A line that is no JSON, or no UTF-8, is read a second time, tolerantly
//! ([`tolerant`]): only the text decides whether there is a record.

use std::fmt;
use std::ops::Range;

use memchr::memchr;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::date;
use super::escape::unescape;
use super::fields::{Fields, Key, Keys};
use super::publisher::Publishers;
use super::record::{Reason, Record, TextPlace};
use super::role::Role;
use super::{parts, tolerant, usual};

/// The raw value in each slot, for one record.
pub(super) type Slots<'b> = Vec<Option<&'b str>>;

/// The slots that a record fills twice: usually none.
#[derive(Debug, Default)]
pub(super) struct Twice(Vec<usize>);

impl Twice {
    pub(super) fn note(&mut self, slot: usize) {
        self.0.push(slot);
    }
}

/// What a thread keeps from record to record: buffers for text with escapes, known publishers.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) text: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) url: String,
    pub(super) date: String,
    /// Where the cells of a row are.
    pub(super) cells: Vec<Range<usize>>,
    /// Publishers found so far.
    pub(super) publishers: Publishers,
}

/// How the lines of one input are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'f> {
    /// The wanted fields, and how dates are read.
    pub(super) fields: &'f Fields,
}

impl Reading<'_> {
    /// Reads a line that starts at `offset` and hands its record to `use_it`.
    pub(super) fn json_line<'b, R>(
        self,
        line: &'b [u8],
        offset: u64,
        slots: &mut Slots<'b>,
        scratch: &mut Scratch,
        use_it: impl FnOnce(&Record<'_>) -> R,
    ) -> Result<R, Reason> {
        let fields = self.fields;
        let mut twice = Twice::default();
        let clear = |slots: &mut Slots<'b>| {
            slots.clear();
            slots.resize(fields.count(), None);
        };
        clear(slots);
        let strict = utf8(line, offset);
        let strict = strict.and_then(|text| {
            if usual::find_values(text, fields, slots, &mut twice) {
                return Ok(());
            }
            clear(slots);
            twice.0.clear();
            find_values(text, offset, fields, slots, &mut twice)
        });
        if let Err(strict) = strict {
            clear(slots);
            twice.0.clear();
            tolerant::find_values(line, offset, fields, slots, &mut twice, strict)?;
        }
        self.record(line, offset, slots, &twice, scratch, use_it)
    }

    /// Makes the record of the values found.
    fn record<R>(
        self,
        line: &[u8],
        offset: u64,
        slots: &Slots<'_>,
        twice: &Twice,
        scratch: &mut Scratch,
        use_it: impl FnOnce(&Record<'_>) -> R,
    ) -> Result<R, Reason> {
        let fields = self.fields;
        let Scratch {
            text,
            id,
            title,
            source,
            url,
            date,
            publishers,
            ..
        } = scratch;
        let values = |role| {
            let slots_of = fields.slots(role).iter();
            slots_of.filter_map(|&slot| Some((slot, slots[slot]?)))
        };
        let (slot, raw) = the_text(|| values(Role::Text), fields, line, text)?;
        if twice.0.contains(&slot) {
            let field = fields.names()[slot].clone();
            return Err(Reason::DuplicateField { field });
        }
        let is_string = raw.starts_with('"');
        let short = |role, buffer| short_value(values(role).map(|(_, raw)| raw), buffer);
        let (url, source) = (short(Role::Url, url), short(Role::Source, source));
        let date_text = short(Role::Date, date);
        let date = date::of(date_text, url, &fields.dates.decision);
        let lone_surrogate = |_| Reason::LoneSurrogate {
            field: fields.names()[slot].clone(),
        };
        let (publisher, publisher_from) = publishers.of(url, source);
        Ok(use_it(&Record {
            id: short(Role::Id, id),
            text: match is_string {
                true => unescape(raw, text).map_err(lone_surrogate)?,
                false => text,
            },
            title: short(Role::Title, title),
            source,
            url,
            date,
            date_text,
            publisher,
            publisher_from,
            offset,
            length: u32::try_from(line.len()).expect("longer records are rejected before"),
            text_place: match is_string {
                true => TextPlace::of(raw, line),
                false => TextPlace::default(),
            },
        }))
    }
}

/// The first of these values that is a string with something in it, else the first string.
fn the_text<'a, I: Iterator<Item = (usize, &'a str)>>(
    values: impl Fn() -> I,
    fields: &Fields,
    line: &[u8],
    parts: &mut String,
) -> Result<(usize, &'a str), Reason> {
    let is_filled = |raw: &str| {
        raw.strip_prefix('"')
            .is_some_and(|rest| rest.trim_ascii_start() != "\"")
    };
    let filled = values().find(|(_, raw)| is_filled(raw));
    if let Some(text) = filled {
        return Ok(text);
    }
    // A list of paragraphs, or of sections of them.
    if let Some(text) = values().find(|(_, raw)| parts::text_of(raw, parts)) {
        return Ok(text);
    }
    if let Some(text) = values().find(|(_, raw)| raw.starts_with('"')) {
        return Ok(text);
    }
    Err(match values().next() {
        Some((slot, raw)) => Reason::WrongType {
            field: fields.names()[slot].clone(),
            found: kind_of(raw),
        },
        None => Reason::MissingText {
            fields: fields.names_of(Role::Text),
            found: top_level_keys(line),
        },
    })
}

/// The first of these values that is a string with something in it, or a number (as written). Half a
/// surrogate pair is no character, and what holds one counts as absent.
fn short_value<'a>(
    values: impl Iterator<Item = &'a str>,
    buffer: &'a mut String,
) -> Option<&'a str> {
    for raw in values {
        match raw.as_bytes() {
            [b'"', b'"'] => {}
            [b'"', body @ .., b'"'] => {
                if memchr(b'\\', body).is_none() {
                    return raw.get(1..raw.len() - 1);
                }
                if unescape(raw, buffer).is_ok() {
                    return Some(buffer);
                }
            }
            [b'-' | b'0'..=b'9', ..] => return Some(raw),
            _ => {}
        }
    }
    None
}

/// The line as text.
pub(super) fn utf8(line: &[u8], offset: u64) -> Result<&str, Reason> {
    simdutf8::basic::from_utf8(line).map_err(|_| {
        let valid = std::str::from_utf8(line).map_or_else(|e| e.valid_up_to(), str::len);
        Reason::InvalidUtf8 {
            at: offset + valid as u64,
        }
    })
}

/// Fills the slots with the raw values of a line.
pub(super) fn find_values<'b>(
    line: &'b str,
    offset: u64,
    fields: &Fields,
    slots: &mut [Option<&'b str>],
    twice: &mut Twice,
) -> Result<(), Reason> {
    if !line.trim_ascii_start().starts_with('{') {
        return Err(match serde_json::from_str::<IgnoredAny>(line) {
            Ok(_) => Reason::NotAnObject,
            Err(error) => broken(&error, offset),
        });
    }
    let mut json = serde_json::Deserializer::from_str(line);
    Object {
        keys: fields.keys(),
        slots,
        twice,
    }
    .deserialize(&mut json)
    .and_then(|()| json.end())
    .map_err(|error| broken(&error, offset))
}

/// What the parser said, without its line number (a record is one line), and where.
fn broken(error: &serde_json::Error, offset: u64) -> Reason {
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or(&said).to_owned();
    Reason::BrokenJson {
        message,
        at: offset + (error.column() as u64).saturating_sub(1),
    }
}

/// An object of which some keys are wanted.
struct Object<'a, 'b> {
    keys: &'a Keys,
    slots: &'a mut [Option<&'b str>],
    twice: &'a mut Twice,
}

impl<'b> DeserializeSeed<'b> for Object<'_, 'b> {
    type Value = ();

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'b> Visitor<'b> for Object<'_, 'b> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'b>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(wanted) = map.next_key_seed(Wanted(self.keys))? {
            let Some(key) = wanted else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let raw = map.next_value::<&'b RawValue>()?.get();
            take(key, raw, self.slots, self.twice).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}

/// Puts the raw value of a key into its slot, and those of the keys within it into theirs.
pub(super) fn take<'b>(
    key: &Key,
    raw: &'b str,
    slots: &mut [Option<&'b str>],
    twice: &mut Twice,
) -> Result<(), serde_json::Error> {
    if let Some(slot) = key.slot.filter(|_| raw != "null")
        && slots[slot].replace(raw).is_some()
    {
        twice.note(slot);
    }
    if key.inner.is_empty() || !raw.starts_with('{') {
        return Ok(());
    }
    let inner = Object {
        keys: &key.inner,
        slots,
        twice,
    };
    inner.deserialize(&mut serde_json::Deserializer::from_str(raw))
}

/// A key, looked up among the wanted ones.
struct Wanted<'a>(&'a Keys);

impl<'a, 'b> DeserializeSeed<'b> for Wanted<'a> {
    type Value = Option<&'a Key>;

    fn deserialize<D: Deserializer<'b>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Wanted<'a> {
    type Value = Option<&'a Key>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.get(key))
    }
}

/// What a raw value that is not a string is, for people.
fn kind_of(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "true or false",
        _ => "a number",
    }
}

/// The keys of a record, for the message that one is missing.
fn top_level_keys(line: &[u8]) -> Vec<String> {
    const SHOWN: usize = 20;
    let mut keys = Vec::new();
    tolerant::each_value(line, &mut |key, _| keys.push(key.to_owned()));
    keys.truncate(SHOWN);
    keys
}

/// Calls for each key of an object with its raw value; stops silently where the JSON is broken.
pub(crate) fn each_value(object: &str, call: &mut dyn FnMut(&str, &str)) {
    struct Each<'c>(&'c mut dyn FnMut(&str, &str));
    impl<'b> Visitor<'b> for Each<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<M: MapAccess<'b>>(self, mut map: M) -> Result<(), M::Error> {
            while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
                (self.0)(&key, map.next_value::<&'b RawValue>()?.get());
            }
            Ok(())
        }
    }
    // Broken records are reported where they are read; here they only have no more keys.
    let _ = serde_json::Deserializer::from_str(object).deserialize_map(Each(call));
}
