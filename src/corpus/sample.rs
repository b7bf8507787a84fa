//! The first records of an input: which fields they have, and which of those will be used.

use std::borrow::Cow;
use std::fs::File;

use wirecopy_formats::Form;

use super::converted::Converted;
use super::csv::Table;
use super::date_column::Dates;
use super::error::CorpusError;
use super::form::{self, HEAD_BYTES, Named};
use super::head::{self, Head};
use super::input::{Input, Origin};
use super::kind::Format;
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::options::ReadOptions;
use super::recode;
use super::seen::Seen;

/// Bytes of an input that are looked at before it is read.
pub(super) const SAMPLE_BYTES: usize = 1 << 20;
/// Records of an input that are looked at before it is read.
pub(super) const SAMPLE_RECORDS: usize = 1000;

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

/// Decides which fields of an input are used, if that is not yet known and can be.
pub(super) fn decide(input: &mut Input, options: &ReadOptions) -> Result<(), CorpusError> {
    let is_text = matches!(input.origin, Origin::Texts(_));
    if is_text || input.fields.is_some() || input.table.is_some() {
        return Ok(());
    }
    let Some((bytes, head)) = beginning(input, options)? else {
        return Ok(());
    };
    let is_new = matches!(input.origin, Origin::File(_))
        && input.encoding.is_none()
        && input.spool.is_none();
    // What damage leaves looks like anything.
    if is_new && head.damages.is_empty() {
        // Of a table that is mapped all bytes are asked, since rows without an accent may stand first. JSON is UTF-8, UTF-16 or UTF-32 by
        // its own rule (RFC 4627, section 3), and of a wrong byte in it only its own record is lost.
        let charset = match input.format {
            Format::JsonLines if options.encoding.is_none() => {
                recode::wide(&bytes[..bytes.len().min(HEAD_BYTES)], options)
            }
            _ => recode::of(&bytes, options),
        };
        if let Some(charset) = charset {
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
    use crate::corpus::fields::Fields;
    use crate::corpus::role::Role;

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
