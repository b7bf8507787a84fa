//! Looking at one input before it is read: the first records, and how much there is in proportion.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use wirecopy_formats::encoding::Charset;

use super::block::Piece;
use super::csv::Table;
use super::damage;
use super::declared;
use super::ending;
use super::error::CorpusError;
use super::input::{Input, Origin, Part};
use super::json::Scratch;
use super::kind::Compression;
use super::memory;
use super::options::ReadOptions;
use super::preflight::{InputPreflight, Sample};
use super::record::{BlockVisitor, Record, Rejection};
use super::role::Role;
use super::sample::{self, SAMPLE_RECORDS};
use super::scan::Pass;
use super::text::{self, Texts, Unread};

/// Bytes of a sample for each word that is looked at: of one input of a megabyte some 50,000.
const BYTES_A_WORD: usize = 20;

/// Looks at one input, at that position.
pub(super) fn look(
    at: usize,
    input: &Input,
    options: &ReadOptions,
    share: usize,
) -> Result<InputPreflight, CorpusError> {
    let mut summary = InputPreflight {
        name: input.name.clone(),
        format: Some(input.format),
        converted_from: input.converted_from(),
        compression: input.compression,
        metadata: input.metadata().cloned(),
        folders: input.folders().cloned(),
        encoding: input.encoding.map(Charset::name),
        bytes: input.bytes,
        fields: fields_used(input),
        guessed_text: input
            .used_fields()
            .and_then(|fields| fields.guessed_text.clone()),
        guessed: input
            .used_fields()
            .map_or(Vec::new(), |fields| fields.guessed.clone()),
        sample: Sample::of_words(u32::try_from(share / BYTES_A_WORD).unwrap_or(u32::MAX)),
        records: None,
        text_bytes: None,
        spool_bytes: None,
        window: 0,
        damaged: Vec::new(),
        decoded_bytes: None,
        row_names: input.table.as_ref().map_or(0, Table::row_names),
    };
    match &input.origin {
        Origin::Records(records) => {
            let mut scratch = Scratch::default();
            let how = (options, input.decision());
            for at in 0..records.len().min(SAMPLE_RECORDS) {
                let use_it = |record: &Record<'_>| summary.sample.record(record);
                if let Err(fault) = memory::record(&**records, at, how, &mut scratch, use_it) {
                    summary.sample.rejected(fault);
                }
            }
            summary.records = Some(records.len() as u64);
            let texts = (0..records.len()).filter_map(|at| records.row(at).text);
            summary.text_bytes = Some(texts.map(|text| text.len() as u64).sum());
            summary.spool_bytes = Some(0);
            summary.decoded_bytes = summary.text_bytes;
        }
        Origin::Texts(texts) => look_at_texts((at, texts), options, share, &mut summary)?,
        Origin::File(_) | Origin::Stream | Origin::Converted(_) => {
            look_at_bytes((at, input), options, share, &mut summary)?;
        }
    }
    Ok(summary)
}

/// The name used for each role.
fn fields_used(input: &Input) -> [Option<String>; Role::ALL.len()] {
    let fields = input.used_fields();
    Role::ALL.map(|role| Some(fields?.found(role)?.to_owned()))
}

/// Reads text files from all over the folder.
fn look_at_texts(
    (at, texts): (usize, &Texts),
    options: &ReadOptions,
    share: usize,
    summary: &mut InputPreflight,
) -> Result<(), CorpusError> {
    let mut scratch = Scratch::default();
    let step = texts.files.len().div_ceil(SAMPLE_RECORDS).max(1);
    let mut on_disk = 0;
    for file in texts.files.iter().step_by(step) {
        if summary.sample.bytes >= share as u64 {
            break;
        }
        let read = match text::read_file(&texts.root.join(&file.relative), file, options) {
            Ok((raw, _)) => {
                on_disk += file.on_disk;
                summary.sample.bytes += raw.len() as u64;
                let use_it = |record: &Record<'_>| summary.sample.record(record);
                text::record((file, texts), &raw, options, &mut scratch, use_it)
            }
            Err(Unread::Rejected(_, reason)) => Err(reason),
            Err(Unread::Failed(error)) => return Err(error),
        };
        if let Err(reason) = read {
            summary.damaged.extend(damage::of_text(at, &reason));
            summary.sample.rejected(Rejection {
                offset: 0,
                length: 0,
                reason,
            });
        }
    }
    let all = texts.files.iter().map(|file| file.on_disk).sum();
    summary.records = Some(texts.files.len() as u64);
    summary.text_bytes = Some(scale(summary.sample.text_bytes, all, on_disk));
    let decoded = scale(summary.sample.bytes, all, on_disk);
    summary.decoded_bytes = Some(decoded);
    summary.spool_bytes = Some(decoded + texts.files.len() as u64);
    Ok(())
}

