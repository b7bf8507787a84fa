//! One story text: as it is handed in, and as the rest of this room sees it.
//!
//! The room never sees letters. A word is its hash and its [`WordKind`], which whoever reads the
//! text knows; [`super::stories`] makes small numbers of the hashes.

/// Words in a shingle.
pub(super) const SHINGLE: u32 = 4;

/// Names count as facts where fewer than this many of 100 words within sentences are capital:
/// the median page has 13 to 15 in two English sets, and 33 (5 % have under 27) in a German one,
/// where every noun is capital.
const CAPITALS_IN_100: u32 = 22;

/// What a word's form says about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WordKind {
    /// Contains a digit, wherever it stands.
    Number,
    /// Starts with a capital letter, and not at the start of a sentence.
    Capital,
    /// Any other word within a sentence.
    Lower,
    /// Stands at the start of a sentence, where a capital says nothing.
    SentenceStart,
}

/// One story text, as it is handed in: the words of a document that are not boilerplate.
#[derive(Clone, Copy, Debug)]
pub struct StoryText<'a> {
    /// Hashes of the words, masked ones left out. The lower half distinguishes words; the upper one is equal
    /// for figures of equal value and names that differ in spelling.
    pub words: &'a [u64],
    /// The hash of `words[i..i + 4]` for every `i`; of the whole where there are 1 to 3 words.
    pub shingles: &'a [u64],
    /// What each word is; as many as `words`.
    pub kinds: &'a [WordKind],
}

/// The first place of a distinct shingle in a text, in 8 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    /// Half of its hash: whoever finds it twice looks at the words too.
    pub(super) hash: u32,
    /// The place, and in the lowest bit whether it is stock.
    place: u32,
}

impl First {
    /// The first place of a shingle.
    ///
    /// # Panics
    ///
    /// If the place is 2^31 or more.
    pub(super) fn new(shingle: u64, at: usize, is_stock: bool) -> First {
        let at = size(at);
        assert!(at <= u32::MAX / 2, "a text of under 2^31 words");
        First {
            hash: half(shingle),
            place: 2 * at + u32::from(is_stock),
        }
    }

    pub(super) fn at(self) -> u32 {
        self.place / 2
    }

    pub(super) fn is_stock(self) -> bool {
        self.place % 2 == 1
    }
}

/// The half of a shingle's hash that is kept.
pub(super) fn half(shingle: u64) -> u32 {
    (shingle >> 32) as u32
}

/// One document of the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Story<'a> {
    pub(super) words: &'a [u32],
    /// What each word is known by as a fact.
    pub(super) known_by: &'a [u32],
    pub(super) kinds: &'a [WordKind],
    /// What each word weighs.
    pub(super) weights: &'a [u32],
    /// Whether each word stands in a stock shingle.
    pub(super) stock: &'a [bool],
    /// Distinct shingles with their first places, in reading order.
    pub(super) firsts: &'a [First],
    /// What all words weigh, and those in no stock shingle.
    pub(super) weight: u64,
    pub(super) kept_weight: u64,
    /// Words in no stock shingle.
    pub(super) kept_words: u32,
    /// Distinct shingles that are not stock.
    pub(super) kept_shingles: u32,
    /// A hash of the words in order.
    pub(super) fingerprint: u64,
    /// Whether capitals are rare enough to be names.
    pub(super) names_tell: bool,
}

impl Story<'_> {
    /// Words of the text.
    pub(super) fn len(&self) -> u32 {
        size(self.words.len())
    }

    /// Distinct shingles.
    pub(super) fn distinct_shingles(&self) -> u32 {
        size(self.firsts.len())
    }

    /// The words of the shingle that starts at a place: the whole text if it is shorter than one.
    pub(super) fn shingle(&self, at: u32) -> &[u32] {
        let at = at as usize;
        &self.words[at..self.words.len().min(at + SHINGLE as usize)]
    }

    /// Shorter texts first; an order of the texts alone, not of how they came into the batch.
    pub(super) fn rank(&self) -> (usize, u64) {
        (self.words.len(), self.fingerprint)
    }
}

/// Shingles that so many words have.
pub(super) fn shingles_of(words: usize) -> usize {
    match words {
        0 => 0,
        _ => words.saturating_sub(SHINGLE as usize - 1).max(1),
    }
}

/// Whether fewer than 22 of 100 words within sentences are capital. Numbers have no case and
/// count on neither side.
pub(super) fn names_tell(kinds: &[WordKind]) -> bool {
    let count = |kind| size(kinds.iter().filter(|&&each| each == kind).count());
    let (capital, lower) = (count(WordKind::Capital), count(WordKind::Lower));
    u64::from(capital) * 100 < u64::from(CAPITALS_IN_100) * (u64::from(capital) + u64::from(lower))
}

/// A number of words, shingles or runs, as all of them are kept.
pub(super) fn size(count: usize) -> u32 {
    u32::try_from(count).expect("a text of under 2^32 words")
}
