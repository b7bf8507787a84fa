//! `View`: what of a report its reader asked for.
//!
//! A view narrows the stories, and with them headings, figures, charts and outlets (`part.rs`). How they were found
//! and the pairs to check by eye stay those of the whole run: a sample of a part would be another sample.

use super::model::{Cluster, Report};
use super::since::Since;
use super::words::{counted, day_number, day_of};

/// The size of a page unless asked otherwise, in bytes: what most mail servers pass on.
pub const DEFAULT_BUDGET: usize = 10_000_000;

/// What of a report is shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct View {
    /// Most bytes of the page. The frame of the page is always written, about 150 KB.
    pub budget: usize,
    /// Only clusters with a document of this publisher (compared without regard to case).
    pub focus: Option<String>,
    /// Only clusters with a document of this day or a later one.
    pub since: Option<Since>,
    /// Only clusters carried by at least as many publishers.
    pub min_outlets: u32,
}

impl Default for View {
    fn default() -> View {
        View {
            budget: DEFAULT_BUDGET,
            focus: None,
            since: None,
            min_outlets: 0,
        }
    }
}

impl View {
    /// How many stories of a report it shows.
    pub fn stories(&self, report: &Report) -> u64 {
        self.clusters(report).len() as u64
    }

    /// What a page of this view is called where it is beside that of the whole: by what it was narrowed to.
    pub fn file_name(&self) -> String {
        let mut name = "report".to_owned();
        if let Some(focus) = &self.focus {
            name += &format!("-focus-{}", in_a_name(focus));
        }
        if let Some(since) = &self.since {
            name += &format!("-since-{since}");
        }
        if self.min_outlets > 0 {
            name += &format!("-min-outlets-{}", self.min_outlets);
        }
        name + ".html"
    }

    /// Whether anything is asked for but a size.
    pub fn narrows(&self) -> bool {
        self.focus.is_some() || self.since.is_some() || self.min_outlets > 0
    }

    /// Positions of the clusters that are shown, in the order of the report.
    pub(super) fn clusters(&self, report: &Report) -> Vec<usize> {
        let focus = self.focus.as_ref().map(|name| name.to_lowercase());
        let focused: Vec<bool> = (report.outlets.iter())
            .map(|outlet| {
                focus
                    .as_ref()
                    .is_none_or(|name| outlet.name.to_lowercase() == *name)
            })
            .collect();
        let first_day = (self.since.as_ref()).map(|since| since.first_day_of(report));
        let shown = |cluster: &Cluster| {
            let has_focus = focus.is_none()
                || (cluster.members.iter())
                    .filter_map(|member| focused.get(member.outlet? as usize))
                    .any(|&focused| focused);
            let is_recent = first_day.is_none_or(|first_day| {
                (cluster.members.iter())
                    .filter_map(|member| day_number(member.date.as_deref()?))
                    .any(|day| first_day.is_some_and(|first_day| day >= first_day))
            });
            has_focus && is_recent && outlets(cluster).len() >= self.min_outlets as usize
        };
        (0..report.clusters.len())
            .filter(|&at| shown(&report.clusters[at]))
            .collect()
    }

    /// What was asked for, in words that follow `stories`.
    pub(super) fn in_words(&self, report: &Report) -> Option<String> {
        let mut words = Vec::new();
        if let Some(focus) = &self.focus {
            words.push(format!("carried by {focus}"));
        }
        if self.min_outlets > 0 {
            let outlets = counted(self.min_outlets.into(), "outlet", "outlets");
            words.push(format!("in {outlets} or more"));
        }
        if let Some(since) = &self.since {
            words.push(match since.first_day_of(report) {
                Some(first) => format!("with a document since {}", day_of(first)),
                None => "of the last days, and no document has a date".to_owned(),
            });
        }
        self.narrows().then(|| words.join(", "))
    }
}

/// Letters and digits of a name as they may be in that of a file, of any system.
fn in_a_name(name: &str) -> String {
    let plain = name.chars().map(|c| {
        if c.is_alphanumeric() || c == '.' {
            c
        } else {
            '-'
        }
    });
    let plain: String = plain.take(60).collect();
    plain.trim_matches(['-', '.']).to_owned()
}

