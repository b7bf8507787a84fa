//! `boilerplate.bin`: what a run has learned, as bytes. Format 1, little-endian:
//!
//! ```text
//!  0  8 bytes  magic 89 'w' 'c' 'b' CR LF 1a LF: broken by whatever takes it for text
//!  8  u32      format
//! 12  u64      length of the payload
//! 20  u64      XXH3-64 of the payload
//! 28           payload: bincode 2, integers of fixed length
//! ```
//!
//! Equal tables have equal bytes, whoever wrote them: lists are strictly ascending, integers have
//! one form, and no compressor of changing versions is involved. So the checksum is also the name
//! of what was learned ([`Learned::digest`]). `docs/boilerplate-format.md` draws the payload; the
//! word counts in it are packed by [`super::word_counts`].
//!
//! A reader trusts nothing: lists are borrowed from the bytes that are there, so that a length
//! that lies costs no memory, and whatever is not exactly what would be written is refused.

use bincode::config::{Configuration, Fixint, Limit, LittleEndian, standard};

use super::word_counts;
use super::{LOG2_WORD_CELLS, Learned, LearnedFault};
use crate::boilerplate::{self, LearnedBoilerplate};
use crate::hash;
use crate::recipe::Recipe;
use crate::text;
use crate::verify::{Stock, WordFrequencies};

const MAGIC: [u8; 8] = *b"\x89wcb\r\n\x1a\n";
const FORMAT: u32 = 1;
/// Bytes before the payload.
pub const HEAD: usize = 28;
/// Longest payload that is read. The largest sample, 2^15 pages of 500 words, has 16 million
/// grams at 8 bytes each, and they are not all boilerplate.
const LIMIT: usize = 1 << 30;

/// What the head guards. No recursion, no maps, nothing without a size: nothing to trap a decoder.
#[derive(bincode::Encode, bincode::BorrowDecode)]
struct Payload<'a> {
    /// How pages were read and masked.
    recipe: &'a str,
    /// Pages learned from.
    pages: u64,
    /// Hashes of grams, ascending, 8 bytes each.
    everywhere: &'a [u8],
    /// Keys of grams and publishers, likewise.
    of_outlet: &'a [u8],
    /// Hashes of shingles, likewise.
    stock: &'a [u8],
    /// In how many pages words stand.
    words: &'a [u8],
}

const fn config() -> Configuration<LittleEndian, Fixint, Limit<LIMIT>> {
    standard()
        .with_little_endian()
        .with_fixed_int_encoding()
        .with_limit::<LIMIT>()
}

/// How this version reads and masks pages: what was learned in another way would not fit them.
fn recipe() -> String {
    format!(
        "text={} hash={} shingle={} mask={} words=2x2^{LOG2_WORD_CELLS}",
        text::VERSION,
        hash::VERSION,
        Recipe::default_wire().shingling(),
        boilerplate::VERSION,
    )
}

impl Learned {
    /// The name of these tables: equal ones have equal names, others have others.
    pub fn digest(&self) -> u64 {
        hash::bytes(&encode(self, &recipe())[HEAD..])
    }

    /// All of it as bytes, in the format of `boilerplate.bin`. Equal tables have equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(self, &recipe())
    }

    /// Reads what [`to_bytes`](Learned::to_bytes) gave, here or elsewhere.
    ///
    /// # Errors
    ///
    /// If these are no such bytes, are damaged, or were learned in another way than this version of wirecopy works.
    pub fn from_bytes(bytes: &[u8]) -> Result<Learned, LearnedFault> {
        let (found, learned) = decode(bytes)?;
        let expected = recipe();
        match found == expected {
            true => Ok(learned),
            false => Err(LearnedFault::OtherRecipe { expected, found }),
        }
    }
}

