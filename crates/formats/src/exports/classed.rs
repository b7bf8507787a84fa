//! Pages whose classes name the parts of an article: Europresse (both layouts), ProQuest, Kikuzo, Yomidasu.
//!
//! Sources: tm.plugin.europresse (the two layouts), readers of Europresse's pages on GitHub (`DocPublicationName`, `DocHeader`,
//! `titreArticle`, `docOcurrContainer`), `newspapers` (Kikuzo, Yomidasu: classes and the order of cells).

use super::labelled::part_source;
use super::lines::{Decoded, Paragraphs, append, trim};
use super::markup::{Markup, Token, attribute, push_text};
use super::out::Out;
use crate::article::Article;
use crate::sink::Stop;

/// The kinds of pages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Page {
    Europresse,
    Kikuzo,
    Yomidasu,
}

/// A part of an article, by the class of the element that holds it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Part {
    Source,
    /// Date, section and page in one line.
    Header,
    Title,
    Author,
    Text,
    /// A cell, of those that follow each other.
    Cell,
    Rights,
    Skipped,
}

impl Page {
    /// The kind of a page, by the classes that only it has.
    pub(crate) fn of(text: &str) -> Option<Page> {
        let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        match () {
            () if has("DocPublicationName") || has("docOcurrContainer") && has("titreArticle") => {
                Some(Page::Europresse)
            }
            () if has("topic-detail") && (has("detail001") || has("topic-list")) => {
                Some(Page::Kikuzo)
            }
            () if has("heiseiDetailArea") || has("contentsTable") && has("mb10") => {
                Some(Page::Yomidasu)
            }
            () => None,
        }
    }

    fn part(self, name: &str, class: &str) -> Option<Part> {
        let has = |word: &str| {
            class
                .split_whitespace()
                .any(|own| own.eq_ignore_ascii_case(word))
        };
        match self {
            Page::Europresse => match () {
                () if has("DocPublicationName") => Some(Part::Source),
                () if has("DocHeader") => Some(Part::Header),
                () if has("titreArticle") || has("titreArticleVisu") => Some(Part::Title),
                () if has("docAuthors") || has("sm-margin-bottomNews") => Some(Part::Author),
                () if has("docOcurrContainer") || has("DocText") => Some(Part::Text),
                () if name == "footer" || has("publiC-lblNodoc") => Some(Part::Rights),
                () if name == "aside" || has("icon-logo-cedrom") => Some(Part::Skipped),
                () => None,
            },
            Page::Kikuzo => match () {
                () if has("detail001") => Some(Part::Text),
                () if has("font002") => Some(Part::Title),
                () if name == "td" => Some(Part::Cell),
                () => None,
            },
            Page::Yomidasu => match () {
                () if name == "p" && has("mb10") => Some(Part::Text),
                () if name == "th" => Some(Part::Cell),
                () => None,
            },
        }
    }

    /// Whether an element begins an article.
    fn begins(self, name: &str, class: &str) -> bool {
        let has = |word: &str| {
            class
                .split_whitespace()
                .any(|own| own.eq_ignore_ascii_case(word))
        };
        match self {
            Page::Europresse => name == "article" || has("DocPublicationName"),
            Page::Kikuzo => name == "table" && has("topic-detail"),
            Page::Yomidasu => name == "table" && has("contentsTable"),
        }
    }

    pub(crate) fn read(self, decoded: &Decoded<'_>, out: &mut Out<'_>) -> Result<(), Stop> {
        let mut markup = Markup::html(&decoded.text);
        let mut open = Open::default();
        while let Some(token) = markup.next() {
            let at = decoded.at(markup.at());
            match token {
                Token::Start(name, attributes, is_closed) => {
                    let name = name.to_ascii_lowercase();
                    let class = attribute(attributes, "class").unwrap_or_default();
                    // The old layout of Europresse has no `article`: the outlet begins one.
                    if self.begins(&name, &class) && (name != "span" || !open.source.is_empty()) {
                        open.hand_over(self, at, out)?;
                    }
                    let part = self.part(&name, &class);
                    open.start(self, &name, part, is_closed);
                }
                Token::End(name) => open.end(&name.to_ascii_lowercase()),
                Token::Text(raw, is_plain) => open.text(raw, is_plain),
            }
        }
        open.hand_over(self, decoded.at(decoded.text.len()), out)
    }
}

/// What was read of an article, and the elements that are open.
#[derive(Debug, Default)]
struct Open {
    elements: Vec<(String, Option<Part>)>,
    source: String,
    headers: Vec<String>,
    title: String,
    author: String,
    cells: Vec<String>,
    text: Paragraphs,
    line: String,
    is_behind_title: bool,
}

/// Elements inside each other that are kept in mind.
const DEPTH: usize = 256;

impl Open {
    fn part(&self) -> Option<Part> {
        self.elements.iter().rev().find_map(|(_, part)| *part)
    }

