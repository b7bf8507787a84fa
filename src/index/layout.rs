//! What the sections of an index hold: their numbers and the rows in them.
//!
//! A *segment* has documents and what is filed about them; documents are numbered from 0 in each.
//! A *state* has what concerns the whole index and changes with every commit. `docs/index-format.md`
//! draws them.

use crate::date::{Date, Precision};

/// Rows, [`Row`] each, in the order of the documents.
pub(super) const ROWS: u32 = 1;
/// Ids, one behind the other.
pub(super) const IDS: u32 = 2;
/// Names of publishers and agencies, one behind the other, and where each ends (u64).
pub(super) const NAMES: u32 = 3;
pub(super) const NAME_ENDS: u32 = 4;
/// The document of each key (u32).
pub(super) const KEY_DOCS: u32 = 6;
/// The lower halves of the hashes of normalised texts, ascending; and the document of each (u32).
pub(super) const TEXTS: u32 = 7;
pub(super) const TEXT_DOCS: u32 = 8;
/// Hashes of ids, ascending; and the document of each (u32).
pub(super) const ID_HASHES: u32 = 9;
pub(super) const ID_DOCS: u32 = 10;
/// Hashes of the words of story texts, each once: the commonest first.
pub(super) const VOCABULARY: u32 = 11;
/// Verified pairs, [`PairRow`] each, ascending, every pair under both of its documents.
pub(super) const PAIRS: u32 = 13;
/// A byte of every slot of a document's signature, in the order of the documents: what the screen looks at.
pub(super) const SCREENS: u32 = 14;
/// Titles, one behind the other, in the order of the documents, and where each ends (u64); an empty one of
/// a document without.
pub(super) const TITLES: u32 = 15;
pub(super) const TITLE_ENDS: u32 = 16;

/// Pages to learn from, [`SampleRow`] each; and their words without those of their own short lines, a u32 each
/// (see [`PageWord::to_bits`](crate::boilerplate::PageWord::to_bits)). In `near`, none.
pub(super) const SAMPLE: u32 = 17;
pub(super) const SAMPLE_WORDS: u32 = 18;

/// The figures of the pairs, [`FigureRow`](super::figures::FigureRow) each: of every pair once, in the order in which
/// it is under its earlier document.
pub(super) const FIGURES: u32 = 19;

/// Keys, ascending, of one band after the other, as [`super::band_keys`] says.
pub(super) const KEYS: u32 = 20;

/// Story texts, as [`super::story_codes`] says (u16).
pub(super) const STORIES: u32 = 21;

/// What was learned, as the file `boilerplate.bin` has it (bytes). In a state of its own.
pub(super) const LEARNED: u32 = 32;
/// The cluster of every document, by position in the index: its place in the list, or `NONE` (u32).
pub(super) const CLUSTER_OF: u32 = 33;
/// All clusters, [`ClusterRow`] each, by the time they were named.
pub(super) const CLUSTERS: u32 = 34;
/// Merges and splits, [`ChangeRow`] each, in their order.
pub(super) const CHANGES: u32 = 35;
/// Positions of removed documents, ascending (u32).
pub(super) const REMOVED: u32 = 36;
/// Facts about the index, a u64 each: see [`super::state`].
pub(super) const FACTS: u32 = 37;

/// The number of the first document of every batch, ascending (u64).
pub(super) const BATCHES: u32 = 38;

/// No publisher, no cluster, no document.
pub(super) const NONE: u32 = u32::MAX;

/// A document.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct Row {
    /// The hash of the text's bytes.
    pub(super) content: u64,
    /// The hash of the story text, or of the page if it is thin: lower half, upper half.
    pub(super) normal: [u64; 2],
    /// Seconds since 1970, if it is dated.
    pub(super) seconds: i64,
    /// Where its id starts.
    pub(super) id: u64,
    /// Where its story text starts, in elements of its section.
    pub(super) story: u64,
    pub(super) id_length: u32,
    /// Words of the story text as it is stored.
    pub(super) story_length: u32,
    /// The same, but none if it is thin; of the page; and masked ones.
    pub(super) words: u32,
    pub(super) page_words: u32,
    pub(super) masked: u32,
    /// The place of its publisher among the names, or [`NONE`].
    pub(super) publisher: u32,
    /// The place of the agency it names among the names, or [`NONE`].
    pub(super) agency: u32,
    /// In the two lowest bits 0 if it is undated, 1 a day, 2 a second; 4 if an agency published it
    /// itself.
    pub(super) flags: u32,
}

