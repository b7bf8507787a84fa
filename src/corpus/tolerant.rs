//! One line of JSON that is none, in places that do not matter.
//!
//! Python writes `NaN`, crawlers write bytes of other encodings, and neither is worth a text. This is read
//! only where the strict reading failed: the shape of the object must be that of JSON, with its quotes, colons,
//! commas and brackets; what stands for a value may be anything. Of the fields that are used, a value that
//! is no JSON counts as absent, and the text must be JSON through and through.

use std::str;

use serde::de::IgnoredAny;

use super::escape::unescape;
use super::fields::{Fields, Keys};
use super::json::{Slots, Twice};
use super::record::Reason;
use super::role::Role;

/// Fills the slots with the raw values of a line, of which the strict reading said `strict`.
pub(super) fn find_values<'b>(
    line: &'b [u8],
    offset: u64,
    fields: &Fields,
    slots: &mut Slots<'b>,
    twice: &mut Twice,
    strict: Reason,
) -> Result<(), Reason> {
    let mut found = Found {
        line,
        offset,
        fields,
        slots,
        twice,
        text: None,
    };
    let mut scanner = Scanner { line, at: 0 };
    let whole = scanner.object(&mut |key, raw| found.wanted(key, raw, fields.keys()));
    if whole.is_none() || !scanner.rest().is_empty() {
        return Err(scanner.fault(offset).unwrap_or(strict));
    }
    let texts = fields.slots(Role::Text).iter();
    let has_text = texts.filter_map(|&slot| found.slots[slot]).any(is_string);
    match found.text {
        Some(fault) if !has_text => Err(fault),
        _ => Ok(()),
    }
}

/// Calls for each key of an object with its raw value. Reports whether the object is whole.
pub(super) fn each_value(line: &[u8], call: &mut dyn FnMut(&str, &[u8])) -> bool {
    let mut scanner = Scanner { line, at: 0 };
    let whole = scanner.object(&mut |key, raw| {
        with_key(key, |key| call(key, raw));
    });
    whole.is_some() && scanner.rest().is_empty()
}

fn is_string(raw: &str) -> bool {
    raw.starts_with('"')
}

/// A key without its quotes and escapes; nothing happens with one that is no text.
fn with_key(raw: &[u8], use_it: impl FnOnce(&str)) {
    let mut buffer = String::new();
    if let Some(key) = str::from_utf8(raw).ok().filter(|raw| is_json(raw))
        && let Ok(key) = unescape(key, &mut buffer)
    {
        use_it(key);
    }
}

fn is_json(raw: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(raw).is_ok()
}

/// What was found so far of the values that are wanted.
struct Found<'f, 'b> {
    line: &'b [u8],
    offset: u64,
    fields: &'f Fields,
    slots: &'f mut Slots<'b>,
    twice: &'f mut Twice,
    /// Why the first text that cannot be used cannot be used.
    text: Option<Reason>,
}

impl<'b> Found<'_, 'b> {
    /// Takes a value if its key is wanted, or looks into it for such as are.
    fn wanted(&mut self, key: &[u8], raw: &'b [u8], keys: &Keys) {
        with_key(key, |key| {
            let Some(key) = keys.get(key) else {
                return;
            };
            if let Some(slot) = key.slot.filter(|_| raw != b"null") {
                self.put(slot, raw);
            }
            if !key.inner.is_empty() && raw.starts_with(b"{") {
                let mut scanner = Scanner { line: raw, at: 0 };
                // It is whole, as it was scanned before.
                let _ = scanner.object(&mut |name, raw| self.wanted(name, raw, &key.inner));
            }
        });
    }

    fn put(&mut self, slot: usize, raw: &'b [u8]) {
        let is_text = self.fields.slots(Role::Text).contains(&slot);
        match str::from_utf8(raw) {
            Ok(text) if is_json(text) => {
                if self.slots[slot].replace(text).is_some() {
                    self.twice.note(slot);
                }
            }
            _ if !is_text => {}
            read => {
                let at = self.offset + (raw.as_ptr().addr() - self.line.as_ptr().addr()) as u64;
                let reason = match read {
                    Err(error) => Reason::InvalidUtf8 {
                        at: at + error.valid_up_to() as u64,
                    },
                    Ok(text) => Reason::BrokenJson {
                        message: what_is_wrong(text),
                        at,
                    },
                };
                self.text.get_or_insert(reason);
            }
        }
    }
}

