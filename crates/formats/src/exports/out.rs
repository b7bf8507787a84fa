//! Hands articles to a sink.

use crate::article::Article;
use crate::sink::{Loss, Sink, Stop};

/// A sink, and a buffer for what goes there.
pub(crate) struct Out<'s> {
    sink: &'s mut dyn Sink,
    line: Vec<u8>,
    found: usize,
}

impl Out<'_> {
    pub(crate) fn new(sink: &mut dyn Sink) -> Out<'_> {
        Out {
            sink,
            line: Vec::new(),
            found: 0,
        }
    }

    /// How many articles were handed over.
    pub(crate) fn found(&self) -> usize {
        self.found
    }

    pub(crate) fn article(&mut self, at: u64, article: &Article) -> Result<(), Stop> {
        self.found += 1;
        article.write(&mut self.line);
        self.sink.record(at, &self.line)
    }

    /// A part of unknown size is not there.
    pub(crate) fn missing(&mut self, at: u64, what: String) -> Result<(), Stop> {
        self.sink.lost(Loss {
            at,
            what,
            missing: None,
        })
    }

    pub(crate) fn lost(&mut self, at: u64, what: String, bytes: u64) -> Result<(), Stop> {
        self.sink.lost(Loss {
            at,
            what,
            missing: Some(bytes),
        })
    }

    pub(crate) fn go_on(&mut self) -> Result<(), Stop> {
        self.sink.go_on()
    }
}
