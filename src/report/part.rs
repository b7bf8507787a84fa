//! `Part`: what is counted of the stories that a report shows. Of a whole report these are the figures of the run, of a
//! narrowed one those of its own stories: a heading over five stories that counts fifty says nothing.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::carrying::{Carried, Carrier, count_story};
use super::model::{Cluster, Counts, Day, Member, Outlet, Report};
use super::view::{View, outlets};
use super::words::{day_number, iso_day};
use crate::date::{Date, Precision};

/// What is counted of the stories shown.
pub(super) struct Part<'a> {
    /// Whether it is all there is.
    pub(super) is_whole: bool,
    pub(super) counts: Counts,
    /// Those that share most stories with others first.
    pub(super) outlets: Cow<'a, [Outlet]>,
    pub(super) days: Cow<'a, [Day]>,
    /// Stories in two outlets or more.
    pub(super) shared: u64,
    /// Stories whose first date is doubted.
    pub(super) doubted: u64,
    /// Removed documents, of a run that removed.
    pub(super) removed: Option<u64>,
}

impl Part<'_> {
    /// The figures of these stories.
    pub(super) fn of<'a>(report: &'a Report, view: &View, clusters: &[usize]) -> Part<'a> {
        let stories = || clusters.iter().map(|&at| &report.clusters[at]);
        let shared = stories().filter(|story| outlets(story).len() > 1).count() as u64;
        let doubted = stories().filter(|story| story.doubted.is_some()).count() as u64;
        if !view.narrows() {
            return Part {
                is_whole: true,
                counts: report.counts.clone(),
                outlets: Cow::Borrowed(&report.outlets),
                days: Cow::Borrowed(&report.days),
                shared,
                doubted,
                removed: report.removed,
            };
        }
        let documents: u64 = stories().map(|story| story.members.len() as u64).sum();
        let many = clusters.len() as u64;
        let gone = || stories().flat_map(|story| &story.members);
        let gone = gone().filter(|member| member.witness.is_some()).count() as u64;
        Part {
            is_whole: false,
            counts: Counts {
                documents,
                clusters: many,
                clustered: documents,
                duplicates: documents - many,
                ..Counts::default()
            },
            outlets: Cow::Owned(carriers(report, stories())),
            days: Cow::Owned(days(stories())),
            shared,
            doubted,
            removed: report.removed.map(|_| gone),
        }
    }
}

/// The outlets of these stories.
fn carriers<'a>(report: &Report, stories: impl Iterator<Item = &'a Cluster>) -> Vec<Outlet> {
    let mut carriers = vec![Carrier::default(); report.outlets.len()];
    for story in stories {
        let members: Vec<Carried> = story.members.iter().map(carried).collect();
        count_story(&members, &mut carriers);
        for outlet in members.iter().filter_map(|member| member.outlet) {
            carriers[outlet as usize].documents += 1;
        }
    }
    let named = report.outlets.iter().zip(carriers);
    let mut outlets: Vec<Outlet> = named
        .filter(|(_, carrier)| carrier.stories > 0)
        .map(|(outlet, carrier)| carrier.outlet(&outlet.name))
        .collect();
    outlets.sort_by_cached_key(|outlet| {
        (
            Reverse(outlet.shared),
            Reverse(outlet.stories),
            outlet.name.clone(),
        )
    });
    outlets
}

fn carried(member: &Member) -> Carried {
    Carried {
        outlet: member.outlet,
        date: member.date.as_deref().and_then(date),
    }
}

/// A date as it is printed everywhere: RFC 3339 or `YYYY-MM-DD`.
fn date(text: &str) -> Option<Date> {
    match text.parse::<jiff::Timestamp>() {
        Ok(time) => Some(Date {
            seconds: time.as_second(),
            precision: Precision::Second,
        }),
        Err(_) => Some(Date {
            seconds: day_number(text)? * 86_400,
            precision: Precision::Day,
        }),
    }
}

/// Documents of every day; all but the first of a story are repeats.
fn days<'a>(stories: impl Iterator<Item = &'a Cluster>) -> Vec<Day> {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for story in stories {
        let dates = story
            .members
            .iter()
            .filter_map(|member| day_number(member.date.as_deref()?));
        let dates: Vec<i64> = dates.collect();
        let first = dates.iter().min();
        for day in &dates {
            days.entry(*day).or_default().0 += 1;
        }
        if let Some(first) = first {
            days.entry(*first).or_default().1 += 1;
        }
    }
    let day = |(day, (documents, stories))| Day {
        day: iso_day(day),
        documents,
        stories,
    };
    days.into_iter().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let member = |outlet, date: &str| Member {
            outlet: Some(outlet),
            date: Some(date.to_owned()),
            ..Member::default()
        };
        let story = |members: Vec<Member>| Cluster {
            members,
            ..Cluster::default()
        };
        let outlet = |name: &str| Outlet {
            name: name.to_owned(),
            documents: 50,
            stories: 40,
            ..Outlet::default()
        };
        Report {
            outlets: vec![outlet("Courier"), outlet("Globe"), outlet("Post")],
            counts: Counts {
                documents: 100,
                clusters: 40,
                ..Counts::default()
            },
            clusters: vec![
                story(vec![
                    member(1, "2024-10-01T10:00:00Z"),
                    member(0, "2024-10-01T12:00:00Z"),
                    member(0, "2024-10-02"),
                ]),
                story(vec![member(2, "2024-10-05"), member(2, "2024-10-05")]),
            ],
            ..Report::default()
        }
    }

    #[test]
    fn a_part_is_counted_by_its_own_stories() {
        let report = report();
        let view = View {
            min_outlets: 2,
            ..View::default()
        };
        let part = Part::of(&report, &view, &[0]);
        assert_eq!(
            (
                part.counts.documents,
                part.counts.clusters,
                part.counts.duplicates,
                part.shared
            ),
            (3, 1, 2, 1)
        );
        let lines: Vec<_> = (part.outlets.iter())
            .map(|own| {
                (
                    own.name.as_str(),
                    own.documents,
                    own.shared,
                    own.first,
                    own.median_lag,
                )
            })
            .collect();
        assert_eq!(
            lines,
            [("Courier", 2, 1, 0, Some(7200)), ("Globe", 1, 1, 1, None)]
        );
        let days: Vec<_> = (part.days.iter())
            .map(|day| (day.day.as_str(), day.documents, day.stories))
            .collect();
        assert_eq!(days, [("2024-10-01", 2, 1), ("2024-10-02", 1, 0)]);
    }

    #[test]
    fn the_whole_has_the_figures_of_the_run() {
        let report = report();
        let part = Part::of(&report, &View::default(), &[0, 1]);
        assert_eq!(
            (part.counts.documents, part.counts.clusters, part.shared),
            (100, 40, 1)
        );
        assert_eq!(part.outlets.len(), 3);
    }
}
