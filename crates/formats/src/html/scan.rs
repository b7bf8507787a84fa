//! A page as tags, texts and comments, in one pass that takes the time of its length whatever stands in it.
//!
//! It follows the tokenizer of the standard (<https://html.spec.whatwg.org/multipage/parsing.html>) where pages depend on it. There is
//! no tree: who opened what is left to whoever reads the tokens.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;

/// A piece of a page, its parts as they stand there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token<'a> {
    /// `<name attributes>`
    Open(Tag<'a>),
    /// `</name>`
    Close(&'a str),
    /// What stands between tags, references not resolved.
    Text(&'a str),
    /// What an element holds that has no elements inside, such as a script. Its tags come before and after it.
    Raw(&'a str),
    /// What `<!--` and `-->` enclose.
    Comment(&'a str),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Tag<'a> {
    /// In the case of the page.
    pub(super) name: &'a str,
    attributes: &'a str,
}

/// Elements whose content is text up to their own end.
const RAW: [&str; 9] = [
    "script", "style", "title", "textarea", "iframe", "noscript", "noembed", "noframes", "xmp",
];

#[derive(Clone, Debug)]
pub(super) struct Scan<'a> {
    page: &'a str,
    at: usize,
    /// Whether `<script/>` is whole, as in XML.
    is_xml: bool,
    /// The element that was just opened, if what follows is raw.
    raw: Option<usize>,
    /// Those elements of [`RAW`] that are not closed in the rest of the page: it is not looked through for them again.
    unclosed: [bool; RAW.len()],
}

impl<'a> Scan<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Scan {
            page,
            at: 0,
            is_xml: page.trim_start().starts_with("<?xml"),
            raw: None,
            unclosed: [false; RAW.len()],
        }
    }

    /// How far it was read, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What `<`, at a place, begins; nothing if the page ends inside.
    fn markup(&mut self, at: usize) -> Option<Token<'a>> {
        let page = self.page;
        let rest = &page[at..];
        let end = page.len();
        match rest.as_bytes().get(1)? {
            b'!' if rest.starts_with("<!--") => {
                let inner = &rest[4..];
                // `<!-->` and `<!--->` are whole.
                if inner.starts_with('>') || inner.starts_with("->") {
                    self.at = at + 5 + usize::from(inner.starts_with('-'));
                    return Some(Token::Comment(""));
                }
                let length = memchr::memmem::find(inner.as_bytes(), b"-->");
                self.at = length.map_or(end, |length| at + 4 + length + 3);
                Some(Token::Comment(&inner[..length.unwrap_or(inner.len())]))
            }
            b'!' | b'?' => {
                let length = memchr::memchr(b'>', rest.as_bytes());
                self.at = length.map_or(end, |length| at + length + 1);
                Some(Token::Comment(""))
            }
            b'/' => {
                let (tag, after) = tag(&rest[2..]);
                self.at = after.map_or(end, |after| at + 2 + after);
                Some(Token::Close(tag.name))
            }
            _ => {
                let (tag, after) = tag(&rest[1..]);
                self.at = after.map_or(end, |after| at + 1 + after);
                // A tag that the page ends in is none.
                after?;
                let is_whole = self.is_xml && tag.attributes.ends_with('/');
                self.raw = RAW.iter().position(|raw| !is_whole && tag.is(raw));
                Some(Token::Open(tag))
            }
        }
    }

    /// The content of a raw element that was just opened.
    fn raw(&mut self, which: usize) -> Option<Token<'a>> {
        let rest = &self.page[self.at..];
        if self.unclosed[which] {
            return None;
        }
        let end = end_of_raw(rest, RAW[which]);
        let is_program = which < 2;
        if end.is_none() && !is_program {
            // The rest of the page would be a title: its end is missing.
            self.unclosed[which] = true;
            return None;
        }
        let end = end.unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| Token::Raw(&rest[..end]))
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(which) = self.raw.take()
            && let Some(raw) = self.raw(which)
        {
            return Some(raw);
        }
        let start = self.at;
        let bytes = self.page.as_bytes();
        let mut from = start;
        while let Some(found) = bytes
            .get(from..)
            .and_then(|rest| memchr::memchr(b'<', rest))
        {
            let at = from + found;
            let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            let is_markup = match bytes.get(at + 1) {
                Some(b'!' | b'?') => true,
                Some(b'/') => is_letter(at + 2),
                _ => is_letter(at + 1),
            };
            if !is_markup {
                from = at + 1;
                continue;
            }
            if at > start {
                self.at = at;
                return Some(Token::Text(&self.page[start..at]));
            }
            return self.markup(at);
        }
        self.at = bytes.len();
        (start < self.at).then(|| Token::Text(&self.page[start..]))
    }
}

