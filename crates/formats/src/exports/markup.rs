//! Tags and texts of HTML and XML, one after another.
//!
//! Exports are not well formed: elements are not closed, `&` stands alone, the last tag is cut. Nothing of that is an error here; a file
//! is read to its end in the time of its length. Entities that a file declares itself are not resolved, so they cannot grow.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// A part of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Token<'a> {
    /// Text with its entities, and whether it was `CDATA`, which has none.
    Text(&'a str, bool),
    /// The name of an element, its attributes, and whether it ends at once.
    Start(&'a str, &'a str, bool),
    End(&'a str),
}

/// Reads tokens.
#[derive(Clone, Debug)]
pub(crate) struct Markup<'a> {
    text: &'a str,
    at: usize,
    is_html: bool,
    /// An element whose content is text: scripts and styles.
    raw: Option<&'a str>,
    /// Ends that are not in the rest of the file, so they are not looked for again.
    gone: [bool; 6],
}

/// What ends a part.
const ENDS: [&[u8]; 6] = [b"-->", b"]]>", b"?>", b"\"", b"'", b"]>"];

impl<'a> Markup<'a> {
    pub(crate) fn html(text: &'a str) -> Markup<'a> {
        Markup {
            text,
            at: 0,
            is_html: true,
            raw: None,
            gone: [false; 6],
        }
    }

    pub(crate) fn xml(text: &'a str) -> Markup<'a> {
        Markup {
            is_html: false,
            ..Markup::html(text)
        }
    }

    /// Where the next token begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The place behind an end, from a place on.
    fn end(&mut self, which: usize, from: usize) -> Option<usize> {
        if self.gone[which] {
            return None;
        }
        let found = memchr::memmem::find(&self.text.as_bytes()[from..], ENDS[which]);
        self.gone[which] = found.is_none();
        found.map(|by| from + by + ENDS[which].len())
    }

    /// The place of the `>` that ends a tag. A sign in quotes is none, unless the quotes have no end.
    fn end_of_tag(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut is_value = false;
        loop {
            let by = memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?)?;
            let sign = bytes[at + by];
            is_value |= bytes[at..at + by].trim_ascii_end().ends_with(b"=");
            at += by;
            if sign == b'>' {
                return Some(at);
            }
            let quote = if sign == b'"' { 3 } else { 4 };
            // A quote that begins no value is a letter.
            at = match is_value.then(|| self.end(quote, at + 1)).flatten() {
                Some(end) => end,
                None => at + 1,
            };
            is_value = false;
        }
    }

    /// The raw text of a script or style.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let rest = &self.text[self.at..];
        let mut from = 0;
        let end = loop {
            let Some(by) = memchr::memmem::find(&rest.as_bytes()[from..], b"</") else {
                break rest.len();
            };
            let tag = rest
                .as_bytes()
                .get(from + by + 2..from + by + 2 + name.len());
            if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
                break from + by;
            }
            from += by + 2;
        };
        self.at += end;
        &rest[..end]
    }

    /// A tag, a comment or what is none, at a `<`.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at + 1..];
        let begin = self.at + 1;
        match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("![CDATA[") => {
                let from = begin + 8;
                let end = self.end(1, from);
                self.at = end.unwrap_or(self.text.len());
                let inner = end.map_or(self.text.len(), |end| end - 3);
                return Some(Token::Text(&self.text[from..inner], true));
            }
            Some(b'!') => {
                let is_comment = rest.starts_with("!--");
                let end = if is_comment {
                    self.end(0, begin + 3)
                } else {
                    None
                };
                let close = || memchr::memchr(b'>', rest.as_bytes()).map(|by| begin + by + 1);
                // A declaration may hold others in brackets; they are passed over.
                let head = &rest.as_bytes()[..rest.len().min(200)];
                let declared = match end.is_none() && !is_comment && head.contains(&b'[') {
                    true => self.end(5, begin),
                    false => None,
                };
                self.at = end.or(declared).or_else(close).unwrap_or(self.text.len());
            }
            Some(b'?') => {
                let close = memchr::memchr(b'>', rest.as_bytes()).map(|by| begin + by + 1);
                let end = if self.is_html {
                    None
                } else {
                    self.end(2, begin)
                };
                self.at = end.or(close).unwrap_or(self.text.len());
            }
            Some(b'/') => {
                let length = memchr::memchr(b'>', rest.as_bytes());
                self.at = length.map_or(self.text.len(), |length| begin + length + 1);
                let name = rest[1..length.unwrap_or(rest.len())].trim();
                return length.map(|_| Token::End(name));
            }
            Some(letter) if letter.is_ascii_alphabetic() || *letter == b'_' || *letter >= 0x80 => {
                let Some(end) = self.end_of_tag(begin) else {
                    self.at = self.text.len(); // cut inside a tag
                    return None;
                };
                let inner = &self.text[begin..end];
                let is_closed = inner.ends_with('/');
                let inner = inner.strip_suffix('/').unwrap_or(inner);
                let length = inner
                    .find(|letter: char| letter.is_whitespace() || letter == '/')
                    .unwrap_or(inner.len());
                let name = &inner[..length];
                self.at = end + 1;
                if self.is_html
                    && !is_closed
                    && ["script", "style"]
                        .iter()
                        .any(|raw| name.eq_ignore_ascii_case(raw))
                {
                    self.raw = Some(name);
                }
                return Some(Token::Start(name, &inner[length..], is_closed));
            }
            _ => {
                self.at += 1; // a sign of its own
                return Some(Token::Text("<", true));
            }
        }
        None
    }
}

