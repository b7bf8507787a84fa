//! An element of XML with all that is in it: a record, as a feed or a dump holds one.

use super::lines::{append, trim};
use super::markup::{Markup, Token, attribute, local, push_text};

/// An element.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Node {
    /// In the namespace that it is written with.
    pub(crate) name: String,
    pub(crate) attributes: String,
    pub(crate) parts: Vec<Part>,
}

/// What stands in an element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    Text(String),
    Node(Node),
}

/// Elements inside each other that are kept apart; what is deeper is text of the last one.
const DEPTH: usize = 64;

/// Elements that begin a paragraph, in any of the vocabularies of news.
fn is_block(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "p" | "para"
            | "paragraph"
            | "div"
            | "block"
            | "li"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hl1"
            | "hl2"
            | "hl3"
            | "title"
            | "lg"
            | "l"
            | "lb"
            | "sp"
            | "head"
            | "br"
            | "tr"
            | "table"
            | "blockquote"
            | "bq"
            | "section"
            | "sec"
            | "item"
            | "quote"
            | "ab"
            | "note"
            | "datacontent"
            | "headline"
            | "subheadline"
            | "lead"
    )
}

impl Node {
    /// Reads the element that begins with a token just read. Whether it is whole.
    pub(crate) fn read(
        name: &str,
        attributes: &str,
        is_closed: bool,
        markup: &mut Markup<'_>,
    ) -> (Node, bool) {
        let mut open = vec![Node {
            name: name.to_owned(),
            attributes: attributes.to_owned(),
            parts: Vec::new(),
        }];
        let mut too_deep = 0usize;
        if is_closed {
            return (open.remove(0), true);
        }
        loop {
            let Some(token) = markup.next() else {
                return (fold_up(&mut open, 0), false);
            };
            let last = open.last_mut().expect("one is open");
            match token {
                Token::Text(raw, is_plain) => {
                    let mut text = String::new();
                    match is_plain {
                        true => text.push_str(raw),
                        false => push_text(raw, &mut text),
                    }
                    match last.parts.last_mut() {
                        Some(Part::Text(before)) => before.push_str(&text),
                        _ => last.parts.push(Part::Text(text)),
                    }
                }
                Token::Start(name, attributes, is_closed) => {
                    let node = Node {
                        name: name.to_owned(),
                        attributes: attributes.to_owned(),
                        parts: Vec::new(),
                    };
                    match () {
                        () if is_closed => last.parts.push(Part::Node(node)),
                        () if open.len() < DEPTH => open.push(node),
                        () => too_deep += 1,
                    }
                }
                Token::End(_) if too_deep > 0 => too_deep -= 1,
                Token::End(name) => {
                    // An end closes what stands open inside, too; one that opens nothing is passed over.
                    if let Some(at) = open.iter().rposition(|node| node.name == name) {
                        let node = fold_up(&mut open, at);
                        match open.last_mut() {
                            Some(parent) => parent.parts.push(Part::Node(node)),
                            None => return (node, true),
                        }
                    }
                }
            }
        }
    }

    /// The name without its namespace.
    pub(crate) fn local(&self) -> &str {
        local(&self.name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        attribute(&self.attributes, name)
            .map(|value| trim(&value).to_owned())
            .filter(|value| !value.is_empty())
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.parts.iter().filter_map(|part| match part {
            Part::Node(node) => Some(node),
            Part::Text(_) => None,
        })
    }

    /// The first element of this name inside, at any depth, in the order of the file.
    pub(crate) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes()
            .find_map(|node| match node.local().eq_ignore_ascii_case(name) {
                true => Some(node),
                false => node.find(name),
            })
    }

    /// All words, on one line.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        self.push_raw(&mut words);
        let mut line = String::new();
        append(&mut line, &words);
        line
    }

    fn push_raw(&self, into: &mut String) {
        for part in &self.parts {
            match part {
                Part::Text(text) => into.push_str(text),
                Part::Node(node) => {
                    if is_block(node.local()) {
                        into.push(' ');
                    }
                    node.push_raw(into);
                }
            }
        }
    }

    /// All text, paragraphs separated by an empty line.
    pub(crate) fn text(&self) -> String {
        let mut paragraphs = vec![String::new()];
        self.push_paragraphs(&mut paragraphs);
        let mut text = String::new();
        for paragraph in paragraphs {
            // Text that has paragraphs of its own, in place of elements.
            let blocks = paragraph
                .split("\n\n")
                .flat_map(|block| block.split("\r\n\r\n"));
            for block in blocks.filter(|block| !trim(block).is_empty()) {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                let mut line = String::new();
                append(&mut line, block);
                text.push_str(&line);
            }
        }
        text
    }

    fn push_paragraphs(&self, paragraphs: &mut Vec<String>) {
        for part in &self.parts {
            match part {
                Part::Text(text) => paragraphs.last_mut().expect("there is one").push_str(text),
                Part::Node(node) => {
                    let is_block = is_block(node.local());
                    if is_block {
                        paragraphs.push(String::new());
                    }
                    node.push_paragraphs(paragraphs);
                    if is_block {
                        paragraphs.push(String::new());
                    }
                }
            }
        }
    }
}

/// Closes the elements from a place on, each into the one around it.
fn fold_up(open: &mut Vec<Node>, at: usize) -> Node {
    while open.len() > at + 1 {
        if let Some(node) = open.pop()
            && let Some(parent) = open.last_mut()
        {
            parent.parts.push(Part::Node(node));
        }
    }
    open.pop().expect("it is open")
}
