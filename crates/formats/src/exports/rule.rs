//! How the records of a text are separated, and which labels they have, found by trying.

use std::collections::HashMap;

use super::labelled::split;
use super::labels::{Field, fold, known};
use super::lines::Line;
use super::numbered::numbered;

/// What separates records.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Separator {
    /// A line of one sign only: `=====`, `-----`, `_____`, `*****`.
    Signs(char),
    NewPage,
    /// `Document 3 of 10`.
    Numbered,
    /// So many empty lines.
    Empty,
    /// The label that comes first in each record.
    FirstLabel,
}

/// The sign of a line that has only one, four times at least.
pub(crate) fn signs(line: &str) -> Option<char> {
    let mut letters = line.chars().filter(|letter| *letter != ' ');
    let first = letters.next()?;
    let is_sign = matches!(
        first,
        '=' | '-' | '_' | '*' | '#' | '~' | '+' | '—' | '–' | '─' | '═' | '.' | '·' | '•'
    );
    let mut count = 1;
    for letter in letters {
        if letter != first || !is_sign {
            return None;
        }
        count += 1;
    }
    (is_sign && count >= 4).then_some(first)
}

/// Empty lines that separate records, where others are between paragraphs.
const EMPTY: u32 = 2;

/// How records of a file are separated, and which labels they have.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) separator: Separator,
    /// Folded names of the labels, as often as they stand in the records looked at.
    pub(crate) labels: HashMap<String, usize>,
    pub(crate) first: String,
}

/// Records that are needed to see a rule.
const LEAST: usize = 3;

impl Rule {
    /// The rule of a file, by its first lines.
    pub(crate) fn of(head: &[Line<'_>]) -> Option<Rule> {
        let mut candidates = vec![
            Separator::NewPage,
            Separator::Numbered,
            Separator::Empty,
            Separator::FirstLabel,
        ];
        for line in head {
            if let Some(sign) = signs(&line.text)
                && !candidates.contains(&Separator::Signs(sign))
            {
                candidates.push(Separator::Signs(sign));
            }
        }
        let rules = candidates
            .into_iter()
            .filter_map(|separator| Rule::by(separator, head));
        // The most records that are alike; where that is equal, the separator that people see.
        let best = rules.max_by_key(|(records, rule)| {
            (
                *records,
                rule.separator != Separator::FirstLabel,
                rule.separator != Separator::Empty,
            )
        });
        best.map(|(_, rule)| rule)
    }

    /// The records that are alike under a separator, and the rule.
    fn by(separator: Separator, head: &[Line<'_>]) -> Option<(usize, Rule)> {
        let first = first_label(head)?;
        let mut records: Vec<Vec<String>> = Vec::new();
        let mut record: Vec<String> = Vec::new();
        for line in head {
            if separates(separator, &first, line) {
                records.push(std::mem::take(&mut record));
            }
            let name = split(&line.text).map(|(name, _)| fold(name));
            record.extend(name.filter(|name| !record.contains(name)));
        }
        records.push(record);
        let mut labels: HashMap<String, usize> = HashMap::new();
        for name in records.iter().flatten() {
            *labels.entry(name.clone()).or_default() += 1;
        }
        let all = records.iter().filter(|record| !record.is_empty()).count();
        // Labels that most records have; a record is one if it has two of these, in the order that the others have them in.
        labels
            .retain(|name, count| *count >= LEAST && (*count * 3 >= all || known(name).is_some()));
        let order: Vec<&String> = records
            .iter()
            .max_by_key(|record| {
                record
                    .iter()
                    .filter(|name| labels.contains_key(*name))
                    .count()
            })?
            .iter()
            .filter(|name| labels.contains_key(*name))
            .collect();
        let is_alike = |record: &&Vec<String>| {
            let places: Vec<usize> = record
                .iter()
                .filter_map(|name| order.iter().position(|other| *other == name))
                .collect();
            places.len() >= 2
                && places.windows(2).filter(|pair| pair[0] < pair[1]).count() * 3
                    >= (places.len() - 1) * 2
        };
        let alike = records.iter().filter(is_alike).count();
        let mut fields: Vec<Field> = labels
            .keys()
            .filter_map(|name| known(name))
            .filter(|field| *field != Field::Other)
            .collect();
        fields.dedup();
        fields.sort_by_key(|field| format!("{field:?}"));
        fields.dedup();
        let has_name = fields
            .iter()
            .any(|field| matches!(field, Field::Title | Field::Source | Field::Text));
        let is_rule = alike >= LEAST && alike * 2 >= all && fields.len() >= 2 && has_name;
        let rule = Rule {
            separator,
            labels,
            first,
        };
        is_rule.then_some((alike, rule))
    }
}

/// The first known label of a file that comes again.
fn first_label(head: &[Line<'_>]) -> Option<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut order = Vec::new();
    for line in head {
        if let Some((name, _)) = split(&line.text) {
            let name = fold(name);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            if *count == 1 {
                order.push(name);
            }
        }
    }
    order
        .into_iter()
        .find(|name| seen[name] >= LEAST && known(name).is_some())
}

pub(crate) fn separates(separator: Separator, first: &str, line: &Line<'_>) -> bool {
    match separator {
        Separator::Signs(sign) => signs(&line.text) == Some(sign),
        Separator::NewPage => line.mark.is_new_page,
        Separator::Numbered => numbered(&line.text).is_some(),
        Separator::Empty => line.empty >= EMPTY,
        Separator::FirstLabel => split(&line.text).is_some_and(|(name, _)| fold(name) == first),
    }
}
