//! Where documents come from: files in, records out.
//!
//! [`Corpus::open`] finds the inputs, [`Corpus::preflight`] looks at their first records and says
//! what will be used, [`Corpus::scan`] reads every record once, in parallel and in document order
//! (file order, then byte order). After the scan a [`Reader`] reads single records again at their
//! place. A record that cannot be read is handed over as a [`Rejection`], with its place and the
//! reason; nothing is skipped silently.
//!
//! The room knows nothing of what the text is for.

mod aligned;
mod allowed;
mod beginnings;
mod block;
mod choice;
mod column_names;
mod columns;
mod converted;
mod csv;
mod csv_ending;
mod damage;
mod damaged_file;
mod date;
mod date_column;
mod dates;
mod declared;
mod decode;
mod ending;
mod error;
mod error_kind;
mod escape;
mod fields;
mod file_from;
mod folder_names;
mod foreign;
mod form;
mod front_matter;
mod gather;
mod globs;
mod head;
mod html_values;
mod input;
mod inside;
mod intermediary;
mod json;
mod json_head;
mod kind;
mod line_sink;
mod lines;
mod look;
mod map;
mod member;
mod memory;
mod metadata;
mod names;
mod next_member;
mod noise;
mod open;
mod opened_file;
mod options;
mod page;
mod papers;
mod parts;
mod passed_over;
mod pipe;
mod preflight;
mod publisher;
mod reader;
mod recode;
mod record;
mod remedy;
mod role;
mod row;
mod rows;
mod sample;
mod scan;
mod scratch;
mod seen;
mod spool;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod tolerant;
mod unmapped;
mod usual;
mod value_kinds;
mod values;
mod walk;
mod whole;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

pub(crate) use beginnings::Beginning;
pub use damaged_file::DamagedFile;
pub use dates::DatesOfField;
pub use error::CorpusError;
pub use folder_names::FolderNames;
pub use input::Input;
pub(crate) use json::each_value;
pub use kind::{Compression, Format};
pub(crate) use map::Map;
pub use map::install_guard;
pub use metadata::Metadata;
pub use options::{ReadOptions, TextHeader};
pub use passed_over::PassedOver;
pub use preflight::{InputPreflight, Outlets, Preflight, Sample, free_bytes};
pub use publisher::PublisherFrom;
pub(crate) use publisher::publisher_of_source;
pub use reader::Reader;
pub(crate) use record::TextPlace;
pub use record::{BlockVisitor, DateField, OwnedRecord, Reason, Record, Rejection, UnreadDate};
pub use role::Role;
pub(crate) use row::names_begin;
pub use rows::{BorrowedRecord, Rows};
pub(crate) use scratch::{Scratch, ScratchMap};
pub(crate) use tables::{TableFile, unread_rows};
pub use wirecopy_formats::dates::Finding;
pub use wirecopy_formats::encoding::Charset;

use gather::Gathering;
use input::{Origin, Stamp};
use scan::Pass;
use text::Texts;
use whole::Tally;

/// Where documents come from.
#[derive(Debug)]
pub enum Source {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Records in memory.
    Records(Vec<OwnedRecord>),
    /// Records of a table in memory, read in place.
    Rows(Arc<dyn Rows>),
}

/// All documents: the inputs, opened, and how they are read.
#[derive(Debug)]
pub struct Corpus {
    inputs: Vec<Input>,
    options: ReadOptions,
    passed_over: PassedOver,
    /// What the last scan found to be missing.
    damaged: Vec<DamagedFile>,
    /// Pages of scratch files that were lost before it was opened.
    lost_scratch: usize,
}

impl Corpus {
    /// Opens all sources. Nothing is read yet but what shows the form of a file.
    ///
    /// # Errors
    ///
    /// If one of them does not exist, cannot be read, is given twice or has no known form.
    pub fn open(sources: Vec<Source>, options: ReadOptions) -> Result<Corpus, CorpusError> {
        let (inputs, passed_over) = open::open(sources, &options)?;
        Ok(Corpus {
            inputs,
            options,
            passed_over,
            damaged: Vec::new(),
            lost_scratch: map::lost_scratch(),
        })
    }

    /// The inputs, in their order.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What of the folders is not read.
    pub fn passed_over(&self) -> &PassedOver {
        &self.passed_over
    }

    /// Files of which something is missing, as the last scan found them.
    pub fn damaged(&self) -> &[DamagedFile] {
        &self.damaged
    }

    /// Whether something that was given is not read, as [`ReadOptions::skip_unreadable`] and
    /// [`ReadOptions::accept_damaged`] allow.
    pub fn has_loss(&self) -> bool {
        self.passed_over.unreadable > 0 || !self.damaged.is_empty()
    }

