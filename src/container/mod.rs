//! The container of an index on disk: a folder of files that never change, and one that names them.
//!
//! ```text
//! DIR/manifest          names the files that are the index now; replaced by rename
//! DIR/seg-0000000001    a segment: named sections of raw numbers, read in place
//! DIR/state-0000000002  the same shape; what is written anew with every change
//! DIR/lock              locked by the one who writes
//! DIR/*.tmp             being written, or left by a process that died
//! ```
//!
//! Nothing here knows what a section means. [`Writing`] adds files and puts a new manifest in
//! place; [`Snapshot`] opens what a manifest names and keeps it, whatever is written meanwhile;
//! [`Segment`] is one file, [`SegmentWriter`] makes one. A reader trusts no byte: lengths and
//! offsets are checked when a file is opened, which reads its two ends only, and
//! [`Segment::verify`] reads all of it. *What the sections hold must be checked by the code that reads
//! them*: right checksums do not make right numbers.
//!
//! What cannot be read, as the disk fails or the file was cut, may reach the reader of a map as zeros. Whoever
//! has read asks [`Snapshot::check_read`] before anything that came of it is reported or kept. Whoever writes reads no
//! section that is not as it was written ([`Segment::check_at_first_use`]): else a byte that went bad would be
//! written again with a right checksum.
//!
//! `docs/index-format.md` draws every byte.

mod coding;
mod error;
mod file_ref;
mod lock;
mod manifest;
mod new_file;
mod preamble;
mod section_sums;
mod section_table;
mod segment;
mod segment_writer;
mod snapshot;
mod steps;
mod writing;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod lost_tests;
#[cfg(test)]
mod testing;

use std::fs::File;
use std::io;
use std::sync::Arc;

pub use error::{DiskError, DiskFault};
pub use file_ref::{FileKind, FileRef};
pub use lock::Wait;
pub use section_table::Section;
pub use segment::Segment;
pub use segment_writer::{SectionWriter, SegmentWriter};
pub use snapshot::Snapshot;
pub use writing::Writing;

/// The bytes of a file, mapped or in memory. They start at an address that 8 divides, or sections
/// of numbers cannot be read in place.
pub type Bytes = Arc<dyn FileBytes>;

/// What holds the bytes of a file.
pub trait FileBytes: AsRef<[u8]> + Send + Sync {
    /// Whether a part of them, when it was read, could not be had from the system and was handed out as zeros.
    /// What is in memory is never lost.
    fn is_lost(&self) -> bool {
        false
    }
}

/// How a file becomes bytes: this room maps no memory itself. The bytes outlive the file's name.
pub type MapFile<'a> = &'a (dyn Fn(&File) -> io::Result<Bytes> + Sync);

#[cfg(target_endian = "big")]
compile_error!("index files are little-endian and are read in place");
