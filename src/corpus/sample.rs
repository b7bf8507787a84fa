//! The first records of an input: which fields they have, and which of those will be used.

use std::borrow::Cow;
use std::fs::File;

use serde::de::IgnoredAny;
use wirecopy_formats::Form;

use super::columns::{Column, Names};
use super::converted::Converted;
use super::csv::Table;
use super::dates::Dates;
use super::error::CorpusError;
use super::fields::{Fields, Role};
use super::form::{self, HEAD_BYTES, Named};
use super::head::{self, Head};
use super::input::{Input, Origin};
use super::json::each_value;
use super::kind::Format;
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::options::ReadOptions;
use super::{parts, recode, tolerant};

/// Bytes of an input that are looked at before it is read.
pub(super) const SAMPLE_BYTES: usize = 1 << 20;
/// Records of an input that are looked at before it is read.
pub(super) const SAMPLE_RECORDS: usize = 1000;

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
                        self.add(&name, (true, raw.len()), false);
                    }
                    self.object(raw, &format!("{name}."), depth - 1);
                }
                Some(b'[') if self.parts(raw) => self.add(&name, (true, raw.len()), false),
                _ => self.value(&name, raw.as_bytes()),
            }
        });
    }

    /// Whether a value that is no string holds a text in parts.
    fn parts(&mut self, raw: &str) -> bool {
        parts::text_of(raw, &mut self.buffer)
    }

    /// Notes a field, by its value.
    fn value(&mut self, name: &str, raw: &[u8]) {
        let first = raw.first().copied();
        let string = first == Some(b'"');
        let number = first.is_some_and(|c| c == b'-' || c.is_ascii_digit());
        if first != Some(b'n') {
            self.add(name, (string, raw.len()), number);
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
                _ => field.string || field.number,
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

/// The first bytes of an input, decoded, and how they were come by.
type Beginning<'i> = (Cow<'i, [u8]>, Head);

/// The first bytes of an input; nothing where they cannot be looked at before it is read.
pub(super) fn beginning<'i>(
    input: &'i Input,
    options: &ReadOptions,
) -> Result<Option<Beginning<'i>>, CorpusError> {
    if let Some(bytes) = input.decoded() {
        return Ok(Some((Cow::Borrowed(bytes), Head::default())));
    }
    if let Origin::Converted(converted) = &input.origin {
        let mut head = converted.beginning(options, SAMPLE_BYTES)?;
        let bytes = std::mem::take(&mut head.bytes);
        return Ok(Some((Cow::Owned(bytes), head)));
    }
    let (Origin::File(_), Some(path)) = (&input.origin, &input.path) else {
        return Ok(None);
    };
    let failed = |error| CorpusError::io(path, "read it", error);
    let file = File::open(path).map_err(failed)?;
    // Enough that each line that starts in the sample is either whole or over the limit.
    let least = SAMPLE_BYTES + BYTE_ORDER_MARK.len();
    let longest = usize::try_from(options.record_limit()).unwrap_or(usize::MAX);
    let most = least.saturating_add(longest).saturating_add(1);
    let mut head = head::read(&file, path, input.compression, least, most, options)?;
    let mut bytes = std::mem::take(&mut head.bytes);
    if let Some(charset) = input.encoding {
        bytes = recode::head(&bytes, charset);
    }
    Ok(Some((Cow::Owned(bytes), head)))
}

/// Decides which fields of an input are used, if that is not yet known and can be told.
pub(super) fn decide(input: &mut Input, options: &ReadOptions) -> Result<(), CorpusError> {
    let is_text = matches!(input.origin, Origin::Texts(_));
    if is_text || input.fields.is_some() || input.table.is_some() {
        return Ok(());
    }
    let Some((bytes, _)) = beginning(input, options)? else {
        return Ok(());
    };
    if matches!(input.origin, Origin::File(_)) && input.encoding.is_none() && input.spool.is_none()
    {
        // Of a table that is mapped all bytes are asked, since rows without an accent may stand first; JSON is UTF-8 by its own rule.
        let asked = match input.format {
            Format::JsonLines => &bytes[..bytes.len().min(SAMPLE_BYTES)],
            _ => &bytes,
        };
        if let Some(charset) = recode::of(asked, options) {
            input.encoding = Some(charset);
            return decide(input, options);
        }
    }
    if let Format::Csv { delimiter } = input.format {
        let mut table = Table::read(&bytes, delimiter, options, &input.name)?;
        if let Some(table) = &mut table {
            table.fields.dates = Dates::of_rows(input, &bytes, table, options);
        }
        input.table = table;
    } else {
        // Checked again for compressed files, which are not decoded before.
        if matches!(input.origin, Origin::File(_)) {
            let path = input.place();
            let head = &bytes[..bytes.len().min(HEAD_BYTES)];
            if let Some(form) = Form::of(&form::decoded_name(&path), head) {
                // Named as lines, so that only now it is seen.
                let name = std::mem::take(&mut input.name);
                *input = Converted::alone(&path, input.stamp(), (form, input.compression));
                input.name = name;
                return decide(input, options);
            }
            form::format(Named::JsonLines, &bytes, options, &path)?;
        }
        let mut fields = see_json_lines(&bytes, options).decide(options, &input.name)?;
        fields.dates = Dates::of_lines(input, &bytes, &fields, options);
        input.fields = Some(fields);
    }
    Ok(())
}

/// The lines of the first records, each with its offset.
pub(super) fn first_lines<'b>(bytes: &'b [u8], options: &ReadOptions) -> Vec<(usize, &'b [u8])> {
    let start = if bytes.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    let limit = options.record_limit();
    Lines::starting_in(&bytes[start..], 0..SAMPLE_BYTES)
        .map(|line| (start + line.start, &bytes[start..][line]))
        .filter(|(_, line)| !is_blank(line) && line.len() as u64 <= limit)
        .take(SAMPLE_RECORDS)
        .collect()
}

/// Looks at the first records of JSON Lines.
pub(super) fn see_json_lines(bytes: &[u8], options: &ReadOptions) -> Seen {
    let mut seen = Seen::default();
    for (_, line) in first_lines(bytes, options) {
        seen.line(line);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(lines: &str) -> Result<Fields, CorpusError> {
        let options = ReadOptions::default();
        see_json_lines(lines.as_bytes(), &options).decide(&options, "day.jsonl")
    }

    #[test]
    fn the_error_for_a_missing_text_lists_the_fields() {
        let error = decide("{\"id\": 1, \"meta\": {\"lang\": \"de\"}}\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("day.jsonl") && error.contains("--text-field"),
            "{error}"
        );
        assert!(error.contains("id, meta.lang"), "{error}");
        assert!(
            error.contains("text, content, body, maintext, article"),
            "{error}"
        );
    }

    #[test]
    fn a_null_or_an_object_is_no_field() {
        let fields =
            decide("{\"text\":null,\"content\":\"x\",\"source\":{\"id\":1},\"outlet\":\"y\"}");
        let fields = fields.unwrap();
        assert_eq!(fields.found(Role::Text), Some("content"));
        assert_eq!(fields.found(Role::Source), Some("outlet"));
    }

    #[test]
    fn nothing_is_found_in_an_empty_file_or_a_broken_one() {
        assert_eq!(decide("").unwrap().found(Role::Text), None);
        assert_eq!(decide("NaN\n").unwrap().found(Role::Text), None);
        assert_eq!(decide("{\"id\":1,\"te").unwrap().found(Role::Text), None);
        let fields = decide("{\"score\": NaN, \"body\": \"x\"}").unwrap();
        assert_eq!(fields.found(Role::Text), Some("body"));
    }
}