/// A page that may be learned from again.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct SampleRow {
    /// The hash of its words, in 64 bits.
    pub(super) rank: u64,
    /// Where its words start.
    pub(super) start: u64,
    pub(super) words: u32,
    /// The document of this segment.
    pub(super) doc: u32,
}

/// Two documents that were compared, by their numbers in the index.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct PairRow {
    pub(super) of: u64,
    /// The other one, and in the highest bit whether the pair was refused.
    other: u64,
}

/// A cluster.
#[derive(Clone, Copy, Debug, Eq, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct ClusterRow {
    /// Its name.
    pub(super) id: u64,
    /// The commit that named it.
    pub(super) born: u64,
}

/// A cluster that became part of another, or gave documents away.
#[derive(Clone, Copy, Debug, Eq, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub(super) struct ChangeRow {
    /// The commit that did it.
    pub(super) commit: u64,
    /// 1 merged, 2 split.
    pub(super) kind: u64,
    /// The cluster that was.
    pub(super) from: u64,
    /// The one that its documents are in now.
    pub(super) to: u64,
}

impl ChangeRow {
    pub(super) const MERGED: u64 = 1;
    pub(super) const SPLIT: u64 = 2;
}

impl Row {
    const FROM_AGENCY: u32 = 4;

    /// Seconds from 1970 within which dates lie, either way: 17,000 years. Those of inputs have years of four
    /// digits; with others, differences might not be numbers.
    const FURTHEST: u64 = 1 << 39;

    pub(super) fn set_date(&mut self, date: Option<Date>) {
        self.seconds = date.map_or(0, |date| date.seconds);
        let precision = match date.map(|date| date.precision) {
            None => 0,
            Some(Precision::Day) => 1,
            Some(Precision::Second) => 2,
        };
        self.flags = self.flags & Row::FROM_AGENCY | precision;
    }

    pub(super) fn set_from_agency(&mut self) {
        self.flags |= Row::FROM_AGENCY;
    }

    /// Whether an agency published it itself.
    pub(super) fn is_from_agency(&self) -> bool {
        self.flags & Row::FROM_AGENCY != 0
    }

    pub(super) fn date(&self) -> Option<Date> {
        let precision = match self.flags & 3 {
            1 => Precision::Day,
            2 => Precision::Second,
            _ => return None,
        };
        Some(Date {
            seconds: self.seconds,
            precision,
        })
        .filter(|_| !self.is_out_of_time())
    }

    /// Whether its date is an impossible one. Then it counts as undated.
    pub(super) fn is_out_of_time(&self) -> bool {
        self.seconds.unsigned_abs() > Row::FURTHEST
    }

    /// A number that orders documents by what they say, as that of a run's documents.
    pub(super) fn rank(&self) -> u64 {
        self.normal[0] ^ self.normal[1]
    }

    pub(super) fn normal(&self) -> u128 {
        bytemuck::cast(self.normal)
    }
}

impl PairRow {
    const REFUSED: u64 = 1 << 63;

    pub(super) fn new(of: u64, other: u64, is_accepted: bool) -> PairRow {
        debug_assert!(other < PairRow::REFUSED);
        PairRow {
            of,
            other: if is_accepted {
                other
            } else {
                other | PairRow::REFUSED
            },
        }
    }

    /// Whether it is under the earlier one of its two documents.
    pub(super) fn is_of_earlier(self) -> bool {
        self.of < self.other()
    }

    pub(super) fn other(self) -> u64 {
        self.other & !PairRow::REFUSED
    }

    pub(super) fn is_accepted(self) -> bool {
        self.other & PairRow::REFUSED == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_pairs_come_back_as_they_were() {
        let mut row = Row::default();
        for precision in [Precision::Day, Precision::Second] {
            let date = Date {
                seconds: -5,
                precision,
            };
            row.set_date(Some(date));
            assert_eq!(row.date(), Some(date));
        }
        row.set_from_agency();
        row.set_date(None);
        assert_eq!(row.date(), None);
        assert!(row.is_from_agency());
        for is_accepted in [true, false] {
            let pair = PairRow::new(3, 1 << 62, is_accepted);
            assert_eq!((pair.of, pair.other()), (3, 1 << 62));
            assert_eq!(pair.is_accepted(), is_accepted);
        }
        assert_eq!((size_of::<Row>(), size_of::<PairRow>()), (80, 16));
        assert_eq!(size_of::<SampleRow>(), 24);
    }
}
