//! `Row`: what a run holds of every document, and how it is called.

use crate::date::Date;
use crate::stages::rank;

/// A document's place and figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Position of its input.
    pub(crate) input: u32,
    /// The record's number in its input, from 1, rejected ones counted.
    pub(crate) record: u32,
    /// Where the record starts in the (decoded) input.
    pub(crate) offset: u64,
    /// Its length there, in bytes.
    pub(crate) length: u32,
    /// Units of the normalised text: words, or characters. In `wire`, of the story text, once it is
    /// masked; 0 until then.
    pub(crate) words: u32,
    /// Units of the whole text; in `wire` 0 until it is masked.
    pub(crate) page_words: u32,
    /// Words masked as boilerplate.
    pub(crate) masked: u32,
    /// Those of them that are masked by the form of their lines.
    pub(crate) masked_by_form: u32,
    /// Those of them that are masked as pages of others have them: of other or unknown publishers.
    pub(crate) masked_by_others: u32,
    /// The hash of the text's bytes.
    pub(crate) content: u64,
    /// The hash of the normalised text; in `wire` of the text's bytes until it is masked.
    pub(crate) normal: u128,
    pub(crate) date: Option<Date>,
    /// Position in the list of publishers, or `NO_PUBLISHER`.
    pub(crate) publisher: u32,
    /// Where the id starts and how long it is; `NO_ID` long where the record has none.
    pub(crate) id: (u64, u32),
    /// How it is called.
    pub(crate) name: Name,
    /// Taken out after it was read: an index has its id.
    pub(crate) rejected: bool,
}

/// How a document is called (see [`crate::store::ids`]).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Name {
    /// By its own id.
    Id,
    /// `file#id`.
    InputAndId,
    /// `file##id`.
    InputAndMarkedId,
    /// `file#record`.
    Number,
    /// As an index calls it; that stands where its id did.
    Given,
}

impl Name {
    /// How it is called where another document has that name.
    pub(crate) fn next(self) -> Name {
        match self {
            Name::Id => Name::InputAndId,
            Name::InputAndId => Name::InputAndMarkedId,
            Name::InputAndMarkedId | Name::Number => Name::Number,
            Name::Given => Name::Given,
        }
    }
}

impl Row {
    /// A number that orders documents by what they say, not by where they stand.
    pub(crate) fn rank(&self) -> u64 {
        rank(self.normal)
    }

    /// Whether the record has an id of its own.
    pub(crate) fn has_id(&self) -> bool {
        self.id.1 != NO_ID
    }

    /// Whether it is a document, and has words to be compared by.
    pub(crate) fn can_have_copies(&self) -> bool {
        !self.rejected && self.words > 0
    }
}

pub(crate) const NO_PUBLISHER: u32 = u32::MAX;
pub(crate) const NO_ID: u32 = u32::MAX;
