//! Exports of Nexis Uni and Lexis Advance, as lines of a Word or RTF document.
//!
//! Each article ends with `End of Document`; headline, outlet, date and copyright are lines, then come labels, `Body`, the text, and labels
//! again. A cover with a list of contents may stand before the first. Sources: R.TeMiS (`LexisNexisAdvance`), LexisNexisTools.

use super::labels::{Field, fold, is_length};
use super::lines::{Line, Lines, Paragraphs};
use super::nexis::{Place, Target, classic_label, is_copyright, is_date, label};
use super::out::Out;
use crate::article::Article;
use crate::sink::Stop;

/// Whether a line ends an article of Nexis Uni.
pub(crate) fn is_end(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    matches!(
        fold(line).as_str(),
        "endofdocument"
            | "endedesdokuments"
            | "dokumentende"
            | "findudocument"
            | "findedocument"
            | "findeldocumento"
            | "finedeldocumento"
            | "finedocumento"
            | "fimdodocumento"
            | "findedocumento"
            | "eindevanhetdocument"
            | "eindevandocument"
            | "eindedocument"
            | "slutpadokument"
            | "slutpadokumentet"
            | "slutavdokument"
            | "koniecdokumentu"
            | "конецдокумента"
            | "文档结束"
            | "文檔結束"
            | "文件结束"
            | "文書の終わり"
            | "ドキュメントの終わり"
    )
}

/// Whether a line stands alone above the text.
fn is_body(line: &str) -> bool {
    line.len() <= 30
        && matches!(
            fold(line).as_str(),
            "body"
                | "text"
                | "fulltext"
                | "volltext"
                | "textkorper"
                | "haupttext"
                | "hauptteil"
                | "corps"
                | "corpsdutexte"
                | "texte"
                | "cuerpo"
                | "texto"
                | "corpo"
                | "testo"
                | "tekst"
                | "inhoud"
                | "hoofdtekst"
                | "正文"
                | "本文"
        )
}

/// Whether a line stands alone above what is no longer text.
fn is_tail(line: &str) -> bool {
    line.len() <= 40
        && matches!(
            fold(line).as_str(),
            "classification"
                | "klassifizierung"
                | "klassifikation"
                | "classificatie"
                | "clasificacion"
                | "classificazione"
                | "classificacao"
                | "graphic"
                | "graphique"
                | "grafik"
                | "notes"
                | "correction"
                | "linktoimage"
                | "分类"
        )
}

/// Reads an export of Nexis Uni or Lexis Advance.
pub(crate) fn read_uni(lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut record: Vec<Line<'_>> = Vec::new();
    let (mut announced, mut at) = (None, 0);
    for line in lines {
        at = line.at + line.text.len() as u64;
        if is_end(&line.text) {
            uni(&record, out.found() == 0, at, out)?;
            record.clear();
            continue;
        }
        if announced.is_none() && out.found() == 0 {
            announced = of_cover(&line.text);
        }
        record.push(line);
    }
    // What follows the last end is a footer, unless it has what an article has.
    let is_cut = record.iter().any(|line| is_body(&line.text) || matches!(label(line), Some((Field::Other, value)) if value.bytes().any(|byte| byte.is_ascii_digit()) && line.text.len() < 40));
    if is_cut {
        uni(&record, out.found() == 0, at, out)?;
    }
    match announced {
        Some(announced) if out.found() < announced => out.missing(
            at,
            format!("{announced} documents announced, {} found", out.found()),
        ),
        _ if is_cut => out.missing(
            at,
            format!(
                "the file ends inside its last document, number {}",
                out.found()
            ),
        ),
        _ => Ok(()),
    }
}

/// `Documents (10)`, on the cover.
fn of_cover(line: &str) -> Option<usize> {
    let (name, rest) = line.split_once('(')?;
    let is_name = name.len() < 30 && {
        let name = fold(name);
        name.starts_with("docu") || name.starts_with("doku") || name.starts_with("文")
    };
    is_name
        .then(|| rest.trim_end_matches([')', ' ']).parse().ok())
        .flatten()
}

