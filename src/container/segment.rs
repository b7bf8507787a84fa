//! `Segment`: a file of sections, read in place.

use std::fmt;
use std::fs;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytemuck::PodCastError;

use super::Bytes;
use super::error::{DiskError, DiskFault};
use super::file_ref::FileKind;
use super::preamble::{ALIGN, PREAMBLE, Preamble, checksum, head_xxh3, number};
use super::section_sums::SectionSums;
use super::section_table::{Section, SectionTable};

/// An open file of sections.
///
/// What holds once it is open: its preamble and table are as they were written, and every section
/// lies inside the file, apart from the others. Whether a section's bytes are those that were
/// written is known only after [`verify`](Segment::verify) or [`check`](Segment::check); or, once
/// [`check_at_first_use`](Segment::check_at_first_use) was called, whenever a section is handed out.
#[derive(Clone)]
pub struct Segment {
    path: PathBuf,
    bytes: Bytes,
    kind: FileKind,
    table: SectionTable,
    head_xxh3: u64,
    sums: Arc<SectionSums>,
    /// Where its file is on the disk, whatever may have its name later.
    place: Option<(u64, u64)>,
}

impl Segment {
    /// Opens a file, given all its bytes. Reads its two ends, however long it is; `path` is what
    /// errors call it.
    ///
    /// # Errors
    ///
    /// If it is another program's, of a newer format, cut, or damaged in one of its ends.
    pub fn open(bytes: Bytes, path: &Path) -> Result<Segment, DiskError> {
        let ends = read_ends((*bytes).as_ref());
        let ends = match bytes.is_lost() {
            true => Err(DiskFault::Unreadable),
            false => ends,
        };
        let (kind, table, head_xxh3) = ends.map_err(|fault| fault.of(path))?;
        Ok(Segment {
            path: path.to_owned(),
            place: fs::metadata(path).ok().map(|found| place(&found)),
            sums: Arc::new(SectionSums::of(table.sections.len())),
            bytes,
            kind,
            table,
            head_xxh3,
        })
    }

    /// The elements of the section of this kind. Any value may be in them: check before use.
    ///
    /// # Errors
    ///
    /// If there is no such section, its elements are of another size than `T`, the bytes of the file
    /// start at an address where no `T` may be, or it is to be checked and is not as it was written.
    pub fn section<T: bytemuck::Pod>(&self, kind: u32) -> Result<&[T], DiskError> {
        let found = self.find(kind).and_then(|(place, elements)| {
            if self.sums.are_checked() {
                self.check_at(place)?;
            }
            Ok(elements)
        });
        found.map_err(|fault| fault.of(&self.path))
    }

    /// How many elements the section of this kind has. Does not read them.
    ///
    /// # Errors
    ///
    /// As [`section`](Segment::section), but for what it holds.
    pub fn count<T: bytemuck::Pod>(&self, kind: u32) -> Result<usize, DiskError> {
        let found = self.find::<T>(kind);
        found
            .map(|(_, elements)| elements.len())
            .map_err(|fault| fault.of(&self.path))
    }

    /// Whether the section of this kind is as it was written. Reads it, unless that is known.
    ///
    /// # Errors
    ///
    /// If it is not, or there is none.
    pub fn check(&self, kind: u32) -> Result<(), DiskError> {
        let place = self.place(kind).ok_or(DiskFault::NoSection { kind });
        let checked = place.and_then(|place| self.check_at(place));
        checked.map_err(|fault| fault.of(&self.path))
    }

    /// From now on, a section is checked before it is handed out, all of it and once.
    pub fn check_at_first_use(&self) {
        self.sums.check_at_first_use();
    }

    /// Whether all that was read so far could be read. What could not was handed out as zeros.
    ///
    /// # Errors
    ///
    /// [`DiskFault::Unreadable`]: nothing that came of it counts.
    pub fn check_read(&self) -> Result<(), DiskError> {
        // Of a page that a file ends in, the rest reads as zeros, and nothing reports it.
        let is_cut = || {
            let now = fs::metadata(&self.path).ok();
            now.is_some_and(|now| Some(place(&now)) == self.place && now.len() < self.length())
        };
        match self.bytes.is_lost() || is_cut() {
            true => Err(DiskFault::Unreadable.of(&self.path)),
            false => Ok(()),
        }
    }

    /// Whether there is a section of this kind.
    pub fn has(&self, kind: u32) -> bool {
        self.sections().iter().any(|section| section.kind == kind)
    }

