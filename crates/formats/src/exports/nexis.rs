//! Classic exports of Nexis and LexisNexis, as lines of text or HTML.
//!
//! Each article begins with `3 of 10 DOCUMENTS`; outlet and date are centred, the headline is not; labels in capitals stand before the
//! text (`LENGTH:`) and behind it (`LOAD-DATE:`), a copyright at one of the two ends. The language of the labels is that of whoever
//! exports, that of dates is the article's. Sources: R.TeMiS, LexisNexisTools, AmCAT (labels, order), `newspapers` (HTML).

use super::labels::{Field, field, fold, is_length};
use super::lines::{Line, Lines, Paragraphs, append};
use super::numbered::{Count, asked, numbered};
use super::out::Out;
use crate::article::Article;
use crate::sink::Stop;

/// A label and what stands behind it: `LENGTH: 297 words`.
pub(crate) fn label<'l>(line: &'l Line<'_>) -> Option<(Field, &'l str)> {
    let (name, value) = parted(&line.text)?;
    let is_name = name.chars().count() <= 30 && !name.contains(['.', ',', '"', '“']);
    is_name
        .then(|| Some((field(name)?, value.trim())))
        .flatten()
}

/// What stands before the first colon and behind it, if it comes early enough to end a name.
pub(crate) fn parted(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 120;
    let head = &line.as_bytes()[..line.len().min(LONGEST)];
    if let Some(at) = memchr::memchr(b':', head) {
        return Some((&line[..at], &line[at + 1..]));
    }
    let at = memchr::memmem::find(head, "：".as_bytes())?;
    Some((&line[..at], &line[at + "：".len()..]))
}

/// A label as the classic layout writes it, in capitals.
fn capital_label<'l>(line: &'l Line<'_>) -> Option<(Field, &'l str)> {
    let (name, _) = parted(&line.text)?;
    let is_capital = !name.chars().any(char::is_lowercase);
    is_capital.then(|| label(line)).flatten()
}

/// A label that stands between headline and text. `UPDATE: Ferry sinks` is a headline.
fn is_head_label(line: &Line<'_>) -> bool {
    let name = || fold(line.text.split([':', '：']).next().unwrap_or_default());
    match capital_label(line) {
        Some((Field::Author | Field::Section | Field::Title, _)) => true,
        Some((Field::Lead, _)) => name() == "highlight",
        Some((Field::Other, _)) => is_length(&name()) || name() == "dateline",
        _ => false,
    }
}

/// A label that stands behind the text only. `NOTE: …` and `PHOTO: …` may be lines of the text itself.
fn is_tail_label(line: &Line<'_>) -> bool {
    let name = || fold(line.text.split([':', '：']).next().unwrap_or_default());
    match capital_label(line) {
        Some((Field::LoadDate | Field::Language | Field::Id | Field::Url, _)) => true,
        Some((Field::Other, _)) => !matches!(
            name().as_str(),
            "dateline"
                | "note"
                | "notes"
                | "name"
                | "correction"
                | "photo"
                | "image"
                | "bild"
                | "caption"
                | "contact"
                | "place"
                | "city"
                | "state"
                | "country"
                | "in"
                | "re"
                | "location"
                | "word"
                | "words"
                | "credit"
                | "type"
        ),
        _ => false,
    }
}

/// Whether a line is about rights: it stands above or below an article and is no part of it.
pub(crate) fn is_copyright(line: &str) -> bool {
    // Most lines begin with another letter.
    let first = line.chars().next().unwrap_or_default();
    if !matches!(
        first.to_ascii_lowercase(),
        'c' | 'd' | 'r' | 'a' | 't' | '©' | '('
    ) {
        return false;
    }
    let begin: String = line.chars().take(24).collect();
    let begin = fold(&begin);
    [
        "copyright",
        "derechosreservados",
        "rightsreserved",
        "allerechte",
        "allrights",
        "tousdroits",
        "todoslosderechos",
        "tuttiidiritti",
        "alerechten",
    ]
    .iter()
    .any(|words| begin.starts_with(words))
        || ["©", "(c) ", "(C) "]
            .iter()
            .any(|sign| line.starts_with(sign))
}

/// Whether a short line has a year and is likely to be a date.
pub(crate) fn is_date(line: &str) -> bool {
    if line.chars().count() > 90 {
        return false;
    }
    let mut numbers = line
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| !number.is_empty());
    numbers.any(|number| {
        number.len() == 4 && matches!(number.as_bytes()[0], b'1' | b'2')
            || number.len() == 8 && number.starts_with(['1', '2'])
    }) && !is_copyright(line)
}

