//! The rows of a report: every cluster with its members.

use std::iter;

use rayon::prelude::*;

use super::headlines::{Titled, headline};
use super::outlets::{Outlets, carried};
use super::pairing::{Wanted, coverage, score};
use super::shown::{title, web_address};
use crate::attribution::Agency;
use crate::clusters::{self, ClusterId};
use crate::context::Context;
use crate::corpus::Reader;
use crate::date::{Date, Lag, doubted_first};
use crate::error::Error;
use crate::report::model::{Cluster, Member};
use crate::run::finished::Run;
use crate::store::beginnings::{Beginning, Beginnings, of_opening};
use crate::story::PageReading;

/// The clusters of a run as the page lists them: largest first, then by name.
pub(crate) fn largest_first(run: &Run) -> Vec<&clusters::Cluster> {
    let mut clusters: Vec<_> = run.clusters().iter().collect();
    clusters.sort_by_key(|cluster| (std::cmp::Reverse(cluster.members.len()), cluster.id));
    clusters
}

/// A row for each of these clusters. Every member is read again for its title.
pub(super) fn rows(
    run: &Run,
    clusters: &[&clusters::Cluster],
    outlets: &Outlets,
    context: Context<'_>,
) -> Result<Vec<Cluster>, Error> {
    let beginnings = beginnings(run);
    clusters
        .par_iter()
        .map_init(
            || (run.corpus.reader(), PageReading::default()),
            |(reader, reading), cluster| {
                context.go_on()?;
                let named = named(run, &beginnings, cluster, reader, reading)?;
                Ok(row(run, cluster, outlets, named))
            },
        )
        .collect()
}

fn beginnings(run: &Run) -> Beginnings<'_> {
    Beginnings {
        documents: &run.documents,
        learned: run.learned(),
        kernel: run.job.instructions.text(),
        shingling: run.recipe().shingling(),
    }
}

/// What a story is called in the report. Every member is read again.
pub(crate) fn story_title(run: &Run, cluster: &clusters::Cluster) -> Result<String, Error> {
    let (mut reader, mut reading) = (run.corpus.reader(), PageReading::default());
    let named = named(run, &beginnings(run), cluster, &mut reader, &mut reading)?;
    Ok(named.title)
}

/// What the documents of a cluster are called, read from their records.
fn named(
    run: &Run,
    beginnings: &Beginnings<'_>,
    cluster: &clusters::Cluster,
    reader: &mut Reader<'_>,
    reading: &mut PageReading,
) -> Result<Named, Error> {
    let representative = cluster.representative();
    let mut titles = Vec::with_capacity(cluster.members.len());
    let mut urls = Vec::with_capacity(cluster.members.len());
    let mut begins = Beginning::default();
    for member in &cluster.members {
        let row = run.documents.row(member.doc);
        let (input, doc) = (row.input as usize, member.doc);
        let (own_title, url) = reader.record(input, row.offset, row.length, |record| {
            if doc == representative {
                begins = beginnings.of(doc, record, reading);
            }
            (
                record.title.and_then(title),
                record.url.and_then(web_address),
            )
        })?;
        titles.push(own_title);
        urls.push(url);
    }
    let titled = titled(run, cluster, &titles);
    Ok(Named {
        title: headline(&titled, &begins.lead).unwrap_or_else(|| of_opening(&begins.opening)),
        opening: begins.opening,
        titles,
        urls,
    })
}

/// The titles that a cluster's members have, and whose they are.
fn titled<'a>(
    run: &'a Run,
    cluster: &clusters::Cluster,
    titles: &'a [Option<String>],
) -> Vec<Titled<'a>> {
    let titled = titles.iter().zip(&cluster.members);
    titled
        .filter_map(|(title, member)| {
            Some(Titled {
                title: title.as_deref()?,
                outlet: run.publisher(member.doc),
            })
        })
        .collect()
}

/// The headline that two outlets share, where nothing is known of the text.
pub(crate) fn shared_headline(
    run: &Run,
    cluster: &clusters::Cluster,
    titles: &[Option<String>],
) -> Option<String> {
    headline(&titled(run, cluster, titles), "")
}

/// What the documents of a cluster are called.
pub(crate) struct Named {
    /// The cluster itself.
    pub(crate) title: String,
    /// How the representative begins.
    pub(crate) opening: String,
    /// By member.
    pub(crate) titles: Vec<Option<String>>,
    /// By member: the addresses of their pages; none where they are not kept.
    pub(crate) urls: Vec<Option<String>>,
}

/// The row of a cluster.
pub(crate) fn row(
    run: &Run,
    cluster: &clusters::Cluster,
    outlets: &Outlets,
    named: Named,
) -> Cluster {
    let representative = cluster.representative();
    let first = first_date(run, cluster);
    let dates = (cluster.members.iter()).filter_map(|member| run.date(member.doc));
    let doubted = doubted_first(dates);
    let mut members = Vec::with_capacity(cluster.members.len());
    let urls = named.urls.into_iter().chain(iter::repeat(None));
    for ((member, title), url) in cluster.members.iter().zip(named.titles).zip(urls) {
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
            outlet: outlets.number(carried(run, member.doc).outlet),
            date: date.map(|date| date.to_string()),
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
            url,
            witness: None,
            text: None,
            comparison: None,
        });
    }
    Cluster {
        id: cluster.id.to_string(),
        title: named.title,
        opening: named.opening,
        agency: run.cluster_agency(cluster).map(name),
        doubted,
        members,
    }
}

fn name(agency: &'static Agency) -> String {
    agency.name().to_owned()
}

/// The date of the earliest dated member.
fn first_date(run: &Run, cluster: &clusters::Cluster) -> Option<Date> {
    let members = cluster.members.iter();
    members.filter_map(|member| run.date(member.doc)).min()
}
