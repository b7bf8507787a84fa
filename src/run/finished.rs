//! `Run`: what a finished run found, to be asked or written.

use std::borrow::Cow;
use std::mem;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::cluster::{Facts, RemovalRule};
use crate::clusters::{Cluster, ClusterId, Verdict};
use crate::corpus::Corpus;
use crate::date::Date;
use crate::doc_id::DocId;
use crate::edge::Edge;
use crate::error::Error;
use crate::learned::Learned;
use crate::recipe::Recipe;
use crate::run::counts::{Counts, Work};
use crate::run::listing::listed;
use crate::run::masked::Masked;
use crate::run::settings::Settings;
use crate::stages::{
    Agencies, Certificates, Clustered, DocPair, Links, PairTotals, Texts, Timing, find,
};
use crate::store::documents::Documents;
use crate::store::rejections::records;

/// A corpus, its clusters, and the verdict on every document.
#[derive(Debug)]
pub struct Run {
    pub(crate) corpus: Corpus,
    pub(crate) job: Settings,
    pub(crate) documents: Documents,
    pub(crate) texts: Texts,
    /// All compared pairs that are copies or nearly, sorted.
    pub(crate) edges: Vec<Edge>,
    /// Which of them have a row, if not all.
    pub(crate) listed: Option<Vec<bool>>,
    clusters: Vec<Cluster>,
    /// Position of a document's cluster, or `NO_CLUSTER`.
    pub(crate) cluster_of: Vec<u32>,
    verdicts: Vec<Verdict>,
    pub(crate) links: Links,
    pub(crate) agencies: Agencies,
    certificates: Certificates,
    work: Work,
    counts: Counts,
    pub(crate) timing: Timing,
    /// Of a `wire` run.
    pub(crate) learned: Option<Learned>,
    /// The pairs that shared a key, sorted, if an index keeps them.
    pub(crate) candidates: Vec<DocPair>,
    /// Name and masked lines; computed on first use.
    digest: OnceLock<u64>,
    pub(crate) masked: OnceLock<Masked>,
    /// What was counted of all candidates while they were compared.
    pub(crate) counted: PairTotals,
}

pub(crate) const NO_CLUSTER: u32 = u32::MAX;

/// The position of every document's cluster.
fn cluster_of(clusters: &[Cluster], documents: usize) -> Vec<u32> {
    let mut cluster_of = vec![NO_CLUSTER; documents];
    for (cluster, at) in clusters.iter().zip(0..) {
        for member in &cluster.members {
            cluster_of[member.doc.index()] = at;
        }
    }
    cluster_of
}

impl Run {
    pub(crate) fn new(
        corpus: Corpus,
        job: Settings,
        documents: Documents,
        texts: Texts,
        clustered: Clustered,
        mut work: Work,
        timing: Timing,
    ) -> Result<Run, Error> {
        let Clustered {
            finalized,
            mut edges,
            split,
            compared,
            two_hop_capped,
            links,
            agencies,
            certificates,
            stubs,
        } = clustered;
        work.stubs = stubs;
        work.uncertified = certificates.refused;
        work.split_components = split;
        work.two_hop_capped = two_hop_capped;
        work.compared += compared;
        let reported = job.recipe.threshold().scaled(Recipe::REPORTED);
        edges.retain(|edge| edge.likeness.reaches(reported));
        let mut verdicts = vec![Verdict::Kept; documents.rows.len()];
        let mut clusters = Vec::with_capacity(finalized.len());
        for finalized in finalized {
            work.compared += finalized.compared;
            for (doc, verdict) in finalized.verdicts {
                verdicts[doc.index()] = verdict;
            }
            let mut own = finalized.edges;
            own.retain(|edge| edge.likeness.reaches(reported));
            if own.len() > edges.len() {
                mem::swap(&mut own, &mut edges); // the fewer ones move
            }
            edges.extend(own);
            clusters.push(finalized.cluster);
        }
        clusters.par_sort_unstable_by_key(|cluster| (cluster.id, cluster.representative()));
        edges.par_sort_unstable_by_key(|edge| (edge.a, edge.b));
        let cluster_of = cluster_of(&clusters, documents.rows.len());
        let rank = |doc: DocId| documents.row(doc).rank();
        let listed = listed(&edges, &clusters, &cluster_of, &verdicts, rank);
        let left_out = listed.iter().flatten().filter(|listed| !**listed);
        work.unlisted_pairs = left_out.count() as u64;
        let mut run = Run {
            corpus,
            job,
            documents,
            texts,
            edges,
            listed,
            clusters,
            cluster_of,
            verdicts,
            links,
            agencies,
            certificates,
            work,
            counts: Counts::default(),
            timing,
            learned: None,
            candidates: Vec::new(),
            digest: OnceLock::new(),
            masked: OnceLock::new(),
            counted: PairTotals::default(),
        };
        run.counts = run.count();
        let Counts { kept, removed, .. } = run.counts;
        run.counts.add_up(kept, removed)?;
        Ok(run)
    }

