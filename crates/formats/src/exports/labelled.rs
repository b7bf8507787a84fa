//! The general rule for text with records: lines `Label: value` that come again and again in the same order.
//!
//! No database has to be known. What separates the records is found by trying: lines of signs, form feeds, `Document 3 of 10`, several
//! empty lines, or the first label itself. What the labels mean is in [`super::labels`]; at least two of them have to be known, or a
//! play with `HAMLET:` and `OPHELIA:` would be a list of articles.

use super::labels::{Field, field, fold, known};
use super::lines::{Line, Lines, Paragraphs, append, trim};
use super::numbered::{Count, numbered};
use super::out::Out;
use super::rule::{Rule, Separator, separates, signs};
use crate::article::Article;
use crate::sink::Stop;

/// A colon that comes later does not end a name.
const LONGEST_NAME: usize = 64;

/// A label at the beginning of a line, and its value.
pub(crate) fn split(line: &str) -> Option<(&str, &str)> {
    if let Some(found) = split_tag(line) {
        return Some(found);
    }
    // A name that is longer than this is none.
    let mut end = line.len().min(LONGEST_NAME);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let colon = line[..end].find([':', '：', '\t'])?;
    let (name, rest) = line.split_at(colon);
    let rest = rest.strip_prefix([':', '：', '\t']).unwrap_or(rest);
    // An address and a time have a colon, too.
    if rest.starts_with("//") || name.len() > 60 || name.is_empty() {
        return None;
    }
    let name = trim(name).trim_matches(['*', '[', ']', '【', '】', '<', '>', '#']);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.split_whitespace().count() <= 5
        && !name.contains(['.', ',', '!', '?', ';', '"', '“', '”'])
        && name.chars().filter(char::is_ascii_digit).count() <= 1;
    is_name.then_some((name, trim(rest)))
}

/// `TI  - value`, as in RIS, and `%T value`, as in EndNote and Refer.
fn split_tag(line: &str) -> Option<(&str, &str)> {
    let bytes = line.as_bytes();
    let is_tag = |tag: &[u8]| {
        tag.len() == 2
            && tag[0].is_ascii_uppercase()
            && (tag[1].is_ascii_uppercase() || tag[1].is_ascii_digit())
    };
    if bytes.len() >= 5
        && is_tag(&bytes[..2])
        && line[2..].trim_start_matches(' ').starts_with('-')
        && line[2..].starts_with("  ")
    {
        let rest = line[2..].trim_start_matches(' ');
        return Some((&line[..2], trim(&rest[1..])));
    }
    None
}

/// Reads the records of a file by its rule.
pub(crate) fn read(rule: &Rule, lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut records = Records::default();
    let mut at = 0;
    let mut count = Count::default();
    for line in lines {
        at = line.at + line.text.len() as u64;
        if separates(rule.separator, &rule.first, &line) {
            records.next(rule, line.at, out)?;
        }
        if let Some(next) = numbered(&line.text) {
            if let Some(missing) = count.next(next) {
                out.missing(line.at, missing)?;
            }
        } else if signs(&line.text).is_none() {
            records.lines.push(line);
        }
    }
    records.next(rule, at, out)?;
    records.end(rule, at, out)?;
    match count.missing() {
        Some(missing) => out.missing(at, missing),
        None => Ok(()),
    }
}

/// The record before the last separator, and the lines behind it.
#[derive(Default)]
struct Records<'a> {
    whole: Vec<Line<'a>>,
    lines: Vec<Line<'a>>,
    begin: u64,
}

/// A chunk without two of the labels is a cover, a list of contents or a footer: said if it is long.
const SHORT: u64 = 400;

impl<'a> Records<'a> {
    /// What was read is a record, or belongs to the one before: empty lines stand inside texts, too.
    fn next(&mut self, rule: &Rule, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
        let is_label = |line: &&Line<'_>| {
            split(&line.text).is_some_and(|(name, _)| rule.labels.contains_key(&fold(name)))
        };
        let mut lines = std::mem::take(&mut self.lines);
        let begin = std::mem::replace(&mut self.begin, at);
        if lines.iter().filter(is_label).take(2).count() == 2 {
            self.end(rule, begin, out)?;
            self.whole = lines;
            return Ok(());
        }
        if rule.separator == Separator::Empty && !self.whole.is_empty() {
            self.whole.append(&mut lines);
            return Ok(());
        }
        let is_first = out.found() == 0 && self.whole.is_empty();
        match is_first || at.saturating_sub(begin) < SHORT {
            true => out.go_on(),
            false => {
                self.end(rule, begin, out)?;
                let what = "expected a record with the labels of the others, found none of them";
                out.lost(begin, what.to_owned(), at.saturating_sub(begin))
            }
        }
    }

    fn end(&mut self, rule: &Rule, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
        match self.whole.is_empty() {
            true => Ok(()),
            false => out.article(at, &article(rule, &std::mem::take(&mut self.whole))),
        }
    }
}

