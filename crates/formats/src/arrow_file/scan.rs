//! Going through the messages of a stream.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::reader::read_dictionary;
use arrow_ipc::{MessageHeader, MetadataVersion};
use arrow_schema::{DataType, SchemaRef};
use bytes::Bytes;

use super::message::{Body, Encoded, Failed, check_lengths, said};
use super::{MAGIC, MARK};
use crate::sink::Loss;
use crate::table::{Batch, Part, Parts, Rows};

/// A batch that is larger is cut up, so that several cores write it.
const LARGE: u64 = 4 << 20;

/// Numbers in a row's list, on average, from which on a column is left out, as in Parquet.
const NUMBERS: usize = 64;

/// The messages of a file or a stream.
pub(super) struct Messages {
    bytes: Bytes,
    at: usize,
    /// Where the last message ends: the end of the stream, or the footer of a file.
    end: usize,
    is_file: bool,
    /// Where messages begin, as the footer says: polars writes no whole stream, so that counts.
    starts: Vec<usize>,
    schema: Option<SchemaRef>,
    dictionaries: Arc<HashMap<i64, ArrayRef>>,
    /// The columns that are read, once a batch was looked at.
    needed: Option<Arc<[usize]>>,
    rows: Rows,
    /// Parts that were found and not handed over.
    found: VecDeque<Box<dyn Part>>,
    is_over: bool,
}

/// What stands at some place of a stream.
enum Next {
    /// A message: where its head and its body lie.
    Message(Range<usize>, Range<usize>),
    /// The mark of the end.
    End,
    /// Nothing more.
    Over,
    /// Half a message.
    Cut,
}

impl Messages {
    pub(super) fn new(bytes: Bytes, rows: Rows) -> Messages {
        let is_file = bytes.starts_with(MAGIC);
        // What is damaged may make the reader panic: there is no footer then.
        let footer = is_file.then(|| catch_unwind(|| footer(&bytes)).ok().flatten());
        let footer = footer.flatten();
        let start = if is_file { 8 } else { 0 };
        Messages {
            at: footer.as_ref().map_or(start, |footer| {
                footer.starts.first().copied().unwrap_or(footer.at)
            }),
            end: footer.as_ref().map_or(bytes.len(), |footer| footer.at),
            is_file,
            schema: footer.as_ref().map(|footer| Arc::clone(&footer.schema)),
            starts: footer.map(|footer| footer.starts).unwrap_or_default(),
            dictionaries: Arc::default(),
            needed: None,
            rows,
            found: VecDeque::new(),
            is_over: false,
            bytes,
        }
    }

    /// What stands here.
    fn look(&self) -> Next {
        let Some(rest) = self
            .bytes
            .get(self.at..self.end)
            .filter(|rest| !rest.is_empty())
        else {
            return Next::Over;
        };
        // Before version 0.15 there was no mark.
        let skipped = if rest.starts_with(MARK) { 4 } else { 0 };
        let number = |at: usize| Some(u32::from_le_bytes(*rest.get(at..)?.first_chunk()?));
        let head = match number(skipped).map(usize::try_from) {
            Some(Ok(0)) => return Next::End,
            Some(Ok(length)) => {
                let start = self.at + skipped + 4;
                start..start.saturating_add(length)
            }
            _ => return Next::Cut,
        };
        if head.end > self.end {
            return Next::Cut;
        }
        let body = arrow_ipc::root_as_message(&self.bytes[head.clone()]).ok();
        let body = body.and_then(|message| usize::try_from(message.bodyLength()).ok());
        match body {
            Some(length) if head.end.saturating_add(length) > self.end => Next::Cut,
            Some(length) => Next::Message(head.clone(), head.end..head.end + length),
            None => Next::Message(head.clone(), head.end..head.end),
        }
    }

