//! What a run found, as the model that the page is drawn from.
//!
//! First the tables, which are always whole. Then texts, as many as there is room for: those of
//! the pairs to be checked by eye, and of the clusters from the largest down, first so many members
//! of each, then the others.

mod clusters;
mod doubts;
mod headlines;
mod near_runs;
mod outlets;
mod overview;
mod pairing;
mod shown;
mod side_by_side;
mod single;
mod text_budget;

use std::sync::atomic::AtomicU64;

pub(crate) use clusters::{Named, largest_first, row, shared_headline, story_title};
pub(crate) use outlets::{Outlets, days_of};
pub(crate) use overview::of_index;
pub(crate) use pairing::Verdict;
pub(crate) use side_by_side::SideBySide;
pub(crate) use single::of_pair;

use pairing::{Pairing, Wanted};
use text_budget::TextBudget;

use crate::clusters::{self as found, Cluster};
use crate::context::Context;
use crate::error::Error;
use crate::hash;
use crate::output::OutputFolder;
use crate::recipe::Recipe;
use crate::report::model::{Doubt, Drawn, Member, Report};
use crate::report::{self, View};
use crate::run::finished::Run;
use crate::stages::{DRAWN, PairTotals};

/// Members of a cluster whose texts are shown before those of smaller clusters are.
const MEMBERS: usize = 24;

/// Clusters whose members are asked for at a time.
const CLUSTERS: usize = 32;

/// The part of the budget that each list of pairs to check may take.
const FOR_A_LIST: usize = 8;

/// The least part of the budget that is for texts, however large the tables are.
const FOR_TEXTS: usize = 4;

impl Run {
    /// What the page about this run is drawn from, with texts of so many bytes at most as the page
    /// holds them. Reads documents again.
    ///
    /// The result does not depend on the size of the rayon pool.
    ///
    /// # Errors
    ///
    /// If a document cannot be read again, or the caller cancels.
    pub fn report(&self, budget: usize, context: Context<'_>) -> Result<Report, Error> {
        let pairs = self.pairs();
        let outlets = Outlets::of(self);
        let clusters = largest_first(self);
        let mut report = overview::overview(self, &self.counted);
        report.clusters = clusters::rows(self, &clusters, &outlets, context)?;
        report.outlets = outlets.rows;
        report.days = outlets::days(self);

        let capped = AtomicU64::new(0);
        let pairing = Pairing::new(self, &capped, context);
        let mut budgeted = TextBudget::default();
        budgeted.extend(budget / FOR_A_LIST);
        let (wanted, whys): (Vec<Wanted>, Vec<_>) =
            doubts::doubts(self, &pairs, &clusters).into_iter().unzip();
        budgeted.put_all(&pairing, &wanted, false, |at, comparison| {
            let why = whys[at].to_owned();
            report.doubtful.push(Doubt { comparison, why });
        })?;
        let sample = self.sample(&self.counted, budget / FOR_A_LIST);
        budgeted.extend(budget / FOR_A_LIST);
        let wanted: Vec<Wanted> = sample.iter().map(|(wanted, ..)| *wanted).collect();
        budgeted.put_all(&pairing, &wanted, true, |at, comparison| {
            let (_, stratum, weight) = &sample[at];
            report.sample.push(Drawn {
                comparison,
                stratum: stratum.clone(),
                weight: *weight,
            });
        })?;
        let rest = budget - 2 * (budget / FOR_A_LIST);
        let tables = report.clusters.iter().map(size_of_row).sum::<usize>();
        budgeted.extend(rest.saturating_sub(tables).max(budget / FOR_TEXTS));
        self.show_clusters(&clusters, &pairing, &mut budgeted)?;

        for (row, cluster) in report.clusters.iter_mut().zip(&clusters) {
            let representative = cluster.representative();
            for (member, own) in row.members.iter_mut().zip(&cluster.members) {
                member.text = budgeted.text(own.doc);
                member.comparison = budgeted.comparison(representative, own.doc);
            }
            let is_shown = row.members.iter().any(|member| member.comparison.is_some());
            report.without_texts += u64::from(!is_shown);
        }
        report.texts = budgeted.texts;
        report.comparisons = budgeted.comparisons;
        Ok(report)
    }

