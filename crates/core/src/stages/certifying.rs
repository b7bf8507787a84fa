//! The certificate of a removal: how much of the removed *page* stays in the corpus that is kept?
//!
//! Copies are found on masked texts, and a mask may be wrong. So before a document goes, the whole page is
//! looked at once more. Of its words are missing from the corpus that stays
//!
//! - those of its story that are in no run of four words of its witness's story;
//! - those that are [`doubtful`]: masked without proof, and more than the story they were masked around.
//!
//! A document stays if a fifth of its page is missing, or a sixth in one passage as long as a story must be.
//! And of a cluster that holds a quarter of a corpus or more, only pages go of which nothing is missing: that is rather
//! a text that all pages have than a story.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::facts::{DocFacts, PageCounts};
use super::finalizing::FinalCluster;
use super::story_texts::HeldStories;
use crate::cluster::{RemovalRule, preference};
use crate::clusters::Verdict;
use crate::doc_id::DocId;
use crate::hash;
use crate::relation::Relation;
use crate::story::THIN;

/// Words of a run that two stories have in common: those of a gram of boilerplate and of a shingle.
const RUN: usize = 4;

/// Words of a story, one after the other and not in the witness's, that are a passage of its own: as many as a
/// story must have at all. An edit, a caption and a credit are shorter.
const OWN_PASSAGE: usize = THIN;

/// Words in a row that a passage may have in common with a witness: a phrase of the language, one word more than
/// a run.
const PHRASE: usize = RUN + 1;

/// A passage of this part of a page is not small. Passages that newspapers had added to agency copy, six looked at, were
/// 5 to 10 % of the page; two sentences under a prompt of ninety words are 22 %. With an eighth 96 of 714 removals of a
/// newsroom were taken back together with clusters of such pages, with a sixth alone 8.
const LARGE_PASSAGE: u64 = 6;

/// A cluster of this part of a corpus ...
const MUCH: usize = 4;
/// ... and of so many documents holds rather what all pages have: a press release and its copies are fewer.
const MANY: usize = 8;

/// Words masked by the form of their lines, for each of the story, that are taken for menus, teasers and lists of
/// headlines unseen: on the pages of a newsroom that were looked at they are 2 to 3 times the story, where a page of
/// recipes or results may be lists of its own.
const BY_FORM: u32 = 3;

/// How many words of a page were masked without proof and may be its story. What its own publisher prints around
/// other stories is proved; what other publishers' pages have, and lines without a sentence, is proved by nothing
/// but the story it is around: as many words, and [`BY_FORM`] times as many.
fn doubtful(page: PageCounts) -> u32 {
    let story = page.words.saturating_sub(page.masked);
    let by_form = page.by_form.saturating_sub(BY_FORM.saturating_mul(story));
    page.by_others.saturating_sub(story) + by_form
}

/// What the certificates of a run say.
#[derive(Clone, Debug, Default)]
pub struct Certificates {
    /// Of the page of every removed document, by document.
    pages: Vec<(DocId, Missing)>,
    /// Documents that stay because of what their page alone has.
    pub refused: u64,
}

impl Certificates {
    /// Words of a removed document's page that stay, and words it has; nothing of others.
    pub fn coverage(&self, doc: DocId) -> Option<(u32, u32)> {
        let found = self.pages.binary_search_by_key(&doc, |&(doc, _)| doc);
        found.ok().map(|at| self.pages[at].1.coverage())
    }

    /// Those of all.
    pub fn all(&self) -> impl Iterator<Item = (u32, u32)> {
        self.pages.iter().map(|(_, missing)| missing.coverage())
    }
}