    /// Goes on to the next message.
    fn step(&mut self) {
        match self.look() {
            Next::Over => {
                self.is_over = true;
                if self.is_file && self.end == self.bytes.len() {
                    self.lose("the file ends too early: it has no footer".to_owned(), None);
                }
            }
            // Streams one behind another, each with its own schema; the footer of a file.
            Next::End => {
                let marked = self.bytes[self.at..].starts_with(MARK);
                self.at += if marked { 8 } else { 4 };
                self.is_over = self.is_file || self.at >= self.end;
                if self.is_file && self.end == self.bytes.len() && self.starts.is_empty() {
                    self.is_over = true;
                    self.lose(
                        "the file ends too early: it has no whole footer".to_owned(),
                        None,
                    );
                }
            }
            Next::Cut => self.damaged("a message that ends behind the end of the file", true),
            Next::Message(head, body) => {
                let end = body.end;
                // What is damaged may make the reader panic: the message is passed over then.
                let taken = catch_unwind(AssertUnwindSafe(|| self.take(head, body)))
                    .unwrap_or_else(|_| Err("a message that makes no sense".to_owned()));
                let next = self.starts.iter().find(|&&start| start > self.at);
                match taken {
                    Ok(()) if self.starts.is_empty() => self.at = end,
                    Ok(()) => self.at = next.copied().unwrap_or(self.end),
                    Err(what) => self.damaged(&what, false),
                }
            }
        }
    }

    /// Notes a message that cannot be read, and goes on at the next batch that the footer names.
    fn damaged(&mut self, what: &str, is_cut: bool) {
        let what = match &self.schema {
            None => format!("expected a schema, found {what}"),
            Some(_) => what.to_owned(),
        };
        let next = self.starts.iter().find(|&&start| start > self.at);
        match (next, &self.schema) {
            (Some(&next), Some(_)) => {
                let missing = next - self.at;
                self.lose(what, Some(missing as u64));
                self.at = next;
            }
            _ => {
                let missing = (self.end - self.at) as u64;
                let is_cut = is_cut && self.schema.is_some() && self.end == self.bytes.len();
                self.lose(what, (!is_cut).then_some(missing));
                self.is_over = true;
            }
        }
    }

    fn lose(&mut self, what: String, missing: Option<u64>) {
        self.found.push_back(Box::new(Failed::new(Loss {
            at: self.at as u64,
            what: format!("Arrow: {what}"),
            missing,
        })));
    }

    /// Takes a message for what it is.
    fn take(&mut self, head: Range<usize>, body: Range<usize>) -> Result<(), String> {
        let bytes = self.bytes.clone();
        let message = arrow_ipc::root_as_message(&bytes[head.clone()])
            .map_err(|_| "a message that makes no sense".to_owned())?;
        let version = message.version();
        if let Some(schema) = message.header_as_schema() {
            let schema = try_fb_to_schema(schema).map_err(|error| said(&error.to_string()))?;
            self.schema = Some(Arc::new(schema));
            self.dictionaries = Arc::default();
            self.needed = None;
            return Ok(());
        }
        let Some(schema) = self.schema.clone() else {
            return Err("a message of rows".to_owned());
        };
        match message.header_type() {
            MessageHeader::DictionaryBatch => {
                let dictionary = message
                    .header_as_dictionary_batch()
                    .ok_or("no dictionary")?;
                let data = dictionary.data().ok_or("a dictionary without data")?;
                check_lengths(&data, &bytes[body.clone()])?;
                let buffer = Buffer::from(bytes.slice(body));
                let known = Arc::make_mut(&mut self.dictionaries);
                read_dictionary(&buffer, dictionary, &schema, known, &version)
                    .map_err(|error| said(&error.to_string()))
            }
            MessageHeader::RecordBatch => self.batch(schema, version, head, body),
            _ => Ok(()), // tensors
        }
    }

