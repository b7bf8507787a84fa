//! Lines of RTF.
//!
//! Source: Rich Text Format Specification 1.9.1. Read are texts, `\par`, `\line`, `\page`, `\sect`, cells and rows, bold, centring,
//! `\'hh` in the code page of `\ansicpg` or of the font, `\uN` with as many replacements as `\uc` says. Tables of fonts and styles,
//! pictures and every `{\*…}` are passed over.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::code_page::{charset, code_page};
use super::lines::{CENTRED, Line, Mark, trim};

/// Whether a file is RTF.
pub(crate) fn is_rtf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"{\\rtf")
}

/// What holds inside a group.
#[derive(Clone, Copy, Debug)]
struct State {
    is_skipped: bool,
    is_bold: bool,
    /// Characters that stand in for one that is given by number.
    replaced: usize,
    encoding: &'static Encoding,
    is_info_title: bool,
}

/// Reads lines.
pub(crate) struct Rtf<'a> {
    bytes: &'a [u8],
    at: usize,
    state: State,
    stack: Vec<State>,
    too_deep: usize,
    fonts: Vec<(i32, &'static Encoding)>,
    font: Option<i32>,
    default: &'static Encoding,
    is_font_table: bool,
    /// Characters that are passed over, behind one that was given by number.
    skip: usize,
    /// The first half of a letter of two.
    half: Option<u16>,
    pending: Vec<u8>,
    text: String,
    begin: usize,
    empty: u32,
    is_centred: bool,
    has_plain: bool,
    is_new_page: bool,
    title: String,
    ready: Option<Line<'static>>,
}

/// Groups inside each other that are kept in mind.
const DEPTH: usize = 512;

/// Groups whose text is none of the document.
const SKIPPED: [&str; 26] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtable",
    "listoverridetable",
    "revtbl",
    "themedata",
    "latentstyles",
    "datastore",
    "generator",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "info",
    "nonshppict",
];