/// Reads a classic export.
pub(crate) fn read_classic(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut count = Count::default();
    let mut record: Vec<Line<'_>> = Vec::new();
    let (mut is_inside, mut ended, mut at) = (false, 0usize, 0);
    let mut last_has_end = true;
    for line in lines {
        at = line.at;
        if let Some(number) = numbered(&line.text) {
            if is_inside {
                last_has_end = classic(&record, line.at, out)?;
                ended += usize::from(last_has_end);
            }
            record.clear();
            is_inside = true;
            if let Some(missing) = count.next(number) {
                out.missing(line.at, missing)?;
            }
        } else if is_inside {
            record.push(line);
        } else {
            let more = asked(&line.text);
            count.asked.extend(more);
            out.go_on()?;
        }
    }
    if is_inside {
        at = record
            .last()
            .map_or(at, |line| line.at + line.text.len() as u64);
        last_has_end = classic(&record, at, out)?;
    }
    if let Some(missing) = count.missing() {
        out.missing(at, missing)?;
    } else if !last_has_end && ended > 0 && ended + 1 == out.found() {
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

/// Hands over an article of the classic layout. Whether it has an end: a label or a copyright behind the text.
fn classic(lines: &[Line<'_>], at: u64, out: &mut Out<'_>) -> Result<bool, Stop> {
    let mut article = Article::default();
    let mut load_date = String::new();
    let first_label = lines.iter().position(is_head_label);
    let first_tail = lines.iter().position(is_tail_label);
    let labels = first_label.or(first_tail);
    let head = classic_head(
        &lines[..labels.unwrap_or(lines.len())],
        first_label.is_some(),
        &mut article,
    );
    let mut text = Paragraphs::default();
    let mut place = Place::Text;
    let (mut is_ended, mut has_body) = (false, false);
    for line in &lines[head..] {
        if is_copyright(&line.text) && (line.indent >= 4 || is_ended) {
            (place, is_ended) = (Place::Rights, true);
            continue;
        }
        let is_label = match has_body {
            false => capital_label(line).is_some(),
            true => is_tail_label(line),
        };
        if let Some((field, value)) =
            capital_label(line).filter(|_| is_label && place != Place::Rights)
        {
            // Behind the text there is no more of it, but for what stands under a picture.
            is_ended |= has_body && !fold(&line.text).starts_with("gra");
            place = classic_label(field, value, &mut article, &mut load_date, &mut text);
            continue;
        }
        // A value goes on in the next line; behind an empty line there is text again.
        match place {
            Place::Rights => {}
            Place::Value(target) if line.empty == 0 => target.go_on(&line.text, &mut article),
            _ if is_ended => {}
            _ => {
                text.line(line);
                has_body = true;
                place = Place::Text;
            }
        }
    }
    article.text = text.take();
    if article.date.is_empty() {
        article.date = load_date;
    }
    out.article(at, &article)?;
    Ok(is_ended)
}

/// What the lines behind a label belong to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Text,
    Value(Target),
    Rights,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    Title,
    Author,
    Section,
    None,
}

impl Target {
    pub(crate) fn go_on(self, line: &str, article: &mut Article) {
        match self {
            Target::Title => append(&mut article.title, line),
            Target::Author => append(&mut article.author, line),
            Target::Section => append(&mut article.section, line),
            Target::None => {}
        }
    }
}

pub(crate) fn classic_label(
    field: Field,
    value: &str,
    article: &mut Article,
    load_date: &mut String,
    text: &mut Paragraphs,
) -> Place {
    let target = match field {
        Field::Title => Target::Title,
        Field::Author => Target::Author,
        Field::Section => Target::Section,
        Field::Language => {
            append(
                &mut article.language,
                value.split(';').next().unwrap_or(value),
            );
            Target::None
        }
        Field::LoadDate | Field::Date => {
            value.clone_into(load_date);
            Target::None
        }
        Field::Url => {
            value.clone_into(&mut article.url);
            Target::None
        }
        Field::Text | Field::Lead => {
            text.push(value, true);
            return Place::Text;
        }
        Field::Source | Field::Id | Field::Other => Target::None,
    };
    target.go_on(value, article);
    Place::Value(target)
}

/// Outlet, date and headline, which have no labels. Returns where the labels or the text begin.
fn classic_head(lines: &[Line<'_>], has_labels: bool, article: &mut Article) -> usize {
    let is_set_in = |line: &Line<'_>| line.indent >= 4;
    let dated = lines.iter().take(12).position(|line| is_date(&line.text));
    // What is centred and is not about rights names the outlet; where nothing is centred, it is the line before the date.
    let outlet = lines
        .iter()
        .take(dated.unwrap_or(3))
        .position(|line| !is_copyright(&line.text));
    if let Some(outlet) = outlet {
        article.source = lines[outlet].text.clone().into_owned();
        // A long name takes two lines.
        let more = lines
            .iter()
            .skip(outlet + 1)
            .take(dated.unwrap_or(0).saturating_sub(outlet + 1));
        more.take_while(|line| line.empty == 0 && is_set_in(line) && !is_copyright(&line.text))
            .for_each(|line| append(&mut article.source, &line.text));
    }
    if let Some(dated) = dated {
        article.date = lines[dated].text.clone().into_owned();
    }
    let mut at = dated.or(outlet).map_or(0, |at| at + 1);
    // Edition and time stand under the date, or are centred, too.
    while lines
        .get(at)
        .is_some_and(|line| line.empty == 0 && dated.is_some() || is_set_in(line))
    {
        at += 1;
    }
    let title = at;
    while let Some(line) = lines.get(at) {
        // Without labels only the first paragraph is the headline.
        if !has_labels && at > title && line.empty > 0 || is_copyright(&line.text) {
            break;
        }
        append(&mut article.title, &line.text);
        at += 1;
    }
    at
}

/// Whether lines, of which one has a number, are those of a classic export.
pub(crate) fn is_classic(lines: &[Line<'_>]) -> bool {
    let numbers = lines
        .iter()
        .filter(|line| numbered(&line.text).is_some())
        .count();
    let labels = lines
        .iter()
        .filter(|line| is_head_label(line) || is_tail_label(line))
        .count();
    let rights = lines.iter().filter(|line| is_copyright(&line.text)).count();
    labels >= 1 && labels + rights >= numbers.min(2)
}
