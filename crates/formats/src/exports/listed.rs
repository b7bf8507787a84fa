//! Exports whose articles are distinguished by what their lines look like: Retriever (Mediearkivet, Atekst), APA DeFacto, Mediargus.
//!
//! Sources: markivet and atekstR (Retriever), AmCAT's readers (APA, Mediargus).

use super::labels::fold;
use super::lines::{Line, Lines, Paragraphs, append};
use super::nexis::{is_copyright, is_date};
use super::out::Out;
use super::rule::signs;
use crate::article::Article;
use crate::sink::Stop;

/// Whether a line says where an article of Retriever stood: `Publicerat på webb.`, `Publisert på trykk.`
pub(crate) fn is_published(line: &str) -> bool {
    let words = line.split_whitespace().next().map(str::to_lowercase);
    line.len() < 60
        && line.split_whitespace().count() <= 6
        && matches!(
            words.as_deref(),
            Some(
                "publicerat"
                    | "publicerad"
                    | "publisert"
                    | "publiceret"
                    | "julkaistu"
                    | "published"
                    | "sänt"
                    | "sendt"
                    | "udgivet"
                    | "tryckt"
            )
        )
}

/// Reads an export of Retriever: records between lines of `=`.
pub(crate) fn read_retriever(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut record = Vec::new();
    let mut at = 0;
    for line in lines {
        at = line.at + line.text.len() as u64;
        match signs(&line.text) == Some('=') {
            true => retriever(&std::mem::take(&mut record), line.at, out)?,
            false => record.push(line),
        }
    }
    retriever(&record, at, out)
}

fn retriever(lines: &[Line<'_>], at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    let published = lines.iter().position(|line| is_published(&line.text));
    let is_outlet = |line: &&Line<'_>| line.text.contains(", ") && is_date_tail(&line.text);
    // A list of contents may stand before the first article: the outlet is the last line of its kind above `published`.
    let end = published.unwrap_or(lines.len().min(8));
    let Some(outlet) = lines[..end].iter().rposition(|line| is_outlet(&line)) else {
        return match lines.iter().map(|line| line.text.len()).sum::<usize>() > 2000
            && out.found() > 0
        {
            true => out.lost(
                lines[0].at,
                "expected an outlet with its date, found none".to_owned(),
                at - lines[0].at,
            ),
            false => out.go_on(),
        };
    };
    let mut article = Article::default();
    if let Some((source, date)) = lines[outlet].text.rsplit_once(", ") {
        source.clone_into(&mut article.source);
        date.clone_into(&mut article.date);
    }
    // The headline is the paragraph above, which may be underlined; sections in capitals stand between.
    let above: Vec<&Line<'_>> = lines[..outlet]
        .iter()
        .filter(|line| signs(&line.text).is_none())
        .collect();
    let title = match lines[..outlet]
        .iter()
        .rposition(|line| signs(&line.text).is_some())
    {
        Some(rule) => lines[..rule].last(),
        None => {
            let begin = above.iter().rposition(|line| line.empty > 1).unwrap_or(0);
            above.get(begin).copied()
        }
    };
    if let Some(title) = title {
        append(&mut article.title, &title.text);
    }
    let mut text = Paragraphs::default();
    for line in &lines[published.map_or(outlet, |published| published.max(outlet)) + 1..] {
        let begin = fold(line.text.split_whitespace().next().unwrap_or_default());
        match begin.as_str() {
            "side" | "sida" | "sivu" | "page" if line.text.len() < 30 => {
                append(&mut article.section, &line.text)
            }
            _ if line.text.contains("ret.nu/")
                || line.text.contains("retriever") && line.text.contains("http") =>
            {
                let url = line
                    .text
                    .split_whitespace()
                    .find(|word| word.starts_with("http"));
                url.unwrap_or_default().clone_into(&mut article.url);
            }
            _ if is_copyright(&line.text) => break,
            _ if is_published(&line.text) => {}
            _ => text.line(line),
        }
    }
    // The address stands below the rights.
    let url = lines.iter().rev().take(5).find_map(|line| {
        line.text
            .split_whitespace()
            .find(|word| word.starts_with("http"))
    });
    if let Some(url) = url.filter(|_| article.url.is_empty()) {
        url.clone_into(&mut article.url);
    }
    article.text = text.take();
    out.article(at, &article)
}

/// Whether behind the last comma a date stands, and nothing else.
fn is_date_tail(line: &str) -> bool {
    line.rsplit_once(", ").is_some_and(|(_, date)| {
        date.starts_with(|letter: char| letter.is_ascii_digit())
            && date.len() <= 25
            && is_date(date)
    })
}

/// `"Kurier.at" gefunden am 28.12.2017 10:36 Uhr`, `"Der Standard" vom 04.03.2021 Seite: 14 Ressort: Chronik`.
pub(crate) fn apa(line: &str) -> Option<(&str, &str, &str)> {
    let (at, length) = [" gefunden am ", " vom "]
        .iter()
        .find_map(|word| line.find(word).map(|at| (at, word.len())))?;
    let rest = &line[at + length..];
    let is_day = rest.starts_with(|letter: char| letter.is_ascii_digit()) && is_date(rest);
    let end = ["Seite", "Ressort", "Ausgabe"]
        .iter()
        .filter_map(|word| rest.find(word))
        .min()
        .unwrap_or(rest.len());
    let is_head = line.len() < 160 && at > 0 && at < 80 && !line[..at].contains(':');
    (is_day && is_head).then(|| {
        (
            line[..at].trim_matches(['"', '„', '“', ' ']),
            rest[..end].trim(),
            rest[end..].trim(),
        )
    })
}

/// Reads an export of APA DeFacto: records between long lines of `_`, or pages.
pub(crate) fn read_apa(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut record: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    for line in lines {
        at = line.at + line.text.len() as u64;
        let is_rule = signs(&line.text) == Some('_');
        if is_rule || line.mark.is_new_page {
            apa_article(&std::mem::take(&mut record), line.at, out)?;
        }
        if !is_rule {
            record.push(line);
        }
    }
    apa_article(&record, at, out)
}

fn apa_article(lines: &[Line<'_>], at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    let Some((head, (source, date, section))) = lines
        .iter()
        .take(6)
        .enumerate()
        .find_map(|(at, line)| Some((at, apa(&line.text)?)))
    else {
        let bytes = lines.first().map_or(0, |line| at - line.at);
        return match bytes > 400 && out.found() > 0 {
            true => out.lost(
                lines[0].at,
                "expected an outlet with its day, found none".to_owned(),
                bytes,
            ),
            false => out.go_on(),
        };
    };
    let mut article = Article {
        source: source.to_owned(),
        date: date.to_owned(),
        section: section.to_owned(),
        ..Article::default()
    };
    let rest = &lines[head + 1..];
    let title = rest
        .iter()
        .take(4)
        .position(|line| line.mark.is_heading)
        .unwrap_or(0);
    let mut text = Paragraphs::default();
    for (at, line) in rest.iter().enumerate() {
        let is_end = [
            "Gespeicherter Anhang",
            "Gespeicherte Anhänge",
            "Der gegenständliche Text ist eine Abschrift",
        ];
        if is_end.iter().any(|end| line.text.starts_with(end)) {
            break;
        }
        match at == title {
            true => append(&mut article.title, &line.text),
            false => text.line(line),
        }
    }
    article.text = text.take();
    out.article(at, &article)
}

/// `De Morgen, woensdag 30 november 2011, p. 23, 853w.`
pub(crate) fn is_mediargus(line: &str) -> bool {
    let Some((rest, words)) = line.rsplit_once(", ") else {
        return false;
    };
    let digits = words.trim_end_matches('.').strip_suffix('w');
    digits.is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    }) && is_date(rest)
}