impl<'a> Iterator for Markup<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let raw = self.raw_text(name);
                if !raw.is_empty() {
                    return Some(Token::Text(raw, true));
                }
                continue;
            }
            if self.text.as_bytes()[self.at] != b'<' {
                let rest = &self.text[self.at..];
                let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += length;
                return Some(Token::Text(&rest[..length], false));
            }
            if let Some(token) = self.tag() {
                return Some(token);
            }
        }
    }
}

/// A name without its namespace.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        let end = rest
            .find(|letter: char| letter == '=' || letter.is_whitespace())
            .unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let own = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(behind) = rest.strip_prefix('=') {
            let behind = behind.trim_start();
            let quote = behind
                .chars()
                .next()
                .filter(|quote| matches!(quote, '"' | '\''));
            let (found, after) = match quote {
                Some(quote) => behind[1..].split_once(quote).unwrap_or((&behind[1..], "")),
                None => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
            };
            (value, rest) = (found, after);
        } else if own.is_empty() {
            return None;
        }
        if own.eq_ignore_ascii_case(name)
            || local(own).eq_ignore_ascii_case(name) && !own.starts_with("xmlns")
        {
            let mut text = String::new();
            return Some(match value.contains('&') {
                true => {
                    push_text(value, &mut text);
                    Cow::Owned(text)
                }
                false => Cow::Borrowed(value),
            });
        }
    }
}

/// Adds text with its entities resolved.
pub(crate) fn push_text(raw: &str, into: &mut String) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|byte| byte == b';');
        let found = end
            .filter(|end| *end > 1)
            .and_then(|end| Some((entity(&rest[1..end])?, end)));
        match found {
            Some((text, end)) => {
                into.push_str(&text);
                rest = &rest[end + 1..];
            }
            None => {
                into.push('&');
                rest = &rest[1..];
            }
        }
    }
    into.push_str(rest);
}

fn entity(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers of Windows-1252 are written by people who mean its letters.
    let letter = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next()?,
        _ => char::from_u32(code)?,
    };
    Some(Cow::Owned(String::from(if letter == '\0' {
        '\u{fffd}'
    } else {
        letter
    })))
}

#[cfg(test)]
mod tests;
