//! What stages know of documents besides their texts.

use crate::cluster::Facts;
use crate::doc_id::DocId;

/// Facts of the documents of a run, numbered from 0.
pub trait DocFacts: Facts + Sync {
    /// How many there are, rejected ones included.
    fn total(&self) -> usize;

    /// The identity of a document's normalised text: documents of one identity are one text.
    fn normal(&self, doc: DocId) -> u128;

    /// Whether a document takes part: it was not rejected.
    fn is_accepted(&self, doc: DocId) -> bool;

    /// How many words of its page were masked, and by what.
    fn page(&self, doc: DocId) -> PageCounts;

    /// A number for a document's publisher that means the same in every corpus, where publishers distinguish documents.
    fn publisher_hash(&self, doc: DocId) -> Option<u64>;

    /// Whether one outlet published all documents of two texts, each given by the one that stands for it, where outlets
    /// distinguish documents.
    fn are_of_one_outlet(&self, a: DocId, b: DocId) -> bool;

    /// How many days lie between the closest documents of two texts, each given by the one that stands for it.
    fn days_apart(&self, a: DocId, b: DocId) -> Option<f64>;

    /// By what documents of equal standing are ordered, whatever their place: a hash of the text.
    fn rank(&self, doc: DocId) -> u64 {
        rank(self.normal(doc))
    }

    /// The length of every document, in their order.
    fn all_words(&self) -> Vec<u32> {
        let all = (0..self.total()).map(DocId::from_index);
        all.map(|doc| self.words(doc)).collect()
    }
}

/// Words of a page. In `near` nothing is masked.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageCounts {
    /// Words of the page.
    pub words: u32,
    /// Words masked.
    pub masked: u32,
    /// Those of them that are masked by the form of their lines.
    pub by_form: u32,
    /// Those of them that are masked as pages of others have them.
    pub by_others: u32,
}

/// The order of texts: both halves of an identity are hashes.
pub fn rank(normal: u128) -> u64 {
    let [low, high] = bytemuck::cast::<u128, [u64; 2]>(normal);
    low ^ high
}
