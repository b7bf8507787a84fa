//! Which documents hold the story of another cluster besides their own (`wire`).
//!
//! A digest joins the story it holds most of; average linkage keeps it from being a bridge to the
//! others. The pairs that were compared and ended in different clusters say which other stories
//! it may hold. It is aligned with its own cluster's representative once more, and then with the
//! others': what the *rest* covers of them, words that belong to no story yet, decides. A text in
//! no cluster, or in one of equal texts only, is itself the rest; it is linked if it holds two
//! stories or more.
//!
//! Only texts with such a pair and with room for another story are read again.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::aligning::{AligningMethod, between};
use super::clustering::Clustered;
use super::comparing::{Comparer, TextReader};
use super::error::StageError;
use super::finalizing::{Finalizer, find};
use super::method::{Method, Why};
use super::rereading::Rereading;
use crate::clusters::ClusterId;
use crate::doc_id::DocId;
use crate::relation::{ANOTHER_STORY, COVERED};
use crate::similarity::Overlap;
use crate::verify::{self, Stories};

/// Other clusters that a text is held against, those it shares most words with. A digest of more
/// stories is rare, and each costs a text to read.
const LINKS: usize = 8;

/// Stories that a text without a story of its own must hold to be linked to them. One is a
/// likeness that fell short of a copy.
const DIGEST: usize = 2;

/// The other clusters of texts that hold their stories, by first document of the text.
#[derive(Debug, Default)]
pub struct Links {
    of: BTreeMap<DocId, Vec<ClusterId>>,
    /// Clusters that were not looked at because a text had too many.
    /// Clusters that were not looked at because a document had too many.
    pub dropped: u64,
}

impl Links {
    /// The other clusters of a text, by name.
    pub fn of(&self, text: DocId) -> &[ClusterId] {
        self.of.get(&text).map_or(&[], Vec::as_slice)
    }

    /// Whether a text holds the story of another cluster.
    pub fn holds_another(&self, text: DocId) -> bool {
        self.of.contains_key(&text)
    }

    /// Calls clusters by other names.
    pub fn rename(&mut self, new: impl Fn(ClusterId) -> ClusterId) {
        for clusters in self.of.values_mut() {
            clusters.iter_mut().for_each(|id| *id = new(*id));
            clusters.sort_unstable();
        }
    }
}

/// A text that may hold other stories.
struct Suspect {
    text: DocId,
    /// The text that stands for its own story.
    own: Option<DocId>,
    /// Positions of other clusters, those it shares most with first.
    others: Vec<usize>,
}

