//! Cutting bytes into lines, from any two places at once.
//!
//! A block is a range of bytes cut anywhere. It owns the lines that *start* in it, and reads its
//! last line to the end, beyond its own. So blocks need no plan and no neighbour, each byte is
//! searched for a newline at most twice, and a line of 200 MB costs the blocks inside it nothing.

use std::ops::Range;

use memchr::memchr;

/// The lines that start in a range of bytes, without their newlines.
#[derive(Debug)]
pub(super) struct Lines<'b> {
    bytes: &'b [u8],
    next: usize,
    end: usize,
}

impl<'b> Lines<'b> {
    /// The lines of `bytes` that start in `block`.
    pub(super) fn starting_in(bytes: &'b [u8], block: Range<usize>) -> Lines<'b> {
        let end = block.end.min(bytes.len());
        let next = match block.start.checked_sub(1) {
            None => 0,
            Some(before) if before >= end => end,
            Some(before) => memchr(b'\n', &bytes[before..end]).map_or(end, |at| before + at + 1),
        };
        Lines { bytes, next, end }
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.next >= self.end {
            return None;
        }
        let start = self.next;
        let length = memchr(b'\n', &self.bytes[start..]);
        let end = length.map_or(self.bytes.len(), |length| start + length);
        self.next = end + 1;
        Some(start..end)
    }
}

/// Whether a line holds no record.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| byte.is_ascii_whitespace())
}

/// The byte order mark that some programs write before UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The definition is `split`; the cut has no influence.
        #[test]
        fn any_cut_gives_the_same_lines(text in "[a\n]{0,40}", block in 1usize..9) {
            let bytes = text.as_bytes();
            let mut expected: Vec<&[u8]> = bytes.split(|&b| b == b'\n').collect();
            if expected.last().is_some_and(|last| last.is_empty()) {
                expected.pop();
            }
            let got: Vec<&[u8]> = (0..bytes.len())
                .step_by(block)
                .flat_map(|start| Lines::starting_in(bytes, start..start + block))
                .map(|line| &bytes[line])
                .collect();
            prop_assert_eq!(got, expected);
        }
    }
}
