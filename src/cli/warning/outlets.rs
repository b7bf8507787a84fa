//! Outlets that --keep names and the corpus does not have: which were meant?

use std::collections::BTreeMap;
use std::fmt;

use wirecopy::Run;
use wirecopy::cluster::Keep;
use wirecopy::nearest::like;

use super::{Warning, listed};
use crate::cli::show::safe;
use crate::cli::suggest;

/// Outlets that are named where none is near, and columns of a name.
const NAMED: usize = 5;
const WIDTH: usize = 60;

/// Outlets that there are: those that were meant, perhaps, or else the largest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::cli) struct KnownOutlets {
    like: Vec<String>,
    largest: Vec<String>,
    more: u64,
}

impl fmt::Display for KnownOutlets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.like[..], &self.largest[..]) {
            ([], []) => f.write_str(
                "no outlet of this corpus is known; name its field with --source-field or --url-field",
            ),
            ([], some) => write!(
                f,
                "outlets are called as in clusters.jsonl, such as {}",
                listed(some, self.more)
            ),
            (like, _) => write!(
                f,
                "did you mean {}? Outlets are called as in clusters.jsonl",
                suggest::listed(like)
            ),
        }
    }
}

/// The warning of outlets that --keep names and no document is of.
pub(super) fn unknown(run: &Run) -> Option<Warning> {
    let Keep::Source(kept) = &run.removal_rule().keep else {
        return None;
    };
    let mut outlets: BTreeMap<&str, u64> = BTreeMap::new();
    for outlet in run.documents().filter_map(|doc| run.publisher(doc)) {
        *outlets.entry(outlet).or_default() += 1;
    }
    let is_unknown = |name: &&String| !outlets.contains_key(name.as_str());
    let unknown: Vec<&String> = kept.iter().filter(is_unknown).collect();
    let first = unknown.first()?;
    let shown = |name: &str| safe(name, WIDTH);
    let mut largest: Vec<(&str, u64)> = outlets.iter().map(|(&name, &size)| (name, size)).collect();
    largest.sort_by_key(|&(name, size)| (std::cmp::Reverse(size), name));
    Some(Warning::UnknownPublishers {
        names: unknown.iter().map(|name| safe(name, usize::MAX)).collect(),
        known: KnownOutlets {
            like: like(first, outlets.keys())
                .into_iter()
                .map(|name| shown(name))
                .collect(),
            largest: largest
                .iter()
                .take(NAMED)
                .map(|(name, _)| shown(name))
                .collect(),
            more: outlets.len().saturating_sub(NAMED) as u64, // usize is at most 64 bits
        },
    })
}
