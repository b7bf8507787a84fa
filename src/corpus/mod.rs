//! Where documents come from: files in, records out.
//!
//! [`Corpus::open`] finds the inputs, [`Corpus::preflight`] looks at their first records and says
//! what will be used, [`Corpus::scan`] reads every record once, in parallel and in document order
//! (file order, then byte order). After the scan a [`Reader`] reads single records again at their
//! place. A record that cannot be read is handed over as a [`Rejection`], with its place and the
//! reason; nothing is skipped silently.
//!
//! The room knows nothing of what the text is for.

mod date;
mod error;
mod escape;
mod fields;
mod input;
mod json;
mod lines;
mod map;
mod names;
mod options;
mod publisher;
mod reader;
mod record;
mod sample;
mod scan;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

pub use error::CorpusError;
pub use fields::Role;
pub use input::{Compression, Format, Input};
pub use map::install_guard;
pub use options::{ReadOptions, TextHeader};
pub use reader::Reader;
pub use record::{BlockVisitor, DateField, OwnedRecord, Reason, Record, Rejection};

use fields::Fields;
use input::{Origin, Stamp};
use json::Reading;
use scan::Pass;

/// Where documents come from.
#[derive(Debug)]
pub enum Source {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Records in memory.
    Records(Vec<OwnedRecord>),
}

/// All documents: the inputs, opened, and how they are read.
#[derive(Debug)]
pub struct Corpus {
    inputs: Vec<Input>,
    options: ReadOptions,
}

impl Corpus {
    /// Opens all sources. Nothing is read yet but what tells the form of a file.
    ///
    /// # Errors
    ///
    /// If one of them does not exist, cannot be read, is given twice or has no known form.
    pub fn open(sources: Vec<Source>, options: ReadOptions) -> Result<Corpus, CorpusError> {
        let mut inputs = Vec::new();
        for source in sources {
            match source {
                Source::Path(path) => inputs.push(Input::file(&path, &options)?),
                Source::Stdin | Source::Records(_) => {}
            }
        }
        if inputs.is_empty() {
            return Err(CorpusError::NoInput);
        }
        let paths: Vec<&Path> = inputs.iter().filter_map(Input::path).collect();
        let mut names = names::unique_names(&paths).into_iter();
        for input in &mut inputs {
            input.name = names.next().unwrap_or_default();
        }
        Ok(Corpus { inputs, options })
    }

    /// The inputs, in their order.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Reads every record once, in parallel on the current rayon pool.
    ///
    /// `begin` makes a visitor for a block of the input at that position; the visitors come back
    /// in document order, whatever the threads. `progress` is told the bytes done (as on disk).
    ///
    /// # Errors
    ///
    /// What stops the whole run: an input without text, a full disk, a failing device, or
    /// [`CorpusError::Cancelled`].
    pub fn scan<V: BlockVisitor>(
        &mut self,
        begin: impl Fn(usize) -> V + Sync,
        cancelled: &AtomicBool,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<(usize, V)>, CorpusError> {
        self.decide_fields()?;
        let pass = Pass {
            options: &self.options,
            begin,
            cancelled,
            progress,
        };
        let mut mapped = Vec::new();
        for (at, input) in self.inputs.iter().enumerate() {
            if let (Some(fields), Some(bytes)) = (&input.fields, input.decoded()) {
                mapped.push((at, fields, bytes));
            }
        }
        pass.mapped(&mapped)
    }

    /// Decides which fields are used, by the first records of every input that can be looked at.
    fn decide_fields(&mut self) -> Result<(), CorpusError> {
        let options = &self.options;
        self.inputs
            .par_iter_mut()
            .filter(|input| input.fields.is_none())
            .try_for_each(|input| {
                if let Some(bytes) = input.decoded() {
                    let seen = sample::see_json_lines(bytes, options);
                    input.fields = Some(seen.decide(options, &input.name)?);
                }
                Ok(())
            })
    }

    /// A reader for single records. Make one for each thread, after the scan.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// Checks that no file was changed since the corpus was opened.
    ///
    /// # Errors
    ///
    /// [`CorpusError::Changed`] for the first that was.
    pub fn check_unchanged(&self) -> Result<(), CorpusError> {
        for input in &self.inputs {
            let (Origin::File(stamp), Some(path)) = (&input.origin, &input.path) else {
                continue;
            };
            let now = path
                .metadata()
                .map_err(|error| CorpusError::io(path, "look at it", error))?;
            let cut = input.disk.as_ref().is_some_and(map::Map::was_cut);
            let what = stamp.difference(Stamp::of(&now));
            if let Some(what) = what.or_else(|| cut.then(|| "it was cut for a while".to_owned())) {
                return Err(CorpusError::Changed {
                    path: path.clone(),
                    what,
                });
            }
        }
        Ok(())
    }

    fn reading<'a>(&'a self, fields: &'a Fields) -> Reading<'a> {
        Reading {
            fields,
            date_format: self.options.date_format.as_deref(),
        }
    }
}
