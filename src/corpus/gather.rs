//! Spooling what cannot be read in place: compressed files, pipes, the small files of folders.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::allowed::Damage;
use super::converted;
use super::decode::decode;
use super::error::CorpusError;
use super::file_from::read_full_at;
use super::foreign;
use super::form::{self, HEAD_BYTES, Named};
use super::input::{Input, Origin};
use super::kind::{Compression, Format};
use super::map::Map;
use super::options::ReadOptions;
use super::pipe;
use super::recode;
use super::spool::Spool;

/// What spooling needs to know besides the inputs.
#[derive(Clone, Copy)]
pub(super) struct Gathering<'a> {
    pub(super) options: &'a ReadOptions,
    pub(super) cancelled: &'a AtomicBool,
    pub(super) progress: &'a (dyn Fn(u64) + Sync),
    /// Files of Zstandard that are decoded at a time, once that is known.
    pub(super) decoders: usize,
}

/// Reports half of the bytes when they are spooled; the scan reports the other half.
struct Half<'a> {
    done: u64,
    progress: &'a (dyn Fn(u64) + Sync),
}

impl Half<'_> {
    fn reach(&mut self, done: u64) {
        if done > self.done {
            (self.progress)(done / 2 - self.done / 2);
            self.done = done;
        }
    }
}

impl<'a> Gathering<'a> {
    /// Spools every input that must be and is not yet.
    pub(super) fn all(mut self, inputs: &mut [Input]) -> Result<(), CorpusError> {
        self.texts(inputs)?;
        let is_zstd = |input: &&Input| input.must_spool() && input.compression == Compression::Zstd;
        let files = inputs.iter().filter(is_zstd).count();
        self.decoders = files.min(rayon::current_num_threads());
        for input in inputs.iter_mut().filter(|input| input.must_spool()) {
            if matches!(input.origin, Origin::Stream) {
                self.stream(input)?;
            }
        }
        inputs
            .par_iter_mut()
            .filter(|input| input.must_spool())
            .try_for_each(|input| self.file(input))
    }

