//! The values of a column as JSON.
//!
//! A value that is null, no number, out of the calendar, or bytes that are no text, is left out of its object; in a list it is
//! `null`, so that the others keep their places.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, OffsetSizeTrait, StructArray, downcast_run_array,
};
use arrow_schema::{DataType, Field, IntervalUnit, TimeUnit};
use serde::Serialize;

use super::iso;
use crate::object::{keys, push_string};

/// Puts the value of a row behind what a buffer holds. Where there is none it says so, and the buffer may hold half of something.
pub(super) type Cell<'a> = Box<dyn Fn(usize, &mut Vec<u8>) -> bool + 'a>;

/// How the values of a column are written.
pub(super) fn cell<'a>(field: &Field, array: &'a ArrayRef) -> Cell<'a> {
    use DataType as D;
    match array.data_type() {
        D::Boolean => {
            let array = array.as_boolean();
            some(array, move |row, into| push(&array.value(row), into))
        }
        D::Int8 => whole::<Int8Type>(array),
        D::Int16 => whole::<Int16Type>(array),
        D::Int32 => whole::<Int32Type>(array),
        D::Int64 => whole::<Int64Type>(array),
        D::UInt8 => whole::<UInt8Type>(array),
        D::UInt16 => whole::<UInt16Type>(array),
        D::UInt32 => whole::<UInt32Type>(array),
        D::UInt64 => whole::<UInt64Type>(array),
        D::Float16 => {
            let array = array.as_primitive::<Float16Type>();
            some(array, move |row, into| {
                let value = array.value(row).to_f32();
                value.is_finite() && push(&value, into)
            })
        }
        D::Float32 => {
            let array = array.as_primitive::<Float32Type>();
            some(array, move |row, into| {
                array.value(row).is_finite() && push(&array.value(row), into)
            })
        }
        D::Float64 => {
            let array = array.as_primitive::<Float64Type>();
            some(array, move |row, into| {
                array.value(row).is_finite() && push(&array.value(row), into)
            })
        }
        D::Decimal32(..) => decimal::<Decimal32Type>(array),
        D::Decimal64(..) => decimal::<Decimal64Type>(array),
        D::Decimal128(..) => decimal::<Decimal128Type>(array),
        D::Decimal256(..) => decimal::<Decimal256Type>(array),
        D::Date32 => iso::dates(array.as_primitive::<Date32Type>()),
        D::Date64 => iso::dates(array.as_primitive::<Date64Type>()),
        D::Timestamp(unit, zone) => moments(*unit, zone.is_some(), array),
        D::Time32(TimeUnit::Second) => iso::times(array.as_primitive::<Time32SecondType>()),
        D::Time32(_) => iso::times(array.as_primitive::<Time32MillisecondType>()),
        D::Time64(TimeUnit::Microsecond) => {
            iso::times(array.as_primitive::<Time64MicrosecondType>())
        }
        D::Time64(_) => iso::times(array.as_primitive::<Time64NanosecondType>()),
        D::Duration(unit) => durations(*unit, array),
        D::Interval(unit) => intervals(*unit, array),
        _ => text_or_nested(field, array),
    }
}

fn text_or_nested<'a>(field: &Field, array: &'a ArrayRef) -> Cell<'a> {
    use DataType as D;
    match array.data_type() {
        D::Utf8 => {
            let array = array.as_string::<i32>();
            some(array, move |row, into| text(array.value(row), into))
        }
        D::LargeUtf8 => {
            let array = array.as_string::<i64>();
            some(array, move |row, into| text(array.value(row), into))
        }
        D::Utf8View => {
            let array = array.as_string_view();
            some(array, move |row, into| text(array.value(row), into))
        }
        D::Binary => {
            let array = array.as_binary::<i32>();
            some(array, move |row, into| bytes(array.value(row), into))
        }
        D::LargeBinary => {
            let array = array.as_binary::<i64>();
            some(array, move |row, into| bytes(array.value(row), into))
        }
        D::BinaryView => {
            let array = array.as_binary_view();
            some(array, move |row, into| bytes(array.value(row), into))
        }
        D::FixedSizeBinary(_) => {
            let array = array.as_fixed_size_binary();
            let is_uuid = field
                .metadata()
                .get("ARROW:extension:name")
                .is_some_and(|name| name == "arrow.uuid");
            some(array, move |row, into| match is_uuid {
                true => uuid(array.value(row), into),
                false => bytes(array.value(row), into),
            })
        }
        D::Struct(_) => structs(array.as_struct()),
        D::List(inner) => list::<i32>(inner, array),
        D::LargeList(inner) => list::<i64>(inner, array),
        D::ListView(inner) => list_view::<i32>(inner, array),
        D::LargeListView(inner) => list_view::<i64>(inner, array),
        D::FixedSizeList(inner, _) => {
            let array = array.as_fixed_size_list();
            let length = usize::try_from(array.value_length()).unwrap_or(0);
            let values = cell(inner, array.values());
            some(array, move |row, into| {
                elements(&values, row * length, length, into)
            })
        }
        D::Map(..) => map(array),
        D::Dictionary(..) => dictionary(field, array),
        D::RunEndEncoded(_, inner) => runs(inner, array),
        D::Union(..) => union(array),
        _ => Box::new(|_, _| false), // Null
    }
}