    /// Calls clusters by other names.
    pub(crate) fn rename_clusters(&mut self, new: impl Fn(ClusterId) -> ClusterId) {
        for cluster in &mut self.clusters {
            cluster.id = new(cluster.id);
        }
        self.clusters
            .par_sort_unstable_by_key(|cluster| (cluster.id, cluster.representative()));
        self.cluster_of = cluster_of(&self.clusters, self.documents.rows.len());
    }

    /// The pairs of different texts that were compared and are worth a row.
    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    fn count(&self) -> Counts {
        let all = &self.documents;
        let size = |cluster: &Cluster| cluster.members.len() as u64;
        let own = || self.clusters.iter().filter(|own| self.has_own(own));
        let threshold = self.job.recipe.threshold();
        let verdicts = |wanted: fn(&Verdict) -> bool| {
            all.own()
                .filter(|doc| wanted(&self.verdicts[doc.index()]))
                .count() as u64
        };
        Counts {
            read: all.counts.read,
            kept: verdicts(|verdict| *verdict == Verdict::Kept),
            removed: verdicts(|verdict| *verdict != Verdict::Kept),
            rejected: records(&all.rejections),
            rejected_not_listed: records(&all.rejections) - all.rejections.len() as u64,
            known: all.known.len() as u64,
            text_bytes: all.counts.text_bytes,
            without_words: all
                .own()
                .filter(|&doc| all.row(doc).page_words == 0)
                .count() as u64,
            dated: all.counts.dated,
            unparsed_dates: all.unread_dates.all,
            ambiguous_dates: all.unread_dates.ambiguous,
            relative_dates: all.unread_dates.relative,
            with_publisher: all.counts.with_publisher,
            with_id: all.counts.with_id,
            qualified_ids: all.counts.qualified_ids,
            repeated_ids: all.counts.repeated_ids,
            clusters: own().count() as u64,
            clustered: own().map(size).sum(),
            largest_cluster: own().map(size).max().unwrap_or(0),
            equal_texts: self.texts.equal().len() as u64,
            accepted_pairs: self
                .edges
                .iter()
                .filter(|edge| edge.likeness.is_copy(threshold))
                .count() as u64,
        }
    }

    /// The first date in a form that is not known.
    pub fn first_unread_date(&self) -> Option<&str> {
        self.documents.unread_dates.example.as_deref()
    }

    /// Where the documents came from.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Every choice that shaped the result.
    pub fn recipe(&self) -> &Recipe {
        &self.job.recipe
    }

    /// What was learned of the corpus, or known before; `None` in the `near` profile.
    pub fn learned(&self) -> Option<&Learned> {
        self.learned.as_ref()
    }