/// Finds the other stories that texts hold, and judges the clusters of these texts again.
///
/// # Errors
///
/// If a text cannot be read, or it was cancelled.
pub fn link(
    mut clustered: Clustered,
    finalizer: Finalizer<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Clustered, StageError> {
    clustered.links = links(&mut clustered, finalizer, comparer)?;
    Ok(clustered)
}

fn links(
    clustered: &mut Clustered,
    finalizer: Finalizer<'_>,
    comparer: &Comparer<'_, AligningMethod<'_>>,
) -> Result<Links, StageError> {
    let (suspects, dropped) = suspects(clustered, finalizer);
    let stories = |at: usize| {
        let cluster = &clustered.finalized[at].cluster;
        (cluster.id, cluster.representative())
    };
    let of: Result<Vec<_>, StageError> = suspects
        .par_iter()
        .map_init(
            || Aligner {
                comparer,
                reader: TextReader::of(comparer.stories),
                stories: Stories::default(),
                verifier: verify::PairVerifier::new(),
            },
            |aligner, suspect| Ok((suspect.text, aligner.held(suspect, stories)?)),
        )
        .collect();
    let of = of?.into_iter().filter(|(_, held)| !held.is_empty());
    let links = Links {
        of: of.collect(),
        dropped,
    };
    let finalizer = Finalizer {
        links: Some(&links),
        ..finalizer
    };
    let finalized = clustered.finalized.par_iter_mut();
    finalized.try_for_each(|finalized| {
        let mut members = finalized.cluster.members.iter();
        match members.any(|member| finalizer.holds_another(member.doc)) {
            true => finalizer.finalize_again(finalized, &mut Rereading::new(comparer)),
            false => Ok(()),
        }
    })?;
    Ok(links)
}

/// The texts that may hold other stories, ascending, and how many clusters are not looked at.
fn suspects(clustered: &Clustered, finalizer: Finalizer<'_>) -> (Vec<Suspect>, u64) {
    let mut cluster_of: Vec<Option<usize>> = vec![None; finalizer.documents.total()];
    for (at, finalized) in clustered.finalized.iter().enumerate() {
        for member in &finalized.cluster.members {
            cluster_of[member.doc.index()] = Some(at);
        }
    }
    // (text, cluster, words shared with one of its texts), for pairs that lead out of a cluster.
    let mut leads: Vec<(DocId, usize, u32)> = Vec::new();
    for edge in &clustered.edges {
        for (text, other) in [(edge.a, edge.b), (edge.b, edge.a)] {
            let shared = edge.likeness.coverage().shared;
            match cluster_of[other.index()] {
                Some(at) if cluster_of[text.index()] != Some(at) && shared > 0 => {
                    leads.push((text, at, shared));
                }
                _ => {}
            }
        }
    }
    leads.sort_unstable();
    let (mut suspects, mut dropped) = (Vec::new(), 0);
    for leads in leads.chunk_by(|x, y| x.0 == y.0) {
        let text = leads[0].0;
        let words = finalizer.documents.words(text);
        let own = cluster_of[text.index()].and_then(|at| own_story(clustered, finalizer, at, text));
        let shares = own.map_or(
            Overlap {
                shared: 0,
                left: words,
                right: 0,
            },
            |(_, shares)| shares,
        );
        if shares.left_coverage() >= COVERED {
            continue;
        }
        let rest = f64::from(words.saturating_sub(shares.shared));
        let room = |at: usize| {
            let story = clustered.finalized[at].cluster.representative();
            rest >= ANOTHER_STORY * f64::from(finalizer.documents.words(story))
        };
        let others: Vec<Other> = leads
            .chunk_by(|x, y| x.1 == y.1)
            .map(|same| same[same.len() - 1])
            .filter(|&(_, at, _)| room(at))
            .map(|(_, at, shared)| (shared, clustered.finalized[at].cluster.id, at))
            .collect();
        if others.len() < own.map_or(DIGEST, |_| 1) {
            continue;
        }
        let (others, too_many) = nearest(others);
        dropped += too_many;
        suspects.push(Suspect {
            text,
            own: own.map(|(own, _)| own),
            others,
        });
    }
    (suspects, dropped)
}

/// Another cluster: words shared with one of its texts, its name, its position.
type Other = (u32, ClusterId, usize);

/// Positions of the clusters that a text shares most words with, and how many more there are.
fn nearest(mut others: Vec<Other>) -> (Vec<usize>, u64) {
    others.sort_unstable_by_key(|&(shared, id, _)| (Reverse(shared), id));
    let dropped = others.len().saturating_sub(LINKS) as u64;
    others.truncate(LINKS);
    (others.into_iter().map(|(.., at)| at).collect(), dropped)
}

/// The text that stands for the story of a text's cluster, and what the two share: the
/// representative or, for its own text, the member that is most like it. `None` where all members
/// have one text.
fn own_story(
    clustered: &Clustered,
    finalizer: Finalizer<'_>,
    at: usize,
    text: DocId,
) -> Option<(DocId, Overlap)> {
    let finalized = &clustered.finalized[at];
    let representative = finalizer.texts.first(finalized.cluster.representative());
    let edge = if text == representative {
        let own = finalized
            .edges
            .iter()
            .filter(|edge| edge.a == text || edge.b == text);
        own.max_by_key(|edge| {
            let score = edge.likeness.aligned.map(|aligned| aligned.score);
            (score, Reverse(finalizer.documents.rank(edge.other(text))))
        })
    } else {
        find(&finalized.edges, text, representative)
    };
    edge.map(|edge| (edge.other(text), edge.seen_from(text).coverage()))
}

/// Reads texts and aligns them; one a thread.
struct Aligner<'a, 'c> {
    comparer: &'a Comparer<'a, AligningMethod<'c>>,
    reader: TextReader<'a>,
    stories: Stories,
    verifier: verify::PairVerifier,
}

impl Aligner<'_, '_> {
    /// The clusters whose story a text holds besides its own, by name; `stories` says the name
    /// and the representative of a cluster.
    fn held(
        &mut self,
        suspect: &Suspect,
        stories: impl Fn(usize) -> (ClusterId, DocId),
    ) -> Result<Vec<ClusterId>, StageError> {
        let others: Vec<(ClusterId, DocId)> =
            suspect.others.iter().map(|&at| stories(at)).collect();
        let mut docs = vec![suspect.text];
        docs.extend(others.iter().map(|&(_, story)| story));
        docs.extend(suspect.own);
        self.load(&docs)?;
        let documents = self.comparer.documents;
        let mut is_assigned = vec![false; documents.words(suspect.text) as usize];
        if suspect.own.is_some() {
            take(
                &mut is_assigned,
                &self.aligned(&docs, docs.len() - 1, false),
            );
        }
        let mut left: Vec<(ClusterId, u32, Vec<Range<usize>>)> = Vec::new();
        for (at, &(id, story)) in (1..).zip(&others) {
            let runs = self.aligned(&docs, at, true);
            left.push((id, documents.words(story), runs));
        }
        // The story that is covered best takes its words first: no word counts for two stories.
        let mut held = Vec::new();
        loop {
            let shares = left.iter().enumerate().map(|(at, (id, words, runs))| {
                (
                    f64::from(fresh(&is_assigned, runs)) / f64::from(*words),
                    *id,
                    at,
                )
            });
            let best = shares
                .filter(|&(share, ..)| share >= ANOTHER_STORY)
                .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
            let Some((_, id, at)) = best else { break };
            take(&mut is_assigned, &left.swap_remove(at).2);
            held.push(id);
        }
        if held.len() < suspect.own.map_or(DIGEST, |_| 1) {
            held.clear();
        }
        held.sort_unstable();
        Ok(held)
    }

    fn load(&mut self, docs: &[DocId]) -> Result<(), StageError> {
        let method = &self.comparer.method;
        method.clear(&mut self.stories);
        let mut text = Default::default();
        for &doc in docs {
            self.reader.read(doc, method, &mut text)?;
            method.push(&text, &mut self.stories);
        }
        Ok(())
    }

    /// Places of the first loaded text that are aligned with another one. If `strict`, none
    /// where the two share only stock, or contradict each other: the same form is no story.
    fn aligned(&mut self, docs: &[DocId], other: usize, strict: bool) -> Vec<Range<usize>> {
        let rule = self.comparer.method.rule_for(Why::TwoHop);
        let pair = (0, other);
        let between = between(self.comparer.documents, docs[0], docs[other]);
        let found = match strict {
            true => self.verifier.decide(&self.stories, pair, &rule, between),
            false => self
                .verifier
                .decide_in_full(&self.stories, pair, &rule, between),
        };
        if strict && found.contradicted {
            return Vec::new();
        }
        let runs = self.verifier.alignment().runs().iter();
        runs.map(|run| run.a as usize..run.in_a().end as usize)
            .collect()
    }
}

/// Words in these places that belong to no story yet.
fn fresh(is_assigned: &[bool], runs: &[Range<usize>]) -> u32 {
    let words = runs.iter().flat_map(|run| &is_assigned[run.clone()]);
    words.map(|&assigned| u32::from(!assigned)).sum()
}

fn take(is_assigned: &mut [bool], runs: &[Range<usize>]) {
    for run in runs {
        is_assigned[run.clone()].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_for_one_story() {
        let mut is_assigned = vec![false; 10];
        assert_eq!(fresh(&is_assigned, &[0..4, 6..8]), 6);
        take(&mut is_assigned, &[2..3, 3..7]);
        assert_eq!(fresh(&is_assigned, &[0..4, 6..8]), 3);
    }

    #[test]
    fn a_text_is_held_against_the_eight_nearest_clusters() {
        let other = |at: u8| (u32::from(at / 2), ClusterId(9 - u64::from(at)), at.into());
        let (held, dropped) = nearest((0..10).map(other).collect());
        assert_eq!(
            held,
            [9, 8, 7, 6, 5, 4, 3, 2],
            "most words, then the smallest name"
        );
        assert_eq!(dropped, 2);
        assert_eq!(nearest(vec![other(3)]), (vec![3], 0));
    }
}