/// Values where there are any.
fn some<'a>(array: &'a dyn Array, write: impl Fn(usize, &mut Vec<u8>) -> bool + 'a) -> Cell<'a> {
    match array.nulls() {
        None => Box::new(write),
        Some(nulls) => Box::new(move |row, into| nulls.is_valid(row) && write(row, into)),
    }
}

fn push(value: &impl Serialize, into: &mut Vec<u8>) -> bool {
    serde_json::to_writer(into, value).is_ok()
}

fn text(value: &str, into: &mut Vec<u8>) -> bool {
    push_string(value, into);
    true
}

/// Bytes that are a text.
fn bytes(value: &[u8], into: &mut Vec<u8>) -> bool {
    std::str::from_utf8(value).is_ok_and(|value| text(value, into))
}

/// RFC 9562, section 4: 8, 4, 4, 4 and 12 digits.
fn uuid(value: &[u8], into: &mut Vec<u8>) -> bool {
    into.push(b'"');
    for (at, byte) in value.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            into.push(b'-');
        }
        let digit = |value: u8| b"0123456789abcdef"[usize::from(value & 15)];
        into.extend_from_slice(&[digit(byte >> 4), digit(*byte)]);
    }
    into.push(b'"');
    value.len() == 16
}

fn whole<T: ArrowPrimitiveType>(array: &ArrayRef) -> Cell<'_>
where
    T::Native: Serialize,
{
    let array = array.as_primitive::<T>();
    some(array, move |row, into| push(&array.value(row), into))
}

fn decimal<T: DecimalType>(array: &ArrayRef) -> Cell<'_> {
    let array = array.as_primitive::<T>();
    some(array, move |row, into| {
        into.extend_from_slice(array.value_as_string(row).as_bytes());
        true
    })
}

fn moments(unit: TimeUnit, zone: bool, array: &ArrayRef) -> Cell<'_> {
    match unit {
        TimeUnit::Second => iso::moments(array.as_primitive::<TimestampSecondType>(), zone),
        TimeUnit::Millisecond => {
            iso::moments(array.as_primitive::<TimestampMillisecondType>(), zone)
        }
        TimeUnit::Microsecond => {
            iso::moments(array.as_primitive::<TimestampMicrosecondType>(), zone)
        }
        TimeUnit::Nanosecond => iso::moments(array.as_primitive::<TimestampNanosecondType>(), zone),
    }
}

fn durations(unit: TimeUnit, array: &ArrayRef) -> Cell<'_> {
    fn of<T: ArrowPrimitiveType<Native = i64>>(unit: TimeUnit, array: &ArrayRef) -> Cell<'_> {
        let array = array.as_primitive::<T>();
        some(array, move |row, into| {
            iso::push_duration(array.value(row), unit, into)
        })
    }
    match unit {
        TimeUnit::Second => of::<DurationSecondType>(unit, array),
        TimeUnit::Millisecond => of::<DurationMillisecondType>(unit, array),
        TimeUnit::Microsecond => of::<DurationMicrosecondType>(unit, array),
        TimeUnit::Nanosecond => of::<DurationNanosecondType>(unit, array),
    }
}

fn intervals(unit: IntervalUnit, array: &ArrayRef) -> Cell<'_> {
    match unit {
        IntervalUnit::YearMonth => {
            let array = array.as_primitive::<IntervalYearMonthType>();
            some(array, move |row, into| {
                iso::push_months(array.value(row), into)
            })
        }
        IntervalUnit::DayTime => {
            let array = array.as_primitive::<IntervalDayTimeType>();
            some(array, move |row, into| {
                iso::push_days(array.value(row), into)
            })
        }
        IntervalUnit::MonthDayNano => {
            let array = array.as_primitive::<IntervalMonthDayNanoType>();
            some(array, move |row, into| {
                iso::push_interval(array.value(row), into)
            })
        }
    }
}