    /// Reads every record once, in parallel on the current rayon pool.
    ///
    /// `begin` makes a visitor for a block of the input at that position; the visitors come back
    /// in document order, whatever the threads. `progress` is given the bytes done (as on disk).
    ///
    /// # Errors
    ///
    /// What stops the whole run: an input without text, one that is damaged or ends too early
    /// ([`ReadOptions::accept_damaged`]), no record at all ([`ReadOptions::allow_empty`]), a full
    /// disk, a failing device, or [`CorpusError::Cancelled`].
    pub fn scan<V: BlockVisitor>(
        &mut self,
        begin: impl Fn(usize) -> V + Sync,
        cancelled: &AtomicBool,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<(usize, V)>, CorpusError> {
        // What is seen of a file before it is read may say that it has to be converted; of a stream nothing is.
        self.decide_fields()?;
        let gathering = Gathering {
            options: &self.options,
            cancelled,
            progress,
            decoders: 1,
        };
        gathering.all(&mut self.inputs)?;
        self.decide_fields()?;
        let pass = Pass {
            options: &self.options,
            begin: |input| Tally::of(begin(input)),
            cancelled,
            progress,
        };
        let (damaged, read) = whole::read(&self.inputs, &pass)?;
        self.damaged = damaged;
        Ok(read)
    }

    /// Decides which fields are used, by the first records of every input.
    fn decide_fields(&mut self) -> Result<(), CorpusError> {
        let options = &self.options;
        self.inputs.par_iter_mut().try_for_each(|input| {
            sample::decide(input, options)?;
            input.complete_dates(options);
            Ok(())
        })?;
        // Beside inputs whose text has a name, one without is rather another table than texts under another name.
        let is_named = |input: &Input| {
            let fields = input.used_fields();
            fields.is_some_and(|fields| {
                fields.guessed_text.is_none() && fields.found(Role::Text).is_some()
            })
        };
        let guessed = self.inputs.iter().find_map(|input| {
            let field = input.used_fields()?.guessed_text.clone()?;
            Some((input, field))
        });
        match guessed {
            Some((input, field)) if self.inputs.iter().any(is_named) => {
                Err(CorpusError::NoTextField {
                    name: input.name.clone(),
                    tried: options.text_fields.clone(),
                    found: vec![field],
                })
            }
            _ => dates::decide(&mut self.inputs, options),
        }
    }

    /// What tables show as the place of a record: its file, and where it starts there in decoded
    /// bytes. In a folder of text files that is the text file, from its start.
    pub fn place(&self, input: usize, offset: u64) -> (Cow<'_, str>, u64) {
        let input = &self.inputs[input];
        match &input.origin {
            Origin::Texts(texts) => match texts.at(offset) {
                Some(_) if texts.alone => (Cow::Borrowed(&input.name), 0),
                Some(file) => {
                    let name = format!("{}/{}", input.name, Texts::id(file));
                    (Cow::Owned(name), 0)
                }
                None => (Cow::Borrowed(&input.name), offset),
            },
            Origin::Converted(converted) if !converted.is_alone() => match converted.at(offset) {
                Some(file) => {
                    let name = format!("{}/{}", input.name, file.name());
                    (Cow::Owned(name), offset - file.start)
                }
                None => (Cow::Borrowed(&input.name), offset),
            },
            _ => (Cow::Borrowed(&input.name), offset),
        }
    }

    /// A reader for single records. Make one for each thread, after the scan.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// Checks that no file was changed since the corpus was opened, and that what was spooled and
    /// spilled could be read.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] for the first that was changed, [`CorpusError::LostScratch`].
    pub fn check_unchanged(&self) -> Result<(), CorpusError> {
        if map::lost_scratch() != self.lost_scratch {
            let folder = spool::folder(&self.options);
            return Err(CorpusError::LostScratch { folder });
        }
        for input in &self.inputs {
            let (Some(stamp), Some(path)) = (input.stamp(), &input.path) else {
                continue;
            };
            let now = path
                .metadata()
                .map_err(|error| CorpusError::io(path, "look at it", error))?;
            let cut = input.disk.as_ref().is_some_and(map::Map::was_cut);
            let what = stamp.difference(Stamp::of(&now));
            let lost =
                "the system could not read all of it: it was cut for a while, or the disk fails";
            if let Some(what) = what.or_else(|| cut.then(|| lost.to_owned())) {
                return Err(CorpusError::Changed {
                    path: path.clone(),
                    what,
                });
            }
        }
        Ok(())
    }
}
