//! The preflight: what will be read and used, and how much it is, reported before the run.
//!
//! The first megabyte of every input is read like the scan reads it, and the rest is estimated in
//! proportion: records by their mean length, decoded bytes by the ratio of compression so far. Of
//! standard input and pipes nothing is known before they are read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Corpus;
use super::csv::Fault;
use super::damaged_file::DamagedFile;
use super::dates::DatesOfField;
use super::error::CorpusError;
use super::folder_names::FolderNames;
use super::kind::{Compression, Format};
use super::look::look;
use super::metadata::Metadata;
use super::noise::Words;
use super::passed_over::PassedOver;
use super::publisher::PublisherFrom;
use super::record::{BlockVisitor, DateField, Reason, Record, Rejection, UnreadDate};
use super::role::Role;
use super::sample::SAMPLE_BYTES;
use super::spool;

/// What can be known about a corpus before it is read.
#[derive(Clone, Debug)]
pub struct Preflight {
    /// What is known of each input, in their order.
    pub inputs: Vec<InputPreflight>,
    /// What of the folders is passed over.
    pub passed_over: PassedOver,
    /// Records in all, estimated. Without inputs that are not known before they are read.
    pub records: u64,
    /// Bytes of text in all, estimated; likewise.
    pub text_bytes: u64,
    /// Bytes that will be spooled, estimated; likewise.
    pub spool_bytes: u64,
    /// Whether all inputs could be looked at. Otherwise the totals are lower bounds.
    pub complete: bool,
    /// Where they will be spooled.
    pub spool_folder: PathBuf,
    /// Free bytes there, if the system says.
    pub spool_free: Option<u64>,
    /// The publisher, if all records of the sample that have one have the same: then it says
    /// nothing apart, and counts as none.
    pub only_publisher: Option<String>,
    /// Where publishers come from, where that is not the address or the source as they stand.
    pub outlets: Outlets,
    /// How dates are read that can be several days.
    pub dates: Vec<DatesOfField>,
    /// The share of near misses among longer words, if it is that of scanned text.
    pub noise: Option<f64>,
}

/// Where the publishers of the sample come from, in records.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outlets {
    /// The host of all addresses, if the sources are taken in its place, as they are several.
    pub one_host: Option<String>,
    /// Whose address holds that of the page.
    pub inside: u64,
    /// With an address of an intermediary, whose publisher is their source.
    pub source_behind: u64,
    /// Whose publisher is an intermediary, as no other is named.
    pub intermediary: u64,
    /// With an address that leads to an unknown place.
    pub unknown: u64,
}

impl Preflight {
    /// Damaged files, as far as that can be known without reading all.
    pub fn damaged(&self) -> impl Iterator<Item = &DamagedFile> {
        self.inputs.iter().flat_map(|input| &input.damaged)
    }
}

/// What can be known about one input.
#[derive(Clone, Debug)]
pub struct InputPreflight {
    /// Its name in the corpus.
    pub name: String,
    /// Its form; nothing while it is not known.
    pub format: Option<Format>,
    /// What it is converted from ([`Input::converted_from`](super::Input::converted_from)).
    pub converted_from: Option<String>,
    /// How it is compressed.
    pub compression: Compression,
    /// The table that describes its texts.
    pub metadata: Option<Metadata>,
    /// Which of its folders name outlets, if it is a folder of texts.
    pub folders: Option<FolderNames>,
    /// The encoding of its bytes, if they are not UTF-8 and it is one file.
    pub encoding: Option<&'static str>,
    /// Bytes on disk.
    pub bytes: Option<u64>,
    /// The field used for each role, in the order of [`Role::ALL`]. Nothing where no name
    /// occurs in the sample, and where records have no fields.
    pub fields: [Option<String>; Role::ALL.len()],
    /// The field that is taken for the text by its values, as none is called so.
    pub guessed_text: Option<String>,
    /// Other roles whose field is taken by its values.
    pub guessed: Vec<Role>,
    /// What the first records say.
    pub sample: Sample,
    /// Records in all, estimated.
    pub records: Option<u64>,
    /// Bytes of text in all, estimated.
    pub text_bytes: Option<u64>,
    /// Bytes that will be spooled, estimated; 0 where it is read in place.
    pub spool_bytes: Option<u64>,
    /// Bytes that decoding it takes to look back on, by its first frame; 0 where it is no Zstandard.
    pub window: u64,
    /// Its damaged files, as far as that can be known without reading all.
    pub damaged: Vec<DamagedFile>,
    /// Bytes once decoded: those on disk of a plain file, otherwise estimated.
    pub decoded_bytes: Option<u64>,
    /// Of CSV, bytes that the names of the columns take in a row that is written as JSON.
    pub row_names: u64,
}

