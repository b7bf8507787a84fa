//! How a value is written in a row: JSON straight into a byte buffer, without allocating.
//!
//! Figures are ratios of integers, rounded half up to six digits by integer arithmetic, so the
//! same counts give the same bytes on every machine.

use std::io::Write;

use super::columns::{Columns, Value};
pub(super) use super::json_string::string;
use crate::clusters::ClusterId;
use crate::date::Date;
use crate::likeness::Score;

/// A row being written: `{"key":value,…}` and a newline.
pub(super) struct Row<'o> {
    out: &'o mut Vec<u8>,
    opened: u8,
}

impl<'o> Row<'o> {
    pub(super) fn begin(out: &'o mut Vec<u8>) -> Row<'o> {
        Row { out, opened: b'{' }
    }

    /// Closes the object, without a newline.
    pub(super) fn close(self) {
        self.out.push(b'}');
    }

    /// Closes the object and the line.
    pub(super) fn end(self) {
        self.out.extend_from_slice(b"}\n");
    }
}

impl Columns for Row<'_> {
    fn put<'v>(&mut self, name: &str, value: impl Into<Value<'v>>) {
        // Names are our own: nothing in them needs escaping.
        self.out.extend_from_slice(&[self.opened, b'"']);
        self.opened = b',';
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        let quoted = |out: &mut Vec<u8>, write: &dyn Fn(&mut Vec<u8>)| {
            out.push(b'"');
            write(out);
            out.push(b'"');
        };
        match value.into() {
            Value::NoNumber => self.out.extend_from_slice(NULL),
            Value::NoText | Value::NoDate | Value::NoClusters => {
                self.out.extend_from_slice(b"\"\"");
            }
            Value::Text(text) => string(text, self.out),
            Value::Boolean(value) => boolean(value, self.out),
            Value::Number(value) => number(value, self.out),
            Value::Signed(value) => signed(value, self.out),
            Value::Ratio(part, whole) => ratio(part, whole, self.out),
            Value::Score(value) => score(value, self.out),
            Value::Date(value) => quoted(self.out, &|out| date(value, out)),
            Value::Cluster(id) => quoted(self.out, &|out| cluster(id, out)),
            Value::Clusters(ids) => {
                quoted(self.out, &|out| separated(ids, b' ', out, cluster));
            }
        }
    }
}

