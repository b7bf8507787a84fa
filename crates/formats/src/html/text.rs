//! The paragraphs of a page or of a part of it.

use super::elements::{Name, is_aside, is_block};
use super::scan::{Scan, Token, resolved};

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Bytes of it that are links.
    pub(super) linked: usize,
    /// Whether it stands in a menu, a head or a foot of the page.
    pub(super) is_around: bool,
    /// Whether it is a headline.
    pub(super) is_heading: bool,
}

/// Writes paragraphs with an empty line between them.
pub(super) fn joined<'a>(paragraphs: impl Iterator<Item = &'a Paragraph>) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&paragraph.text);
    }
    text
}

#[derive(Default)]
struct Collecting {
    paragraphs: Vec<Paragraph>,
    current: Paragraph,
    /// Whether white space stands before what comes next.
    space: bool,
    /// How many of each are open.
    links: usize,
    around: usize,
    aside: usize,
    pre: usize,
}

/// The paragraphs of a piece of HTML.
pub(super) fn paragraphs(html: &str) -> Vec<Paragraph> {
    let mut all = Collecting::default();
    for token in Scan::new(html) {
        match token {
            Token::Text(text) if all.aside == 0 => all.text(&resolved(text)),
            Token::Text(_) | Token::Raw(_) | Token::Comment(_) => {}
            Token::Open(tag) => all.tag(Name::of(tag.name).as_str(), true),
            Token::Close(name) => all.tag(Name::of(name).as_str(), false),
        }
    }
    all.end();
    all.paragraphs
}

impl Collecting {
    fn tag(&mut self, name: &str, opens: bool) {
        let count = |count: &mut usize| {
            *count = match opens {
                true => *count + 1,
                false => count.saturating_sub(1),
            };
        };
        match name {
            "br" => return self.line_end(),
            "td" | "th" => self.space = true,
            "a" => count(&mut self.links),
            "pre" => count(&mut self.pre),
            name if is_aside(name) => count(&mut self.aside),
            _ => {}
        }
        if is_block(name) {
            self.end();
            if matches!(name, "footer" | "header" | "aside" | "form" | "menu") {
                count(&mut self.around);
            }
            self.current.is_heading = opens && matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
            self.current.is_around = self.around > 0;
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre > 0 => self.line_end(),
                // An object that is not there: a soft hyphen, a width of nothing, a mark of an encoding.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                c if c.is_whitespace() || c.is_control() => self.space = true,
                c => {
                    let into = &mut self.current.text;
                    let before = into.len();
                    if self.space && !into.is_empty() && !into.ends_with('\n') {
                        into.push(' ');
                    }
                    self.space = false;
                    into.push(c);
                    if self.links > 0 {
                        self.current.linked += into.len() - before;
                    }
                }
            }
        }
    }

    /// Two line ends are the end of a paragraph.
    fn line_end(&mut self) {
        let text = &mut self.current.text;
        self.space = false;
        if text.ends_with('\n') {
            text.pop();
            return self.end();
        }
        if !text.is_empty() {
            text.push('\n');
        }
    }

    fn end(&mut self) {
        self.space = false;
        let mut done = std::mem::take(&mut self.current);
        self.current.is_around = done.is_around;
        let length = done.text.trim_end().len();
        done.text.truncate(length);
        if !done.text.is_empty() {
            self.paragraphs.push(done);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        joined(paragraphs(html).iter())
    }

    #[test]
    fn blocks_are_paragraphs() {
        for (html, expected) in [
            ("<p>one  \n two</p><p>three", "one two\n\nthree"),
            ("a<br>b<br><br>c<br/>", "a\nb\n\nc"),
            ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
            ("<ul><li>a<li>b</ul>", "a\n\nb"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c", "a b\n\nc"),
            (
                "<p>the <b>bold</b>est <i>of</i>&nbsp;all&#8230;",
                "the boldest of all…",
            ),
            ("<pre>x\ny</pre>", "x\ny"),
            ("co&shy;op<script>no</script><svg>no</svg>", "coop"),
            ("", ""),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn links_and_places_are_known() {
        let all =
            paragraphs("<footer><a href=x>Home</a></footer><p>See <a>this</a>.<h2>Next</h2>x");
        let known: Vec<_> = all
            .iter()
            .map(|p| (&*p.text, p.linked, p.is_around, p.is_heading))
            .collect();
        let expected = [
            ("Home", 4, true, false),
            ("See this.", 5, false, false),
            ("Next", 0, false, true),
            ("x", 0, false, false),
        ];
        assert_eq!(known, expected);
    }
}