/// Reads the first records of a file of records.
fn look_at_bytes(
    (at, input): (usize, &Input),
    options: &ReadOptions,
    share: usize,
    summary: &mut InputPreflight,
) -> Result<(), CorpusError> {
    let Some((bytes, head)) = sample::beginning(input, options)? else {
        summary.format = None;
        return Ok(());
    };
    let pass = Pass {
        options,
        begin: |_| Sample::default(),
        cancelled: &AtomicBool::new(false),
        progress: &|_| {},
    };
    let is_converted = input.converted_from().is_some();
    summary.window = head.window;
    let mut scratch = Scratch::default();
    let end = bytes.len().min(share);
    let mut cut = None;
    if let Some(table) = &input.table {
        let part = Part {
            range: table.header.min(bytes.len())..bytes.len(),
            cut_at_start: false,
            cut_at_end: head.cut,
        };
        let limit = options.record_limit();
        // Where all rows are looked at anyway, so is the end.
        let sees_all = end == bytes.len() && !head.cut;
        let starts = table.starts(&bytes, &part, end, limit, || sees_all);
        cut = starts.cut;
        if let Some(&start) = starts.places.first() {
            let sample = &mut summary.sample;
            let block = start..end.max(start);
            table.rows(&bytes, &part, block, options, &mut scratch, |row| {
                sample.row(row);
            });
        }
    } else if let Some(fields) = &input.fields {
        let piece = Piece {
            cut_at_end: head.cut,
            ..Piece::whole(&bytes, 0)
        };
        pass.lines(piece, 0..end, fields, &mut scratch, &mut summary.sample);
        cut = match (&input.path, input.bytes) {
            _ if is_converted || input.encoding.is_some() => None,
            (Some(path), Some(length)) if input.compression == Compression::None => {
                ending::cut_line_at(path, length)?
            }
            _ if head.cut => None,
            _ => ending::cut_line(&bytes),
        };
    }
    let is_empty_day = options.allow_empty && input.bytes == Some(0);
    if !is_empty_day {
        summary.damaged = damage::of_bytes((at, input), &head.damages, cut);
    }
    let on_disk = input.bytes.unwrap_or(0);
    let decoded = match (input.compression, input.decoded()) {
        (_, Some(bytes)) => bytes.len() as u64,
        (_, None) if is_converted && head.cut => scale(bytes.len() as u64, on_disk, head.read),
        (_, None) if is_converted => bytes.len() as u64,
        (Compression::None, None) => on_disk,
        (compression, None) if head.cut => {
            let estimate = scale(bytes.len() as u64, on_disk, head.read);
            let path = input.path.as_deref().unwrap_or(Path::new(""));
            declared::length(path, compression, on_disk, estimate)
        }
        (_, None) => bytes.len() as u64,
    };
    // A blank line or a header more or less does not matter; where all was seen, all is known.
    let sample = &summary.sample;
    let seen_all = end == bytes.len() && !head.cut;
    let seen = if seen_all { decoded } else { sample.bytes };
    summary.records = Some(scale(sample.records + sample.rejected, decoded, seen));
    summary.text_bytes = Some(scale(sample.text_bytes, decoded, seen));
    summary.decoded_bytes = Some(decoded);
    summary.spool_bytes = Some(if input.must_spool() { decoded } else { 0 });
    Ok(())
}

/// `part × whole / seen`, where nothing was seen 0.
fn scale(part: u64, whole: u64, seen: u64) -> u64 {
    if seen == 0 {
        return 0;
    }
    let scaled = u128::from(part) * u128::from(whole) / u128::from(seen);
    u64::try_from(scaled).unwrap_or(u64::MAX)
}