impl InputPreflight {
    /// The field used for a role.
    pub fn field(&self, role: Role) -> Option<&str> {
        self.fields[role as usize].as_deref()
    }
}

/// Counts over the first records of an input.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sample {
    /// Records that could be read.
    pub records: u64,
    /// Records that could not.
    pub rejected: u64,
    /// Why the first of those could not.
    pub first_rejection: Option<Reason>,
    /// Records with an id.
    pub with_id: u64,
    /// Records with an id that an earlier one has.
    pub repeated_ids: u64,
    /// The first such id.
    pub repeated_id: Option<String>,
    /// All ids.
    ids: HashSet<String>,
    /// Records with some text in the field for it.
    pub with_text: u64,
    /// Those of them whose text is HTML.
    pub with_html: u64,
    /// Records with a date that was understood.
    pub with_date: u64,
    /// Those of them whose date is the day in their path or address.
    pub dates_from_places: u64,
    /// Records with a date that may be one of several days.
    pub ambiguous_dates: u64,
    /// Records with a date that says only how long ago it was.
    pub relative_dates: u64,
    /// Records with a date in no known form.
    pub unparsed_dates: u64,
    /// The first of those.
    pub unparsed_date: Option<String>,
    /// Records with a publisher.
    pub with_publisher: u64,
    /// The publisher of the first that has one.
    pub publisher: Option<String>,
    /// Whether another record has another one.
    pub several_publishers: bool,
    /// Where they come from.
    pub outlets: Outlets,
    /// The source of the first that has one.
    source: Option<String>,
    /// Whether another record has another one.
    several_sources: bool,
    /// Whether a publisher is not that of the record's address.
    not_by_host: bool,
    /// Their words.
    words: Words,
    /// How many of these are looked at.
    most_words: u32,
    /// Bytes of their texts.
    pub text_bytes: u64,
    /// Bytes of the longest of these.
    pub longest: u64,
    /// Bytes of the (decoded) input they take.
    pub bytes: u64,
}

impl BlockVisitor for Sample {
    fn record(&mut self, record: &Record<'_>) {
        self.records += 1;
        if let Some(id) = record.id {
            self.with_id += 1;
            if !self.ids.insert(id.to_owned()) {
                self.repeated_ids += 1;
                self.repeated_id.get_or_insert_with(|| id.to_owned());
            }
        }
        self.with_text += u64::from(!record.text.trim_ascii().is_empty());
        self.with_html += u64::from(wirecopy_formats::html::is_html(record.text));
        match record.date {
            DateField::Absent => {}
            DateField::Parsed(_) => {
                self.with_date += 1;
                self.dates_from_places += u64::from(record.date_text.is_none());
            }
            DateField::Unparsed(UnreadDate::Ambiguous) => self.ambiguous_dates += 1,
            DateField::Unparsed(UnreadDate::Relative) => self.relative_dates += 1,
            DateField::Unparsed(_) => {
                self.unparsed_dates += 1;
                if self.unparsed_date.is_none() {
                    self.unparsed_date = record.date_text.map(str::to_owned);
                }
            }
        }
        if let Some(publisher) = record.publisher {
            self.with_publisher += 1;
            match &self.publisher {
                None => self.publisher = Some(publisher.to_owned()),
                Some(first) => self.several_publishers |= first != publisher,
            }
        }
        let outlets = &mut self.outlets;
        match record.publisher_from {
            PublisherFrom::Inside => outlets.inside += 1,
            PublisherFrom::SourceBehind => outlets.source_behind += 1,
            PublisherFrom::Intermediary => outlets.intermediary += 1,
            PublisherFrom::Unknown => outlets.unknown += 1,
            PublisherFrom::Nothing | PublisherFrom::Host | PublisherFrom::Source => {}
        }
        self.not_by_host |= record.publisher_from != PublisherFrom::Host || record.url.is_none();
        if let Some(source) = record.source {
            match &self.source {
                None => self.source = Some(source.to_owned()),
                Some(first) => self.several_sources |= first != source,
            }
        }
        self.words.add(record.text, self.most_words);
        self.text_bytes += record.text.len() as u64;
        self.longest = self.longest.max(record.text.len() as u64);
        self.bytes += u64::from(record.length) + 1;
    }

