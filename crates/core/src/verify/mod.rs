//! Is it really a copy?
//!
//! The verdict of the `near` profile: the exact Jaccard similarity of two shingle sets, and how
//! much each covers of the other ([`ShingleSets`]). The verdict of the `wire` profile: two story
//! texts are aligned word by word, scored, and checked for contradicting facts ([`PairVerifier`] over
//! [`Stories`]). Both work on a batch of documents at a time, so that each text is read once
//! however many candidates its document has.
//!
//! What has to be known of a collection before: how rare each word is ([`WordFrequencies`]) and which
//! shingles are the stock of many stories ([`StockCounter`]).

mod align;
mod alignment;
mod anchors;
mod appended;
mod facts;
mod fill;
mod first_places;
mod held;
mod moved;
mod numbering;
mod pair_verifier;
mod score;
mod sets;
mod stock;
mod stories;
mod story;
#[cfg(test)]
mod testing;
mod verdict;
mod weights;

pub use alignment::{Alignment, Gap, Run};
pub use facts::Facts;
pub(crate) use first_places::FirstPlaces;
pub use pair_verifier::{ENOUGH_SHARED, PairVerifier};
pub use score::{Parts, SUBSTITUTED};
pub use sets::{Marks, ShingleSets};
pub use stock::{PageCounts, Stock, StockCounter};
pub use stories::Stories;
pub use story::{StoryText, WordKind};
pub use verdict::{Between, Decision, Rule};
pub use weights::{WordFrequencies, WordFrequenciesError, WordWeights};
