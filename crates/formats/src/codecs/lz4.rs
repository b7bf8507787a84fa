//! LZ4 frames, one behind another, and those among them that are to be skipped.

use std::io::{self, BufRead, Read};

use lz4_flex::frame::FrameDecoder;

/// What all frames hold.
pub(super) struct Frames<R: BufRead> {
    frame: FrameDecoder<Peeked<R>>,
    /// Whether a frame has begun and not ended.
    is_inside: bool,
}

/// Input whose next four bytes were looked at.
struct Peeked<R> {
    input: R,
    ahead: [u8; 4],
    /// Of those, the first and the last that are still to come.
    from: usize,
    to: usize,
    /// Whether more was asked for than there is.
    is_over: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(input: R) -> Frames<R> {
        let peeked = Peeked {
            input,
            ahead: [0; 4],
            from: 0,
            to: 0,
            is_over: false,
        };
        Frames {
            frame: FrameDecoder::new(peeked),
            is_inside: false,
        }
    }

    /// Whether another frame begins, behind those that hold nothing for us.
    fn begins(&mut self) -> io::Result<bool> {
        loop {
            let input = self.frame.get_mut();
            match input.peek()? {
                [] => return Ok(false),
                // `0x184D2A50` to `0x184D2A5F` (lz4_Frame_format.md, "Skippable Frames").
                [0x50..=0x5F, 0x2A, 0x4D, 0x18] => {}
                _ => return Ok(true),
            }
            let mut head = [0; 8];
            input.read_exact(&mut head)?;
            let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
            if io::copy(&mut input.by_ref().take(length), &mut io::sink())? < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_inside && !self.begins()? {
                return Ok(0);
            }
            self.is_inside = true;
            let length = self.frame.read(into)?;
            if length > 0 || into.is_empty() {
                return Ok(length);
            }
            // The decoder takes the end of the input for that of the frame; a frame has an end mark.
            if self.frame.get_ref().is_over {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.is_inside = false;
        }
    }
}

impl<R: BufRead> Peeked<R> {
    /// The next four bytes, or fewer at the end.
    fn peek(&mut self) -> io::Result<&[u8]> {
        if self.from == self.to {
            (self.from, self.to) = (0, 0);
            while self.to < self.ahead.len() {
                match self.input.read(&mut self.ahead[self.to..]) {
                    Ok(0) => break,
                    Ok(length) => self.to += length,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(&self.ahead[self.from..self.to])
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut ahead = &self.ahead[self.from..self.to];
        let length = match ahead.is_empty() {
            false => ahead.read(into)?,
            true => self.input.read(into)?,
        };
        self.from = self.to.min(self.from + length);
        self.is_over |= length == 0 && !into.is_empty();
        Ok(length)
    }
}
