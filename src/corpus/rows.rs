//! Records in memory, lent one at a time: what callers of the library have instead of files.
//!
//! A table of columns, as of Arrow or pandas, need not be copied: [`Rows`] lends the strings of one row at a time.
//! Records that are owned are one such table.

use std::fmt;

use super::record::OwnedRecord;

/// A table of records. It must lend the same strings for the same row as long as it is used.
pub trait Rows: Send + Sync {
    /// How many rows there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a position below [`len`](Rows::len).
    fn row(&self, at: usize) -> BorrowedRecord<'_>;
}

/// The strings of one row. An empty one counts as absent, except for the text.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct BorrowedRecord<'a> {
    /// The record's own id.
    pub id: Option<&'a str>,
    /// The text. Without one the record is rejected, and the run goes on.
    pub text: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The outlet.
    pub source: Option<&'a str>,
    /// The address of the page.
    pub url: Option<&'a str>,
    /// When it was published, in any form that a file may have.
    pub date: Option<&'a str>,
}

impl BorrowedRecord<'_> {
    /// The names of the fields that it has.
    pub(super) fn names(&self) -> Vec<String> {
        let fields = [
            ("id", self.id),
            ("text", self.text),
            ("title", self.title),
            ("source", self.source),
            ("url", self.url),
            ("date", self.date),
        ];
        let found = fields.into_iter().filter(|(_, value)| value.is_some());
        found.map(|(name, _)| name.to_owned()).collect()
    }
}

impl Rows for Vec<OwnedRecord> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn row(&self, at: usize) -> BorrowedRecord<'_> {
        let record = &self[at];
        BorrowedRecord {
            id: record.id.as_deref(),
            text: Some(&record.text),
            title: record.title.as_deref(),
            source: record.source.as_deref(),
            url: record.url.as_deref(),
            date: record.date.as_deref(),
        }
    }
}

impl fmt::Debug for dyn Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records", self.len())
    }
}