fn encode(learned: &Learned, recipe: &str) -> Vec<u8> {
    let list = |values: &[u64]| -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect()
    };
    let (everywhere, of_outlet) = learned.boilerplate.to_parts();
    let payload = Payload {
        recipe,
        pages: learned.words.pages(),
        everywhere: &list(&everywhere),
        of_outlet: &list(&of_outlet),
        stock: &list(learned.stock()),
        words: &word_counts::pack(learned.words.cells()),
    };
    let payload =
        bincode::encode_to_vec(payload, config()).expect("lists in memory can be written");
    let mut bytes = Vec::with_capacity(HEAD + payload.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&hash::bytes(&payload).to_le_bytes());
    bytes.extend_from_slice(&payload);
    bytes
}

/// The length of the payload, if the head of a file of this length fits it.
///
/// # Errors
///
/// If the head is that of something else, or its length is not the file's.
pub fn check_head(bytes: &[u8], file: u64) -> Result<usize, LearnedFault> {
    let begins = bytes.get(..MAGIC.len()).unwrap_or(bytes);
    if begins.is_empty() || !MAGIC.starts_with(begins) {
        let found = begins.escape_ascii().to_string();
        return Err(LearnedFault::NotOurs { found });
    }
    let cut = |expected| LearnedFault::Length {
        expected,
        found: file,
    };
    let format = u32::from_le_bytes(at(bytes, 8).ok_or_else(|| cut(HEAD as u64))?);
    if format != FORMAT {
        return Err(LearnedFault::OtherVersion {
            expected: FORMAT,
            found: format,
        });
    }
    let length = u64::from_le_bytes(at(bytes, 12).ok_or_else(|| cut(HEAD as u64))?);
    let expected = length.saturating_add(HEAD as u64);
    if expected != file {
        return Err(cut(expected));
    }
    match usize::try_from(length) {
        Ok(length) if length <= LIMIT => Ok(length),
        _ => Err(LearnedFault::Content {
            what: "it is longer than what can be learned",
        }),
    }
}

/// So many bytes from a place on, if they are there.
fn at<const N: usize>(bytes: &[u8], place: usize) -> Option<[u8; N]> {
    bytes.get(place..)?.first_chunk().copied()
}

/// What was learned, and how.
fn decode(bytes: &[u8]) -> Result<(String, Learned), LearnedFault> {
    let content = |what| LearnedFault::Content { what };
    check_head(bytes, bytes.len() as u64)?;
    let (head, payload) = bytes.split_at(HEAD);
    let expected = u64::from_le_bytes(at(head, 20).unwrap_or_default());
    let found = hash::bytes(payload);
    if found != expected {
        return Err(LearnedFault::Checksum { expected, found });
    }
    let (read, length): (Payload<'_>, usize) = bincode::borrow_decode_from_slice(payload, config())
        .map_err(|_| content("a list does not end within it"))?;
    if length != payload.len() {
        return Err(content("something stands behind its last list"));
    }
    let list = |bytes| ascending(bytes).ok_or_else(|| content("a list is not in order"));
    let boilerplate = LearnedBoilerplate::from_parts(list(read.everywhere)?, list(read.of_outlet)?);
    let stock = Stock::new(list(read.stock)?);
    let cells = word_counts::unpack(read.words, 2 << LOG2_WORD_CELLS)
        .ok_or_else(|| content("word counts are no such counts"))?;
    let words = WordFrequencies::from_parts(read.pages, cells)
        .map_err(|_| content("there are too few word counts"))?;
    let learned = Learned {
        boilerplate,
        words,
        stock: Some(stock),
        file: Some(hash::bytes(bytes)),
    };
    Ok((read.recipe.to_owned(), learned))
}

/// Numbers of 8 bytes, if each is above the one before.
fn ascending(bytes: &[u8]) -> Option<Vec<u64>> {
    let (numbers, rest) = bytes.as_chunks();
    let numbers: Vec<u64> = numbers.iter().copied().map(u64::from_le_bytes).collect();
    (rest.is_empty() && numbers.is_sorted_by(|a, b| a < b)).then_some(numbers)
}

#[cfg(test)]
mod tests;