const NULL: &[u8] = b"null";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes `true` or `false`.
pub(super) fn boolean(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

/// Writes a cluster's name: `c` and 16 hex digits.
pub(super) fn cluster(id: ClusterId, out: &mut Vec<u8>) {
    out.push(b'c');
    for byte in id.0.to_be_bytes() {
        out.push(HEX[usize::from(byte >> 4)]);
        out.push(HEX[usize::from(byte & 15)]);
    }
}

/// Writes one after the other, with `between` between.
pub(super) fn separated(
    ids: &[ClusterId],
    between: u8,
    out: &mut Vec<u8>,
    write: impl Fn(ClusterId, &mut Vec<u8>),
) {
    for (at, &id) in ids.iter().enumerate() {
        if at > 0 {
            out.push(between);
        }
        write(id, out);
    }
}

/// Writes a whole number.
pub(super) fn number(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20]; // u64::MAX has 20
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = digit(value % 10);
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// Writes a whole number that may be negative.
pub(super) fn signed(value: i64, out: &mut Vec<u8>) {
    if value < 0 {
        out.push(b'-');
    }
    number(value.unsigned_abs(), out);
}

fn digit(value: u64) -> u8 {
    b'0' + u8::try_from(value).expect("a decimal digit")
}

/// Decimals of a figure.
const DECIMALS: u32 = 6;
const ONE: u64 = 10_u64.pow(DECIMALS);

/// Writes a score as a ratio is written, but with a sign, and above 1, where need be.
pub(super) fn score(value: Score, out: &mut Vec<u8>) {
    if value.millionths() < 0 {
        out.push(b'-');
    }
    let millionths = value.millionths().unsigned_abs();
    let start = out.len();
    ratio(millionths % 1_000_000, 1_000_000, out);
    // A part of a whole begins with its 0.
    out[start] = digit(u64::from(millionths / 1_000_000));
}

/// Writes `part / whole` with six decimals, rounded half up, without trailing zeros but the first:
/// `1.0` is a figure to every reader, `1` is the start of a column of whole numbers.
///
/// Nothing of nothing is 1: the only verified pair of empty sets is one of equal texts.
pub(super) fn ratio(part: u32, whole: u64, out: &mut Vec<u8>) {
    let mut millionths = millionths(part, whole);
    if millionths == ONE {
        return out.extend_from_slice(b"1.0");
    }
    let mut text = *b"0.000000";
    let mut last = text.len();
    for place in (2..text.len()).rev() {
        text[place] = digit(millionths % 10);
        millionths /= 10;
    }
    while last > 3 && text[last - 1] == b'0' {
        last -= 1;
    }
    out.extend_from_slice(&text[..last]);
}

/// `part / whole` in millionths, rounded half up. Nothing of nothing is 1.
pub(super) fn millionths(part: u32, whole: u64) -> u64 {
    let part = u64::from(part);
    debug_assert!(part <= whole, "{part} of {whole}");
    if part == whole {
        return ONE;
    }
    // At most 2^32 × 2·10^6 < 2^53; whole is at most 2^33.
    (part * 2 * ONE + whole) / (2 * whole)
}

/// Writes a date as [`Date`] shows itself, which asks for no escapes.
pub(super) fn date(date: Date, out: &mut Vec<u8>) {
    write!(out, "{date}").expect("a list of bytes takes what it is given");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ratios_are_rounded_half_up_and_trimmed() {
        for (part, whole, want) in [
            (8, 10, "0.8"),
            (5, 6, "0.833333"),
            (2, 3, "0.666667"),
            (1, 2_000_000, "0.000001"),
            (1, 2_000_001, "0.0"),
            (7, 7, "1.0"),
            (0, 7, "0.0"),
            (0, 0, "1.0"),
            (1, 16, "0.0625"),
            (1_999_999, 2_000_000, "1.0"),
            (1_999_998, 2_000_000, "0.999999"),
            (u32::MAX, 1 << 33, "0.5"),
        ] {
            assert_eq!(
                written(|out| ratio(part, whole, out)),
                want,
                "{part}/{whole}"
            );
        }
    }

    #[test]
    fn scores_are_written_like_ratios_below_zero_and_above_one_too() {
        for (value, want) in [
            (0.7, "0.7"),
            (2.0, "2.0"),
            (1.5, "1.5"),
            (-0.25, "-0.25"),
            (0.0, "0.0"),
            (1.0, "1.0"),
            (0.7123456, "0.712346"),
            (f64::NAN, "0.0"),
        ] {
            assert_eq!(written(|out| score(Score::new(value), out)), want);
        }
    }

    #[test]
    fn numbers_of_every_length() {
        for value in [0, 7, 10, 99, 12_345, i64::MAX] {
            assert_eq!(written(|out| signed(value, out)), value.to_string());
            assert_eq!(written(|out| signed(-value, out)), (-value).to_string());
        }
        assert_eq!(written(|out| signed(i64::MIN, out)), i64::MIN.to_string());
        assert_eq!(written(|out| number(u64::MAX, out)), u64::MAX.to_string());
    }

    proptest! {
        #[test]
        fn ratios_are_within_half_a_millionth(part in any::<u32>(), more in any::<u32>()) {
            let whole = u64::from(part) + u64::from(more);
            prop_assume!(whole > 0);
            let got: f64 = written(|out| ratio(part, whole, out)).parse().unwrap();
            prop_assert!((got - f64::from(part) / whole as f64).abs() <= 0.500_001e-6);
        }
    }
}