/// The publishers of a cluster, each once: the representative's first, the others by number.
pub(super) fn outlets(cluster: &Cluster) -> Vec<u32> {
    let mut all: Vec<u32> = (cluster.members.iter())
        .filter_map(|member| member.outlet)
        .collect();
    all.sort_unstable();
    all.dedup();
    let first = cluster.members.first().and_then(|member| member.outlet);
    if let Some(at) = first.and_then(|first| all.iter().position(|&outlet| outlet == first)) {
        all[..=at].rotate_right(1);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::model::{Day, Member, Outlet};
    use super::*;

    fn report() -> Report {
        let outlet = |name: &str| Outlet {
            name: name.to_owned(),
            ..Outlet::default()
        };
        let cluster = |members: &[(Option<u32>, Option<&str>)]| Cluster {
            members: (members.iter())
                .map(|&(outlet, date)| Member {
                    outlet,
                    date: date.map(str::to_owned),
                    ..Member::default()
                })
                .collect(),
            ..Cluster::default()
        };
        Report {
            outlets: vec![outlet("Courier"), outlet("Globe"), outlet("Post")],
            clusters: vec![
                cluster(&[
                    (Some(1), Some("2024-10-01")),
                    (Some(0), None),
                    (Some(2), None),
                ]),
                cluster(&[(Some(2), Some("2024-10-05T10:00:00Z")), (Some(2), None)]),
                cluster(&[(None, None), (None, None)]),
            ],
            ..Report::default()
        }
    }

    #[test]
    fn everything_is_shown_unless_asked_otherwise() {
        let view = View::default();
        assert_eq!(view.clusters(&report()), [0, 1, 2]);
        assert_eq!(view.in_words(&report()), None);
    }

    #[test]
    fn a_focus_is_a_publisher_by_name() {
        let view = |name: &str| View {
            focus: Some(name.to_owned()),
            ..View::default()
        };
        assert_eq!(view("post").clusters(&report()), [0, 1]);
        assert_eq!(view("Courier").clusters(&report()), [0]);
        assert_eq!(view("Nobody").clusters(&report()), [0_usize; 0]);
    }

    #[test]
    fn a_day_keeps_what_was_still_carried_on_it() {
        let view = |day: &str| View {
            since: Some(day.parse().unwrap()),
            ..View::default()
        };
        assert_eq!(view("2024-10-01").clusters(&report()), [0, 1]);
        assert_eq!(view("2024-10-05").clusters(&report()), [1]);
    }

    #[test]
    fn days_are_counted_back_from_the_newest_document_and_not_from_today() {
        let day = |day: &str| Day {
            day: day.to_owned(),
            ..Day::default()
        };
        let mut report = report();
        let view = |days: &str| View {
            since: Some(days.parse().unwrap()),
            ..View::default()
        };
        assert_eq!(view("7d").clusters(&report), [0_usize; 0]);
        let said = view("7d").in_words(&report).unwrap();
        assert!(said.contains("no document has a date"), "{said}");
        report.days = vec![day("2024-10-01"), day("2024-10-05")];
        assert_eq!(view("4d").clusters(&report), [1]);
        assert_eq!(view("5d").clusters(&report), [0, 1]);
        let said = view("5d").in_words(&report).unwrap();
        assert!(said.contains("since 1 Oct 2024"), "{said}");
    }

    #[test]
    fn publishers_are_counted_once_and_the_first_leads() {
        let view = View {
            min_outlets: 2,
            ..View::default()
        };
        assert_eq!(view.clusters(&report()), [0]);
        assert_eq!(outlets(&report().clusters[0]), [1, 0, 2]);
        assert_eq!(
            view.in_words(&report()).as_deref(),
            Some("in 2 outlets or more")
        );
    }

    #[test]
    fn a_narrowed_page_has_a_name_of_its_own() {
        let view = View {
            focus: Some("../The Deccan/Ledger".to_owned()),
            since: Some("7d".parse().unwrap()),
            min_outlets: 5,
            ..View::default()
        };
        assert_eq!(
            view.file_name(),
            "report-focus-The-Deccan-Ledger-since-7d-min-outlets-5.html"
        );
        assert_eq!(View::default().file_name(), super::super::PAGE);
    }
}