    fn start(&mut self, page: Page, name: &str, part: Option<Part>, is_closed: bool) {
        let is_void = matches!(
            name,
            "br" | "img" | "hr" | "input" | "meta" | "link" | "wbr" | "col"
        );
        let is_inline = matches!(
            name,
            "span" | "b" | "i" | "em" | "strong" | "mark" | "a" | "font" | "u" | "sup" | "sub"
        );
        if !is_inline || part.is_some() {
            self.paragraph(page == Page::Europresse);
        }
        if part == Some(Part::Header) {
            self.headers.push(String::new());
        }
        if part == Some(Part::Cell) {
            self.cells.push(String::new());
        }
        if !is_void && !is_closed && self.elements.len() < DEPTH {
            // A cell and a paragraph end where the next one begins.
            if matches!(name, "p" | "td" | "th")
                && self.elements.last().is_some_and(|(open, _)| open == name)
            {
                self.elements.pop();
            }
            self.elements.push((name.to_owned(), part));
        }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.elements.iter().rposition(|(open, _)| open == name) else {
            return;
        };
        if !matches!(
            name,
            "span" | "b" | "i" | "em" | "strong" | "mark" | "a" | "font"
        ) {
            self.paragraph(true);
        }
        self.is_behind_title |= self.elements[at..]
            .iter()
            .any(|(_, part)| *part == Some(Part::Title));
        self.elements.truncate(at);
    }

    fn text(&mut self, raw: &str, is_plain: bool) {
        let mut text = String::new();
        match is_plain {
            true => text.push_str(raw),
            false => push_text(raw, &mut text),
        }
        let is_skipped = self.elements.iter().any(|(name, part)| {
            matches!(name.as_str(), "script" | "style" | "head") || *part == Some(Part::Skipped)
        });
        match self.part() {
            _ if is_skipped => {}
            Some(Part::Source) => append(&mut self.source, &text),
            Some(Part::Header) => append(self.headers.last_mut().expect("one was pushed"), &text),
            Some(Part::Title) => append(&mut self.title, &text),
            Some(Part::Author) => append(&mut self.author, &text),
            Some(Part::Cell) => append(self.cells.last_mut().expect("one was pushed"), &text),
            Some(Part::Rights | Part::Skipped) => {}
            Some(Part::Text) => self.line.push_str(&text),
            // The old layout of Europresse has its text behind the headline, in no element of its own.
            None if self.is_behind_title => self.line.push_str(&text),
            None => {}
        }
    }

    fn paragraph(&mut self, is_new: bool) {
        let mut line = String::new();
        append(&mut line, &self.line);
        self.line.clear();
        self.text.push(&line, is_new);
    }

    fn hand_over(&mut self, page: Page, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
        self.paragraph(true);
        let mut open = std::mem::take(self);
        let mut article = Article {
            title: open.title,
            author: open.author,
            text: open.text.take(),
            ..Article::default()
        };
        let cell = |at: usize| open.cells.get(at).cloned().unwrap_or_default();
        match page {
            Page::Europresse => {
                article.source = trim(&open.source).trim_end_matches([',', ';']).to_owned();
                header(&open.headers, &mut article);
                part_source(&mut article);
            }
            // Number, day, edition, page name, page, letters: cells of one row.
            Page::Kikuzo => {
                let dated = open.cells.iter().position(|cell| is_day(cell)).unwrap_or(1);
                (article.date, article.section) = (cell(dated), cell(dated + 2));
                article.source = "朝日新聞".to_owned();
            }
            Page::Yomidasu => {
                let dated = open.cells.iter().position(|cell| is_day(cell)).unwrap_or(1);
                (article.date, article.title, article.section) =
                    (cell(dated), cell(dated + 1), cell(dated + 3));
                article.source = "読売新聞".to_owned();
            }
        }
        // What stands before the first article is none; a head without a text is one, as a list of results holds it.
        if article.text.is_empty() && (article.title.is_empty() || article.date.is_empty()) {
            return out.go_on();
        }
        out.article(at, &article)
    }
}

/// A short line with three numbers: `1985年01月01日`, `2018.01.01`.
fn is_day(cell: &str) -> bool {
    let numbers = cell
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| !number.is_empty());
    let numbers: Vec<&str> = numbers.collect();
    cell.chars().count() < 24 && numbers.len() >= 3 && numbers[0].len() == 4
}

/// `Politique, mercredi 4 mars 2021, p. 7`: the part with a year is the date, with the weekday before it.
fn header(headers: &[String], article: &mut Article) {
    let mut sections = Vec::new();
    let whole = headers.join(", ");
    let parts: Vec<&str> = whole
        .split([',', '•'])
        .map(trim)
        .filter(|part| !part.is_empty())
        .collect();
    let has_year = |part: &str| {
        part.split(|letter: char| !letter.is_ascii_digit())
            .any(|number| {
                number.len() == 4
                    && (number.starts_with("19")
                        || number.starts_with("20")
                        || number.starts_with("18"))
            })
    };
    let dated = parts.iter().position(|part| has_year(part));
    for (at, part) in parts.iter().enumerate() {
        match dated {
            // `March 4, 2021` has a comma inside.
            Some(dated) if at == dated => {
                let is_year = part.len() <= 6;
                if is_year && at > 0 {
                    sections.pop();
                    article.date = format!("{}, {part}", parts[at - 1]);
                } else {
                    article.date = (*part).to_owned();
                }
            }
            _ => sections.push((*part).to_owned()),
        }
    }
    article.section = sections.join(", ");
}
