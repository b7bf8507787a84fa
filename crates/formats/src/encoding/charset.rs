//! The encodings that are read, and their names.

use encoding_rs::Encoding;

/// An encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Charset {
    /// One that browsers read, by its standard (<https://encoding.spec.whatwg.org>).
    Browser(&'static Encoding),
    /// Four bytes a character, the least first.
    Utf32Le,
    /// Four bytes a character, the greatest first.
    Utf32Be,
    /// The first code page of DOS.
    Ibm437,
    /// DOS in Western Europe.
    Ibm850,
}

/// The upper half of code page 437.
///
/// Source: <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT>.
const UPPER_437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
    áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
    αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The upper half of code page 850.
///
/// Source: <https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP850.TXT>.
const UPPER_850: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
    áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
    ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl From<&'static Encoding> for Charset {
    fn from(encoding: &'static Encoding) -> Self {
        Charset::Browser(encoding)
    }
}

impl Charset {
    pub(crate) const UTF_8: Charset = Charset::Browser(encoding_rs::UTF_8);
    pub(super) const UTF_16LE: Charset = Charset::Browser(encoding_rs::UTF_16LE);
    pub(super) const UTF_16BE: Charset = Charset::Browser(encoding_rs::UTF_16BE);
    pub(super) const WINDOWS_1252: Charset = Charset::Browser(encoding_rs::WINDOWS_1252);
    pub(super) const ISO_2022_JP: Charset = Charset::Browser(encoding_rs::ISO_2022_JP);
    pub(super) const MACINTOSH: Charset = Charset::Browser(encoding_rs::MACINTOSH);

    /// The encoding of a name, in any case: those of the standard for browsers, which reads ISO-8859-1 and ASCII as windows-1252,
    /// and what programs call them, such as `cp1252`, `latin-1`, `mac_roman` and `utf-8-sig`.
    pub fn named(name: &str) -> Option<Charset> {
        let name = name.trim().to_ascii_lowercase().replace('_', "-");
        let number = [
            "cp-", "cp", "ibm-", "ibm", "windows-", "win-", "win", "ms", "x-cp", "",
        ]
        .iter()
        .find_map(|before| name.strip_prefix(before))
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or_default();
        let of_standard = match (name.as_str(), number) {
            ("utf-32" | "utf-32le" | "utf32", _) => return Some(Charset::Utf32Le),
            ("utf-32be", _) => return Some(Charset::Utf32Be),
            (_, "437") => return Some(Charset::Ibm437),
            // 858 is 850 with a sign for the euro.
            (_, "850" | "858") => return Some(Charset::Ibm850),
            ("utf-8-sig" | "utf-8-bom" | "utf8-sig" | "utf8-bom" | "utf-8sig", _)
            | (_, "65001") => "utf-8",
            ("mac-roman" | "macroman" | "mac-os-roman", _) | (_, "10000") => "macintosh",
            ("mac-cyrillic" | "maccyrillic", _) => "x-mac-cyrillic",
            ("utf16" | "utf16le" | "ucs-2" | "utf16-le" | "utf-16-le", _) | (_, "1200") => {
                "utf-16le"
            }
            ("utf16be" | "utf16-be" | "utf-16-be", _) | (_, "1201") => "utf-16be",
            ("ansi" | "ansi-1252", _) => "windows-1252",
            (_, "932") => "shift_jis",
            (_, "936") => "gbk",
            (_, "949") => "euc-kr",
            (_, "950") => "big5",
            (_, "866") => "ibm866",
            (_, "20866") => "koi8-r",
            (_, "21866") => "koi8-u",
            (_, "54936") => "gb18030",
            (_, number) if number.len() == 4 && number.starts_with("125") => {
                &format!("windows-{number}")
            }
            (_, number) if number.len() == 3 && number == "874" => "windows-874",
            (_, number) if number.len() > 4 && number.starts_with("2859") => {
                &format!("iso-8859-{}", &number[4..])
            }
            ("latin-1" | "iso8859-1", _) => "latin1",
            ("latin-2", _) => "latin2",
            ("latin-9" | "latin9", _) => "iso-8859-15",
            ("shift-jis" | "sjis", _) => "shift_jis",
            (name, _) => name,
        };
        let encoding = Encoding::for_label(of_standard.as_bytes())?;
        // A page in `x-user-defined` is one in Latin letters; `replacement` is no encoding.
        match encoding {
            _ if encoding == encoding_rs::REPLACEMENT => None,
            _ if encoding == encoding_rs::X_USER_DEFINED => Some(Charset::WINDOWS_1252),
            encoding => Some(Charset::Browser(encoding)),
        }
    }

    /// Its name, as browsers write it.
    pub fn name(self) -> &'static str {
        match self {
            Charset::Browser(encoding) => encoding.name(),
            Charset::Utf32Le => "UTF-32LE",
            Charset::Utf32Be => "UTF-32BE",
            Charset::Ibm437 => "IBM437",
            Charset::Ibm850 => "IBM850",
        }
    }

    /// Whether a byte below 128 is the ASCII character, wherever it stands alone.
    pub(super) fn holds_ascii(self) -> bool {
        match self {
            Charset::Browser(encoding) => encoding.is_ascii_compatible(),
            Charset::Utf32Le | Charset::Utf32Be => false,
            Charset::Ibm437 | Charset::Ibm850 => true,
        }
    }

    /// The character of a byte, in an encoding of one byte a character.
    pub(super) fn character(self, byte: u8) -> Option<char> {
        let upper = match self {
            _ if byte.is_ascii() => return Some(char::from(byte)),
            Charset::Ibm437 => UPPER_437,
            Charset::Ibm850 => UPPER_850,
            Charset::Browser(encoding) => {
                let bytes = [byte];
                let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
                return text.chars().next();
            }
            Charset::Utf32Le | Charset::Utf32Be => return None,
        };
        upper.chars().nth(usize::from(byte) - 128)
    }
}
