//! What decoding a file may take, and where it failed.

use std::path::PathBuf;

use super::error::CorpusError;

/// A place where compressed bytes cannot be decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Damage {
    /// Bytes decoded before it.
    pub(super) decoded: u64,
    /// Where in the compressed file, within the decoder's look-ahead.
    pub(super) at: u64,
    /// What the decoder said.
    pub(super) message: String,
    /// Whether decoding went on behind it.
    pub(super) resumed: bool,
    /// Bytes of the compressed file that were not decoded; nothing where it ends too early.
    pub(super) missing: Option<u64>,
    /// The file, where an input has several.
    pub(super) file: Option<PathBuf>,
}

impl Damage {
    /// Where a file ends too early.
    pub(super) fn at_the_end(decoded: u64, at: u64, message: &str) -> Damage {
        Damage {
            decoded,
            at,
            message: message.to_owned(),
            resumed: false,
            missing: None,
            file: None,
        }
    }
}

/// What decoding a file may take.
#[derive(Clone, Copy)]
pub(super) struct Allowed<'a> {
    /// Bytes that a Zstandard frame may ask to look back on.
    pub(super) window: u64,
    /// Bytes it may become, if the caller says so.
    pub(super) decoded: Option<u64>,
    /// Asked often whether to go on.
    pub(super) go_on: &'a dyn Fn() -> Result<(), CorpusError>,
}

impl Allowed<'_> {
    /// The largest window of a frame, unless the caller says otherwise: 128 MB, at which the `zstd`
    /// program stops without `--long`.
    pub(super) const WINDOW: u64 = 128 << 20;
    /// The largest that can be allowed: the `--long=31` of that program.
    pub(super) const WIDEST: u64 = 1 << 31;
    /// How many times longer than compressed a file may become. Text gets 3 to 10 times shorter, pages
    /// that repeat each other some hundred times; deflate ends at 1,032, and Zstandard knows no end.
    const RATIO: u64 = 200;
    /// What any file may become, however short: eight records of the usual limit.
    const LEAST: u64 = 512 << 20;

    /// What a file of that length may become.
    pub(super) fn most(self, length: u64) -> u64 {
        let usual = Self::LEAST.max(length.saturating_mul(Self::RATIO));
        self.decoded.unwrap_or(usual)
    }
}
