//! A batch of rows in a message, decoded when its turn comes.

use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::reader::read_record_batch;
use arrow_ipc::{CompressionType, MetadataVersion};
use arrow_schema::SchemaRef;
use bytes::Bytes;

use crate::sink::Loss;
use crate::table::{Lines, Part, Rows};

/// A buffer may claim so many bytes: its offsets count up to 2³¹, or are 64 bits wide and were never seen to go so far.
const LARGEST: u64 = 4 << 30;

/// And so many for each compressed byte: a block of Zstandard holds 128 KiB at most, and has 3 bytes and one more at least (RFC
/// 8878, section 3.1.1.2).
const RATIO: u64 = (128 << 10) / 4;

/// A batch as it lies in the file.
pub(super) struct Encoded {
    pub(super) bytes: Bytes,
    pub(super) head: Range<usize>,
    pub(super) body: Range<usize>,
    pub(super) schema: SchemaRef,
    pub(super) version: MetadataVersion,
    pub(super) dictionaries: Arc<HashMap<i64, ArrayRef>>,
}

impl Encoded {
    /// Its rows, with some of the columns.
    pub(super) fn decode(&self, columns: Option<&[usize]>) -> Result<RecordBatch, String> {
        let message = arrow_ipc::root_as_message(&self.bytes[self.head.clone()])
            .map_err(|_| "a message that makes no sense".to_owned())?;
        let batch = message.header_as_record_batch().ok_or("no rows")?;
        check_lengths(&batch, &self.bytes[self.body.clone()])?;
        let buffer = Buffer::from(self.bytes.slice(self.body.clone()));
        let decode = || {
            read_record_batch(
                &buffer,
                batch,
                Arc::clone(&self.schema),
                &self.dictionaries,
                columns,
                &self.version,
            )
        };
        // What is damaged may make the reader panic: nothing of it is used afterwards.
        catch_unwind(AssertUnwindSafe(decode))
            .map_err(|_| "rows that make no sense".to_owned())?
            .map_err(|error| said(&error.to_string()))
    }
}

/// Whether compressed buffers claim what they may have: the decoder takes the memory before it looks.
pub(super) fn check_lengths(batch: &arrow_ipc::RecordBatch<'_>, body: &[u8]) -> Result<(), String> {
    let Some(compression) = batch.compression() else {
        return Ok(());
    };
    let ratio = match compression.codec() {
        CompressionType::LZ4_FRAME => 256, // lz4_Block_format.md: 255 for each byte of a length
        _ => RATIO,
    };
    for buffer in batch.buffers().into_iter().flatten() {
        let (Ok(at), Ok(length)) = (
            usize::try_from(buffer.offset()),
            usize::try_from(buffer.length()),
        ) else {
            return Err("a buffer outside of its message".to_owned());
        };
        if length == 0 {
            continue;
        }
        let bytes = body.get(at..at.saturating_add(length));
        let Some((claimed, rest)) = bytes.and_then(|bytes| bytes.split_first_chunk()) else {
            return Err("a buffer outside of its message".to_owned());
        };
        // −1 is a buffer that is not compressed.
        let claimed = u64::try_from(i64::from_le_bytes(*claimed)).unwrap_or(0);
        if claimed > LARGEST.min(ratio * (rest.len() as u64 + 64)) {
            let found = rest.len();
            return Err(format!(
                "{found} compressed bytes that claim to be {claimed}"
            ));
        }
    }
    Ok(())
}

/// What a library says, on one line and without its own words around it.
pub(super) fn said(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    line.chars().take(300).collect()
}

/// A batch that one core decodes and writes.
pub(super) struct Body {
    encoded: Encoded,
    needed: Arc<[usize]>,
    writer: Rows,
    place: Range<u64>,
    /// The rows, and the first that was not written.
    decoded: Option<(RecordBatch, usize)>,
    error: Option<String>,
}

impl Body {
    pub(super) fn new(
        encoded: Encoded,
        needed: Arc<[usize]>,
        writer: Rows,
        place: Range<u64>,
    ) -> Body {
        Body {
            encoded,
            needed,
            writer,
            place,
            decoded: None,
            error: None,
        }
    }
}

impl Part for Body {
    fn rows(&mut self, most: usize, into: &mut Lines) {
        let decoded = match self.decoded.take() {
            Some(decoded) => Ok(decoded),
            None => self
                .encoded
                .decode(Some(&self.needed))
                .map(|batch| (batch, 0)),
        };
        match decoded {
            Ok((batch, from)) => {
                let next = self
                    .writer
                    .write(&batch, from..batch.num_rows(), most, into);
                self.decoded = Some((batch, next));
            }
            Err(what) => self.error = Some(what),
        }
    }

    fn lost(&mut self) -> Option<Loss> {
        self.error.take().map(|what| Loss {
            at: self.place.start,
            what: format!("Arrow: {what}"),
            missing: Some(self.place.end - self.place.start),
        })
    }

    fn place(&self) -> Range<u64> {
        self.place.clone()
    }
}

/// A message that cannot be read.
pub(super) struct Failed {
    loss: Option<Loss>,
}

impl Failed {
    pub(super) fn new(loss: Loss) -> Failed {
        Failed { loss: Some(loss) }
    }
}

impl Part for Failed {
    fn rows(&mut self, _: usize, _: &mut Lines) {}

    fn lost(&mut self) -> Option<Loss> {
        self.loss.take()
    }

    fn place(&self) -> Range<u64> {
        let at = self.loss.as_ref().map_or(0, |loss| loss.at);
        at..at
    }
}
