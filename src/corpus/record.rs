//! What the corpus hands to its reader: a record with its fields, or the reason why one was rejected.
//!
//! A [`Record`] borrows everything: from the mapped file where it can, else from a buffer that is
//! used again for the next record. Nothing here is kept; who wants to keep something copies it.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use super::publisher::PublisherFrom;
use crate::date::Date;
use crate::shown::shown;

/// One record of the corpus, as long as it is being looked at.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The record's own id. Records without one are named `file#record` by the caller.
    pub id: Option<&'a str>,
    /// The text, as it is in the record.
    pub text: &'a str,
    /// The headline.
    pub title: Option<&'a str>,
    /// The outlet, as given.
    pub source: Option<&'a str>,
    /// The address of the page.
    pub url: Option<&'a str>,
    /// When it was published.
    pub date: DateField,
    /// The same as it is written in the record.
    pub date_text: Option<&'a str>,
    /// Whose page it is: the registrable domain of `url`, else of `source`, else `source` as given; not that of an
    /// intermediary, where another one is named.
    pub publisher: Option<&'a str>,
    /// Where that comes from.
    pub publisher_from: PublisherFrom,
    /// Where the record starts: bytes from the start of its (decoded) input.
    pub offset: u64,
    /// Bytes of the record as it is in its input, without the newline after it.
    pub length: u32,
    /// Where the text is in the record, if that is one place.
    pub(crate) text_place: TextPlace,
}

/// Where the text of a record is in it, as a JSON string with its quotes: who wants nothing but the
/// text again need not look for it again.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextPlace {
    start: u32,
    /// 0 if unknown.
    length: u32,
}

impl TextPlace {
    /// The place of a string that lies in a record.
    pub(super) fn of(text: &str, record: &[u8]) -> TextPlace {
        let start = text.as_ptr().addr().wrapping_sub(record.as_ptr().addr());
        let (start, length) = (u32::try_from(start), u32::try_from(text.len()));
        let place = start.ok().zip(length.ok());
        place.map_or(TextPlace::default(), |(start, length)| TextPlace {
            start,
            length,
        })
    }

    /// The bytes of the string in its record.
    pub(super) fn range(self) -> Option<Range<usize>> {
        let start = self.start as usize;
        (self.length > 0).then(|| start..start + self.length as usize)
    }
}

/// What a record says about its date.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DateField {
    /// There is no date.
    Absent,
    /// There is one that is not read: the document counts as undated.
    Unparsed(UnreadDate),
    /// A date.
    Parsed(Date),
}

/// Why a date is not read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UnreadDate {
    /// It has a form that is not known.
    Unknown,
    /// It may be one of several days, such as `4/3/2021`, and the column does not say which.
    Ambiguous,
    /// It is a date by the time at which it was read: "3 hours ago".
    Relative,
    /// It is a day of a calendar that is not read.
    Calendar,
}

impl DateField {
    /// The date, if there is one that was understood.
    pub const fn date(self) -> Option<Date> {
        match self {
            DateField::Parsed(date) => Some(date),
            DateField::Absent | DateField::Unparsed(_) => None,
        }
    }
}

/// A record held in memory, for callers of the library that have no files.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OwnedRecord {
    /// The record's own id.
    pub id: Option<String>,
    /// The text.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address of the page.
    pub url: Option<String>,
    /// When it was published, in any form that a file may have.
    pub date: Option<String>,
}

/// Receives the records of one block, in their order.
///
/// A scan makes one visitor a block and returns all of them in document order, whatever the
/// threads. Where the blocks are cut has no meaning.
pub trait BlockVisitor: Send {
    /// The next record.
    fn record(&mut self, record: &Record<'_>);
    /// The next record cannot be read; the run goes on.
    fn rejected(&mut self, rejection: Rejection);
}

/// A stretch of an input that is not a record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rejection {
    /// Where it starts: bytes from the start of its (decoded) input.
    pub offset: u64,
    /// Its length in bytes; 0 where nothing could be read at all.
    pub length: u64,
    /// Why.
    pub reason: Reason,
}

