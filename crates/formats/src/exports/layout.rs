//! Which database an export is of, by its lines, and the reader for it.

use super::labelled;
use super::lines::{Line, Lines};
use super::out::Out;
use super::rule::{Rule, signs};
use super::{factiva, listed, nexis, nexis_uni, numbered};
use crate::sink::Stop;

/// The layout of an export.
#[derive(Clone, Debug)]
pub(crate) enum Layout {
    NexisClassic,
    NexisUni,
    FactivaCodes,
    Factiva,
    Retriever,
    Apa,
    Mediargus,
    /// Records with labels.
    Labelled(Rule),
}

impl Layout {
    /// The layout of the first lines of a file.
    pub(crate) fn of(head: &[Line<'_>]) -> Option<Layout> {
        Layout::of_database(head).or_else(|| Rule::of(head).map(Layout::Labelled))
    }

    /// The layout, if it is that of a database.
    pub(crate) fn of_database(head: &[Line<'_>]) -> Option<Layout> {
        let any = |is: fn(&str) -> bool| head.iter().any(|line| is(&line.text));
        let count = |is: fn(&str) -> bool| head.iter().filter(|line| is(&line.text)).count();
        let is_code = |line: &str| factiva::code(line).is_some();
        let has_codes = |codes: &[&str]| {
            codes.iter().all(|code| {
                head.iter()
                    .any(|line| factiva::code(&line.text).is_some_and(|(own, _)| own == *code))
            })
        };
        if count(is_code) >= 5 && (has_codes(&["HD", "PD"]) || has_codes(&["HD", "SN"])) {
            return Some(Layout::FactivaCodes);
        }
        if any(|line| numbered::numbered(line).is_some()) && nexis::is_classic(head) {
            return Some(Layout::NexisClassic);
        }
        if nexis_uni::is_uni(head) {
            return Some(Layout::NexisUni);
        }
        let has_number = any(|line| factiva::number(line).is_some());
        let is_marked = head.iter().any(|line| line.mark.is_body)
            && head.iter().any(|line| line.mark.is_heading);
        if any(factiva::is_words) && (has_number || is_marked && any(nexis::is_copyright)) {
            return Some(Layout::Factiva);
        }
        let is_rule = |line: &str| line.len() >= 20 && signs(line) == Some('=');
        if any(is_rule) && any(listed::is_published) {
            return Some(Layout::Retriever);
        }
        let is_first = head
            .iter()
            .take(6)
            .any(|line| listed::apa(&line.text).is_some());
        let is_apart = |line: &&Line<'_>| line.mark.is_new_page || signs(&line.text) == Some('_');
        if is_first
            && (head.iter().any(|line| is_apart(&line))
                || count(|line| listed::apa(line).is_some()) > 1)
        {
            return Some(Layout::Apa);
        }
        if head
            .iter()
            .take(4)
            .any(|line| listed::is_mediargus(&line.text))
            && count(listed::is_mediargus) >= 2
        {
            return Some(Layout::Mediargus);
        }
        None
    }

    pub(crate) fn read(&self, lines: Lines<'_, '_>, out: &mut Out<'_>) -> Result<(), Stop> {
        match self {
            Layout::NexisClassic => nexis::read_classic(lines, out),
            Layout::NexisUni => nexis_uni::read_uni(lines, out),
            Layout::FactivaCodes => factiva::read_codes(lines, out),
            Layout::Factiva => factiva::read_plain(lines, out),
            Layout::Retriever => listed::read_retriever(lines, out),
            Layout::Apa => listed::read_apa(lines, out),
            Layout::Mediargus => listed::read_mediargus(lines, out),
            Layout::Labelled(rule) => labelled::read(rule, lines, out),
        }
    }
}