/// Takes back the removals that cannot be certified, and says of the others how much of their pages stays.
///
/// Time: linear in the words of what goes and of its witnesses.
pub(super) fn certify(
    finalized: &mut [FinalCluster],
    documents: &dyn DocFacts,
    stories: &dyn HeldStories,
    rule: &RemovalRule,
) -> Certificates {
    // Who asks for less to be covered asks for pages with much of their own.
    let least = rule.coverage.get().min(RemovalRule::CARRIED);
    let is_asked = least < RemovalRule::CARRIED;
    let found: Vec<(Vec<(DocId, Missing)>, u64)> = finalized
        .par_iter_mut()
        .map_init(Witness::default, |witness, finalized| {
            let mut removed: Vec<(DocId, usize)> = Vec::new();
            for (at, (_, verdict)) in finalized.verdicts.iter().enumerate() {
                if let Verdict::Removed { witness, .. } = verdict {
                    removed.push((*witness, at));
                }
            }
            removed.sort_unstable(); // one witness after the other
            let missing = removed.iter().map(|&(of, at)| {
                let (doc, _) = finalized.verdicts[at];
                witness.missing(doc, of, documents, stories)
            });
            let missing: Vec<Missing> = missing.collect();
            let (size, all) = (finalized.verdicts.len(), documents.total());
            let is_of_all = size >= MANY && MUCH * size > all;
            let is_certain = |missing: Missing| match is_asked {
                true => missing.reaches(least),
                false => missing.is_small() && !(is_of_all && missing.words > 0),
            };
            let (mut certified, mut refused) = (Vec::new(), Vec::new());
            for ((_, at), missing) in removed.into_iter().zip(missing) {
                let (doc, verdict) = &mut finalized.verdicts[at];
                match is_certain(missing) {
                    true => certified.push((*doc, missing)),
                    false => {
                        *verdict = Verdict::Kept;
                        refused.push(at);
                    }
                }
            }
            let equal = equals(finalized, &refused, documents, rule);
            for &(at, witness, relation) in &equal {
                let (doc, verdict) = &mut finalized.verdicts[at];
                *verdict = Verdict::Removed { witness, relation };
                let page = documents.page(*doc).words;
                certified.push((
                    *doc,
                    Missing {
                        page,
                        ..Missing::default()
                    },
                ));
            }
            (certified, (refused.len() - equal.len()) as u64) // usize is at most 64 bits
        })
        .collect();
    let mut all = Certificates::default();
    for (pages, refused) in found {
        all.pages.extend(pages);
        all.refused += refused;
    }
    all.pages.par_sort_unstable_by_key(|&(doc, _)| doc);
    all
}

/// Of documents whose removal was taken back, given by their places: those that equal one that stays now, which goes
/// before them by the rule, and what they are to it. Their witness so far was another one for both.
fn equals(
    finalized: &FinalCluster,
    refused: &[usize],
    documents: &dyn DocFacts,
    rule: &RemovalRule,
) -> Vec<(usize, DocId, Relation)> {
    if refused.is_empty() {
        return Vec::new();
    }
    let is_refused: HashSet<usize> = refused.iter().copied().collect();
    let all = finalized.verdicts.iter().enumerate();
    let kept = all.filter(|(_, (_, verdict))| *verdict == Verdict::Kept);
    let mut kept: Vec<(usize, DocId)> = kept.map(|(at, &(doc, _))| (at, doc)).collect();
    let representative = finalized.cluster.representative();
    kept.sort_unstable_by(|a, b| preference(a.1, b.1, representative, &rule.keep, documents));
    let (mut exact, mut normal) = (HashMap::new(), HashMap::new());
    let mut found = Vec::new();
    for (at, doc) in kept {
        let (content, identity) = (documents.content(doc), documents.normal(doc));
        let same = exact.get(&content).map(|&same| (same, Relation::Exact));
        let same = same.or_else(|| {
            // Pages masked in doubt are equal only if their bytes are.
            let equal = normal
                .get(&identity)
                .filter(|_| doubtful(documents.page(doc)) == 0);
            equal.map(|&same| (same, Relation::Normalized))
        });
        match same
            .filter(|(_, relation)| is_refused.contains(&at) && rule.relations.contains(relation))
        {
            Some((witness, relation)) => found.push((at, witness, relation)),
            None => {
                exact.entry(content).or_insert(doc);
                normal.entry(identity).or_insert(doc);
            }
        }
    }
    found
}

/// The story of a witness, as runs of words; holds the buffers.
#[derive(Default)]
struct Witness {
    of: Option<DocId>,
    runs: HashSet<u64, FixedState>,
}

/// What of a page is in no page that stays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Missing {
    /// Words of the page.
    page: u32,
    words: u32,
    /// Words of the longest passage of the story among them.
    passage: u32,
}

