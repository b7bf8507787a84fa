//! Where the documents of a converted file go: lines in memory, or in a spool.

use wirecopy_formats::{Loss, Sink, Stop};

use super::allowed::Damage;
use super::error::CorpusError;
use super::spool::Spool;

/// Asked often whether to go on.
pub(super) type GoOn<'g> = &'g (dyn Fn() -> Result<(), CorpusError> + Sync);

/// Bytes held before they go into a spool.
const HELD: usize = 1 << 20;

/// Takes documents, a line each.
pub(super) struct LineSink<'a> {
    lines: Vec<u8>,
    /// Lines that came.
    count: u64,
    /// Bytes that went into the spool.
    spooled: u64,
    damages: Vec<Damage>,
    spool: Option<&'a mut Spool>,
    go_on: GoOn<'a>,
    reach: Option<&'a mut dyn FnMut(u64)>,
    /// Bytes of lines after which no more are wanted.
    most: usize,
    /// How far the file was read.
    read: u64,
    is_full: bool,
    failed: Option<CorpusError>,
}

impl<'a> LineSink<'a> {
    /// One that keeps all lines in memory.
    pub(super) fn new(go_on: GoOn<'a>) -> LineSink<'a> {
        LineSink {
            lines: Vec::new(),
            count: 0,
            spooled: 0,
            damages: Vec::new(),
            spool: None,
            go_on,
            reach: None,
            most: usize::MAX,
            read: 0,
            is_full: false,
            failed: None,
        }
    }

    /// Writes the lines into a spool.
    pub(super) fn into_spool(self, spool: &'a mut Spool) -> LineSink<'a> {
        LineSink {
            spooled: spool.written(),
            spool: Some(spool),
            ..self
        }
    }

    /// Says how far the file is read.
    pub(super) fn reaching(self, reach: &'a mut dyn FnMut(u64)) -> LineSink<'a> {
        LineSink {
            reach: Some(reach),
            ..self
        }
    }

    /// Takes no more than about so many bytes.
    pub(super) fn at_most(self, most: usize) -> LineSink<'a> {
        LineSink { most, ..self }
    }

    /// Whether as much as was wanted came, so that the file may go on.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// How many lines came.
    pub(super) fn lines(&self) -> u64 {
        self.count
    }

    /// How far the file was read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The lines that are not in a spool, and what was lost; `cut` where the decoded bytes themselves end.
    ///
    /// # Errors
    ///
    /// What made it refuse a document.
    pub(super) fn finish(
        mut self,
        cut: Option<Damage>,
    ) -> Result<(Vec<u8>, Vec<Damage>), CorpusError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        if let Some(cut) = cut {
            // The form met the same end, and knows less of it.
            self.damages.retain(|damage| damage.missing.is_some());
            let decoded = self.written();
            self.damages.push(Damage { decoded, ..cut });
        }
        self.flush()?;
        Ok((self.lines, self.damages))
    }

    fn written(&self) -> u64 {
        self.spooled + self.lines.len() as u64
    }

    fn flush(&mut self) -> Result<(), CorpusError> {
        if let Some(spool) = &mut self.spool {
            spool.write(&self.lines)?;
            self.spooled += self.lines.len() as u64;
            self.lines.clear();
        }
        Ok(())
    }

    fn stop(&mut self, error: CorpusError) -> Stop {
        self.failed = Some(error);
        Stop
    }
}

impl Sink for LineSink<'_> {
    fn record(&mut self, at: u64, object: &[u8]) -> Result<(), Stop> {
        self.lines.extend_from_slice(object);
        self.lines.push(b'\n');
        self.count += 1;
        self.read = at;
        if self.lines.len() >= self.most {
            self.is_full = true;
            return Err(Stop);
        }
        if self.lines.len() >= HELD && self.spool.is_some() {
            self.flush().map_err(|error| self.stop(error))?;
            if let Some(reach) = &mut self.reach {
                reach(at);
            }
        }
        self.go_on()
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        let decoded = self.written();
        self.damages.push(Damage {
            decoded,
            at: loss.at,
            message: loss.what,
            resumed: loss.missing.is_some(),
            missing: loss.missing,
            file: None,
        });
        self.go_on()
    }

    fn go_on(&mut self) -> Result<(), Stop> {
        (self.go_on)().map_err(|error| self.stop(error))
    }
}
