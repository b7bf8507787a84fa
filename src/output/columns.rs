//! What a row says, whatever the form: names and values of its columns, one after the other.
//!
//! A row lists its columns once, for all writers: the writer of JSON, of CSV, of Parquet, or of a header line.

use crate::clusters::ClusterId;
use crate::date::Date;
use crate::likeness::Score;

/// What is in a column.
///
/// Readers of JSON Lines infer the type of a column by its first rows (polars by 100, DuckDB by
/// 20,480), and a column of `null` so far has none: what comes later is an error or lost. So text
/// that is absent is empty text, and every figure has its decimal point. Only a number that is not
/// known is `null`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// An absent or unknown number.
    NoNumber,
    /// Absent or unknown text.
    NoText,
    /// As text, but in a column of dates.
    NoDate,
    /// As text, but in a column of clusters.
    NoClusters,
    Text(&'a str),
    Boolean(bool),
    Number(u64),
    Signed(i64),
    /// A part, and the whole it is a part of: at most 1.
    Ratio(u32, u64),
    Score(Score),
    Date(Date),
    Cluster(ClusterId),
    /// At least one.
    Clusters(&'a [ClusterId]),
}

/// Takes the columns of one row, in their order.
pub(crate) trait Columns {
    /// The next column. Names are our own: they need no quoting in any form.
    fn put<'v>(&mut self, name: &str, value: impl Into<Value<'v>>);
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Boolean(value)
    }
}

impl From<u32> for Value<'_> {
    fn from(value: u32) -> Self {
        Value::Number(value.into())
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Value::Number(value)
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Value::Signed(value)
    }
}

impl From<(u32, u64)> for Value<'_> {
    fn from((part, whole): (u32, u64)) -> Self {
        Value::Ratio(part, whole)
    }
}

impl From<Score> for Value<'_> {
    fn from(score: Score) -> Self {
        Value::Score(score)
    }
}

impl From<Date> for Value<'_> {
    fn from(date: Date) -> Self {
        Value::Date(date)
    }
}

impl From<ClusterId> for Value<'_> {
    fn from(id: ClusterId) -> Self {
        Value::Cluster(id)
    }
}

impl<'a> From<&'a [ClusterId]> for Value<'a> {
    fn from(ids: &'a [ClusterId]) -> Self {
        match ids {
            [] => Value::NoClusters,
            some => Value::Clusters(some),
        }
    }
}

/// What may be absent, and what is there then.
macro_rules! absent {
    ($($kind:ty => $absent:ident),+ $(,)?) => {$(
        impl<'a> From<Option<$kind>> for Value<'a> {
            fn from(value: Option<$kind>) -> Self {
                value.map_or(Value::$absent, Into::into)
            }
        }
    )+};
}

absent! {
    &'a str => NoText,
    Date => NoDate,
    ClusterId => NoText,
    i64 => NoNumber,
}