    /// Writes `report.json` and `report.html`.
    /// Of a run whose removals are carried out, the report says what went. Returns how many stories the page shows.
    pub(crate) fn write_report(
        &self,
        folder: &OutputFolder,
        view: &View,
        removes: bool,
        context: Context<'_>,
    ) -> Result<u64, Error> {
        let mut report = self.report(view.budget, context)?;
        if removes {
            report.removed = Some(self.counts().removed);
            self.name_witnesses(&mut report);
        }
        let mut file = folder.file(report::FILE)?;
        file.put(report.to_json().as_bytes())?;
        file.finish()?;
        let mut file = folder.file(report::PAGE)?;
        file.put(report::page(&report, view).as_bytes())?;
        file.finish()?;
        Ok(view.stories(&report))
    }

    /// Says of every removed member which kept document carries it.
    fn name_witnesses(&self, report: &mut Report) {
        for (row, cluster) in report.clusters.iter_mut().zip(largest_first(self)) {
            for (member, own) in row.members.iter_mut().zip(&cluster.members) {
                if let found::Verdict::Removed { witness, .. } = self.verdict(own.doc) {
                    member.witness = Some(self.id(witness).into_owned());
                }
            }
        }
    }

    /// The pairs to be judged by eye, with stratum and weight: of every stratum as many, and so
    /// many as take about `room` bytes. Strata are mixed, so that whoever judges a pair does not
    /// know from the one before what was decided. They are left out by the number they were drawn by and
    /// never by their own length: what is left is still a random sample.
    fn sample(&self, counted: &PairTotals, room: usize) -> Vec<(Wanted, String, f64)> {
        let bytes = |wanted: &Wanted| {
            let length = |doc| (self.documents.row(doc).length as usize).min(shown::LONGEST);
            length(wanted.a) + length(wanted.b)
        };
        let reported = self.recipe().threshold().scaled(Recipe::REPORTED).get();
        let mut sample = Vec::new();
        for each in (1..=DRAWN).rev() {
            sample.clear();
            for (stratum, drawing) in counted.sampling.strata() {
                let pairs: Vec<_> = drawing.pairs().take(each).collect();
                let weight = rounded(drawing.population as f64 / pairs.len().max(1) as f64);
                let name = stratum.name(self.recipe(), reported);
                let rows = pairs.into_iter();
                sample.extend(rows.map(|(number, pair)| {
                    let wanted = Wanted {
                        a: pair.a,
                        b: pair.b,
                        likeness: Some(pair.likeness),
                    };
                    let place = hash::pair(number, 1);
                    (place, wanted.turned(self), name.clone(), weight)
                }));
            }
            if sample
                .iter()
                .map(|(_, pair, ..)| bytes(pair))
                .sum::<usize>()
                <= room
            {
                sample.sort_by_key(|&(place, Wanted { a, b, .. }, ..)| (place, a, b));
                let rows = sample.into_iter();
                return rows
                    .map(|(_, pair, name, weight)| (pair, name, weight))
                    .collect();
            }
        }
        Vec::new()
    }

    /// Shows the texts of clusters, as many as there is room for.
    fn show_clusters(
        &self,
        clusters: &[&Cluster],
        pairing: &Pairing<'_>,
        budgeted: &mut TextBudget,
    ) -> Result<(), Error> {
        type Part = fn(&Cluster) -> &[found::Member];
        let first: Part = |cluster| &cluster.members[1..cluster.members.len().min(MEMBERS)];
        let rest: Part = |cluster| cluster.members.get(MEMBERS..).unwrap_or_default();
        for members in [first, rest] {
            for clusters in clusters.chunks(CLUSTERS) {
                if !budgeted.has_room() {
                    return Ok(());
                }
                let wanted: Vec<Wanted> = clusters
                    .iter()
                    .flat_map(|cluster| {
                        let representative = cluster.representative();
                        let members = members(cluster).iter();
                        members.map(move |member| Wanted::of_member(self, representative, member))
                    })
                    .collect();
                let left_out = budgeted.put_all(pairing, &wanted, false, |_, _| {})?;
                // Where next to nothing fits any more, smaller clusters are not tried.
                if left_out > 0 && left_out == wanted.len() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Bytes that a cluster takes in the page without its texts, about.
fn size_of_row(cluster: &crate::report::model::Cluster) -> usize {
    const MEMBER: usize = 100;
    let optional = |text: &Option<String>| text.as_deref().map_or(0, text_budget::escaped);
    let member = |member: &Member| {
        let Member {
            title,
            url,
            witness,
            ..
        } = member;
        MEMBER
            + text_budget::escaped(&member.id)
            + optional(title)
            + optional(url)
            + optional(witness)
    };
    text_budget::escaped(&cluster.opening) + cluster.members.iter().map(member).sum::<usize>()
}

/// A figure as it is saved: to six digits, so that it is read as it was written.
fn rounded(figure: f64) -> f64 {
    (figure * 1e6).round() / 1e6
}
