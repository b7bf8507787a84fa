//! The fields that the first records of an input have, and what of them is used.

use serde::de::IgnoredAny;

use super::columns::{Column, Names};
use super::error::CorpusError;
use super::fields::Fields;
use super::json::each_value;
use super::options::ReadOptions;
use super::role::Role;
use super::value_kinds::ValueKinds;
use super::{parts, tolerant};

/// The fields seen in the first records, in the order in which they turned up.
#[derive(Debug, Default)]
pub(super) struct Seen {
    fields: Vec<SeenField>,
    /// Whether one of the records was whole. Half a record proves no field missing.
    whole: bool,
    buffer: String,
}

#[derive(Debug)]
struct SeenField {
    /// Dotted, for a field of a nested object.
    name: String,
    /// Whether it was ever a string.
    string: bool,
    /// Whether it was ever a number.
    number: bool,
    /// Strings, and their bytes.
    strings: u64,
    bytes: u64,
    kinds: ValueKinds,
    /// Values that are lists or objects with a text in parts.
    parts: u64,
}

impl SeenField {
    fn is_in_parts(&self) -> bool {
        self.parts > 0 && self.parts == self.strings
    }
}

impl Seen {
    /// Fields listed; a record with more is a table of its own.
    const LISTED: usize = 256;
    /// Objects looked into, one inside the other.
    const DEPTH: usize = 4;

    /// Looks at a record of JSON. One that is broken shows what is before the fault.
    pub(super) fn json(&mut self, record: &str) {
        self.object(record, "", Seen::DEPTH);
        self.whole = self.whole || serde_json::from_str::<IgnoredAny>(record).is_ok();
    }

    /// Looks at a line, which may hold what JSON does not allow.
    pub(super) fn line(&mut self, line: &[u8]) {
        match std::str::from_utf8(line) {
            Ok(record) if serde_json::from_str::<IgnoredAny>(record).is_ok() => self.json(record),
            read => {
                let mut seen = Vec::new();
                let whole = tolerant::each_value(line, &mut |key, raw| {
                    seen.push((key.to_owned(), raw.to_vec()));
                });
                if let (false, Ok(record)) = (whole, read) {
                    return self.json(record);
                }
                for (name, raw) in seen {
                    self.value(&name, &raw);
                }
                self.whole |= whole;
            }
        }
    }

    fn object(&mut self, object: &str, prefix: &str, depth: usize) {
        each_value(object, &mut |key, raw| {
            let name = format!("{prefix}{key}");
            match raw.as_bytes().first() {
                Some(b'n') => {}
                Some(b'{') if depth > 1 => {
                    if self.parts(raw) {
                        self.add_parts(&name, raw);
                    }
                    self.object(raw, &format!("{name}."), depth - 1);
                }
                Some(b'[') if self.parts(raw) => self.add_parts(&name, raw),
                _ => self.value(&name, raw.as_bytes()),
            }
        });
    }

    /// Whether a value that is no string holds a text in parts.
    fn parts(&mut self, raw: &str) -> bool {
        parts::text_of(raw, &mut self.buffer)
    }

    /// Notes a field whose value has a text in parts.
    fn add_parts(&mut self, name: &str, raw: &str) {
        self.add(name, (true, raw.len()), false);
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.parts += 1;
        }
    }

    /// Notes a field, by its value.
    fn value(&mut self, name: &str, raw: &[u8]) {
        let first = raw.first().copied();
        let string = first == Some(b'"');
        let number = first.is_some_and(|c| c == b'-' || c.is_ascii_digit());
        if first != Some(b'n') {
            self.add(name, (string, raw.len()), number);
            let field = self.fields.iter_mut().find(|field| field.name == name);
            if let (true, Some(field), Ok(raw)) = (string, field, std::str::from_utf8(raw)) {
                field.kinds.add(raw);
            }
        }
    }

    /// Notes a field.
    pub(super) fn add(&mut self, name: &str, (string, length): (bool, usize), number: bool) {
        let bytes = if string { length as u64 } else { 0 };
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.string |= string;
            field.number |= number;
            field.strings += u64::from(string);
            field.bytes += bytes;
        } else if self.fields.len() < Seen::LISTED {
            self.fields.push(SeenField {
                name: name.to_owned(),
                string,
                number,
                strings: u64::from(string),
                bytes,
                kinds: ValueKinds::default(),
                parts: 0,
            });
        }
    }

    /// Whether a field that is named as the text, or is taken for it, was ever a string.
    pub(super) fn has_text(&self, options: &ReadOptions) -> bool {
        let texts = self.names(options);
        let texts = texts.of_role(Role::Text);
        let is_text = |field: &SeenField| field.string && texts.contains(&field.name);
        self.fields.iter().any(is_text)
    }

    /// The names to try for each role.
    fn names(&self, options: &ReadOptions) -> Names {
        let column = |field: &'_ SeenField| field.string || field.number;
        let columns = self.fields.iter().filter(|field| column(field));
        let columns: Vec<Column<'_>> = columns
            .map(|field| Column {
                name: &field.name,
                strings: field.strings,
                bytes: field.bytes,
                kinds: field.kinds,
                is_in_parts: field.is_in_parts(),
            })
            .collect();
        Names::of(options, &columns)
    }

    /// What all fields are called.
    pub(super) fn fields(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    /// Decides which fields are used. Where nothing was seen, nothing is decided.
    pub(super) fn decide(&self, options: &ReadOptions, input: &str) -> Result<Fields, CorpusError> {
        let named = |name: &str| self.fields.iter().find(|field| field.name == name);
        let wanted = self.names(options);
        let texts = wanted.of_role(Role::Text);
        let text_is_string = texts
            .iter()
            .any(|name| named(name).is_some_and(|f| f.string));
        let occurs = |role: Role, name: &str| {
            named(name).is_some_and(|field| match role {
                // A number for a text is not used, but it is where the text should be.
                Role::Text => field.string || !text_is_string,
                _ => field.string && !field.is_in_parts() || field.number,
            })
        };
        if self.whole
            && !self.fields.is_empty()
            && !texts.iter().any(|name| occurs(Role::Text, name))
        {
            return Err(CorpusError::NoTextField {
                name: input.to_owned(),
                tried: options.text_fields.clone(),
                found: self.fields(),
            });
        }
        Ok(Fields::decide(&wanted, occurs))
    }
}