impl<'a> Rtf<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Rtf<'a> {
        let state = State {
            is_skipped: false,
            is_bold: false,
            replaced: 1,
            encoding: WINDOWS_1252,
            is_info_title: false,
        };
        Rtf {
            bytes,
            at: 0,
            state,
            stack: Vec::new(),
            too_deep: 0,
            fonts: Vec::new(),
            font: None,
            default: WINDOWS_1252,
            is_font_table: false,
            skip: 0,
            half: None,
            pending: Vec::new(),
            text: String::new(),
            begin: 0,
            empty: 0,
            is_centred: false,
            has_plain: false,
            is_new_page: false,
            title: String::new(),
            ready: None,
        }
    }

    /// The title that the properties of the document give, if it was read so far.
    pub(crate) fn title(&self) -> &str {
        trim(&self.title)
    }

    /// Whether the file ends inside a group.
    pub(crate) fn is_cut(&self) -> bool {
        !self.stack.is_empty()
    }

    fn step(&mut self) {
        let byte = self.bytes[self.at];
        self.at += 1;
        match byte {
            b'{' => self.open(),
            b'}' => self.close(),
            b'\\' => self.control(),
            b'\r' | b'\n' | 0 => {}
            byte => self.byte(byte),
        }
    }

    fn open(&mut self) {
        self.settle();
        self.skip = 0;
        match self.stack.len() < DEPTH {
            true => self.stack.push(self.state),
            false => self.too_deep += 1,
        }
    }

    fn close(&mut self) {
        self.settle();
        self.skip = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(state) = self.stack.pop() {
            self.state = state;
        }
        self.is_font_table &= self.state.is_skipped;
    }

    /// Decodes the bytes of letters that were collected.
    fn settle(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        self.push(&text);
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.state.is_skipped && !self.state.is_info_title {
            return;
        }
        self.pending.push(byte);
    }

    fn push(&mut self, text: &str) {
        if self.state.is_info_title {
            self.title.push_str(text);
            return;
        }
        if self.state.is_skipped {
            return;
        }
        if !trim(text).is_empty() {
            if trim(&self.text).is_empty() {
                self.begin = self.at;
            }
            self.has_plain |= !self.state.is_bold;
        }
        self.text.push_str(text);
    }

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let rest = &self.bytes[self.at..];
        let length = rest
            .iter()
            .take(32)
            .position(|byte| !byte.is_ascii_alphabetic())
            .unwrap_or(rest.len().min(32));
        let word = &rest[..length];
        let mut end = self.at + length;
        let is_negative = self.bytes.get(end) == Some(&b'-');
        end += usize::from(is_negative);
        let digits = self.bytes[end..]
            .iter()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let number: Option<i32> = std::str::from_utf8(&self.bytes[end..end + digits])
            .ok()
            .and_then(|digits| digits.parse().ok());
        let number = number.map(|number| if is_negative { -number } else { number });
        end += digits;
        end += usize::from(self.bytes.get(end) == Some(&b' '));
        self.at = end;
        let word = std::str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            let length = number
                .and_then(|number| usize::try_from(number).ok())
                .unwrap_or(0);
            self.at = (self.at + length).min(self.bytes.len());
            return;
        }
        if word != "u" {
            self.settle();
            self.half = None;
        }
        self.word(word, number);
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'\'' => {
                let hex = self
                    .bytes
                    .get(self.at..self.at + 2)
                    .and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.state.is_skipped = true,
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.pushed("\u{a0}"),
            b'_' => self.pushed("-"),
            b'\r' | b'\n' => {
                self.settle();
                self.end_line(1);
            }
            _ => {}
        }
    }

    fn pushed(&mut self, text: &str) {
        self.settle();
        match self.skip > 0 {
            true => self.skip -= 1,
            false => self.push(text),
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sectd" if self.state.is_skipped => {}
            "par" => self.end_line(1),
            "line" => self.end_line(0),
            "row" => self.end_line(0),
            "cell" | "tab" => self.pushed("\t"),
            "page" | "sect" if !self.state.is_skipped => {
                self.end_line(1);
                self.is_new_page = true;
            }
            "b" => self.state.is_bold = number != Some(0),
            "plain" => self.state.is_bold = false,
            "pard" => self.is_centred = false,
            "qc" => self.is_centred = true,
            "ql" | "qj" => self.is_centred = false,
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => {
                self.state.replaced = number
                    .and_then(|number| usize::try_from(number).ok())
                    .unwrap_or(1)
                    .min(16)
            }
            "ansicpg" => {
                self.default = number.and_then(code_page).unwrap_or(WINDOWS_1252);
                self.state.encoding = self.default;
            }
            "f" if self.is_font_table => self.font = number,
            "f" => {
                let font = self.fonts.iter().find(|(font, _)| Some(*font) == number);
                self.state.encoding = font.map_or(self.default, |(_, encoding)| *encoding);
            }
            "fcharset" if self.is_font_table => {
                if let (Some(font), Some(encoding)) = (self.font, number.and_then(charset))
                    && self.fonts.len() < 1000
                {
                    self.fonts.push((font, encoding));
                }
            }
            "fonttbl" => {
                self.is_font_table = true;
                self.state.is_skipped = true;
            }
            "title" if self.state.is_skipped => self.state.is_info_title = true,
            "emdash" => self.pushed("—"),
            "endash" => self.pushed("–"),
            "lquote" => self.pushed("‘"),
            "rquote" => self.pushed("’"),
            "ldblquote" => self.pushed("“"),
            "rdblquote" => self.pushed("”"),
            "bullet" => self.pushed("•"),
            "emspace" | "enspace" | "qmspace" => self.pushed(" "),
            _ if SKIPPED.contains(&word) => self.state.is_skipped = true,
            _ => {}
        }
    }

    /// A letter by its number, of which those beyond 32,767 are negative and those beyond 65,535 come in two.
    fn unicode(&mut self, number: i32) {
        self.settle();
        self.skip = self.state.replaced;
        let Ok(unit) = u16::try_from(number.rem_euclid(0x1_0000)) else {
            return;
        };
        let units = match self.half.take() {
            Some(high) => vec![high, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.push(&text);
    }

    /// Ends a line; `empty` of them come behind it.
    fn end_line(&mut self, empty: u32) {
        if self.state.is_skipped {
            return;
        }
        let text = trim(&self.text);
        if text.is_empty() {
            self.empty += empty;
        } else {
            self.ready = Some(Line {
                at: self.begin as u64,
                text: text.to_owned().into(),
                empty: std::mem::replace(&mut self.empty, empty),
                indent: if self.is_centred { CENTRED } else { 0 },
                mark: Mark {
                    is_heading: !self.has_plain,
                    is_body: false,
                    is_new_page: std::mem::take(&mut self.is_new_page),
                },
            });
        }
        self.text.clear();
        self.has_plain = false;
    }
}

impl Iterator for Rtf<'_> {
    type Item = Line<'static>;

    fn next(&mut self) -> Option<Line<'static>> {
        while self.at < self.bytes.len() {
            self.step();
            if let Some(line) = self.ready.take() {
                return Some(line);
            }
        }
        self.settle();
        self.state.is_skipped = false;
        self.end_line(0);
        self.ready.take()
    }
}

#[cfg(test)]
mod tests;
