//! Which copies belong together, which represents them, and which may go?
//!
//! [`components()`] joins verified pairs into clusters. Where chains may not lead on, [`average()`]
//! does, after [`two_hop()`] has determined which pairs to look at besides the candidates, and
//! [`vote_once()`] whose votes count once.
//! [`representative()`] chooses the member the others are described against, [`verdicts`] decides
//! what a deduplicated corpus keeps; both see documents through [`Facts`]. Nobody reads a text.

mod average;
mod carrier;
mod components;
mod crowds;
mod digest;
mod kept;
mod link;
mod pieces;
mod removal;
mod representative;
mod ties;
mod two_hop;
mod union_find;

use std::borrow::Cow;

pub use average::{Averaged, LEAST_AVERAGE, average};
pub use carrier::{Carrier, Neighbour};
pub use components::{Components, LARGEST_COMPONENT, components};
pub use digest::vote_once;
pub use link::{Link, Text, Weight};
pub use removal::{Keep, RemovalRule, preference, verdicts};
pub use representative::representative;
pub use two_hop::{TWO_HOP_NEIGHBOURS, TwoHop, two_hop};
pub use union_find::UnionFind;

use crate::date::Date;
use crate::doc_id::DocId;

/// What is known of a document besides its text.
pub trait Facts {
    /// When it was published.
    fn date(&self, doc: DocId) -> Option<Date>;
    /// Its length in words (or characters, where shingles are made of them).
    fn words(&self, doc: DocId) -> u32;
    /// The hash of its text's bytes.
    fn content(&self, doc: DocId) -> u64;
    /// Its id.
    fn id(&self, doc: DocId) -> Cow<'_, str>;
    /// Its publisher, if known.
    fn publisher(&self, doc: DocId) -> Option<&str>;
    /// Whether it carries the credit or dateline of the agency that publishes it: a story on the
    /// agency's own pages. Without attribution no page is.
    fn is_from_agency(&self, _doc: DocId) -> bool {
        false
    }
    /// Whether it is kept in any case: an index holds it, and what is removed is of another corpus.
    fn is_held(&self, _doc: DocId) -> bool {
        false
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::date::Precision;

    /// A document of the tests: day and second of publication, words, content, publisher, and
    /// whether that is the agency it is from.
    #[derive(Clone, Copy, Default)]
    pub(crate) struct Page {
        pub(crate) date: Option<(i64, Option<i64>)>,
        pub(crate) words: u32,
        pub(crate) content: u64,
        pub(crate) publisher: Option<&'static str>,
        pub(crate) from_agency: bool,
    }

    impl Facts for Vec<Page> {
        fn date(&self, doc: DocId) -> Option<Date> {
            self[doc.index()].date.map(|(day, second)| Date {
                seconds: day * 86_400 + second.unwrap_or(0),
                precision: if second.is_some() {
                    Precision::Second
                } else {
                    Precision::Day
                },
            })
        }
        fn words(&self, doc: DocId) -> u32 {
            self[doc.index()].words
        }
        fn content(&self, doc: DocId) -> u64 {
            self[doc.index()].content
        }
        fn id(&self, doc: DocId) -> Cow<'_, str> {
            Cow::Owned(format!("page-{}", doc.get()))
        }
        fn publisher(&self, doc: DocId) -> Option<&str> {
            self[doc.index()].publisher
        }
        fn is_from_agency(&self, doc: DocId) -> bool {
            self[doc.index()].from_agency
        }
    }

    pub(crate) fn doc(position: u32) -> DocId {
        DocId::new(position)
    }
}
