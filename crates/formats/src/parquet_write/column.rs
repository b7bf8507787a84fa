//! Columns of a table, and what is gathered for each.

use std::fmt;
use std::io;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::ArrayBuilder as _;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMillisecondBuilder,
};
use arrow_schema::{DataType, Field, TimeUnit};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::rows::Cell;

/// The time zone of moments.
const UTC: &str = "UTC";

/// Bytes of text that a column may gather, and a bit less than Arrow's own bound.
const MOST: usize = i32::MAX as usize - (1 << 20);

/// A column of a table. Every value may be null.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Column {
    /// Its name, which is the key in the rows.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Texts.
    Text,
    /// Lists of texts.
    Texts,
    /// Whole numbers of 64 bits, with a sign.
    Whole,
    /// Floats of 64 bits; whole numbers are taken, too.
    Number,
    /// True or false.
    Truth,
    /// Calendar days, in days since 1970-01-01.
    Day,
    /// Moments, in milliseconds since 1970-01-01 in UTC.
    Moment,
    /// Anything, as JSON in a text.
    Json,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Text => "a text",
            Kind::Texts => "a list of texts",
            Kind::Whole => "a whole number of 64 bits",
            Kind::Number => "a number",
            Kind::Truth => "true or false",
            Kind::Day => "days since 1970",
            Kind::Moment => "milliseconds since 1970",
            Kind::Json => "anything",
        })
    }
}

impl Kind {
    /// What a value is; nothing for null.
    fn of(value: &Value) -> Option<Kind> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Kind::Truth,
            Value::Number(number) if number.is_i64() => Kind::Whole,
            Value::Number(number) if number.is_f64() => Kind::Number,
            Value::String(_) => Kind::Text,
            Value::Array(list)
                if list
                    .iter()
                    .all(|value| value.is_string() || value.is_null()) =>
            {
                Kind::Texts
            }
            _ => Kind::Json,
        })
    }

    /// What takes the values of both.
    fn with(self, other: Kind) -> Kind {
        match (self, other) {
            _ if self == other => self,
            (Kind::Whole, Kind::Number) | (Kind::Number, Kind::Whole) => Kind::Number,
            _ => Kind::Json,
        }
    }
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, kind: Kind) -> Column {
        Column {
            name: name.into(),
            kind,
        }
    }

    /// The columns of some rows, in the order in which they come. What is null everywhere is a text.
    ///
    /// # Errors
    ///
    /// If a row is no JSON object.
    pub fn all_of<'r>(rows: impl IntoIterator<Item = &'r [u8]>) -> io::Result<Vec<Column>> {
        let mut all: Vec<(String, Option<Kind>)> = Vec::new();
        for (number, row) in (1..).zip(rows) {
            let Members(object) = serde_json::from_slice(row)
                .map_err(|error| super::invalid(format!("row {number}: {error}")))?;
            for (place, (name, value)) in object.into_iter().enumerate() {
                let kind = Kind::of(&value);
                // Rows mostly have the same keys in the same order.
                let known = match all.get(place) {
                    Some((own, _)) if *own == name => Some(place),
                    _ => all.iter().position(|(own, _)| *own == name),
                };
                match known {
                    Some(known) => {
                        let own = &mut all[known].1;
                        *own =
                            own.map_or(kind, |own| Some(kind.map_or(own, |kind| own.with(kind))));
                    }
                    None => all.push((name, kind)),
                }
            }
        }
        let columns = all.into_iter();
        Ok(columns
            .map(|(name, kind)| Column::new(name, kind.unwrap_or(Kind::Text)))
            .collect())
    }

    pub(crate) fn field(&self) -> Field {
        let kind = match self.kind {
            Kind::Text | Kind::Json => DataType::Utf8,
            Kind::Texts => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
            Kind::Whole => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Truth => DataType::Boolean,
            Kind::Day => DataType::Date32,
            Kind::Moment => DataType::Timestamp(TimeUnit::Millisecond, Some(UTC.into())),
        };
        Field::new(&self.name, kind, true)
    }
}

/// The members of an object in their order, which a map does not keep.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct Ordered;
        impl<'de> Visitor<'de> for Ordered {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = map.next_entry()? {
                    all.push(member);
                }
                Ok(Members(all))
            }
        }
        deserializer.deserialize_map(Ordered)
    }
}

