//! A pair as the `wire` profile sees it: two story texts, aligned.
//!
//! The tables are those of the run, a page is read by the run's own method, and the passages are
//! the very runs that verification scored. Documents of equal story text are one text to a run;
//! the first of them represents all, here too.

use std::ops::Range;

use super::sketches::Sketches;
use super::{Explanation, Figures, Passage, PassageKind, Side};
use crate::cluster::Facts as _;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::inspect::report::{SideBySide, Verdict, of_pair};
use crate::inspect::story_pair::{StoryPage, StoryPair};
use crate::learned::Learned;
use crate::likeness::{Likeness, Refusal};
use crate::lsh::Limits;
use crate::relation::Relation;
use crate::run::order;
use crate::run::wire_stages::WireStages;
use crate::sketch::ContainmentScreen;
use crate::stages::{AligningMethod, Method, Partitioner, Story, Texts, Timing, Why, relation_of};
use crate::store::documents::Documents;
use crate::verify::{Decision, PairVerifier, Rule, Run, Stories};

/// What `wire` looks at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StoryFigures {
    /// What is known of the first document's page.
    pub a: StorySide,
    /// What is known of the second document's page.
    pub b: StorySide,
    /// What became of the pair, and at which stage.
    pub outcome: Outcome,
    /// The verdict of verification with every figure, also where a run stops at the gate and does
    /// not align. `left` is the first document.
    pub decision: Decision,
    /// What was asked of it: the rule for candidates, or, of a pair without a key in common, the
    /// rule for texts that have a copy in common.
    pub rule: Rule,
    /// What `b` is to `a` by the rule for texts that have a copy in common, whose gate is wider;
    /// `None` where that refuses the pair too.
    pub as_two_hop: Option<Relation>,
    /// Days between the two, if both are dated.
    pub days_apart: Option<f64>,
    /// Slots of a signature that agree in one byte, which is what the screen looks at.
    pub agreeing_slots: u32,
    /// Slots that must agree, of two texts of these lengths, to be worth comparing.
    pub screen: u32,
}

/// One of the two pages.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct StorySide {
    /// Words of the page.
    pub words: usize,
    /// Words of its story text.
    pub story_words: usize,
    /// Words masked because of the page's own lines.
    pub masked_by_lines: usize,
    /// Words masked because they were learned to be boilerplate.
    pub masked_as_boilerplate: usize,
    /// Words of the story text that are in stock paragraphs.
    pub stock_words: usize,
    /// Whether the story text is too short to be compared.
    pub is_thin: bool,
    /// The document of equal story text that was compared in place of this one.
    pub compared_as: Option<String>,
    /// Places in the text, in bytes, of facts that the other text does not know and that stand
    /// against facts of its own.
    pub facts: Vec<Range<usize>>,
}

/// What became of a pair, and at which stage.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// The texts are equal, which needs no verifying.
    Equal,
    /// One of the story texts is thin: such a page is only a copy of its equals.
    Thin,
    /// The two have no key in common, so the index does not make them a candidate.
    NoCommonKey,
    /// The two have a key in common, but their signatures agree in too few slots.
    Screened,
    /// Verification refused the pair.
    Refused(Refusal),
    /// Verification accepted the pair.
    Accepted,
}

impl Outcome {
    /// The name in every output: lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Equal => "equal",
            Outcome::Thin => "thin",
            Outcome::NoCommonKey => "no_common_key",
            Outcome::Screened => "screened",
            Outcome::Refused(refusal) => refusal.name(),
            Outcome::Accepted => "accepted",
        }
    }
}

