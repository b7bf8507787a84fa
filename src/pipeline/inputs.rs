//! The inputs of a run as `run.json` lists them, with a hash each, so that one can tell later
//! whether a corpus is still the one that was read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::corpus::{Compression, Corpus, Input};
use crate::hash;

/// Bytes hashed at a time, and read at a time where files are not mapped.
const PIECE: usize = 1 << 20;

/// A row for each input; without its hash where somebody asks to stop.
pub(super) fn describe(corpus: &Corpus, cancelled: &AtomicBool) -> Vec<Value> {
    let row = |input: &Input| {
        json!({
            "name": input.name(),
            "path": input.path().map(|path| path.to_string_lossy()),
            "bytes": input.bytes().or(input.bytes_decoded()),
            "xxh3": digest(input, cancelled).map(|digest| format!("{digest:016x}")),
        })
    };
    corpus.inputs().par_iter().map(row).collect()
}

/// XXH3-64 of an input's bytes: of the file on disk, of what a stream gave, of the texts of a
/// folder one after another. `None` for records in memory.
fn digest(input: &Input, cancelled: &AtomicBool) -> Option<u64> {
    let compressed = input.compression() != Compression::None;
    match (input.stored(), input.path()) {
        // What is mapped of a compressed file is what came out of it.
        (Some(bytes), path) if !(compressed && path.is_some()) => {
            let mut digest = hash::Running::default();
            for piece in bytes.chunks(PIECE) {
                if cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                digest.update(piece);
            }
            Some(digest.finish())
        }
        // A file that cannot be read now is found out by the check that inputs are unchanged.
        (_, Some(path)) => of_file(path, cancelled).ok(),
        (_, None) => None,
    }
}

fn of_file(path: &Path, cancelled: &AtomicBool) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut digest = hash::Running::default();
    let mut piece = vec![0; PIECE];
    loop {
        if cancelled.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        match file.read(&mut piece)? {
            0 => return Ok(digest.finish()),
            length => digest.update(&piece[..length]),
        }
    }
}
