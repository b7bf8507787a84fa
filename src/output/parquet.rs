//! How a row is written as Parquet: every column has a type of its own, and what is absent or unknown is null.
//!
//! Shares and scores are the same figures as in JSON. A date is a day, and a moment besides, in `date_time`, if its time of day is
//! known; clusters are lists.

use wirecopy_formats::{Cell, Column, Kind, TableRows};

use super::columns::{Columns, Value};
use super::json::{cluster, millionths};
use crate::clusters::ClusterId;
use crate::date::{Date, Precision};

/// What a column is called that holds a date's moment.
const MOMENT: &str = "_time";

/// The columns of a table, listed by one of its rows, behind a prefix.
#[derive(Default)]
pub(super) struct Schema {
    pub(super) columns: Vec<Column>,
    pub(super) prefix: &'static str,
}

impl Columns for Schema {
    fn put<'v>(&mut self, name: &str, value: impl Into<Value<'v>>) {
        let name = format!("{}{name}", self.prefix);
        let kind = match value.into() {
            Value::NoText | Value::Text(_) | Value::Cluster(_) => Kind::Text,
            Value::NoClusters | Value::Clusters(_) => Kind::Texts,
            Value::NoNumber | Value::Number(_) | Value::Signed(_) => Kind::Whole,
            Value::Ratio(..) | Value::Score(_) => Kind::Number,
            Value::Boolean(_) => Kind::Truth,
            Value::NoDate | Value::Date(_) => {
                let moment = Column::new(format!("{name}{MOMENT}"), Kind::Moment);
                self.columns.push(Column::new(name, Kind::Day));
                self.columns.push(moment);
                return;
            }
        };
        self.columns.push(Column::new(name, kind));
    }
}

/// A row being gathered.
pub(super) struct Row<'r>(pub(super) &'r mut TableRows);

impl Columns for Row<'_> {
    fn put<'v>(&mut self, _: &str, value: impl Into<Value<'v>>) {
        let cell = match value.into() {
            Value::NoText | Value::NoNumber | Value::NoClusters => Cell::Null,
            Value::Text(text) => Cell::Text(text),
            Value::Boolean(value) => Cell::Truth(value),
            // An offset or a count: less than 2^63.
            Value::Number(value) => i64::try_from(value).map_or(Cell::Null, Cell::Whole),
            Value::Signed(value) => Cell::Whole(value),
            Value::Ratio(part, whole) => {
                // At most a million.
                let millionths = u32::try_from(millionths(part, whole)).unwrap_or(u32::MAX);
                Cell::Number(f64::from(millionths) / 1e6)
            }
            Value::Score(score) => Cell::Number(f64::from(score.millionths()) / 1e6),
            Value::Cluster(id) => return self.0.put(Cell::Text(&name(id))),
            Value::Clusters(ids) => {
                let names: Vec<String> = ids.iter().copied().map(name).collect();
                return self.0.put(Cell::Texts(&names));
            }
            Value::NoDate => {
                self.0.put(Cell::Null);
                Cell::Null
            }
            Value::Date(date) => {
                self.0.put(Cell::Whole(date.day()));
                moment(date)
            }
        };
        self.0.put(cell);
    }
}

fn name(id: ClusterId) -> String {
    let mut name = Vec::with_capacity(17);
    cluster(id, &mut name);
    String::from_utf8(name).expect("a letter and digits")
}

/// The moment of a date whose time of day is known.
fn moment(date: Date) -> Cell<'static> {
    match date.precision {
        Precision::Day => Cell::Null,
        Precision::Second => date
            .seconds
            .checked_mul(1000)
            .map_or(Cell::Null, Cell::Whole),
    }
}