/// Values of a column that are gathered.
pub(super) enum Builder {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Whole(Int64Builder),
    Number(Float64Builder),
    Truth(BooleanBuilder),
    Day(Date32Builder),
    Moment(TimestampMillisecondBuilder),
    Json(StringBuilder),
}

impl Builder {
    pub(super) fn new(kind: Kind) -> Builder {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Texts => Builder::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Whole => Builder::Whole(Int64Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Truth => Builder::Truth(BooleanBuilder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
            Kind::Moment => Builder::Moment(TimestampMillisecondBuilder::new().with_timezone(UTC)),
            Kind::Json => Builder::Json(StringBuilder::new()),
        }
    }

    /// Takes a value of JSON, unless it is of another kind.
    pub(super) fn push(&mut self, value: &Value) -> bool {
        match (&mut *self, value) {
            (_, Value::Null) => return self.put(Cell::Null),
            (Builder::Json(all), value) => all.append_value(value.to_string()),
            (Builder::Number(all), Value::Number(number)) => match number.as_f64() {
                Some(number) => all.append_value(number),
                None => return false,
            },
            (Builder::Texts(all), Value::Array(list)) => {
                for value in list {
                    match value {
                        Value::String(text) => all.values().append_value(text),
                        Value::Null => all.values().append_null(),
                        _ => return false,
                    }
                }
                all.append(true);
            }
            (_, Value::String(text)) => return self.put(Cell::Text(text)),
            (_, Value::Bool(truth)) => return self.put(Cell::Truth(*truth)),
            (_, Value::Number(number)) => match number.as_i64() {
                Some(number) => return self.put(Cell::Whole(number)),
                None => return false,
            },
            _ => return false,
        }
        true
    }

    /// Takes a value, unless it is of another kind.
    pub(super) fn put(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Builder::Text(all) | Builder::Json(all), Cell::Null) => all.append_null(),
            (Builder::Texts(all), Cell::Null) => all.append_null(),
            (Builder::Whole(all), Cell::Null) => all.append_null(),
            (Builder::Number(all), Cell::Null) => all.append_null(),
            (Builder::Truth(all), Cell::Null) => all.append_null(),
            (Builder::Day(all), Cell::Null) => all.append_null(),
            (Builder::Moment(all), Cell::Null) => all.append_null(),
            (Builder::Text(all) | Builder::Json(all), Cell::Text(text)) => {
                // A value is shorter than 2 GiB in Parquet, and so are all that are gathered.
                if all.values_slice().len().saturating_add(text.len()) >= MOST {
                    return false;
                }
                all.append_value(text);
            }
            (Builder::Texts(all), Cell::Texts(texts)) => {
                all.append_value(texts.iter().map(|text| Some(text.as_str())));
            }
            (Builder::Whole(all), Cell::Whole(number)) => all.append_value(number),
            (Builder::Number(all), Cell::Number(number)) => all.append_value(number),
            (Builder::Truth(all), Cell::Truth(truth)) => all.append_value(truth),
            (Builder::Moment(all), Cell::Whole(moment)) => all.append_value(moment),
            (Builder::Day(all), Cell::Whole(day)) => match i32::try_from(day) {
                Ok(day) => all.append_value(day),
                Err(_) => all.append_null(), // five million years from now
            },
            _ => return false,
        }
        true
    }

    /// Values so far.
    pub(super) fn count(&self) -> usize {
        match self {
            Builder::Text(all) | Builder::Json(all) => all.len(),
            Builder::Texts(all) => all.len(),
            Builder::Whole(all) => all.len(),
            Builder::Number(all) => all.len(),
            Builder::Truth(all) => all.len(),
            Builder::Day(all) => all.len(),
            Builder::Moment(all) => all.len(),
        }
    }

    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(all) | Builder::Json(all) => Arc::new(all.finish()),
            Builder::Texts(all) => Arc::new(all.finish()),
            Builder::Whole(all) => Arc::new(all.finish()),
            Builder::Number(all) => Arc::new(all.finish()),
            Builder::Truth(all) => Arc::new(all.finish()),
            Builder::Day(all) => Arc::new(all.finish()),
            Builder::Moment(all) => Arc::new(all.finish()),
        }
    }
}
