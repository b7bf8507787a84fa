//! From two documents to what the page shows of the pair.
//!
//! Pairs are read again and aligned as verification did; the verdict and its figures are the
//! run's own.

use std::sync::atomic::AtomicU64;

use super::rounded;
use super::shown::Shown;
use super::side_by_side::SideBySide;
use crate::clusters::Member;
use crate::context::Context;
use crate::corpus::Reader;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::inspect::near_page::NearPage;
use crate::inspect::story_pair::StoryPair;
use crate::likeness::{Likeness, Refusal};
use crate::relation::Relation;
use crate::report::model::Comparison;
use crate::run::finished::Run;
use crate::stages::{AligningMethod, Why, relation_of};
use crate::verify::{Decision, PairVerifier};

/// Two documents, and what the run found comparing them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) a: DocId,
    pub(super) b: DocId,
    /// `left` is `a`; `None` of equal texts.
    pub(super) likeness: Option<Likeness>,
}

/// A pair that is ready to be shown, before texts are numbered.
pub(super) struct Prepared {
    pub(super) wanted: Wanted,
    pub(super) shown: [Shown; 2],
    pub(super) comparison: Comparison,
}

/// What a run found of a pair.
pub(crate) struct Verdict {
    pub(crate) accepted: bool,
    pub(crate) refused: Option<Refusal>,
    pub(crate) relation: Option<Relation>,
    pub(crate) same_cluster: bool,
    pub(crate) score: f64,
    /// Shares of `a` in `b` and of `b` in `a`.
    pub(crate) coverage: (f64, f64),
}

/// Prepares pairs of a run.
pub(super) struct Pairing<'a> {
    run: &'a Run,
    /// Of a `wire` run.
    method: Option<AligningMethod<'a>>,
    context: Context<'a>,
}

/// The buffers of one thread.
pub(super) struct Buffers<'a> {
    reader: Reader<'a>,
    verifier: PairVerifier,
}

impl Wanted {
    /// A member of a cluster and its representative, which comes first.
    pub(super) fn of_member(run: &Run, representative: DocId, member: &Member) -> Wanted {
        let is_equal = run.texts.first(representative) == run.texts.first(member.doc);
        Wanted {
            a: representative,
            b: member.doc,
            likeness: (!is_equal).then(|| member.likeness.flipped()),
        }
    }

    /// The same pair with the representative of their cluster first, if it is one of the two.
    pub(super) fn turned(self, run: &Run) -> Wanted {
        let cluster = run.cluster_of(self.b);
        match cluster.is_some_and(|cluster| cluster.representative() == self.b) {
            true => Wanted {
                a: self.b,
                b: self.a,
                likeness: self.likeness.map(Likeness::flipped),
            },
            false => self,
        }
    }
}

impl<'a> Pairing<'a> {
    /// `capped` is needed to align, and not counted up.
    pub(super) fn new(run: &'a Run, capped: &'a AtomicU64, context: Context<'a>) -> Self {
        let learned = run.learned();
        let method = learned.map(|learned| {
            AligningMethod::new(
                &run.job.recipe,
                run.job.instructions.text(),
                &run.documents,
                learned,
                capped,
            )
        });
        Pairing {
            run,
            method,
            context,
        }
    }

    pub(super) fn buffers(&self) -> Buffers<'a> {
        Buffers {
            reader: self.run.corpus.reader(),
            verifier: PairVerifier::new(),
        }
    }

    /// Reads and aligns a pair.
    pub(super) fn prepare(
        &self,
        wanted: Wanted,
        buffers: &mut Buffers<'_>,
    ) -> Result<Prepared, Error> {
        self.context.go_on()?;
        let Buffers { reader, verifier } = buffers;
        let documents = &self.run.documents;
        let docs = [wanted.a, wanted.b];
        let (pair, decision) = match &self.method {
            Some(method) => {
                let pair =
                    StoryPair::read((method, &self.run.documents), &self.run.texts, reader, docs)?;
                let decision = in_full(method, &pair, verifier);
                (SideBySide::of_stories(pair, verifier), Some(decision))
            }
            None => {
                let shingling = self.run.recipe().shingling();
                let mut read = |doc| NearPage::read(shingling, documents, reader, doc);
                let pages = [read(docs[0])?, read(docs[1])?];
                (SideBySide::of_sets(pages, shingling), None)
            }
        };
        let shown = [
            Shown::of(documents, docs[0], &pair.sides[0]),
            Shown::of(documents, docs[1], &pair.sides[1]),
        ];
        let comparison = comparison(&pair, &shown, &self.verdict(wanted), decision);
        Ok(Prepared {
            wanted,
            shown,
            comparison,
        })
    }

    /// What the run found, with the figures of its tables.
    fn verdict(&self, Wanted { a, b, likeness }: Wanted) -> Verdict {
        let run = self.run;
        let recipe = run.recipe();
        let accepted = likeness.is_none_or(|likeness| likeness.is_copy(recipe.threshold()));
        let seen_from_b = likeness.unwrap_or(recipe.equal()).flipped();
        let holds_another = !run.also_in(b).is_empty();
        let relation = || relation_of(&run.documents, b, a, seen_from_b, holds_another);
        Verdict {
            accepted,
            refused: likeness.and_then(|likeness| likeness.aligned?.refused),
            relation: accepted.then(relation),
            same_cluster: run.cluster_of(a).is_some_and(|cluster| {
                let other = run.cluster_of(b);
                other.is_some_and(|other| std::ptr::eq(cluster, other))
            }),
            score: score(run, likeness),
            coverage: coverage(likeness),
        }
    }
}