fn uni(lines: &[Line<'_>], is_first: bool, at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    let mut article = Article::default();
    let mut load_date = String::new();
    let rights = lines.iter().position(|line| is_copyright(&line.text));
    let body = lines.iter().position(|line| is_body(&line.text));
    let labelled = |from: usize| {
        lines
            .iter()
            .skip(from)
            .position(|line| label(line).is_some())
            .map(|by| from + by)
    };
    // The cover has labels, too: only behind it do they belong to the article.
    let cover = if is_first { cover_end(lines) } else { 0 };
    let head = [rights, labelled(cover), body]
        .into_iter()
        .flatten()
        .filter(|end| *end >= cover)
        .min();
    let head = head.unwrap_or_else(|| lines.len().min(cover + 3));
    uni_head(&lines[cover.min(head)..head], &mut article);
    let mut text = Paragraphs::default();
    let mut is_text = body.is_none();
    let (mut is_tail_now, mut is_seen) = (false, false);
    let mut value = Target::None;
    for line in &lines[head..] {
        if is_body(&line.text) && !is_seen {
            is_seen = true;
            is_text = true;
        } else if is_tail(&line.text) && !text.is_empty() {
            (is_text, is_tail_now) = (false, true);
        } else if let Some((field, words)) = label(line)
            .filter(|(field, _)| !is_text || is_tail_now || body.is_none() || is_behind(*field))
        {
            match classic_label(field, words, &mut article, &mut load_date, &mut text) {
                Place::Value(target) => value = target,
                _ => value = Target::None,
            }
        } else if is_text && !(is_copyright(&line.text) && text.is_empty()) {
            text.push(&line.text, true);
        } else if line.empty == 0 && !is_text {
            value.go_on(&line.text, &mut article);
        }
    }
    article.text = text.take();
    if article.date.is_empty() {
        article.date = load_date;
    }
    out.article(at, &article)
}

/// Labels that are never words of a text: `Load-Date: March 4, 2021`.
fn is_behind(field: Field) -> bool {
    field == Field::LoadDate
}

/// Where the cover page with the table of contents ends: behind its last label that is none of an article.
fn cover_end(lines: &[Line<'_>]) -> usize {
    let is_cover = |line: &&Line<'_>| {
        let name = fold(line.text.split([':', '：']).next().unwrap_or_default());
        let is_item = line.text.split_once('.').is_some_and(|(number, rest)| {
            !number.is_empty()
                && number.len() <= 5
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !rest.is_empty()
        });
        matches!(
            name.as_str(),
            "username"
                | "dateandtime"
                | "jobnumber"
                | "clientmatter"
                | "searchterms"
                | "searchtype"
                | "narrowedby"
                | "contenttype"
                | "news"
                | "benutzername"
                | "datumunduhrzeit"
                | "jobnummer"
                | "suchbegriffe"
                | "suchtyp"
                | "nomdutilisateur"
                | "dateetheure"
                | "numerodetache"
                | "termesdelarecherche"
                | "nombredeusuario"
                | "fechayhora"
                | "numerodetrabajo"
                | "terminosdebusqueda"
                | "gebruikersnaam"
                | "datumentijd"
                | "zoektermen"
                | "taaknummer"
        ) || is_item
            || of_cover(&line.text).is_some()
    };
    let first = lines
        .iter()
        .position(|line| is_copyright(&line.text) || is_body(&line.text))
        .unwrap_or(lines.len());
    lines[..first]
        .iter()
        .rposition(|line| is_cover(&line))
        .map_or(0, |at| at + 1)
}

/// Headline, outlet, date: the last three lines, and some that are none of these.
fn uni_head(lines: &[Line<'_>], article: &mut Article) {
    let is_link =
        |line: &Line<'_>| fold(&line.text).starts_with("linkto") || line.text.starts_with("http");
    let lines: Vec<&Line<'_>> = lines.iter().filter(|line| !is_link(line)).collect();
    let dated = lines.iter().rposition(|line| is_date(&line.text));
    let dated = dated.unwrap_or(lines.len());
    if let Some(date) = lines.get(dated) {
        article.date = date.text.clone().into_owned();
    }
    let Some(before) = lines.get(..dated.min(lines.len())) else {
        return;
    };
    match before {
        [.., title, source] => {
            article.title = title.text.clone().into_owned();
            article.source = source.text.clone().into_owned();
        }
        [title] => article.title = title.text.clone().into_owned(),
        [] => {}
    }
}

/// Whether lines are those of an export of Nexis Uni.
pub(crate) fn is_uni(lines: &[Line<'_>]) -> bool {
    let any = |is: &dyn Fn(&Line<'_>) -> bool| lines.iter().any(is);
    let has_length = any(&|line| {
        let name = fold(line.text.split([':', '：']).next().unwrap_or_default());
        is_length(&name)
            && line.text.len() < 60
            && line.text.bytes().any(|byte| byte.is_ascii_digit())
    });
    let has_load_date = any(&|line| matches!(label(line), Some((Field::LoadDate, _))));
    let has_end = any(&|line| is_end(&line.text));
    let has_body = any(&|line| is_body(&line.text));
    let has_rights = any(&|line| is_copyright(&line.text));
    has_end && (has_length || has_load_date || has_body)
        || has_body && has_length && (has_rights || has_load_date)
}
