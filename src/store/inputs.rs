//! The inputs of a run as `run.json` lists them, with a hash each, so that one can check later
//! whether a corpus is still the one that was read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::context::Context;
use crate::corpus::{Compression, Corpus, CorpusError, DamagedFile, Input};
use crate::error::Error;
use crate::hash;

/// Bytes hashed at a time, and read at a time where files are not mapped.
const PIECE: usize = 1 << 20;

/// A row for each input.
///
/// # Errors
///
/// If one cannot be read now, or the caller cancels.
pub(crate) fn describe(corpus: &Corpus, context: Context<'_>) -> Result<Vec<Value>, Error> {
    let row = |(at, input): (usize, &Input)| {
        let mut row = json!({
            "name": input.name(),
            "path": input.path().map(|path| path.to_string_lossy()),
            "bytes": input.bytes().or(input.bytes_decoded()),
            "xxh3": digest(input, context)?.map(|digest| format!("{digest:016x}")),
        });
        let encodings: serde_json::Map<String, Value> = (input.encodings().into_iter())
            .map(|(name, files)| (name.to_owned(), files.into()))
            .collect();
        if !encodings.is_empty() {
            row["encodings"] = encodings.into();
        }
        if let Some(metadata) = input.metadata() {
            row["metadata"] = json!({
                "path": metadata.path.to_string_lossy(),
                "column": metadata.column,
                "described": metadata.described,
            });
        }
        if let Some(form) = input.converted_from() {
            row["converted_from"] = form.into();
        }
        let files: Vec<&DamagedFile> = corpus
            .damaged()
            .iter()
            .filter(|file| file.input == at)
            .collect();
        if !files.is_empty() {
            let damage = files.iter().map(ToString::to_string).collect::<Vec<_>>();
            row["damage"] = damage.join("; ").into();
            row["missing_bytes"] = files
                .iter()
                .map(|file| file.missing)
                .sum::<Option<u64>>()
                .into();
        }
        Ok(row)
    };
    corpus.inputs().par_iter().enumerate().map(row).collect()
}

/// XXH3-64 of an input's bytes: of the file on disk, of what a stream gave, of the texts of a
/// folder one after another. `None` for records in memory.
fn digest(input: &Input, context: Context<'_>) -> Result<Option<u64>, Error> {
    let compressed = input.compression() != Compression::None;
    match (input.stored(), input.path()) {
        // What is mapped of a compressed file is what came out of it.
        (Some(bytes), path) if !(compressed && path.is_some()) => {
            let mut digest = hash::Running::default();
            for piece in bytes.chunks(PIECE) {
                context.go_on()?;
                digest.update(piece);
            }
            Ok(Some(digest.finish()))
        }
        (_, Some(path)) => of_file(path, context).map(Some),
        (_, None) => Ok(None),
    }
}

fn of_file(path: &Path, context: Context<'_>) -> Result<u64, Error> {
    let failed = |source| CorpusError::Io {
        path: path.to_owned(),
        action: "read it again for its hash",
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut digest = hash::Running::default();
    let mut piece = vec![0; PIECE];
    loop {
        context.go_on()?;
        match file.read(&mut piece) {
            Ok(0) => return Ok(digest.finish()),
            Ok(length) => digest.update(&piece[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error).into()),
        }
    }
}