/// The verdict with every figure, also where a run stops at the gate and does not align.
fn in_full(method: &AligningMethod<'_>, pair: &StoryPair, verifier: &mut PairVerifier) -> Decision {
    let rule = method.rule_for(Why::Candidates);
    let between = pair.between(method.documents);
    verifier.decide_in_full(&pair.batch, (0, 1), &rule, between)
}

/// What the threshold acts on; of equal texts the highest there is.
pub(super) fn score(run: &Run, likeness: Option<Likeness>) -> f64 {
    match (likeness, run.learned()) {
        (Some(likeness), _) => rounded(likeness.score()),
        (None, Some(_)) => rounded(run.recipe().equal().score()),
        (None, None) => 1.0,
    }
}

/// Shares of the first in the second and of the second in the first; all of equal texts.
pub(super) fn coverage(likeness: Option<Likeness>) -> (f64, f64) {
    likeness.map_or((1.0, 1.0), |likeness| {
        let coverage = likeness.coverage();
        (
            rounded(coverage.left_coverage()),
            rounded(coverage.right_coverage()),
        )
    })
}

/// A pair at the places where it is shown.
pub(crate) fn comparison(
    pair: &SideBySide,
    shown: &[Shown; 2],
    verdict: &Verdict,
    decision: Option<Decision>,
) -> Comparison {
    let facts = |at: usize| {
        let words = pair.facts[at].iter();
        words
            .filter_map(|&word| shown[at].span(word..word + 1))
            .collect()
    };
    Comparison {
        a: 0,
        b: 1,
        accepted: verdict.accepted,
        refused: verdict.refused.map(|refused| refused.name().to_owned()),
        same_cluster: verdict.same_cluster,
        relation: verdict.relation.map(|relation| relation.name().to_owned()),
        score: verdict.score,
        parts: decision.map(|decision| {
            let parts = decision.parts;
            (
                rounded(parts.covered),
                rounded(parts.jaccard),
                rounded(parts.substituted),
            )
        }),
        coverage_a: verdict.coverage.0,
        coverage_b: verdict.coverage.1,
        runs: runs(pair, shown),
        facts_a: facts(0),
        facts_b: facts(1),
    }
}

/// The runs as far as both texts are shown.
fn runs(pair: &SideBySide, shown: &[Shown; 2]) -> Vec<(u32, u32, u32, u32)> {
    let mut end_of_last = 0;
    let mut runs = Vec::with_capacity(pair.runs.len());
    for [in_a, in_b] in &pair.runs {
        let room = |at: usize, start: usize| shown[at].words().saturating_sub(start);
        let room = room(0, in_a.start).min(room(1, in_b.start));
        let (of_a, of_b) = (in_a.len().min(room), in_b.len().min(room));
        let span_a = shown[0].span(in_a.start..in_a.start + of_a);
        let span_b = shown[1].span(in_b.start..in_b.start + of_b);
        if let (Some((begin_a, end_a)), Some((begin_b, end_b))) = (span_a, span_b) {
            // Words that a run of characters was cut into share its place.
            let begin_a = begin_a.max(end_of_last);
            if begin_a < end_a {
                runs.push((begin_a, end_a, begin_b, end_b));
                end_of_last = end_a;
            }
        }
    }
    runs
}