    /// All sections, as they are in the file.
    pub fn sections(&self) -> &[Section] {
        &self.table.sections
    }

    /// How its documents were read and filed.
    pub fn recipe(&self) -> &str {
        &self.table.recipe
    }

    /// The numbers of its documents.
    pub fn documents(&self) -> Range<u64> {
        self.table.documents()
    }

    /// What it is for.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.all().len() as u64
    }

    /// What errors call it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads every byte: whether each is as it was written.
    ///
    /// # Errors
    ///
    /// At the first part that is not.
    pub fn verify(&self) -> Result<(), DiskError> {
        let verified = self.try_verify().map_err(|fault| fault.of(&self.path));
        self.check_read()?; // the cause of what else is wrong
        verified
    }

    /// The checksum of its two ends.
    pub(super) fn head_xxh3(&self) -> u64 {
        self.head_xxh3
    }

    fn all(&self) -> &[u8] {
        (*self.bytes).as_ref()
    }

    fn place(&self, kind: u32) -> Option<usize> {
        (self.sections().iter()).position(|section| section.kind == kind)
    }

    fn check_at(&self, place: usize) -> Result<(), DiskFault> {
        let section = &self.sections()[place];
        self.sums.check(place, section, self.bytes_of(section)?)
    }

    /// The elements of the section of this kind, and which one it is.
    fn find<T: bytemuck::Pod>(&self, kind: u32) -> Result<(usize, &[T]), DiskFault> {
        let place = self.place(kind).ok_or(DiskFault::NoSection { kind })?;
        let section = &self.sections()[place];
        let size = size_of::<T>() as u64;
        let offset = self.table.entry(self.table_offset(), place as u64) + 4;
        number(
            "size of an element",
            offset,
            size,
            section.element_size.into(),
        )?;
        match bytemuck::try_cast_slice(self.bytes_of(section)?) {
            Ok(elements) => Ok((place, elements)),
            Err(PodCastError::TargetAlignmentGreaterAndInputNotAligned) => {
                Err(DiskFault::Unaligned { kind })
            }
            Err(_) => Err(DiskFault::Content {
                what: "a section ends within an element",
                offset: section.offset,
            }),
        }
    }

    fn bytes_of(&self, section: &Section) -> Result<&[u8], DiskFault> {
        let end = section.offset + section.length; // checked when it was opened
        let range = usize::try_from(section.offset)
            .ok()
            .zip(usize::try_from(end).ok());
        range
            .and_then(|(from, to)| self.all().get(from..to))
            .ok_or(DiskFault::Length {
                expected: end,
                found: self.length(),
            })
    }

    fn table_offset(&self) -> u64 {
        let last = self.sections().last();
        last.map_or(ALIGN, |last| {
            (last.offset + last.length).next_multiple_of(ALIGN)
        })
    }

    fn try_verify(&self) -> Result<(), DiskFault> {
        // Another time, for the file may have changed under its map.
        let (.., found) = read_ends(self.all())?;
        if found != self.head_xxh3 {
            return Err(DiskFault::OtherFile {
                expected: self.head_xxh3,
                found,
            });
        }
        for (place, section) in self.sections().iter().enumerate() {
            let bytes = self.bytes_of(section)?;
            checksum("section", section.offset, bytes, section.xxh3)?;
            self.sums.note(place, section);
            let end = section.offset + section.length;
            let padding = Section {
                offset: end,
                length: end.next_multiple_of(ALIGN) - end,
                ..*section
            };
            for (offset, &byte) in (end..).zip(self.bytes_of(&padding)?) {
                number("padding", offset, 0, byte.into())?;
            }
        }
        Ok(())
    }
}

/// Where a file is on the disk.
fn place(found: &fs::Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}

/// Checks the two ends of a file, and returns what they say: its kind, its table, their checksum.
fn read_ends(bytes: &[u8]) -> Result<(FileKind, SectionTable, u64), DiskFault> {
    let (preamble, list) = Preamble::decode(bytes)?;
    let kind = FileKind::of_code(preamble.kind).ok_or(DiskFault::Content {
        what: "it is no segment and no state",
        offset: 12,
    })?;
    let table = SectionTable::decode(list, preamble.list_offset)?;
    let sections = table.sections.len() as u64;
    number("count of sections", 48, sections, preamble.sections.into())?;
    let head = bytes.get(..PREAMBLE).unwrap_or_default();
    Ok((kind, table, head_xxh3(head, list)))
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("path", &self.path)
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}