fn article(rule: &Rule, lines: &[Line<'_>]) -> Article {
    let mut article = Article::default();
    let (mut load_date, mut lead) = (String::new(), Paragraphs::default());
    let mut text = Paragraphs::default();
    let mut heading: Option<String> = None;
    let mut target: Option<Field> = None;
    let mut has_label = false;
    let mut info = String::new();
    for line in lines {
        let label = split(&line.text).map(|(name, value)| (fold(name), value));
        // In a text only a known label that other records have ends it: rather a line too much than a text cut off.
        let label = label.filter(|(name, _)| match target == Some(Field::Text) {
            true => rule.labels.contains_key(name) && known(name).is_some(),
            false => rule.labels.contains_key(name) || known(name).is_some(),
        });
        if let Some((name, value)) = label {
            has_label = true;
            let mut field = field(&name).unwrap_or(Field::Other);
            if name == "publicationinfo" {
                value.clone_into(&mut info);
                field = Field::Other;
            }
            // A headline may be printed twice: the first one stays.
            if has(&article, field) {
                field = Field::Other;
            }
            target = Some(field);
            set(&mut article, field, value, &mut load_date);
            match field {
                Field::Text => text.push(value, true),
                Field::Lead => lead.push(value, true),
                _ => {}
            }
            continue;
        }
        match target {
            Some(Field::Text) => text.line(line),
            Some(Field::Lead) => lead.line(line),
            Some(field) if line.empty == 0 && line.text.len() < 200 => {
                set(&mut article, field, &line.text, &mut load_date)
            }
            _ if !has_label && heading.is_none() => heading = Some(line.text.clone().into_owned()),
            _ => {
                text.line(line);
                target = None;
            }
        }
    }
    if article.title.is_empty() {
        article.title = heading.unwrap_or_default();
    }
    if article.date.is_empty() {
        article.date = load_date;
    }
    if article.source.is_empty() {
        article.source = info;
    }
    part_source(&mut article);
    article.text = [text, lead]
        .into_iter()
        .find(|text| !text.is_empty())
        .map(|mut text| text.take())
        .unwrap_or_default();
    article
}

fn has(article: &Article, field: Field) -> bool {
    let value = match field {
        Field::Title => &article.title,
        Field::Source => &article.source,
        Field::Date => &article.date,
        Field::Language => &article.language,
        _ => return false,
    };
    !value.is_empty()
}

/// Takes the date out of `Die Zeit vom 04.03.2021, S. 5`, where there is no other.
pub(crate) fn part_source(article: &mut Article) {
    let bytes = article.source.as_bytes();
    let is_year = |at: usize| {
        let digits = bytes.get(at..at + 4).is_some_and(|year| {
            year.iter().all(u8::is_ascii_digit) && matches!(year[0], b'1' | b'2')
        });
        digits
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
            && (at == 0 || !bytes[at - 1].is_ascii_digit())
    };
    let Some(year) = (0..bytes.len())
        .find(|at| is_year(*at))
        .filter(|_| article.date.is_empty())
    else {
        return;
    };
    let source = &article.source;
    let ends = [
        ", ", " vom ", " (", "; ", " | ", " du ", " del ", " van ", " - ", "]",
    ];
    let begin = ends
        .iter()
        .filter_map(|end| source[..year].rfind(end).map(|at| (at, at + end.len())))
        .max();
    // `March 4, 2021` and `Donnerstag, 4. März 2021` have a comma inside.
    let before = begin.and_then(|(at, _)| {
        ends.iter()
            .filter_map(|end| source[..at].rfind(end).map(|at| (at, at + end.len())))
            .max()
    });
    let begin = match (begin, before) {
        (Some((at, end)), Some(before))
            if end == year
                && source[before.1..at]
                    .bytes()
                    .any(|byte| byte.is_ascii_digit()) =>
        {
            Some(before)
        }
        (Some((at, end)), None) if end == year && at > 0 => None,
        (begin, _) => begin,
    };
    let Some((at, begin)) = begin else {
        return;
    };
    let rest = &source[year..];
    let length = rest
        .find([',', ';', '/', ')', '|', ':'])
        .unwrap_or(rest.len());
    let date = trim(&source[begin..year + length])
        .trim_matches(['(', '[', ']', '-'])
        .to_owned();
    let name = trim(&source[..at])
        .trim_matches(['"', '„', '“', '”', ',', ';'])
        .to_owned();
    (article.source, article.date) = (name, date);
}

/// Sets or lengthens a field that is a line.
pub(crate) fn set(article: &mut Article, field: Field, value: &str, load_date: &mut String) {
    match field {
        Field::Title => append(&mut article.title, value),
        Field::Source => append(&mut article.source, value),
        Field::Date => append(&mut article.date, value),
        Field::LoadDate if load_date.is_empty() => append(load_date, value),
        Field::Author => append(&mut article.author, value),
        Field::Section => append(&mut article.section, value),
        Field::Language => append(&mut article.language, value),
        Field::Url if article.url.is_empty() && value.starts_with("http") => {
            append(&mut article.url, value)
        }
        Field::Id if article.id.is_empty() => append(&mut article.id, value),
        _ => {}
    }
}

#[cfg(test)]
pub(crate) mod tests;
