//! The rows of a report: every cluster with its members.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::outlets::Outlets;
use super::pairing::{Wanted, coverage, score};
use super::shown::{on_one_line, title};
use crate::attribution::Agency;
use crate::clusters::{self, ClusterId};
use crate::corpus::Reader;
use crate::date::{Date, Lag};
use crate::doc_id::DocId;
use crate::output;
use crate::pipeline::error::Error;
use crate::pipeline::run::Run;
use crate::pipeline::story::PageReading;
use crate::pipeline::story_texts::story_text;
use crate::report::model::{Cluster, Member};

/// Longest opening, in characters.
const OPENING: usize = 200;
/// Longest title made of an opening, in characters.
const TITLE: usize = 100;

/// The clusters of a run as the page lists them: largest first, then by name.
pub(super) fn largest_first(run: &Run) -> Vec<&clusters::Cluster> {
    let mut clusters: Vec<_> = run.clusters().iter().collect();
    clusters.sort_by_key(|cluster| (std::cmp::Reverse(cluster.members.len()), cluster.id));
    clusters
}

/// A row for each of these clusters. Every member is read again for its title.
pub(super) fn rows(
    run: &Run,
    clusters: &[&clusters::Cluster],
    outlets: &Outlets,
    cancelled: &AtomicBool,
) -> Result<Vec<Cluster>, Error> {
    clusters
        .par_iter()
        .map_init(
            || (run.corpus.reader(), PageReading::default()),
            |(reader, reading), cluster| match cancelled.load(Ordering::Relaxed) {
                true => Err(Error::Cancelled),
                false => row(run, cluster, outlets, reader, reading),
            },
        )
        .collect()
}

fn row(
    run: &Run,
    cluster: &clusters::Cluster,
    outlets: &Outlets,
    reader: &mut Reader<'_>,
    reading: &mut PageReading,
) -> Result<Cluster, Error> {
    let representative = cluster.representative();
    let (opening, own_title) = beginning(run, representative, reader, reading)?;
    let first = first_date(run, cluster);
    let mut members = Vec::with_capacity(cluster.members.len());
    for member in &cluster.members {
        let row = run.documents.row(member.doc);
        let title = match member.doc == representative {
            true => own_title.clone(),
            false => reader.record(row.input as usize, row.offset, row.length, |record| {
                record.title.and_then(title)
            })?,
        };
        let wanted = Wanted::of_member(run, representative, member);
        let (representative_coverage, coverage) = coverage(wanted.likeness);
        let date = run.date(member.doc);
        let (lag, lag_in_days) = match date.zip(first).map(|(date, first)| date.lag_after(first)) {
            Some(Lag::Seconds(seconds)) => (Some(seconds), false),
            Some(Lag::Days(days)) => (Some(days), true),
            None => (None, false),
        };
        members.push(Member {
            id: run.id(member.doc).into_owned(),
            outlet: outlets.number(run, member.doc),
            date: date.map(output::date_text),
            lag,
            lag_in_days,
            relation: member.relation.map(|relation| relation.name().to_owned()),
            score: score(run, wanted.likeness),
            coverage,
            representative_coverage,
            words: run.words(member.doc),
            title,
            agency: run.agency(member.doc).map(name),
            also_in: run
                .also_in(member.doc)
                .iter()
                .map(ClusterId::to_string)
                .collect(),
            text: None,
            comparison: None,
        });
    }
    Ok(Cluster {
        id: cluster.id.to_string(),
        title: own_title.unwrap_or_else(|| on_one_line(&opening, TITLE)),
        opening,
        agency: run.cluster_agency(cluster).map(name),
        members,
    })
}

fn name(agency: &'static Agency) -> String {
    agency.name().to_owned()
}

/// The date of the earliest dated member.
pub(super) fn first_date(run: &Run, cluster: &clusters::Cluster) -> Option<Date> {
    let members = cluster.members.iter();
    members.filter_map(|member| run.date(member.doc)).min()
}

/// How a story begins, without boilerplate where that is masked; and its title.
fn beginning(
    run: &Run,
    doc: DocId,
    reader: &mut Reader<'_>,
    reading: &mut PageReading,
) -> Result<(String, Option<String>), Error> {
    let row = run.documents.row(doc);
    let beginning = reader.record(row.input as usize, row.offset, row.length, |record| {
        let story = run.learned().map_or_else(String::new, |learned| {
            reading.set_kernel(run.job.instructions.text());
            reading.read(record.text);
            let publisher = run.documents.publisher_hash(doc);
            reading.mask(&learned.furniture, publisher, run.recipe().shingling);
            on_one_line(&story_text(reading, record.text), OPENING)
        });
        let opening = match story.is_empty() {
            true => on_one_line(record.text, OPENING),
            false => story,
        };
        (opening, record.title.and_then(title))
    })?;
    Ok(beginning)
}
