//! `IndexStats`: what the rows of an index say of all its documents, without a comparison.
//!
//! One pass over 80 bytes a document: who published it, when, and the cluster it is in.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::catalog::Catalog;
use super::layout::NONE;
use crate::date::Date;
use crate::error::Error;
use crate::report::carrying::Carried;
use crate::report::model::{Counts, Masked};

/// All documents of an index that were not removed.
pub(super) struct IndexStats<'a> {
    /// Publishers, each once.
    pub(super) names: Vec<&'a str>,
    /// By position; `None` if it was removed.
    pub(super) documents: Vec<Option<Carried>>,
    /// Positions of the members of every cluster, ascending; those of clusters that are no more are
    /// empty.
    pub(super) clusters: Vec<Vec<u32>>,
    pub(super) counts: Counts,
    pub(super) masked: Masked,
    /// The day of the newest dated document, in days since 1970-01-01.
    pub(super) newest: Option<i64>,
}

impl<'a> IndexStats<'a> {
    pub(super) fn of(catalog: &'a Catalog) -> Result<IndexStats<'a>, Error> {
        let mut stats = IndexStats {
            names: Vec::new(),
            documents: Vec::with_capacity(catalog.documents()),
            clusters: vec![Vec::new(); catalog.state.clusters.len()],
            counts: Counts::default(),
            masked: Masked::default(),
            newest: None,
        };
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut position = 0;
        for part in &catalog.parts {
            // By name in this part: the number of the publisher, once one of its documents is seen.
            let mut known: HashMap<u32, u32> = HashMap::new();
            for row in part.rows()? {
                let at = position;
                position += 1;
                if catalog.state.is_removed(at as usize) {
                    stats.documents.push(None);
                    continue;
                }
                let publisher = match known.entry(row.publisher) {
                    Entry::Occupied(known) => Some(*known.get()),
                    Entry::Vacant(place) => part.name(row.publisher)?.map(|name| {
                        let next = u32::try_from(stats.names.len()).unwrap_or(NONE);
                        let number = *numbers.entry(name).or_insert_with(|| {
                            stats.names.push(name);
                            next
                        });
                        *place.insert(number)
                    }),
                };
                let date = row.date();
                stats.newest = stats.newest.max(date.map(Date::day));
                stats.documents.push(Some(Carried {
                    outlet: publisher,
                    date,
                }));
                stats.counts.documents += 1;
                stats.counts.thin += u64::from(row.words == 0 && row.page_words > 0);
                stats.masked.words += u64::from(row.page_words);
                stats.masked.masked += u64::from(row.masked);
                let cluster = catalog.state.cluster_of[at as usize];
                if let Some(members) = stats.clusters.get_mut(cluster as usize) {
                    members.push(at);
                }
            }
        }
        let sizes = stats.clusters.iter().map(|members| members.len() as u64);
        for size in sizes.filter(|&size| size > 0) {
            stats.counts.clusters += 1;
            stats.counts.clustered += size;
            stats.counts.duplicates += size - 1;
        }
        Ok(stats)
    }

    /// The members of every cluster there is.
    pub(super) fn carried(&self) -> impl Iterator<Item = Vec<Carried>> + '_ {
        let clusters = self.clusters.iter().filter(|members| !members.is_empty());
        clusters.map(|members| {
            let members = members.iter();
            members
                .filter_map(|&at| self.documents[at as usize])
                .collect()
        })
    }

    /// The documents of clusters that have one of such a date.
    pub(super) fn members_of_any(&self, is_wanted: impl Fn(Option<Date>) -> bool) -> Vec<u32> {
        let wants = |at: &u32| {
            let document = self.documents[*at as usize];
            document.is_some_and(|document| is_wanted(document.date))
        };
        let clusters = self.clusters.iter();
        let wanted = clusters.filter(|members| members.iter().any(wants));
        wanted.flatten().copied().collect()
    }
}
