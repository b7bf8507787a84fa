//! Exports of Factiva as lines: with two-letter codes (`HD`, `PD`, `SN`, …) or without.
//!
//! With codes a field begins with its code, a tab or blanks; what has none goes on in the lines below. Without them an article is its
//! headline and author, `1,234 words`, date, time, outlet, code of the outlet, page, language, copyright, and the paragraphs; it ends
//! with its number, `Document LBA0000020210304eh34001`. Sources: tm.plugin.factiva, `newspapers`, AmCAT (fields and order).

use super::labels::fold;
use super::lines::{Line, Lines, Paragraphs, append, trim};
use super::nexis::{is_copyright, is_date};
use super::out::Out;
use crate::article::Article;
use crate::sink::Stop;

/// The codes of fields, as Factiva's help lists them.
const CODES: [&str; 34] = [
    "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL", "LA", "CY",
    "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "SE", "CLM", "ART",
    "CX", "TX", "DLN", "RST",
];

/// A code and the value behind it.
pub(crate) fn code(line: &str) -> Option<(&'static str, &str)> {
    let end = line
        .find(|letter: char| !letter.is_ascii_uppercase())
        .unwrap_or(line.len());
    let code = CODES.iter().find(|code| **code == &line[..end])?;
    let rest = &line[end..];
    let is_field = rest.is_empty()
        || rest.starts_with(['\t', '\u{a0}'])
        || rest.starts_with("  ")
        || rest.strip_prefix(' ').is_some_and(|rest| rest.is_empty());
    is_field.then(|| (*code, trim(rest)))
}

/// Whether a line is the number of words: `1,234 words`.
pub(crate) fn is_words(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    let digits = line
        .find(|letter: char| {
            !(letter.is_ascii_digit()
                || matches!(letter, ',' | '.' | '\u{a0}' | '\u{202f}' | ' ' | '’'))
        })
        .unwrap_or(line.len());
    line.starts_with(|letter: char| letter.is_ascii_digit())
        && matches!(
            fold(&line[digits..]).as_str(),
            "words"
                | "word"
                | "worter"
                | "wort"
                | "mots"
                | "mot"
                | "palabras"
                | "palabra"
                | "parole"
                | "parola"
                | "palavras"
                | "woorden"
                | "ord"
                | "sanaa"
                | "слов"
                | "слова"
                | "слово"
                | "字"
                | "語"
                | "单词"
                | "単語"
                | "단어"
                | "slow"
                | "paraules"
                | "kelime"
                | "kata"
        )
}

/// The number of an article: `Document LBA0000020210304eh34001`.
pub(crate) fn number(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let number = words.next_back()?;
    let is_number = (18..=40).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.as_bytes()[0].is_ascii_uppercase()
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8;
    (is_number && words.count() <= 1).then_some(number)
}

/// Reads articles with codes.
pub(crate) fn read_codes(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut fields = Fields::default();
    let mut at = 0;
    for line in lines {
        at = line.at + line.text.len() as u64;
        match code(&line.text) {
            Some((code, value)) => {
                if fields.is_full(code) {
                    fields.hand_over(line.at, out)?;
                }
                fields.begin(code, value);
            }
            None => fields.go_on(&line),
        }
        if fields.code.is_none() {
            out.go_on()?;
        }
    }
    match fields.has_head {
        true => fields.hand_over(at, out),
        false => Ok(()),
    }
}

#[derive(Debug, Default)]
struct Fields {
    article: Article,
    text: Paragraphs,
    /// The field that lines go on with.
    code: Option<&'static str>,
    has_head: bool,
    is_ended: bool,
    /// The next line is a paragraph of its own, whatever is before it.
    is_new: bool,
}

impl Fields {
    /// Whether a field begins the next article.
    fn is_full(&self, code: &str) -> bool {
        self.has_head
            && (self.is_ended && code != "AN"
                || code == "HD" && !self.text.is_empty()
                || code == "SE" && !self.text.is_empty())
    }

    fn begin(&mut self, code: &'static str, value: &str) {
        self.code = Some(code);
        self.has_head |= matches!(code, "HD" | "PD" | "SN");
        match code {
            "AN" => {
                append(&mut self.article.id, number(value).unwrap_or(value));
                self.is_ended = true;
            }
            "LP" | "TD" | "TX" => {
                self.text.push(value, true);
                self.is_new = value.is_empty();
            }
            _ => self.add(value),
        }
    }

    fn go_on(&mut self, line: &Line<'_>) {
        match self.code {
            Some("LP" | "TD" | "TX") => {
                let is_new = std::mem::take(&mut self.is_new);
                let is_new = is_new || line.empty > 0 || line.mark.is_body;
                self.text.push(&line.text, is_new);
            }
            Some("AN") if self.article.id.is_empty() => {
                append(&mut self.article.id, number(&line.text).unwrap_or_default());
            }
            // A footer of the page.
            Some("AN" | "PUB") => {}
            _ => self.add(&line.text),
        }
    }

