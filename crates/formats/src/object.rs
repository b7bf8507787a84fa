//! JSON objects, written by hand: what is faster than a library, or what none does.

use std::collections::HashSet;

/// Bytes looked at together: two registers of 16, which compilers make one comparison of.
const TOGETHER: usize = 32;

/// Puts a text behind what a buffer holds, quoted.
pub(crate) fn push_string(text: &str, into: &mut Vec<u8>) {
    into.reserve(text.len() + 2);
    into.push(b'"');
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some(chunk) = bytes.get(at..at + TOGETHER)
            && !chunk
                .iter()
                .fold(false, |any, &byte| any | is_escaped(byte))
        {
            at += TOGETHER;
            continue;
        }
        let end = bytes.len().min(at + TOGETHER);
        while at < end {
            if is_escaped(bytes[at]) {
                into.extend_from_slice(&bytes[from..at]);
                push_escape(bytes[at], into);
                from = at + 1;
            }
            at += 1;
        }
    }
    into.extend_from_slice(&bytes[from..]);
    into.push(b'"');
}

fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn push_escape(byte: u8, into: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        _ => {
            let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 15)];
            into.extend_from_slice(b"\\u00");
            into.extend_from_slice(&[digit(byte >> 4), digit(byte)]);
            return;
        }
    };
    into.extend_from_slice(&[b'\\', short]);
}

/// Names of columns, as keys of an object: a name that stood before gets a number, as no reader takes a key twice.
pub(crate) fn keys<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Vec<u8>> {
    let mut all: Vec<String> = Vec::new();
    let mut taken = HashSet::new();
    for name in names {
        let mut own = name.to_owned();
        let mut number = 1;
        while !taken.insert(own.clone()) {
            number += 1;
            own = format!("{name}_{number}");
        }
        all.push(own);
    }
    let quoted = all.iter().map(|name| {
        let mut key = Vec::new();
        push_string(name, &mut key);
        key.push(b':');
        key
    });
    quoted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_writes_it(text in "(\\PC|[\\x00-\\x7f]|\"|\\\\){0,90}") {
            let mut written = b"[".to_vec();
            push_string(&text, &mut written);
            prop_assert_eq!(&written[1..], serde_json::to_vec(&text).unwrap());
        }
    }

    #[test]
    fn names_that_stand_twice_get_a_number() {
        let keys = keys(["a", "b", "a", "a_2", "a"].into_iter());
        let keys: Vec<_> = keys
            .iter()
            .map(|key| String::from_utf8_lossy(key))
            .collect();
        assert_eq!(
            keys,
            ["\"a\":", "\"b\":", "\"a_2\":", "\"a_2_2\":", "\"a_3\":"]
        );
    }
}