    fn rejected(&mut self, rejection: Rejection) {
        // What the sample itself cuts off is no fault.
        if rejection.reason != Reason::CutByDamage {
            self.rejected += 1;
            self.bytes += rejection.length + 1;
            self.first_rejection.get_or_insert(rejection.reason);
        }
    }
}

impl Sample {
    /// One that looks at so many words.
    pub(super) fn of_words(most_words: u32) -> Sample {
        Sample {
            most_words,
            ..Sample::default()
        }
    }

    /// The next row of CSV.
    pub(super) fn row(&mut self, row: Result<&Record<'_>, Fault>) {
        match row {
            Ok(record) => self.record(record),
            Err((range, reason)) => self.rejected(Rejection {
                offset: range.start as u64,
                length: range.len() as u64,
                reason,
            }),
        }
    }
}

/// Bytes looked at in all: enough for shares to a percent, and read in a second.
const LOOKED_AT: usize = 64 << 20;
/// Bytes of one input that are looked at, however many inputs there are: some articles.
const LEAST_LOOKED_AT: usize = 64 << 10;

impl Corpus {
    /// Looks at the first records of every input: decides which fields are used, and says what
    /// that means and how much there is. It reads about a megabyte of each input.
    ///
    /// # Errors
    ///
    /// If an input has no text, is no known form after all, or cannot be read.
    pub fn preflight(&mut self) -> Result<Preflight, CorpusError> {
        self.decide_fields()?;
        let options = &self.options;
        let count = self.inputs.len().max(1);
        let share = (LOOKED_AT / count).clamp(LEAST_LOOKED_AT, SAMPLE_BYTES);
        let inputs: Vec<InputPreflight> = self
            .inputs
            .par_iter()
            .enumerate()
            .map(|(at, input)| look(at, input, options, share))
            .collect::<Result<_, _>>()?;
        let sum = |part: fn(&InputPreflight) -> Option<u64>| inputs.iter().filter_map(part).sum();
        let spool_folder = spool::folder(options);
        let (outlets, only_publisher) = outlets(&inputs);
        let mut words = Words::default();
        inputs
            .iter()
            .for_each(|input| words.merge(&input.sample.words));
        Ok(Preflight {
            passed_over: self.passed_over.clone(),
            records: sum(|input| input.records),
            text_bytes: sum(|input| input.text_bytes),
            spool_bytes: sum(|input| input.spool_bytes),
            complete: inputs.iter().all(|input| input.records.is_some()),
            spool_free: free_bytes(&spool_folder),
            only_publisher,
            outlets,
            dates: self.dates(),
            noise: words.noise(),
            spool_folder,
            inputs,
        })
    }
}

/// Free bytes of a folder's file system, for this user.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Where publishers come from, and the only one, if there is one.
fn outlets(inputs: &[InputPreflight]) -> (Outlets, Option<String>) {
    let samples = || inputs.iter().map(|input| &input.sample);
    let sum = |part: fn(&Outlets) -> u64| samples().map(|sample| part(&sample.outlets)).sum();
    let only = only_publisher(inputs);
    let mut sources = samples().filter_map(|sample| sample.source.as_ref());
    let first = sources.next();
    let are_several =
        samples().any(|sample| sample.several_sources) || sources.any(|other| Some(other) != first);
    let is_one_host = are_several && !samples().any(|sample| sample.not_by_host);
    let (one_host, only) = match is_one_host {
        true => (only, None),
        false => (None, only),
    };
    let outlets = Outlets {
        one_host,
        inside: sum(|outlets| outlets.inside),
        source_behind: sum(|outlets| outlets.source_behind),
        intermediary: sum(|outlets| outlets.intermediary),
        unknown: sum(|outlets| outlets.unknown),
    };
    (outlets, only)
}

fn only_publisher(inputs: &[InputPreflight]) -> Option<String> {
    let samples = || inputs.iter().map(|input| &input.sample);
    let first = samples().find_map(|sample| sample.publisher.as_ref())?;
    let same = |sample: &Sample| {
        !sample.several_publishers && sample.publisher.as_ref().is_none_or(|own| own == first)
    };
    let count: u64 = samples().map(|sample| sample.with_publisher).sum();
    (count > 1 && samples().all(same)).then(|| first.clone())
}
