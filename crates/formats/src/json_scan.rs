//! Where the values of JSON begin and end, without making anything of them: a string is passed over, brackets are counted.
//!
//! What is inside a value is checked by whoever reads the document. Time: each byte once a level of nesting that is looked into.

use std::ops::Range;

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shape {
    Object,
    Array,
    String,
    /// A number, `true`, `false`, `null`, or what is none of JSON.
    Other,
}

/// JSON, by places in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'a> {
    bytes: &'a [u8],
}

impl<'a> Scan<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Scan<'a> {
        Scan { bytes }
    }

    /// The place behind a byte order mark and blanks.
    pub(crate) fn first(self) -> usize {
        let mark = self.bytes.strip_prefix(b"\xEF\xBB\xBF");
        self.next_value(self.bytes.len() - mark.unwrap_or(self.bytes).len())
            .unwrap_or(self.bytes.len())
    }

    /// The place of the next value: behind blanks, commas, and the separator of RFC 7464.
    pub(crate) fn next_value(self, at: usize) -> Option<usize> {
        let skip = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | 0x1E);
        let rest = self.bytes.get(at..)?;
        rest.iter().position(|byte| !skip(byte)).map(|by| at + by)
    }

    pub(crate) fn bytes(self, range: &Range<usize>) -> &'a [u8] {
        &self.bytes[range.clone()]
    }

    pub(crate) fn shape(self, at: usize) -> Shape {
        match self.bytes.get(at) {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            _ => Shape::Other,
        }
    }

    /// The end of the value that begins here; nothing if the file ends before.
    pub(crate) fn end_of_value(self, start: usize) -> Option<usize> {
        match self.shape(start) {
            Shape::String => self.end_of_string(start),
            Shape::Other => {
                let rest = &self.bytes[start..];
                let ends = |byte: &u8| {
                    matches!(
                        byte,
                        b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b':'
                    )
                };
                let length = rest.iter().position(ends).unwrap_or(rest.len());
                Some(start + length.max(1)) // a bracket too many is passed over
            }
            Shape::Object | Shape::Array => {
                let (mut depth, mut at) = (0u32, start);
                while let Some(byte) = self.bytes.get(at) {
                    match byte {
                        b'"' => {
                            at = self.end_of_string(at)?;
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => {
                            depth -= 1;
                            if depth == 0 {
                                return Some(at + 1);
                            }
                        }
                        _ => {}
                    }
                    at += 1;
                }
                None
            }
        }
    }

    fn end_of_string(self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?)?;
            match self.bytes[at] {
                b'"' => return Some(at + 1),
                _ => at += 2,
            }
        }
    }

    /// The elements of an array.
    pub(crate) fn elements(self, array: usize) -> Elements<'a> {
        Elements {
            scan: self,
            at: array + 1,
            is_whole: false,
        }
    }

    /// The members of an object: the key, with its quotes, and the value.
    pub(crate) fn members(self, object: usize) -> Members<'a> {
        Members {
            scan: self,
            at: object + 1,
            last: None,
        }
    }

    /// Whether a key, folded, is one of these names.
    pub(crate) fn is_named(self, key: &Range<usize>, names: &[&str]) -> bool {
        let own = self
            .bytes(key)
            .iter()
            .filter(|byte| byte.is_ascii_alphanumeric());
        names
            .iter()
            .any(|name| own.clone().map(u8::to_ascii_lowercase).eq(name.bytes()))
    }

    /// Adds a value as one line: a line end between tokens is a blank, one inside a string, which JSON forbids, an escape.
    pub(crate) fn push_line(self, value: &Range<usize>, line: &mut Vec<u8>) {
        let mut at = value.start;
        let mut in_string = false;
        while at < value.end {
            let rest = &self.bytes[at..value.end];
            let next = match in_string {
                true => rest
                    .iter()
                    .position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r')),
                false => memchr::memchr3(b'"', b'\n', b'\r', rest),
            };
            let length = next.unwrap_or(rest.len());
            line.extend_from_slice(&rest[..length]);
            at += length;
            match self.bytes.get(at).filter(|_| at < value.end) {
                None => return,
                Some(b'"') => {
                    in_string = !in_string;
                    line.push(b'"');
                }
                Some(b'\\') => {
                    line.push(b'\\');
                    at += 1;
                    let next = self.bytes[..value.end].get(at).copied();
                    line.extend(next.map(|byte| match byte {
                        b'\n' => b'n',
                        b'\r' => b'r',
                        byte => byte,
                    }));
                }
                Some(&end) if in_string => {
                    line.extend_from_slice(if end == b'\n' { b"\\n" } else { b"\\r" })
                }
                Some(_) => {} // between tokens nothing has to be
            }
            at += 1;
        }
    }
}

/// The elements of an array that are whole.
#[derive(Clone, Debug)]
pub(crate) struct Elements<'a> {
    scan: Scan<'a>,
    at: usize,
    is_whole: bool,
}

impl Elements<'_> {
    /// Whether the end of the array was met.
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The place of the next element, or of the one that is cut.
    pub(crate) fn at(&self) -> usize {
        self.at
    }
}

impl Iterator for Elements<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.is_whole {
            return None;
        }
        let start = self.scan.next_value(self.at)?;
        self.at = start;
        if self.scan.bytes[start] == b']' {
            self.is_whole = true;
            return None;
        }
        let end = self.scan.end_of_value(start)?;
        self.at = end;
        Some(start..end)
    }
}

/// The members of an object that are whole.
#[derive(Clone, Debug)]
pub(crate) struct Members<'a> {
    scan: Scan<'a>,
    at: usize,
    last: Option<usize>,
}

impl Members<'_> {
    /// Where the value that was met last begins.
    pub(crate) fn last_value(&self) -> Option<usize> {
        self.last
    }
}

impl Iterator for Members<'_> {
    type Item = (Range<usize>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let scan = self.scan;
        let key = scan.next_value(self.at)?;
        if scan.shape(key) != Shape::String {
            return None; // the end, or no JSON
        }
        let end_of_key = scan.end_of_string(key)?;
        let colon = scan.next_value(end_of_key)?;
        let value = scan.next_value(colon + usize::from(scan.bytes[colon] == b':'))?;
        self.last = Some(value);
        let end = scan.end_of_value(value)?;
        self.at = end;
        Some((key..end_of_key, value..end))
    }
}