/// Where the end tag of a raw element begins.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(rest.as_bytes(), b"</").find(|at| {
        let behind = &rest.as_bytes()[at + 2..];
        let is_name = behind
            .get(..name.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()));
        let after = behind.get(name.len());
        is_name && after.is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte))
    })
}

/// A tag from its name on, and where what follows it begins; nowhere if the page ends inside.
fn tag(rest: &str) -> (Tag<'_>, Option<usize>) {
    let bytes = rest.as_bytes();
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"/>".contains(byte);
    let name = bytes.iter().position(is_end).unwrap_or(bytes.len());
    let mut at = name;
    let close = loop {
        let next = Attributes { rest: &rest[at..] }.step();
        match next {
            Step::Attribute { after, .. } => at += after,
            Step::End(end) => break Some(at + end),
            Step::Cut => break None,
        }
    };
    let tag = Tag {
        name: &rest[..name],
        attributes: &rest[name..close.unwrap_or(bytes.len())],
    };
    (tag, close.map(|close| close + 1))
}

impl<'a> Tag<'a> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Names and values, as they stand there.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// The value of an attribute, its references resolved.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut all = self.attributes();
        let (_, value) = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(resolved(value))
    }
}

struct Attributes<'a> {
    rest: &'a str,
}

enum Step<'a> {
    Attribute {
        name: &'a str,
        value: &'a str,
        after: usize,
    },
    /// Where `>` stands.
    End(usize),
    Cut,
}

impl<'a> Attributes<'a> {
    fn step(&self) -> Step<'a> {
        let (rest, bytes) = (self.rest, self.rest.as_bytes());
        let skip = |from: usize, what: fn(&u8) -> bool| {
            let behind = bytes[from..].iter().position(|byte| !what(byte));
            behind.map_or(bytes.len(), |behind| from + behind)
        };
        let start = skip(0, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        match bytes.get(start) {
            None => return Step::Cut,
            Some(b'>') => return Step::End(start),
            Some(_) => {}
        }
        // A name may begin with `=`.
        let end = skip(skip_char(rest, start), |byte| {
            !byte.is_ascii_whitespace() && !b"/>=".contains(byte)
        });
        let name = &rest[start..end];
        let equals = skip(end, u8::is_ascii_whitespace);
        if bytes.get(equals) != Some(&b'=') {
            return Step::Attribute {
                name,
                value: "",
                after: end,
            };
        }
        let value = skip(equals + 1, u8::is_ascii_whitespace);
        let (value, after) = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &bytes[value + 1..]) {
                Some(length) => (value + 1..value + 1 + length, value + length + 2),
                None => return Step::Cut,
            },
            _ => {
                let end = skip(value, |byte| !byte.is_ascii_whitespace() && *byte != b'>');
                (value..end, end)
            }
        };
        Step::Attribute {
            name,
            value: &rest[value],
            after,
        }
    }
}

/// Behind the character at a place.
fn skip_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        match self.step() {
            Step::Attribute { name, value, after } => {
                self.rest = &self.rest[after..];
                Some((name, value))
            }
            Step::End(_) | Step::Cut => None,
        }
    }
}