    fn half(self) -> Half<'a> {
        Half {
            done: 0,
            progress: self.progress,
        }
    }

    fn check(self) -> Result<(), CorpusError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(CorpusError::Cancelled);
        }
        Ok(())
    }

    /// All text files of all inputs, in one spool: a file for each would be too many maps.
    fn texts(self, inputs: &mut [Input]) -> Result<(), CorpusError> {
        let is_text =
            |input: &&mut Input| matches!(input.origin, Origin::Texts(_)) && input.spool.is_none();
        let mut inputs: Vec<&mut Input> = inputs.iter_mut().filter(is_text).collect();
        let Some(first) = inputs.first() else {
            return Ok(());
        };
        let mut spool = Spool::new(self.options, &first.name)?;
        for input in &mut inputs {
            if let Origin::Texts(texts) = &mut input.origin {
                let mut half = self.half();
                let reach = &mut |done| half.reach(done);
                texts.gather(&mut spool, self.options, self.cancelled, reach)?;
            }
        }
        let map = Arc::new(spool.finish()?);
        for input in inputs {
            input.spool = Some(Arc::clone(&map));
        }
        Ok(())
    }

    /// Files that are converted.
    fn converted(self, input: &mut Input) -> Result<(), CorpusError> {
        let mut spool = Spool::new(self.options, &input.name)?;
        let mut half = self.half();
        if let Origin::Converted(converted) = &mut input.origin {
            let reach = &mut |at| half.reach(at);
            let go_on = &|| self.check();
            input.damages = converted.gather(&mut spool, (self.options, go_on), reach)?;
        }
        input.spool = Some(Arc::new(spool.finish()?));
        Ok(())
    }

    /// A regular file.
    fn file(self, input: &mut Input) -> Result<(), CorpusError> {
        if matches!(input.origin, Origin::Converted(_)) {
            return self.converted(input);
        }
        let path = input.place();
        let file = File::open(&path).map_err(|error| CorpusError::io(&path, "open it", error))?;
        let mut half = self.half();
        let reach = &mut |at| half.reach(at);
        let (map, damages) = self.decoded(&file, input, &path, reach)?;
        half.reach(input.bytes.unwrap_or(0));
        input.spool = Some(Arc::new(self.as_utf8(map, input)?));
        // A file of no bytes is no gzip or Zstandard, but may stand for a day without news.
        let is_empty_day = self.options.allow_empty && input.bytes == Some(0);
        input.damages = if is_empty_day { Vec::new() } else { damages };
        Ok(())
    }

    /// Decoded bytes as UTF-8, where it is known that they are not.
    fn as_utf8(self, map: Map, input: &Input) -> Result<Map, CorpusError> {
        let Some(charset) = input.encoding else {
            return Ok(map);
        };
        let mut spool = Spool::new(self.options, &input.name)?;
        recode::spool(&map, charset, &mut spool)?;
        spool.finish()
    }

    /// The decoded bytes of a file.
    fn decoded(
        self,
        file: &File,
        input: &Input,
        path: &Path,
        reach: &mut dyn FnMut(u64),
    ) -> Result<(Map, Vec<Damage>), CorpusError> {
        let mut spool = Spool::new(self.options, &input.name)?;
        let go_on = || self.check();
        let allowed = self.options.allowed(self.decoders, &go_on);
        let damages = decode(file, path, input.compression, allowed, &mut |bytes, at| {
            self.check()?;
            reach(at);
            spool.write(bytes)
        })?;
        Ok((spool.finish()?, damages))
    }

    /// Standard input, or a pipe: spooled as it comes, and only then its form is known.
    fn stream(self, input: &mut Input) -> Result<(), CorpusError> {
        let path = input.place();
        let failed = |error| CorpusError::io(&path, "read it", error);
        let opened = pipe::open(input.path.as_deref());
        let mut from = opened.map_err(|error| CorpusError::io(&path, "open it", error))?;
        let mut spool = Spool::new(self.options, &input.name)?;
        let mut chunk = vec![0; HEAD_BYTES];
        loop {
            self.check()?;
            match pipe::read(&mut from, &mut chunk).map_err(failed)? {
                Some(0) => break,
                Some(length) => {
                    spool.write(&chunk[..length])?;
                    (self.progress)(length as u64);
                }
                None => {} // silent so far
            }
        }
        let length = read_full_at(spool.file()?, &mut chunk, 0).map_err(failed)?;
        input.compression = Compression::of(&chunk[..length]);
        let map = if input.compression == Compression::None {
            spool.finish()?
        } else {
            let (map, damages) = self.decoded(spool.file()?, input, &path, &mut |_| {})?;
            input.damages = damages;
            map
        };
        // What is converted has its own way to tell its encoding, and Parquet is no text at all.
        if foreign::read_as(&path, &map[..map.len().min(HEAD_BYTES)]).is_none() {
            input.encoding = recode::of(&map, self.options);
        }
        let map = self.as_utf8(map, input)?;
        let named = match form::by_name(&path).0 {
            named @ (Named::JsonLines | Named::Json | Named::Csv | Named::Tsv) => named,
            _ => Named::Other,
        };
        let head = &map[..map.len().min(HEAD_BYTES)];
        let in_place = || form::format(named, head, self.options, &path);
        let form = match foreign::read_as(&path, head) {
            None => {
                let format = in_place()?;
                form::must_convert(format, &path, head, self.options)
                    .then(|| form::convertible(format))
            }
            form => form,
        };
        if let Some(form) = form {
            let mut lines = Spool::new(self.options, &input.name)?;
            let go_on = &|| self.check();
            let damages =
                converted::of_stream(map, (&path, form), &mut lines, (self.options, go_on))?;
            input.damages.extend(damages);
            input.stream_form = Some(form);
            input.compression = Compression::None;
            input.spool = Some(Arc::new(lines.finish()?));
            return Ok(());
        }
        input.format = in_place()?;
        debug_assert_ne!(input.format, Format::TextFolder);
        input.spool = Some(Arc::new(map));
        Ok(())
    }
}