/// `1. Het compromis is springlevend`
fn item(line: &str) -> Option<&str> {
    let (number, title) = line.split_once(". ")?;
    let number = number.trim_start_matches('?');
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(title)
}

/// Reads an export of Mediargus: a list of headlines and outlets, and behind it the texts in their order.
pub(crate) fn read_mediargus(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut heads: Vec<Article> = Vec::new();
    let mut title = None;
    let mut lines = lines.peekable();
    // A far gap ends the list; a file without one is the list alone.
    while let Some(line) = lines.next_if(|line| line.empty < 4 || line.at == 0 || title.is_none()) {
        if let Some(found) = item(&line.text).filter(|_| line.empty > 0 || heads.is_empty()) {
            title = Some(found.to_owned());
        } else if is_mediargus(&line.text) {
            let mut parts = line.text.split(", ");
            heads.push(Article {
                title: title.clone().unwrap_or_default(),
                source: parts.next().unwrap_or_default().to_owned(),
                date: parts.next().unwrap_or_default().to_owned(),
                section: parts.next().unwrap_or_default().to_owned(),
                ..Article::default()
            });
        } else if let Some(article) = heads.last_mut() {
            append(&mut article.text, &line.text);
        }
    }
    let has_texts = lines.peek().is_some();
    let announced = heads.len();
    let mut heads = heads.into_iter();
    let mut article = heads.next();
    let mut text = Paragraphs::default();
    let mut at = 0;
    while let Some(line) = lines.next() {
        at = line.at + line.text.len() as u64;
        text.line(&line);
        let is_last = lines.peek().is_none_or(|next| next.empty >= 4);
        if is_last && let Some(mut found) = std::mem::replace(&mut article, heads.next()) {
            found.text = text.take();
            out.article(at, &found)?;
        }
    }
    if !has_texts {
        for head in article.into_iter().chain(heads) {
            out.article(at, &head)?;
        }
    } else if out.found() < announced {
        out.missing(
            at,
            format!("{announced} documents announced, {} found", out.found()),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
