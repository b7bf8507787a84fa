//! `.Z`: what the program `compress` writes, adaptive LZW with codes of 9 to 16 bits.
//!
//! The format has no end mark and no checksum, so a file that was cut between two codes looks whole. Codes stand in groups of
//! eight: where their width changes, or the table is cleared, the rest of a group is filled up. Source: the file compress42.c of
//! ncompress (<https://github.com/vapier/ncompress>), as there is no other description.

use std::io::{self, BufRead, Read};

/// Codes below are bytes; this one clears the table, in files that say so in their third byte.
const CLEAR: usize = 256;

/// What a compressed file holds.
pub(super) struct Lzw<R> {
    input: R,
    table: Option<Table>,
    /// Decoded bytes, the last one first.
    ready: Vec<u8>,
    /// Bits that were read and belong to no code yet.
    bits: u32,
    held: u32,
    /// Codes of the group that were read.
    in_group: u32,
}

struct Table {
    /// Width of codes at most.
    most: u32,
    clears: bool,
    width: u32,
    /// For each code: the code before its last byte, and that byte.
    before: Vec<u16>,
    last: Vec<u8>,
    previous: Option<usize>,
    first: u8,
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Table {
    fn new(flags: u8) -> io::Result<Table> {
        let most = u32::from(flags & 0x1F);
        if !(9..=16).contains(&most) {
            return Err(invalid(".Z: codes of 9 to 16 bits were expected"));
        }
        let mut table = Table {
            most,
            clears: flags & 0x80 != 0,
            width: 9,
            before: Vec::new(),
            last: Vec::new(),
            previous: None,
            first: 0,
        };
        table.clear();
        Ok(table)
    }

    fn clear(&mut self) {
        let codes = 256 + usize::from(self.clears);
        self.before.clear();
        self.before.resize(codes, 0);
        self.last.clear();
        self.last
            .extend((0..=255).chain([0].into_iter().take(codes - 256)));
        self.width = 9;
        self.previous = None;
    }

    /// Puts what a code stands for behind `ready`, the last byte first, and takes another code into the table.
    fn decode(&mut self, code: usize, ready: &mut Vec<u8>) -> io::Result<()> {
        let mut at = code;
        match self.previous {
            // The code that is being made: the one before and its own first byte.
            Some(previous) if code == self.before.len() && code < 1 << self.most => {
                ready.push(self.first);
                at = previous;
            }
            None if code > 255 => return Err(invalid(".Z: the first code is no byte")),
            _ if code >= self.before.len() => {
                return Err(invalid(".Z: a code that was not made yet"));
            }
            _ => {}
        }
        while at > 255 {
            ready.push(self.last[at]);
            at = usize::from(self.before[at]);
        }
        self.first = self.last[at];
        ready.push(self.first);
        if let Some(previous) = self.previous
            && self.before.len() < 1 << self.most
        {
            self.before
                .push(u16::try_from(previous).expect("codes have 16 bits at most"));
            self.last.push(self.first);
        }
        self.previous = Some(code);
        Ok(())
    }
}

impl<R: BufRead> Lzw<R> {
    pub(super) fn new(input: R) -> Lzw<R> {
        Lzw {
            input,
            table: None,
            ready: Vec::new(),
            bits: 0,
            held: 0,
            in_group: 0,
        }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.input.fill_buf()?.first().copied();
        self.input.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// Reads to the end of a group of eight codes of this width.
    fn fill_up(&mut self, width: u32) -> io::Result<()> {
        while !self.in_group.is_multiple_of(8) {
            if self.code(width)?.is_none() {
                break;
            }
        }
        (self.bits, self.held, self.in_group) = (0, 0, 0);
        Ok(())
    }

    fn code(&mut self, width: u32) -> io::Result<Option<usize>> {
        while self.held < width {
            let Some(byte) = self.byte()? else {
                return Ok(None);
            };
            self.bits |= u32::from(byte) << self.held;
            self.held += 8;
        }
        let code = self.bits & ((1 << width) - 1);
        self.bits >>= width;
        self.held -= width;
        self.in_group += 1;
        Ok(usize::try_from(code).ok())
    }

    /// The next bytes, or nothing at the end.
    fn step(&mut self) -> io::Result<bool> {
        let mut table = match self.table.take() {
            Some(table) => table,
            None => {
                let (Some(_), Some(_), Some(flags)) = (self.byte()?, self.byte()?, self.byte()?)
                else {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                };
                Table::new(flags)?
            }
        };
        if table.before.len() >= 1 << table.width && table.width < table.most {
            self.fill_up(table.width)?;
            table.width += 1;
        }
        let width = table.width;
        let code = self.code(width)?;
        match code {
            Some(CLEAR) if table.clears => {
                self.fill_up(width)?;
                table.clear();
            }
            Some(code) => table.decode(code, &mut self.ready)?,
            None => {}
        }
        self.table = Some(table);
        Ok(code.is_some())
    }
}

impl<R: BufRead> Read for Lzw<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.ready.is_empty() {
            if !self.step()? {
                return Ok(0);
            }
        }
        let mut length = 0;
        while length < into.len() {
            match self.ready.pop() {
                Some(byte) => into[length] = byte,
                None => break,
            }
            length += 1;
        }
        Ok(length)
    }
}
