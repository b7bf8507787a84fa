//! What is known of elements by their names.

/// The longest name that is known: `figcaption`, `blockquote`.
const LONGEST: usize = 12;

/// A name in lower case; `""` for names that nothing is known of.
pub(super) struct Name {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Name {
    pub(super) fn of(name: &str) -> Name {
        let mut bytes = [0; LONGEST];
        let length = match name.len() <= LONGEST && name.is_ascii() {
            true => name.len(),
            false => 0,
        };
        for (into, byte) in bytes.iter_mut().zip(name.bytes()).take(length) {
            *into = byte.to_ascii_lowercase();
        }
        Name { bytes, length }
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "title"
            | "tr"
            | "ul"
    )
}

/// Elements without content and end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that only change how text looks. An unclosed one is opened again in every block that follows.
pub(super) fn is_look(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
            | "abbr"
            | "bdi"
            | "bdo"
            | "cite"
            | "dfn"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "samp"
            | "sub"
            | "sup"
            | "var"
            | "wbr"
    )
}

/// Elements that hold no text of an article, with all that is inside. Captions are sentences, but belong to pictures: with them pages
/// that took one text from an agency would differ.
pub(super) fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "dialog"
            | "figcaption"
            | "map"
            | "math"
            | "nav"
            | "object"
            | "rp"
            | "rt"
            | "select"
            | "svg"
            | "template"
            | "video"
    )
}

/// What an element that opens closes, if it is open: the item before it. Nothing for other elements.
pub(super) fn closes(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "td" | "th" => &["td", "th"],
        "tr" => &["tr"],
        "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot"],
        _ => &[],
    }
}

/// Whether an element keeps one that opens inside it from closing what is open around it.
pub(super) fn shelters(name: &str, opening: &str) -> bool {
    match opening {
        "li" | "dt" | "dd" => is_block(name) && !matches!(name, "div" | "address" | "p"),
        _ => name == "table",
    }
}