    fn add(&mut self, value: &str) {
        let article = &mut self.article;
        match self.code {
            Some("HD") => append(&mut article.title, value),
            Some("BY") => append(&mut article.author, value),
            Some("PD") => append(&mut article.date, value),
            Some("ET") if !article.date.is_empty() => append(&mut article.date, value),
            Some("SN") => append(&mut article.source, value),
            Some("SE" | "PG") => append(&mut article.section, value),
            Some("LA") => append(&mut article.language, value),
            _ => {}
        }
    }

    fn hand_over(&mut self, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
        let mut article = std::mem::take(&mut self.article);
        article.text = self.text.take();
        *self = Fields::default();
        out.article(at, &article)
    }
}

/// Lines of a head without codes, and of what is behind an article without a number.
const LONGEST: usize = 14;

/// Reads articles without codes.
pub(crate) fn read_plain(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut record: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for line in lines {
        at = line.at + line.text.len() as u64;
        let id = number(&line.text).map(str::to_owned);
        match id {
            Some(id) => {
                plain(&record, id, at, out)?;
                record.clear();
            }
            None => record.push(line),
        }
    }
    if record.iter().any(|line| is_words(&line.text)) {
        plain(&record, String::new(), at, out)?;
        out.missing(
            at,
            format!(
                "the file ends inside its last document, number {}",
                out.found()
            ),
        )?;
    }
    Ok(())
}

fn plain(lines: &[Line<'_>], id: String, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut article = Article {
        id,
        ..Article::default()
    };
    let mut text = Paragraphs::default();
    let Some(words) = lines.iter().position(|line| is_words(&line.text)) else {
        // A number without an article: a list of contents, or a text whose head is gone.
        lines
            .iter()
            .filter(|line| line.mark.is_body)
            .for_each(|line| text.push(&line.text, true));
        if text.is_empty() {
            return Ok(());
        }
        article.text = text.take();
        return out.article(at, &article);
    };
    plain_head(&lines[..words], &mut article);
    let rest = &lines[words + 1..];
    let marked = rest.iter().position(|line| line.mark.is_body);
    let rights = rest
        .iter()
        .take(LONGEST)
        .position(|line| is_copyright(&line.text));
    let body = marked.or(rights.map(|at| at + 1)).unwrap_or_else(|| {
        // Where a line is a sentence, the text has begun.
        rest.iter()
            .take(LONGEST)
            .position(|line| line.text.chars().count() > 80)
            .unwrap_or(rest.len().min(4))
    });
    plain_fields(&rest[..body], &mut article);
    rest[body..]
        .iter()
        .for_each(|line| text.push(&line.text, true));
    article.text = text.take();
    out.article(at, &article)
}

/// Section, headline and author, above the number of words.
fn plain_head(lines: &[Line<'_>], article: &mut Article) {
    let is_author = |line: &Line<'_>| {
        let first = line.text.split_whitespace().next().map(str::to_lowercase);
        line.text.chars().count() < 120
            && matches!(
                first.as_deref(),
                Some("by" | "von" | "par" | "por" | "di" | "door" | "af" | "av" | "من")
            )
    };
    let marked = lines.iter().rposition(|line| line.mark.is_heading);
    let title = match (marked, lines) {
        (Some(marked), _) => marked,
        (None, [.., _, last]) if is_author(last) => lines.len() - 2,
        (None, _) => lines.len().saturating_sub(1),
    };
    if let Some(line) = lines.get(title) {
        append(&mut article.title, &line.text);
    }
    // A headline over several lines is marked throughout.
    let before = lines[..title.min(lines.len())].iter().rev();
    for line in before.take_while(|line| line.mark.is_heading && line.empty == 0) {
        article.title = format!("{} {}", line.text, article.title);
    }
    lines
        .iter()
        .skip(title + 1)
        .take(2)
        .for_each(|line| append(&mut article.author, &line.text));
}

/// Date, time, outlet, its code, page, language, below the number of words.
fn plain_fields(lines: &[Line<'_>], article: &mut Article) {
    let mut place = 0;
    for line in lines.iter().filter(|line| !is_copyright(&line.text)) {
        let is_time = line.text.len() <= 12
            && line.text.contains(':')
            && line
                .text
                .starts_with(|letter: char| letter.is_ascii_digit());
        let is_code = line.text.len() <= 8
            && line
                .text
                .starts_with(|letter: char| letter.is_ascii_uppercase())
            && line
                .text
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        match place {
            0 if is_date(&line.text) => {
                article.date = line.text.clone().into_owned();
                place = 1;
            }
            1 if is_time => append(&mut article.date, &line.text),
            0 | 1 => {
                article.source = line.text.clone().into_owned();
                place = 2;
            }
            _ if is_code => {}
            // The last one is the language; what stands before are pages and editions.
            _ => {
                if !article.language.is_empty() {
                    let section = std::mem::take(&mut article.language);
                    append(&mut article.section, &section);
                }
                article.language = line.text.clone().into_owned();
            }
        }
    }
}
