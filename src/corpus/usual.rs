//! The values of a line of JSON of the usual form, in a fraction of the time.
//!
//! A record is one object, most of it one long string. `serde_json` goes through strings eight bytes at a time;
//! here a whole line is looked through for control characters at once, and strings for what ends or escapes them,
//! with vector instructions. Values that are no strings are left to `serde_json`, and so is every line that is of
//! another form or broken: whoever calls reads it again, and it is `serde_json` that says what is wrong.

use memchr::memchr2;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::json::{Twice, take};

/// Brackets within a value from which on it may be nested too deeply: `serde_json` gives up at 128.
const DEEP: usize = 100;

/// Fills the slots with the raw values of a line, and says whether it is of the usual form. If not, what is in the
/// slots means nothing.
pub(super) fn find_values<'b>(
    line: &'b str,
    fields: &Fields,
    slots: &mut [Option<&'b str>],
    twice: &mut Twice,
) -> bool {
    walk(line, fields, slots, twice).is_some()
}

fn walk<'b>(
    line: &'b str,
    fields: &Fields,
    slots: &mut [Option<&'b str>],
    twice: &mut Twice,
) -> Option<()> {
    let line = line.trim_matches([' ', '\t', '\r', '\n']);
    if has_control(line.as_bytes()) {
        return None;
    }
    let mut rest = behind(line, '{')?;
    loop {
        let (key, value) = string(rest)?;
        let name = key.get(1..key.len() - 1)?;
        if name.contains('\\') {
            return None;
        }
        let (raw, next) = self::value(behind(value, ':')?)?;
        if let Some(key) = fields.keys().get(name) {
            take(key, raw, slots, twice).ok()?;
        }
        let next = next.trim_ascii_start();
        if next == "}" {
            return Some(());
        }
        rest = behind(next, ',')?;
    }
}

/// Whether a control character is among these bytes. All are looked at, many at a time.
fn has_control(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .fold(false, |found, &byte| found | (byte < b' '))
}

/// What follows on a mark and blanks around it, if that is what a text begins with.
fn behind(text: &str, mark: char) -> Option<&str> {
    let behind = text.trim_ascii_start().strip_prefix(mark)?;
    Some(behind.trim_ascii_start())
}

/// The string that a text begins with, in its quotes, and what follows. The text has no control characters.
fn string(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        at += memchr2(b'"', b'\\', &bytes[at..])?;
        if bytes[at] == b'"' {
            return text.split_at_checked(at + 1);
        }
        // Often two stand together, as at the end of a paragraph.
        while bytes.get(at) == Some(&b'\\') {
            at += escape(&bytes[at..])?;
        }
    }
}

/// The length of the escape that some bytes begin with.
fn escape(bytes: &[u8]) -> Option<usize> {
    match bytes.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => {
            let digits = bytes.get(2..6)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(6)
        }
        _ => None,
    }
}

/// The value that a text begins with, and what follows.
fn value(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('"') {
        return string(text);
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let raw = values.next()?.ok()?.get();
    let brackets = raw.bytes().filter(|byte| matches!(byte, b'[' | b'{'));
    if brackets.count() >= DEEP {
        return None;
    }
    let next = text.get(values.byte_offset()..)?;
    Some((raw, next))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::columns::Names;
    use super::super::{ReadOptions, json};
    use super::*;

    fn fields() -> Fields {
        Fields::decide(&Names::of(&ReadOptions::default(), &[]), |_, _| true)
    }

    /// The slots of a line, if it is of the usual form.
    fn usual(line: &str) -> Option<Vec<Option<&str>>> {
        let fields = fields();
        let mut slots = vec![None; fields.count()];
        let found = find_values(line, &fields, &mut slots, &mut Twice::default());
        found.then_some(slots)
    }

    /// The slots of a line that `serde_json` reads.
    fn strict(line: &str) -> Option<Vec<Option<&str>>> {
        let fields = fields();
        let mut slots = vec![None; fields.count()];
        let read = json::find_values(line, 0, &fields, &mut slots, &mut Twice::default());
        read.ok().map(|()| slots)
    }

    proptest! {
        /// Nothing is read that `serde_json` would not read, nor otherwise.
        #[test]
        fn what_is_read_is_what_serde_json_reads(parts in prop::collection::vec(
            prop_oneof![
                4 => Just("{\"text\": \"a\"".to_owned()),
                4 => Just(", \"id\": ".to_owned()),
                4 => Just("}".to_owned()),
                2 => "[ -~é\u{0}\t\u{c}]{0,5}",
                3 => "\"([ -!#-~é]|\\\\[nu\"x]|\\\\u[0-9a-fx]{4}){0,9}\"",
                3 => prop_oneof!["-?[0-9]{1,3}(\\.[0-9])?(e5)?", "null|true|nul", "\\[1,? ?2?\\]", "\\{\"text\":1\\}"],
                1 => "[,:\\[\\]{}\"\\\\ ]",
            ], 0..8))
        {
            let line = parts.concat();
            if let Some(slots) = usual(&line) {
                prop_assert_eq!(Some(slots), strict(&line), "{}", line);
            }
        }
    }

    #[test]
    fn lines_of_the_usual_form_are_read() {
        for line in [
            r#"{"text": "a \"b\"\n\n\u00e9 é", "id": 7}"#,
            r#" {"id":null,"x":[1,{"y":"}"}],"text":""} "#,
            r#"{"other": {"text": "no"}, "text" : "yes" , "date": -1.5e3 }"#,
        ] {
            assert_eq!(usual(line), strict(line), "{line}");
            assert!(usual(line).is_some(), "{line}");
        }
    }

    #[test]
    fn lines_of_another_form_and_broken_ones_are_left() {
        let deep = format!("{{\"text\": {}1{}}}", "[".repeat(110), "]".repeat(110));
        for line in [
            "",
            "{}",
            "[1]",
            "{\"text\": \"a\tb\"}",
            r#"{"te\u0078t": "a"}"#,
            r#"{"text": "a"}, 1"#,
            r#"{"text": "a",}"#,
            r#"{"text": "\u00g0"}"#,
            r#"{"text": 01}"#,
            r#"{"text": "a" "id": 1}"#,
            &deep,
        ] {
            assert_eq!(usual(line), None, "{line}");
        }
    }
}
