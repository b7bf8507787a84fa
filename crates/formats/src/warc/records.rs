//! The records of an archive, one behind the other, and what stands between them in error.

use memchr::memmem::Finder;

use crate::headers::Headers;
use crate::sink::Loss;

/// A record.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// Where it begins and ends in the file.
    pub(super) at: u64,
    pub(super) end: u64,
    pub(super) headers: Headers,
    pub(super) block: &'a [u8],
}

#[derive(Debug)]
pub(super) enum Found<R> {
    Record(R),
    Lost(Loss),
}

pub(super) struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
    beginning: Finder<'static>,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Records {
            bytes,
            at: 0,
            beginning: Finder::new(b"\nWARC/1."),
        }
    }

    /// Where the next record begins, from a place on; the end of the file if none does.
    fn next_beginning(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let found = self.beginning.find(rest);
        found.map_or(self.bytes.len(), |found| from + found + 1)
    }

    /// A part that cannot be read, up to the next record.
    fn lost(&mut self, start: usize, what: String) -> Found<Record<'a>> {
        let end = self.next_beginning(start);
        self.at = end;
        // Where the file ends inside a record it is not known what is missing.
        let is_cut = end == self.bytes.len();
        Found::Lost(Loss {
            at: start as u64,
            what,
            missing: (!is_cut).then_some((end - start) as u64),
        })
    }

    /// The record that begins at a place.
    fn record(&mut self, start: usize) -> Found<Record<'a>> {
        let rest = &self.bytes[start..];
        let Some((headers, block)) = Headers::read(rest) else {
            return self.lost(start, "a WARC record whose headers do not end".to_owned());
        };
        if self.beginning.find(&rest[..block]).is_some() {
            let what = "a WARC record that ends inside its headers".to_owned();
            return self.lost(start, what);
        }
        let written = headers.get("content-length").unwrap_or("nothing");
        let Ok(length) = written.parse::<usize>() else {
            let what = format!(
                "a WARC record without its length: expected a number as `Content-Length`, found {written}"
            );
            return self.lost(start, what);
        };
        let from = start + block;
        let Some(end) = from
            .checked_add(length)
            .filter(|end| *end <= self.bytes.len())
        else {
            let there = self.bytes.len() - from;
            let what = format!("a WARC record of {length} bytes, of which the file has {there}");
            return self.lost(start, what);
        };
        let behind = &self.bytes[end..];
        let after = behind.trim_ascii_start();
        let next = self.bytes.len() - after.len();
        // Two line ends; some writers leave out one. What is no record behind two of them is none of this one.
        let is_ended = behind.starts_with(b"\r\n\r\n") || behind.starts_with(b"\n\n");
        let is_followed = after.starts_with(b"WARC/") && next > end;
        if !(after.is_empty() || is_ended || is_followed) {
            let what =
                format!("a WARC record of another length than its `Content-Length` of {length}");
            return self.lost(start, what);
        }
        self.at = next;
        Found::Record(Record {
            at: start as u64,
            end: next as u64,
            headers,
            block: &self.bytes[from..end],
        })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Found<Record<'a>>;

    fn next(&mut self) -> Option<Found<Record<'a>>> {
        let rest = self.bytes.get(self.at..)?.trim_ascii_start();
        let start = self.bytes.len() - rest.len();
        if rest.is_empty() {
            return None;
        }
        Some(match rest.starts_with(b"WARC/") {
            true => self.record(start),
            false => {
                let shown = String::from_utf8_lossy(&rest[..rest.len().min(24)]).into_owned();
                self.lost(start, format!("expected a WARC record, found {shown:?}"))
            }
        })
    }
}
