//! Do the dates of a corpus say when its pages appeared?

use std::fmt;

use wirecopy::Run;
use wirecopy::date::{APART, doubted_first};
use wirecopy::doc_id::DocId;

use crate::cli::show::{number, safe};

/// Why dates say nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::cli) enum Dates {
    /// All documents have the same.
    OneDay,
    /// Copies are as far apart as any other two documents.
    OfACrawl,
}

/// Fewest dated documents that decide.
const DATED: usize = 20;
/// Fewest pairs of copies that decide.
const PAIRS: usize = 20;
const DAY: i64 = 86_400;

impl Dates {
    pub(super) fn of(run: &Run) -> Option<Dates> {
        let seconds = |doc: DocId| run.date(doc).map(|date| date.seconds);
        let mut all: Vec<i64> = run.documents().filter_map(seconds).collect();
        all.sort_unstable();
        if all.len() < DATED {
            return None;
        }
        let days = all.iter().map(|seconds| seconds.div_euclid(DAY));
        let (first, last) = (days.clone().min()?, days.max()?);
        if first == last {
            return Some(Dates::OneDay);
        }
        let mut copies: Vec<i64> = Vec::new();
        for cluster in run.clusters() {
            let mut dates = cluster
                .members
                .iter()
                .filter_map(|member| seconds(member.doc));
            let Some(first) = dates.next() else { continue };
            copies.extend(dates.map(|date| (date - first).abs()));
        }
        (copies.len() >= PAIRS).then_some(())?;
        is_of_a_crawl(&all, copies).then_some(Dates::OfACrawl)
    }
}

/// Whether copies are about as far from the first of their cluster as documents, sorted by time, are from each other: in
/// the middle more than a quarter of the time that the middle half of the documents takes, and more than a day. Of two
/// random moments of an even time the middle distance is 1 - sqrt(1/2) = .29 of it, which is .59 of its middle half.
fn is_of_a_crawl(all: &[i64], mut copies: Vec<i64>) -> bool {
    let half = all.len() / 2;
    let spread = all[(3 * half / 2).min(all.len() - 1)] - all[half / 2];
    copies.sort_unstable();
    let middle = copies[copies.len() / 2];
    middle > DAY && 4 * middle > spread
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Dates::OneDay => "all dates are of one day",
            Dates::OfACrawl => {
                "copies are as far apart in time as any two pages, as with dates of a crawl"
            }
        })
    }
}

/// Stories whose first date is far before all others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::cli) struct Outliers {
    pub(super) stories: u64,
    /// The id of the document that is first by most, and by how many days.
    pub(super) id: String,
    pub(super) days: i64,
}

impl Outliers {
    pub(super) fn of(run: &Run) -> Option<Outliers> {
        let mut stories = 0;
        let mut most: Option<(i64, DocId)> = None;
        for cluster in run.clusters() {
            let dated = cluster
                .members
                .iter()
                .filter_map(|member| Some((run.date(member.doc)?, member.doc)));
            let Some(days) = doubted_first(dated.clone().map(|(date, _)| date)) else {
                continue;
            };
            stories += 1;
            let first = dated
                .min_by_key(|&(date, doc)| (date, doc))
                .map(|(_, doc)| (days, doc));
            // Of equal ones the first, in the order of their names.
            if first.map(|(days, _)| days) > most.map(|(days, _)| days) {
                most = first;
            }
        }
        let (days, doc) = most?;
        let id = safe(&run.id(doc), usize::MAX);
        Some(Outliers { stories, id, days })
    }
}

impl fmt::Display for Outliers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stories = match self.stories {
            1 => "1 story".to_owned(),
            many => format!("{} stories", number(many)),
        };
        write!(
            f,
            "in {stories} the first copy is dated {APART} days or more before all others, {} by {} days, so nobody \
             counts as first there: check these dates, or name another field with --date-field",
            self.id,
            number(self.days.unsigned_abs())
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_within_days_of_a_year_are_distinguished_from_dates_of_a_crawl() {
        let year: Vec<i64> = (0..365).map(|day| day * DAY).collect();
        let within = |days: i64| (0..40).map(|n| n % days * DAY).collect::<Vec<i64>>();
        assert!(!is_of_a_crawl(&year, within(3)));
        assert!(!is_of_a_crawl(&year, within(60)));
        assert!(is_of_a_crawl(
            &year,
            within(365).iter().map(|n| n * 9).collect()
        ));
        assert!(!is_of_a_crawl(&year[..6], within(2)), "a week of news");
    }
}