impl Missing {
    fn is_small(self) -> bool {
        let is_large = LARGE_PASSAGE * u64::from(self.passage) > u64::from(self.page);
        !(self.has_passage() && is_large) && self.reaches(RemovalRule::CARRIED)
    }

    /// Whether at least such a share of the page stays.
    fn reaches(self, least: f64) -> bool {
        let (stay, of) = self.coverage();
        f64::from(stay) >= least * f64::from(of)
    }

    fn has_passage(self) -> bool {
        self.passage as usize >= OWN_PASSAGE // a u32
    }

    /// Words that stay, and words there are.
    fn coverage(self) -> (u32, u32) {
        (self.page.saturating_sub(self.words), self.page)
    }
}

impl Witness {
    fn missing(
        &mut self,
        doc: DocId,
        witness: DocId,
        documents: &dyn DocFacts,
        stories: &dyn HeldStories,
    ) -> Missing {
        let counts = documents.page(doc);
        let page = counts.words;
        // The same bytes, or a thin page, which equals others by all of its words.
        if documents.content(doc) == documents.content(witness) || documents.words(doc) == 0 {
            return Missing {
                page,
                ..Missing::default()
            };
        }
        let (words, passage) = match documents.normal(doc) == documents.normal(witness) {
            true => (0, 0),
            false => {
                self.take(witness, stories);
                self.missing_of(stories.words(doc))
            }
        };
        Missing {
            page,
            words: words + doubtful(counts),
            passage,
        }
    }

    fn take(&mut self, witness: DocId, stories: &dyn HeldStories) {
        if self.of != Some(witness) {
            self.of = Some(witness);
            self.runs.clear();
            self.runs.extend(runs(stories.words(witness)));
        }
    }

    /// Words of a story in no run of the witness's, and those of the longest passage of them.
    fn missing_of(&self, words: &[u64]) -> (u32, u32) {
        let (mut missing, mut longest, mut covered) = (0, 0, 0);
        let (mut passage, mut between) = (0, 0);
        let mut runs = runs(words);
        for at in 0..words.len() {
            if runs.next().is_some_and(|run| self.runs.contains(&run)) {
                covered = at + RUN;
            }
            if at < covered {
                between += 1;
                continue;
            }
            if between > PHRASE {
                passage = 0;
            }
            (missing, passage, between) = (missing + 1, passage + 1, 0);
            longest = longest.max(passage);
        }
        (missing, longest)
    }
}

fn runs(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let pair = hash::pair;
    words
        .windows(RUN)
        .map(move |run| pair(pair(run[0], run[1]), pair(run[2], run[3])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of a story is missing, given as letters, in a witness's: a word a letter.
    fn missing(story: &str, witness: &str) -> (u32, u32) {
        let words = |text: &str| text.bytes().map(u64::from).collect::<Vec<u64>>();
        let mut known = Witness::default();
        known.runs.extend(runs(&words(witness)));
        known.missing_of(&words(story))
    }

    #[test]
    fn words_in_no_run_of_four_are_missing_and_phrases_do_not_end_a_passage() {
        assert_eq!(missing("abcdefgh", "abcdefgh"), (0, 0));
        assert_eq!(missing("abcdXefgh", "abcdefgh"), (1, 1));
        assert_eq!(missing("abcdefghUVW", "abcdefgh"), (3, 3));
        assert_eq!(missing("UVabcdeWX", "abcdefgh"), (4, 4), "a phrase of five");
        assert_eq!(missing("UVabcdefWX", "abcdefgh"), (4, 2), "six are more");
        assert_eq!(missing("abc", "abcdefgh"), (3, 3));
        assert_eq!(missing("", "abcd"), (0, 0));
    }

    fn of(page: u32, words: u32, passage: u32) -> Missing {
        Missing {
            page,
            words,
            passage,
        }
    }

    #[test]
    fn a_fifth_of_the_page_or_a_sixth_in_one_passage_is_not_small() {
        assert!(of(100, 20, 11).is_small());
        assert!(!of(100, 21, 11).is_small());
        assert!(of(72, 12, 12).is_small());
        assert!(!of(71, 12, 12).is_small());
        assert!(of(40, 8, 8).is_small(), "too short to be a passage");
        assert!(!of(10, 90, 0).is_small());
        assert_eq!(of(10, 90, 0).coverage(), (0, 10));
    }
}