/// Why a record was rejected.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The bytes are not UTF-8.
    InvalidUtf8 {
        /// The first wrong byte, from the start of the (decoded) input; of a text file, from its
        /// own start.
        at: u64,
    },
    /// The line is not JSON.
    BrokenJson {
        /// What the parser said.
        message: String,
        /// The byte where it stopped, from the start of the (decoded) input.
        at: u64,
    },
    /// The line is JSON, but not an object.
    NotAnObject,
    /// There is no text.
    MissingText {
        /// The fields that may hold it.
        fields: Vec<String>,
        /// The fields that the record does have.
        found: Vec<String>,
    },
    /// The text is something else than a string.
    WrongType {
        /// The field.
        field: String,
        /// What it holds: `a number`, `an object`, …
        found: &'static str,
    },
    /// A field stands twice in one record.
    DuplicateField {
        /// The field.
        field: String,
    },
    /// An escape such as `\ud800` alone stands for no character.
    LoneSurrogate {
        /// The field that holds it.
        field: String,
    },
    /// The record is longer than the limit.
    TooLong {
        /// The limit in bytes.
        limit: u64,
    },
    /// A row has more or fewer fields than the header.
    Ragged {
        /// Fields in the header.
        expected: usize,
        /// Fields in the row.
        found: usize,
    },
    /// A quote opens and is never closed; reading went on with the next line.
    UnclosedQuote,
    /// Compressed bytes cannot be decoded. What stood before was read.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        message: String,
        /// Where in the file as it lies on disk, in bytes.
        at: u64,
        /// Whether reading went on behind the damage.
        resumed: bool,
        /// Bytes of the file that could not be decoded; nothing where it ends too early.
        missing: Option<u64>,
    },
    /// The record is cut off by damaged compressed bytes.
    CutByDamage,
    /// A text file holds nothing but white space.
    EmptyFile,
}

impl Reason {
    /// Whether bytes of the file are missing, which is no fault of the record.
    pub fn is_damage(&self) -> bool {
        matches!(self, Reason::Damaged { .. } | Reason::CutByDamage)
    }
}

impl fmt::Display for Reason {
    /// On one line, whatever names of fields and files hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&Said(self).to_string()))
    }
}

/// A reason with names as they are.
struct Said<'r>(&'r Reason);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reason::InvalidUtf8 { at } => write!(
                f,
                "not UTF-8 at byte {at}: convert the file to UTF-8, for example with iconv"
            ),
            Reason::BrokenJson { message, at } => write!(f, "broken JSON at byte {at}: {message}"),
            Reason::NotAnObject => {
                write!(f, "expected a JSON object, found another JSON value")
            }
            Reason::MissingText { fields, found } => {
                let null = fields.iter().find(|field| found.contains(field));
                let (names, found) = (fields.join(", "), found.join(", "));
                match (null, &fields[..]) {
                    (Some(field), _) => {
                        write!(f, "field `{field}` is null, and a record needs a text")
                    }
                    (None, [field]) => write!(f, "no field `{field}`; fields found: {found}"),
                    _ => write!(f, "no text in any of {names}; fields found: {found}"),
                }
            }
            Reason::WrongType { field, found } => {
                write!(f, "field `{field}` should be a string, found {found}")
            }
            Reason::DuplicateField { field } => write!(f, "field `{field}` stands twice"),
            Reason::LoneSurrogate { field } => write!(
                f,
                "field `{field}` has half a surrogate pair (an escape such as \\ud800 alone), \
                 which is no character: write the file again with a UTF-8 safe tool"
            ),
            Reason::TooLong { limit } => write!(
                f,
                "the record is longer than {limit} bytes: raise --max-record if it is one record"
            ),
            Reason::Ragged { expected, found } => {
                write!(f, "the row has {found} fields, the header {expected}")
            }
            Reason::UnclosedQuote => {
                write!(
                    f,
                    "a quote is opened and never closed; the line was skipped"
                )
            }
            Reason::Damaged {
                path,
                message,
                at,
                resumed,
                ..
            } => write!(
                f,
                "{}: damaged at byte {at} of the compressed file ({message}); {}: \
                 fetch the file again",
                path.display(),
                if *resumed {
                    "reading went on with the next member"
                } else {
                    "nothing after it could be read"
                }
            ),
            Reason::CutByDamage => {
                write!(f, "the record is cut off by damage in the compressed file")
            }
            Reason::EmptyFile => write!(f, "no text: the file is empty"),
        }
    }
}