    fn batch(
        &mut self,
        schema: SchemaRef,
        version: MetadataVersion,
        head: Range<usize>,
        body: Range<usize>,
    ) -> Result<(), String> {
        let place = head.start as u64..body.end as u64;
        let encoded = Encoded {
            bytes: self.bytes.clone(),
            head,
            body,
            schema,
            version,
            dictionaries: Arc::clone(&self.dictionaries),
        };
        let needed = match &self.needed {
            Some(needed) => Arc::clone(needed),
            None => {
                let batch = encoded.decode(None)?;
                let needed: Arc<[usize]> = needed(&batch).into();
                if batch.num_rows() > 0 {
                    self.needed = Some(Arc::clone(&needed));
                }
                needed
            }
        };
        if place.end - place.start < LARGE {
            let body = Body::new(encoded, needed, self.rows.clone(), place);
            self.found.push_back(Box::new(body));
            return Ok(());
        }
        let batch = encoded.decode(Some(&needed))?;
        let pieces = (place.end - place.start).div_ceil(LARGE);
        let rows = batch.num_rows();
        let step = rows.div_ceil(usize::try_from(pieces).unwrap_or(1)).max(1);
        let at = |row: usize| {
            let part = u128::from(place.end - place.start) * row as u128 / rows.max(1) as u128;
            place.start + u64::try_from(part).unwrap_or(0)
        };
        for from in (0..rows).step_by(step) {
            let to = rows.min(from + step);
            let piece = Batch::new(&self.rows, batch.clone(), from..to, at(from)..at(to));
            self.found.push_back(Box::new(piece));
        }
        Ok(())
    }
}

impl Parts for Messages {
    fn next(&mut self, most: usize) -> Vec<Box<dyn Part>> {
        while self.found.len() < most && !self.is_over {
            self.step();
        }
        let length = most.min(self.found.len());
        self.found.drain(..length).collect()
    }
}

/// What the footer of a file says.
struct Footer {
    schema: SchemaRef,
    /// Where dictionaries and batches begin.
    starts: Vec<usize>,
    /// Where it lies itself.
    at: usize,
}

fn footer(bytes: &[u8]) -> Option<Footer> {
    let rest = bytes.strip_suffix(MAGIC)?;
    let (rest, length) = rest.split_last_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let at = rest.len().checked_sub(length)?;
    let footer = arrow_ipc::root_as_footer(&rest[at..]).ok()?;
    let schema = try_fb_to_schema(footer.schema()?).ok()?;
    let dictionaries = footer.dictionaries().into_iter().flatten();
    let batches = footer.recordBatches().into_iter().flatten();
    let mut starts: Vec<usize> = dictionaries
        .chain(batches)
        .filter_map(|block| usize::try_from(block.offset()).ok())
        .filter(|&offset| offset < at)
        .collect();
    starts.sort_unstable();
    Some(Footer {
        schema: Arc::new(schema),
        starts,
        at,
    })
}

/// The columns of a batch that are read: those that are no long lists of numbers.
fn needed(batch: &RecordBatch) -> Vec<usize> {
    let is_number = |kind: &DataType| kind.is_numeric() && !kind.is_decimal();
    let is_long = |column: &ArrayRef| {
        let rows = column.len().max(1);
        let (kind, numbers) = match column.data_type() {
            DataType::List(inner) => (inner, lengths(column)),
            DataType::LargeList(inner) => (inner, lengths(column)),
            DataType::FixedSizeList(inner, length) => (
                inner,
                usize::try_from(*length).unwrap_or(0).saturating_mul(rows),
            ),
            _ => return false,
        };
        is_number(kind.data_type()) && numbers > rows.saturating_mul(NUMBERS)
    };
    (0..batch.num_columns())
        .filter(|&column| !is_long(batch.column(column)))
        .collect()
}

/// Values in the lists of a column.
fn lengths(column: &ArrayRef) -> usize {
    let children = column.to_data();
    children
        .child_data()
        .first()
        .map_or(0, |values| values.len())
}
