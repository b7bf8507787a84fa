//! Values of flags that are more than a number: sizes, shares, and names of library values.

use std::fmt::Display;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use wirecopy::cluster::Keep;
use wirecopy::corpus::Charset;
use wirecopy::relation::Relation;
use wirecopy::shingle::Shingling;
use wirecopy::similarity::Threshold;

/// Bytes: `1500`, `64M`, `1.5G`. K, M, G and T are powers of 1024; `B` and `iB` may follow.
pub(super) fn size(text: &str) -> Result<u64, String> {
    const WANTED: &str = "expected bytes above 0 as a number, or with K, M, G or T, such as 512M";
    let upper = text.trim().to_ascii_uppercase();
    let bare = upper.trim_end_matches('B').trim_end_matches('I');
    let digits = bare.trim_end_matches(['K', 'M', 'G', 'T']);
    let power = match &bare[digits.len()..] {
        "" => 0,
        "K" => 1,
        "M" => 2,
        "G" => 3,
        "T" => 4,
        _ => return Err(WANTED.into()),
    };
    let number: f64 = digits.trim().parse().map_err(|_| WANTED)?;
    let bytes = number * 1024f64.powi(power);
    if bytes >= 1.0 && bytes < 2f64.powi(63) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // in 1..2^63
        Ok(bytes as u64)
    } else {
        Err(WANTED.into())
    }
}

/// A share from 0 to 1: `0.01` or `1%`.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let (digits, scale) = match text.trim().strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (text, 1.0),
    };
    match digits.trim().parse::<f64>().map(|number| number / scale) {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("expected a share from 0 to 1, or a percentage such as 1%".into()),
    }
}

/// A number of threads. Each has its own buffers, so that a slip of the keyboard, a hundred
/// thousand, would take all memory before the run could say how much it needs.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 0..=1024) => Ok(threads),
        _ => Err("expected a whole number up to 1024, or 0 for one thread a core".into()),
    }
}

/// A score above 0, at most 2.
pub(super) fn threshold(text: &str) -> Result<Threshold, String> {
    let number = text.parse().unwrap_or(f64::NAN);
    Threshold::new(number).map_err(|_| {
        "expected a number above 0 and at most 2 (with --profile near at most 1), such as 0.8"
            .into()
    })
}

/// A share above 0, at most 1.
pub(super) fn coverage(text: &str) -> Result<Threshold, String> {
    let share = threshold(text).ok().filter(|share| share.is_share());
    share.ok_or_else(|| "expected a share above 0 and at most 1, such as 0.8".into())
}

/// Values of a flag that takes others, too: shown in help, and completed by shells.
#[derive(Clone)]
pub(super) struct Offered<T> {
    /// Each with what it means.
    pub(super) values: &'static [(&'static str, &'static str)],
    pub(super) parse: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Offered<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<T, clap::Error> {
        TypedValueParser::parse_ref(&self.parse, command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = self.values.iter();
        let value =
            |&(name, help): &(&'static str, &'static str)| PossibleValue::new(name).help(help);
        Some(Box::new(values.map(value)))
    }
}

/// Which copy is kept first, by its name or by outlets.
pub(super) const KEEP: Offered<Keep> = Offered {
    values: &[
        ("longest", "The longest text, so that nothing said is lost"),
        ("earliest", "The first by date"),
        ("representative", "The one that clusters.jsonl lists first"),
        ("first", "The first in the input"),
        (
            "source=",
            "By outlet, in the order given, such as source=ap.org,bbc.co.uk",
        ),
    ],
    parse: keep,
};

/// What is counted of a text: any unit and length may be given.
pub(super) const SHINGLE: Offered<Shingling> = Offered {
    values: &[
        ("word:5", "Runs of five words, as without this flag"),
        ("word:3", "Runs of three words, for short texts"),
        ("char:5", "Runs of five characters, for scanned text"),
        (
            "char:9",
            "Runs of nine characters, for languages written without spaces",
        ),
    ],
    parse: parsed::<Shingling>,
};

/// A seed, a shingling: whatever the library reads from text.
pub(super) fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

/// One byte, or the word `tab`.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("quotes and line ends cannot delimit fields".into()),
        &[byte] if byte.is_ascii() => Ok(byte),
        _ => Err("expected one ASCII character, or the word tab".into()),
    }
}

/// An encoding by any of its usual names.
pub(super) fn encoding(text: &str) -> Result<Charset, String> {
    Charset::named(text).ok_or_else(|| {
        "expected the name of an encoding, such as utf-8, windows-1252, utf-16le or gb18030".into()
    })
}

/// Which copy is kept first.
pub(super) fn keep(text: &str) -> Result<Keep, String> {
    match text {
        "longest" => Ok(Keep::Longest),
        "earliest" => Ok(Keep::Earliest),
        "representative" => Ok(Keep::Representative),
        "first" => Ok(Keep::First),
        _ => {
            let names = text.strip_prefix("source=").unwrap_or_default();
            let names: Vec<String> = (names.split(',').map(str::trim))
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            if names.is_empty() {
                Err("expected longest, earliest, representative, first, or \
                     source= and outlets with commas between, such as source=ap.org,bbc.co.uk"
                    .into())
            } else {
                Ok(Keep::Source(names))
            }
        }
    }
}

/// A relation by its name, as one of the possible values.
pub(super) fn relation() -> impl TypedValueParser<Value = Relation> {
    PossibleValuesParser::new(Relation::ALL.map(Relation::name))
        .map(|name| Relation::from_name(&name).expect("one of the possible values"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_powers_of_1024() {
        assert_eq!(size("1500"), Ok(1500));
        assert_eq!(size("64M"), Ok(64 << 20));
        assert_eq!(size("2g"), Ok(2 << 30));
        assert_eq!(size("1.5 KiB"), Ok(1536));
        assert_eq!(size("1T"), Ok(1 << 40));
        for wrong in ["", "G", "0", "-1", "2X", "2KM", "1e30", "nan", "ü"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_fractions_or_percentages() {
        assert_eq!(share("1%"), Ok(0.01));
        assert_eq!(share("0.25"), Ok(0.25));
        assert_eq!(share("0"), Ok(0.0));
        for wrong in ["", "%", "2", "101%", "-1%", "nan"] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_preferred_source_needs_a_name() {
        let names = vec!["ap.org".to_owned(), "bbc.co.uk".to_owned()];
        assert_eq!(keep("source=ap.org, bbc.co.uk"), Ok(Keep::Source(names)));
        assert_eq!(keep("longest"), Ok(Keep::Longest));
        for wrong in ["", "source=", "source=,", "shortest"] {
            assert!(keep(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_delimiter_is_one_character() {
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert_eq!(delimiter(";"), Ok(b';'));
        for wrong in ["", ";;", "\"", "ü"] {
            assert!(delimiter(wrong).is_err(), "{wrong}");
        }
    }
}