/// Compares two documents.
pub(super) fn explain(
    stages: WireStages<'_>,
    (documents, texts): (&Documents, &Texts),
    learned: &Learned,
    docs: [DocId; 2],
) -> Result<Explanation, Error> {
    let job = stages.job;
    let method = stages.method(documents, learned);
    let mut reader = stages.corpus.reader();
    let pair = StoryPair::read((&method, documents), texts, &mut reader, docs)?;
    let StoryPair {
        pages,
        verified,
        batch,
        is_equal,
        ..
    } = &pair;
    let (is_thin, is_equal) = (pair.is_thin(), *is_equal);
    let sketches = match is_thin {
        true => Sketches::default(),
        false => {
            let texts = [pair.text(0), pair.text(1)];
            let [a, b] = texts.map(Story::length);
            let screen = ContainmentScreen::of_wire().fewest(a, b);
            Sketches::of(job, texts.map(|text| &text.shingles[..]), screen)
        }
    };
    let why = match sketches.is_candidate() {
        false => Why::TwoHop,
        true => Why::Candidates,
    };
    let mut verifier = PairVerifier::new();
    let by_candidates = likeness(&method, (batch, verified), why, &mut verifier);
    let by_two_hop = likeness(&method, (batch, verified), Why::TwoHop, &mut verifier);
    let between = pair.between(documents);
    let rule = method.rule_for(why);
    let decision = verifier.decide_in_full(batch, (0, 1), &rule, between);
    let threshold = job.recipe.threshold();
    let related = |likeness: Likeness| {
        let is_copy = is_equal || !is_thin && likeness.is_copy(threshold);
        is_copy.then(|| relation_of(documents, docs[1], docs[0], likeness.flipped(), false))
    };
    let (relation, as_two_hop) = (related(by_candidates), related(by_two_hop));
    let runs = verifier.alignment().runs();
    let facts = [&verifier.facts().a, &verifier.facts().b];
    let side = |at: usize| {
        let places = match at {
            0 => Run::in_a,
            _ => Run::in_b,
        };
        let stock = batch.stock_words(at);
        let (passages, mut figures) = pages[at].passages(runs, places, stock);
        let place = |&at_story: &u32| pages[at].word(pages[at].story[at_story as usize]).range();
        figures.facts = facts[at].iter().map(place).collect();
        figures.compared_as =
            (verified[at] != docs[at]).then(|| documents.id(verified[at]).into_owned());
        let side = Side {
            id: documents.id(docs[at]).into_owned(),
            publisher: documents.publisher(docs[at]).map(str::to_owned),
            passages,
            record: pages[at].record.clone(),
        };
        (side, figures)
    };
    let ((a, figures_of_a), (b, figures_of_b)) = (side(0), side(1));
    let words = decision.words;
    let verdict = Verdict {
        accepted: relation.is_some(),
        refused: decision.refused.filter(|_| relation.is_none()),
        relation,
        same_cluster: false,
        score: decision.score,
        coverage: (words.left_coverage(), words.right_coverage()),
    };
    let pair = SideBySide::of_stories(pair, &verifier);
    let recipe = &job.recipe;
    let report = of_pair(documents, recipe, docs, &pair, &verdict, Some(decision));
    Ok(Explanation {
        a,
        b,
        overlap: decision.overlap,
        accepted: relation.is_some(),
        relation,
        equal_bands: sketches.equal_bands,
        found_probability: match is_thin {
            true => 0.0,
            false => {
                let banding = job.recipe.banding();
                banding.candidate_probability(decision.overlap.jaccard())
            }
        },
        runs: pair.places(),
        report,
        figures: Figures::Wire(Box::new(StoryFigures {
            a: figures_of_a,
            b: figures_of_b,
            outcome: match decision.refused {
                _ if is_equal => Outcome::Equal,
                _ if is_thin => Outcome::Thin,
                _ if sketches.equal_bands == 0 => Outcome::NoCommonKey,
                _ if !sketches.is_candidate() => Outcome::Screened,
                Some(refusal) => Outcome::Refused(refusal),
                None => Outcome::Accepted,
            },
            decision,
            rule,
            as_two_hop,
            days_apart: between.days_apart,
            agreeing_slots: sketches.agreeing_slots,
            screen: sketches.screen,
        })),
    })
}

/// The tables of the run: those the job was given, or learned again; from now on the documents are
/// their story texts.
pub(super) fn learned_for(
    stages: WireStages<'_>,
    known: Option<Learned>,
    documents: &mut Documents,
) -> Result<Learned, Error> {
    let mut timing = Timing::default();
    let recipe = &stages.job.recipe;
    let (mut learned, sample, stories, _) = stages.learn(known, documents, &mut timing)?;
    if learned.stock.is_none() {
        let texts = Texts::of(documents);
        let limits = Limits {
            cancelled: stages.context.cancelled,
            pairs: u64::MAX, // as many as the run could hold
        };
        let found = order::find(documents, &texts, recipe, limits);
        let partitioner = Partitioner::new(documents, recipe, stages.context.stages());
        stages.find_stock(
            &found.pairs,
            &sample,
            (documents, &texts, &stories),
            &mut learned,
            &partitioner,
            &mut timing,
        )?;
    }
    Ok(learned)
}

/// Compares the two texts of a batch as a run does.
fn likeness(
    method: &AligningMethod<'_>,
    (batch, docs): (&Stories, &[DocId]),
    why: Why,
    verifier: &mut PairVerifier,
) -> Likeness {
    let mut likeness = Likeness::EQUAL;
    method.compare(
        (batch, docs),
        why,
        0,
        std::iter::once(1),
        verifier,
        |found| {
            likeness = method.likeness(found);
        },
    );
    likeness
}

impl StoryPage {
    /// Cuts the page where the kind of its words changes, and counts the kinds.
    fn passages(
        &self,
        runs: &[Run],
        places: fn(&Run) -> Range<u32>,
        stock: &[bool],
    ) -> (Vec<Passage>, StorySide) {
        let mut kinds = vec![(PassageKind::MaskedByLines, false); self.words.len()];
        for &at in &self.own {
            kinds[at as usize].0 = PassageKind::MaskedAsBoilerplate;
        }
        for (&at, &is_stock) in self.story.iter().zip(stock) {
            kinds[at as usize] = (PassageKind::Own, is_stock);
        }
        for run in runs {
            let kind = match run.filled {
                true => PassageKind::Filled,
                false => PassageKind::Aligned,
            };
            for at in places(run) {
                kinds[self.story[at as usize] as usize].0 = kind;
            }
        }
        let mut passages: Vec<Passage> = Vec::new();
        for (word, &(kind, is_stock)) in self.words.iter().zip(&kinds) {
            match passages.last_mut() {
                Some(last) if (last.kind, last.is_stock) == (kind, is_stock) => {
                    last.range.end = word.range().end;
                    last.words += 1;
                }
                _ => passages.push(Passage {
                    range: word.range(),
                    words: 1,
                    kind,
                    is_stock,
                }),
            }
        }
        let figures = StorySide {
            words: self.words.len(),
            story_words: self.story.len(),
            masked_by_lines: self.words.len() - self.own.len(),
            masked_as_boilerplate: self.own.len() - self.story.len(),
            stock_words: stock.iter().filter(|&&is_stock| is_stock).count(),
            is_thin: self.is_thin,
            ..StorySide::default()
        };
        (passages, figures)
    }
}

#[cfg(test)]
mod tests;