/// What is wrong with a value.
fn what_is_wrong(raw: &str) -> String {
    if !raw.starts_with(['"', '[', '{']) {
        return format!("{raw} is no JSON");
    }
    let said = serde_json::from_str::<IgnoredAny>(raw).err();
    let said = said.map(|error| error.to_string()).unwrap_or_default();
    said.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A place in a line.
struct Scanner<'b> {
    line: &'b [u8],
    at: usize,
}

impl<'b> Scanner<'b> {
    /// An object; `each` is handed its keys with their quotes, and the values. Nothing where it is broken.
    fn object(&mut self, each: &mut dyn FnMut(&'b [u8], &'b [u8])) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.string()?;
            self.take(b':')?;
            let value = self.value()?;
            each(key, value);
            if self.take(b',').is_none() {
                return self.take(b'}');
            }
        }
    }

    /// Any value, as it is there.
    fn value(&mut self) -> Option<&'b [u8]> {
        self.blank();
        let start = self.at;
        // The brackets that are open, and whether a value, or a key and a value, must come next.
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.next()? {
                b'"' => _ = self.string()?,
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    let close = bracket + 2; // in ASCII
                    if self.take(close).is_none() {
                        open.push(close);
                        self.key(&open)?;
                        continue;
                    }
                }
                _ => self.word()?,
            }
            // A value has ended: so may the brackets around it, until a comma.
            loop {
                let Some(&close) = open.last() else {
                    return Some(&self.line[start..self.at]);
                };
                if self.take(b',').is_some() {
                    self.key(&open)?;
                    break;
                }
                self.take(close)?;
                open.pop();
            }
        }
    }

    /// In an object, the key before a value.
    fn key(&mut self, open: &[u8]) -> Option<()> {
        if open.last() == Some(&b'}') {
            self.string()?;
            self.take(b':')?;
        }
        Some(())
    }

    /// A string, with its quotes.
    fn string(&mut self) -> Option<&'b [u8]> {
        self.blank();
        let start = self.at;
        self.take(b'"')?;
        loop {
            let length = memchr::memchr2(b'"', b'\\', &self.line[self.at..])?;
            self.at += length + 1;
            if self.line[self.at - 1] == b'"' {
                return Some(&self.line[start..self.at]);
            }
            // What is escaped.
            self.line.get(self.at)?;
            self.at += 1;
        }
    }

    /// A number or a word: `NaN`, `-Infinity`, `None`, `1.#QNAN`.
    fn word(&mut self) -> Option<()> {
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-._#".contains(byte);
        let length = self.line[self.at..].iter().take_while(is_part).count();
        self.at += length;
        (length > 0).then_some(())
    }

    fn next(&mut self) -> Option<u8> {
        self.blank();
        self.line.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    fn blank(&mut self) {
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        self.at += self.line[self.at..].iter().take_while(blank).count();
    }

    /// What has not been read.
    fn rest(&self) -> &[u8] {
        self.line[self.at..].trim_ascii()
    }

    /// What stands where reading ended, if that has a name.
    fn fault(&mut self, offset: u64) -> Option<Reason> {
        let at = offset + self.at as u64;
        let message = if self.next()? == b'\'' {
            "a string in single quotes is no JSON: write it with double quotes".to_owned()
        } else {
            let start = self.at;
            self.word()?;
            let word = str::from_utf8(&self.line[start..self.at]).ok()?;
            if !word.starts_with(|c: char| c.is_ascii_alphabetic()) || word.len() > 20 {
                return None;
            }
            format!("{word} is no JSON")
        };
        Some(Reason::BrokenJson { message, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::columns::Names;
    use crate::corpus::options::ReadOptions;
    use proptest::prelude::*;

    fn values(line: &[u8]) -> Result<Vec<String>, String> {
        let fields = Fields::decide(&Names::of(&ReadOptions::default(), &[]), |_, _| false);
        let mut slots = vec![None; fields.count()];
        let strict = Reason::NotAnObject;
        find_values(line, 0, &fields, &mut slots, &mut Twice::default(), strict)
            .map(|()| slots.into_iter().flatten().map(str::to_owned).collect())
            .map_err(|reason| reason.to_string())
    }

    #[test]
    fn what_is_not_used_may_be_anything() {
        for line in [
            &br#"{"score": NaN, "text": "x"}"#[..],
            br#"{"a": [Infinity, -Infinity, {"b": None}], "text": "x", "c": 1.#QNAN}"#,
            b"{\"a\": \"caf\xe9\", \"text\": \"x\"}",
            b"{\"caf\xe9\": 1, \"text\": \"x\"}",
            b"{\"a\": \"tab\tand \\x escape\", \"text\": \"x\"}",
            br#" {"text" : "x" , "a" : { } , "b" : [ ] , "n": 01} "#,
            br#"{"title": NaN, "text": "x", "id": 01, "date": -Infinity}"#,
            b"{\"title\": \"caf\xe9\", \"url\": \"\\x\", \"text\": \"x\"}",
        ] {
            assert_eq!(
                values(line),
                Ok(vec!["\"x\"".into()]),
                "{}",
                line.escape_ascii()
            );
        }
    }

    #[test]
    fn the_shape_of_the_object_is_that_of_json() {
        for line in [
            r#"{"text": "x", "a": NaN"#,
            r#"{"text": "x", "a": NaN} {}"#,
            r#"{"text": "x" "a": NaN}"#,
            r#"{"text": "x", "a": NaN,}"#,
            r#"{"text": "x", "a": [1, NaN}"#,
            r#"{"text": "x", "a": [1 NaN]}"#,
            r#"{"text": "x", "a": {"b" NaN}}"#,
            r#"{"text": "x", "a": {NaN: 1}}"#,
            r#"{"text": "x", "a": He said "NaN"}"#,
            r#"{"text": "x", "a": }"#,
            r#"{"text": "x", "a": "\"#,
            "{",
            "",
        ] {
            assert!(values(line.as_bytes()).is_err(), "{line}");
        }
        let said = |line: &str| values(line.as_bytes()).unwrap_err();
        assert!(said("{'text': 'x'}").contains("single quotes"));
        assert!(said("NaN").contains("NaN is no JSON"));
    }

    #[test]
    fn the_text_must_be_json() {
        let said = |line: &[u8]| values(line).unwrap_err();
        assert!(said(br#"{"text": NaN}"#).contains("at byte 9: NaN is no JSON"));
        assert!(said(b"{\"text\": \"caf\xe9\"}").contains("not UTF-8 at byte 13"));
        assert!(said(b"{\"text\": \"a\tb\"}").contains("control character"));
        assert_eq!(
            values(b"{\"text\": NaN, \"content\": \"x\"}"),
            Ok(vec!["\"x\"".into()]),
            "the next name has one"
        );
    }

    proptest! {
        /// The definition is `serde_json`, where that can read a line.
        #[test]
        fn strict_json_is_read_alike(value in json(), text in "[a-z\"\\\\\n]{0,9}") {
            let line = serde_json::json!({ "a": value, "text": text, "z": value }).to_string();
            let text = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(values(line.as_bytes()), Ok(vec![text]));
        }

        /// Whatever the bytes, it ends, and a line that ends too soon is never whole.
        #[test]
        fn no_line_that_is_cut_is_read(value in json(), cut in 1usize..200) {
            let line = serde_json::json!({ "text": "x", "z": value }).to_string();
            let line = &line.as_bytes()[..line.len().saturating_sub(cut)];
            prop_assert!(values(line).is_err());
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(prop_oneof![
            Just(b'{'), Just(b'}'), Just(b'['), Just(b']'), Just(b'"'), Just(b','), Just(b':'), Just(b'\\'),
            any::<u8>()], 0..60))
        {
            let _ = values(&bytes);
        }
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            "[ -~é\n]{0,8}".prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::hash_map("[a-w]{1,3}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }
}
