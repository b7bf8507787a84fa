//! The disk that the filtered corpora will take, reported before they are written.
//!
//! A bound where one is known: what is copied from plain files is no longer than they are. What is
//! encoded again, or written in another form, is an estimate from the first megabyte of each input.

use super::encode::encode;
use super::{FilteredCorpora, Part};
use crate::corpus::{Compression, Corpus, Format, InputPreflight, Preflight};
use crate::output::error::OutputError;

/// What one part of the results will take.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Need {
    /// Names of the folders or files.
    pub names: String,
    /// Bytes of them together.
    pub bytes: u64,
    /// Whether that is a bound; otherwise an estimate.
    pub is_bound: bool,
    /// Whether they will take so much, and not less: where every record goes into one of them.
    pub is_certain: bool,
}

/// Bytes of an annotation: `,"wirecopy":{"id":"","verdict":"removed","duplicate_of":"","relation":
/// "normalized","page_coverage":0.987654,"cluster_id":"c0123456789abcdef","weight":0.333333}` are 169, and two
/// names of a document some 20 each.
const ANNOTATION: u64 = 209;
/// Bytes of the field with a name that merged records get where ids are not names: `,"wirecopy":
/// {"id":""}` and some 20.
const NAME: u64 = 40;
/// Bytes of the names in a text that is written as JSON: `{"id":"","source":"","date":"","title":"",
/// "text":""}`, and some 70 for what is in them.
const TEXT: u64 = 120;
/// Inputs of each compression that are encoded again to see what becomes of them.
const TRIED: usize = 4;

impl FilteredCorpora {
    /// What will be written, by what was seen of the inputs.
    ///
    /// # Errors
    ///
    /// If an input cannot be read.
    pub fn needs(&self, corpus: &Corpus, seen: &Preflight) -> Result<Vec<Need>, OutputError> {
        let rates = match self.merge {
            true => Rates::PLAIN,
            false => Rates::of(corpus)?,
        };
        let size = |part| {
            let sizes = seen.inputs.iter().zip(corpus.inputs()).map(|(input, own)| {
                match own.tables() {
                    // Encoded anew, and compressed, as it mostly is.
                    Some(_) if !self.merge => (input.bytes.unwrap_or(0), false),
                    _ => self.size(part, input, seen, rates),
                }
            });
            sizes.fold((0, true), |(sum, all), (bytes, is_bound)| {
                (u64::saturating_add(sum, bytes), all && is_bound)
            })
        };
        let name = |part: Part| match self.merge {
            true => format!("{}.jsonl", part.name()),
            false => format!("{}/", part.name()),
        };
        // Parquet that is not compressed, or not well, becomes smaller.
        let mut own = corpus.inputs().iter();
        let has_tables = !self.merge && own.any(|input| input.tables().is_some());
        let mut needs = Vec::new();
        // A record is in one of the two.
        let apart = [(self.kept, Part::Kept), (self.removed, Part::Removed)];
        let apart: Vec<Part> = (apart.into_iter().filter(|(asked, _)| *asked))
            .map(|(_, part)| part)
            .collect();
        if let Some(&part) = apart.first() {
            let (bytes, is_bound) = size(part);
            needs.push(Need {
                names: apart
                    .iter()
                    .map(|&part| name(part))
                    .collect::<Vec<_>>()
                    .join(" and "),
                bytes,
                is_bound,
                is_certain: apart.len() == 2 && !has_tables,
            });
        }
        if self.annotated {
            let (bytes, is_bound) = size(Part::Annotated);
            needs.push(Need {
                names: name(Part::Annotated),
                bytes,
                is_bound,
                is_certain: !has_tables,
            });
        }
        Ok(needs)
    }

    /// Bytes that an input becomes if all of its records are written, and whether they are a bound.
    fn size(
        &self,
        part: Part,
        input: &InputPreflight,
        seen: &Preflight,
        rates: Rates,
    ) -> (u64, bool) {
        let (Some(decoded), Some(records)) = (input.decoded_bytes, input.records) else {
            return (0, false); // a stream, of which nothing is known
        };
        let (sample, one) = (&input.sample, seen.inputs.len() == 1);
        let are_names_ids = one && sample.with_id == sample.records && sample.repeated_ids == 0;
        let annotated = part == Part::Annotated;
        let form = match input.format {
            Some(Format::TextFolder) if annotated && !self.merge => {
                return (records.saturating_mul(ANNOTATION), false);
            }
            Some(Format::TextFolder) if self.merge => TEXT,
            Some(Format::Csv { .. }) if self.merge => input.row_names,
            _ => 0,
        };
        let added = match (annotated, self.merge && !are_names_ids) {
            (true, _) => ANNOTATION,
            (false, true) => NAME,
            (false, false) => 0,
        };
        // A line end more, where the last line has none.
        let plain = decoded
            .saturating_add(records.saturating_mul(form + added))
            .saturating_add(u64::from(self.merge));
        let is_bound = form + added == 0 && input.compression == Compression::None;
        match self.merge {
            true => (plain, is_bound),
            false => (rates.apply(input.compression, plain), is_bound),
        }
    }
}

/// What encoding makes of a byte, by compression, in thousandths.
#[derive(Clone, Copy, Debug)]
struct Rates {
    gzip: u64,
    zstd: u64,
}

impl Rates {
    const PLAIN: Rates = Rates {
        gzip: 1000,
        zstd: 1000,
    };

    fn of(corpus: &Corpus) -> Result<Rates, OutputError> {
        Ok(Rates {
            gzip: rate(corpus, Compression::Gzip)?,
            zstd: rate(corpus, Compression::Zstd)?,
        })
    }

    fn apply(self, compression: Compression, bytes: u64) -> u64 {
        let rate = match compression {
            Compression::None | Compression::Other(_) => return bytes,
            Compression::Gzip => self.gzip,
            Compression::Zstd => self.zstd,
        };
        bytes.saturating_mul(rate) / 1000
    }
}

/// Encodes the beginnings of the first inputs of a compression, as records are encoded.
fn rate(corpus: &Corpus, compression: Compression) -> Result<u64, OutputError> {
    let (mut plain, mut encoded) = (0, 0);
    let mut buffer = Vec::new();
    let inputs = corpus.inputs().iter().enumerate();
    let such = inputs.filter(|(_, input)| input.compression() == compression);
    for (at, input) in such.take(TRIED) {
        let Some(bytes) = corpus.first_bytes(at)? else {
            continue;
        };
        buffer.clear();
        encode(compression, &bytes, &mut buffer)
            .map_err(OutputError::io("compress", input.name()))?;
        plain += bytes.len() as u64;
        encoded += buffer.len() as u64;
    }
    // Rounded up; where nothing was seen, as if it could not be compressed.
    Ok((encoded * 1000)
        .checked_div(plain)
        .map_or(1000, |rate| rate + 1))
}