    /// Every choice that shaped the result, as one line: the recipe and, in `wire`, the name of what
    /// was learned.
    ///
    /// What a run learns follows from its corpus and its recipe; what it is given does not, and masks
    /// and weighs the same corpus otherwise. With the name in the line, equal inputs and equal lines
    /// give equal results in both cases, and a run that is given what it would have learned itself
    /// is the same run. Of two corpora that learned for themselves the lines differ, rightly: pages
    /// masked by different tables have different keys.
    pub fn recipe_line(&self) -> String {
        match &self.learned {
            Some(learned) => format!("{} learned={:016x}", self.recipe(), self.digest(learned)),
            None => self.recipe().to_string(),
        }
    }

    /// The name of what was learned.
    pub(crate) fn digest(&self, learned: &Learned) -> u64 {
        *self.digest.get_or_init(|| learned.digest())
    }

    /// What could be removed.
    pub fn removal_rule(&self) -> &RemovalRule {
        &self.job.removal
    }

    /// How many there were of everything.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// How much was done, and the caps that bound it.
    pub fn work(&self) -> Work {
        self.work
    }

    /// The wall time of the stages so far.
    pub fn timing(&self) -> &Timing {
        &self.timing
    }

    /// The clusters, by name.
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The documents, in the order of the corpus.
    pub fn documents(&self) -> impl Iterator<Item = DocId> + '_ {
        self.documents.own()
    }

    /// What a document is called: its own id or, where that does not distinguish it, `file#id` or `file#record`.
    pub fn id(&self, doc: DocId) -> Cow<'_, str> {
        self.documents.id(doc)
    }

    /// The id that a document's record has.
    pub fn own_id(&self, doc: DocId) -> Option<&str> {
        self.documents.own_id(doc)
    }

    /// The first record that was rejected: its file, where it starts there, and why.
    pub fn first_rejection(&self) -> Option<(Cow<'_, str>, u64, &str)> {
        let (input, rejected) = self.documents.rejections.first()?;
        let (file, offset) = self.corpus.place(*input as usize, rejected.offset);
        Some((file, offset, &rejected.reason))
    }

    /// The first document whose id is more than once in its input.
    pub fn first_repeated_id(&self) -> Option<DocId> {
        self.documents.first_repeated
    }

    /// When a document was published.
    pub fn date(&self, doc: DocId) -> Option<Date> {
        self.documents.date(doc)
    }

    /// Whose page a document is.
    pub fn publisher(&self, doc: DocId) -> Option<&str> {
        self.documents.publisher(doc)
    }

    /// A document's length in words (characters, where shingles are made of them).
    pub fn words(&self, doc: DocId) -> u32 {
        self.documents.words(doc)
    }

    /// What becomes of a document when the corpus is deduplicated.
    pub fn verdict(&self, doc: DocId) -> Verdict {
        self.verdicts[doc.index()]
    }

    /// Words of a removed document's page that stay in the corpus, at least, and words it has: what is missing
    /// is its page's alone. In `near`, which compares pages as they are, shingles.
    pub(crate) fn page_coverage(&self, doc: DocId, witness: DocId) -> (u32, u32) {
        self.certificates.coverage(doc).unwrap_or_else(|| {
            let (text, other) = (self.texts.first(doc), self.texts.first(witness));
            let edge = find(&self.edges, text, other).map(|edge| edge.seen_from(text));
            edge.map_or((1, 1), |likeness| {
                (likeness.overlap.shared, likeness.overlap.left)
            })
        })
    }

    /// How many pages go of which a share from .80 to .85 stays, to .90, to .95, to below 1, and all.
    pub fn page_coverages(&self) -> [u64; 5] {
        let mut counts = [0; 5];
        for (stay, of) in self.certificates.all() {
            let (stay, of) = (u64::from(stay), u64::from(of));
            let reaches = |percent: &&u64| 100 * stay >= **percent * of;
            counts[[85, 90, 95, 100].iter().take_while(reaches).count()] += 1;
        }
        counts
    }

    /// A document's cluster, if it has copies.
    pub fn cluster_of(&self, doc: DocId) -> Option<&Cluster> {
        self.clusters.get(self.cluster_of[doc.index()] as usize)
    }
}