fn structs(array: &StructArray) -> Cell<'_> {
    let fields: Vec<(Vec<u8>, Cell<'_>)> =
        keys(array.fields().iter().map(|field| field.name().as_str()))
            .into_iter()
            .zip(array.fields().iter().zip(array.columns()))
            .map(|(key, (field, column))| (key, cell(field, column)))
            .collect();
    some(array, move |row, into| {
        into.push(b'{');
        members(&fields, row, into);
        into.push(b'}');
        true
    })
}

/// Puts the members of an object behind what a buffer holds, which ends in what opens it or in another member.
pub(super) fn members(fields: &[(Vec<u8>, Cell<'_>)], row: usize, into: &mut Vec<u8>) {
    for (key, value) in fields {
        let before = into.len();
        if into.last() != Some(&b'{') {
            into.push(b',');
        }
        into.extend_from_slice(key);
        if !value(row, into) {
            into.truncate(before);
        }
    }
}

fn list<'a, O: OffsetSizeTrait>(inner: &Field, array: &'a ArrayRef) -> Cell<'a> {
    let array = array.as_list::<O>();
    let values = cell(inner, array.values());
    let offsets = array.value_offsets();
    some(array, move |row, into| {
        let (from, to) = (offsets[row].as_usize(), offsets[row + 1].as_usize());
        elements(&values, from, to - from, into)
    })
}

fn list_view<'a, O: OffsetSizeTrait>(inner: &Field, array: &'a ArrayRef) -> Cell<'a> {
    let array = array.as_list_view::<O>();
    let values = cell(inner, array.values());
    some(array, move |row, into| {
        let (from, length) = (array.value_offset(row), array.value_size(row));
        elements(&values, from.as_usize(), length.as_usize(), into)
    })
}

fn elements(values: &Cell<'_>, from: usize, length: usize, into: &mut Vec<u8>) -> bool {
    into.push(b'[');
    for at in from..from + length {
        if at > from {
            into.push(b',');
        }
        let before = into.len();
        if !values(at, into) {
            into.truncate(before);
            into.extend_from_slice(b"null");
        }
    }
    into.push(b']');
    true
}

fn map(array: &ArrayRef) -> Cell<'_> {
    let array = array.as_map();
    let (names, fields) = (array.keys(), array.entries().fields());
    let keys = cell(&fields[0], names);
    let values = cell(&fields[1], array.values());
    let offsets = array.value_offsets();
    some(array, move |row, into| {
        let ends = (offsets[row], offsets[row + 1]);
        let (Ok(from), Ok(to)) = (usize::try_from(ends.0), usize::try_from(ends.1)) else {
            return false;
        };
        into.push(b'{');
        for at in from..to {
            let before = into.len();
            if into.last() != Some(&b'{') {
                into.push(b',');
            }
            let key = into.len();
            let mut written = keys(at, into);
            if written && into[key] != b'"' {
                let name = String::from_utf8_lossy(&into[key..]).into_owned();
                into.truncate(key);
                push_string(&name, into);
            }
            into.push(b':');
            written = written && values(at, into);
            if !written {
                into.truncate(before);
            }
        }
        into.push(b'}');
        true
    })
}

fn dictionary<'a>(field: &Field, array: &'a ArrayRef) -> Cell<'a> {
    let array = array.as_any_dictionary();
    if array.values().is_empty() {
        return Box::new(|_, _| false);
    }
    let keys = array.normalized_keys();
    let values = cell(field, array.values());
    some(array, move |row, into| values(keys[row], into))
}

fn runs<'a>(inner: &Field, array: &'a ArrayRef) -> Cell<'a> {
    let array: &dyn Array = array.as_ref();
    downcast_run_array!(
        array => {
            let values = cell(inner, array.values());
            Box::new(move |row, into| values(array.get_physical_index(row), into))
        },
        _ => Box::new(|_, _| false)
    )
}

fn union(array: &ArrayRef) -> Cell<'_> {
    let array = array.as_union();
    let DataType::Union(fields, _) = array.data_type() else {
        return Box::new(|_, _| false);
    };
    let kinds: Vec<(i8, Cell<'_>)> = fields
        .iter()
        .map(|(kind, field)| (kind, cell(field, array.child(kind))))
        .collect();
    Box::new(move |row, into| {
        let kind = array.type_id(row);
        let child = kinds.iter().find(|(own, _)| *own == kind);
        child.is_some_and(|(_, value)| value(array.value_offset(row), into))
    })
}