/// The beginning of a text, of so many bytes or a few less.
pub(super) fn up_to(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// A text with its references, such as `&eacute;` and `&#8217;`, replaced by what they stand for.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut into = String::with_capacity(text.len());
    into.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(&rest[1..]) {
            Some((characters, length)) => {
                into.extend(characters.into_iter().flatten());
                length + 1
            }
            None => {
                into.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    into.push_str(rest);
    Cow::Owned(into)
}

/// What a reference stands for, and its length behind `&`.
fn reference(rest: &str) -> Option<([Option<char>; 2], usize)> {
    /// The longest name is `CounterClockwiseContourIntegral;`.
    const LONGEST: usize = 32;
    let bytes = rest.as_bytes();
    if bytes.first() == Some(&b'#') {
        return numeric(rest);
    }
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric();
    let name = bytes.iter().take(LONGEST).take_while(is_name).count();
    if name == 0 {
        return None;
    }
    let whole = name + usize::from(bytes.get(name) == Some(&b';'));
    // Old names stand without `;`, too: `&eacutecole`, `&copy2020`.
    let shorter = (2..=name.min(6)).rev();
    let (value, length) = std::iter::once(whole).chain(shorter).find_map(|length| {
        match NAMED_ENTITIES.get(&rest[..length]) {
            // `0` is a beginning of names.
            Some((0, _)) | None => None,
            Some(value) => Some((value, length)),
        }
    })?;
    let second = char::from_u32(value.1).filter(|c| *c != '\0');
    Some(([char::from_u32(value.0), second], length))
}

fn numeric(rest: &str) -> Option<([Option<char>; 2], usize)> {
    let (digits, radix, before) = match rest.as_bytes().get(1) {
        Some(b'x' | b'X') => (&rest[2..], 16, 2),
        _ => (&rest[1..], 10, 1),
    };
    let length = digits.chars().take_while(|c| c.is_digit(radix)).count();
    if length == 0 {
        return None;
    }
    let number = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    let character = match u8::try_from(number) {
        // Numbers of windows-1252, as browsers read them.
        Ok(byte @ 0x80..=0x9f) => {
            let bytes = [byte];
            let text = encoding_rs::WINDOWS_1252.decode(&bytes).0;
            text.chars().next()
        }
        Ok(0) => None,
        _ => char::from_u32(number),
    };
    let end = before + length;
    let end = end + usize::from(rest.as_bytes().get(end) == Some(&b';'));
    Some(([Some(character.unwrap_or('\u{fffd}')), None], end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str) -> String {
        let scan = Scan::new(page);
        let all = scan.map(|token| match token {
            Token::Open(tag) => {
                let mut shown = format!("<{}", tag.name);
                for (name, value) in tag.attributes() {
                    shown.push_str(&format!(" {name}={value}"));
                }
                shown + ">"
            }
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => format!("[{text}]"),
            Token::Raw(text) => format!("{{{text}}}"),
            Token::Comment(text) => format!("({text})"),
        });
        all.collect()
    }

    #[test]
    fn pages_are_read_as_browsers_read_them() {
        for (page, expected) in [
            ("<p>a<br/>b</p>", "<p>[a]<br>[b]</p>"),
            (
                "<a href=x/y class='b c' d hidden=\"\">t",
                "<a href=x/y class=b c d= hidden=>[t]",
            ),
            ("<a title=it's x = 'y'>", "<a title=it's x=y>"),
            ("<a title='a > b'>c", "<a title=a > b>[c]"),
            ("1 < 2 & <3 </ 4", "[1 < 2 & <3 </ 4]"),
            (
                "<!doctype html><?x?><!-- a > -- b -->c<!-->d",
                "()()( a > -- b )[c]()[d]",
            ),
            (
                "<script>if (a</b/) '<p>'</SCRIPT >x",
                "<script>{if (a</b/) '<p>'}</SCRIPT>[x]",
            ),
            ("<title>a <b> c</title>", "<title>{a <b> c}</title>"),
            ("<title>a <b> c", "<title>[a ]<b>[ c]"),
            ("<script>a <b> c", "<script>{a <b> c}"),
            ("a<b", "[a]"),
            ("a<b c='d>e", "[a]"),
            ("a<!-- b", "[a]( b)"),
            ("<p =a=b é=ü>", "<p =a=b é=ü>"),
            ("<é>", "[<é>]"),
        ] {
            assert_eq!(shown(page), expected, "{page}");
        }
    }

    #[test]
    fn references_are_resolved() {
        for (text, expected) in [
            ("a &amp; b &lt;c&gt;", "a & b <c>"),
            ("caf&eacute; &#8217;&#x2019;&#146;", "café ’’’"),
            (
                "&copy2020 &notit; &unknown; & &; &#; &#x;",
                "©2020 ¬it; &unknown; & &; &#; &#x;",
            ),
            ("&#0;&#x110000;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("AT&T &nbsp;x&amp", "AT&T \u{a0}x&"),
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
    }
}
