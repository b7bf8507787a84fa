//! `SegmentWriter`: a segment in the making, section by section, none of them held in memory.

use std::io::{self, Write};
use std::marker::PhantomData;
use std::ops::Range;
use std::path::Path;

use super::error::DiskError;
use super::file_ref::{FileKind, FileRef};
use super::new_file::NewFile;
use super::preamble::{Preamble, head_xxh3};
use super::section_table::{Section, SectionTable};
use crate::hash;

/// A file of sections being written, made by [`Writing::new_file`](super::Writing::new_file).
/// Dropped before [`finish`](SegmentWriter::finish), it leaves nothing behind.
#[must_use]
pub struct SegmentWriter<'w> {
    kind: FileKind,
    number: u64,
    recipe: String,
    file: NewFile,
    sections: Vec<Section>,
    running: hash::Running,
    // Only the one who holds the lock of the folder may write.
    _writing: PhantomData<&'w ()>,
}

/// The section that is being written: it ends where the next one begins.
pub struct SectionWriter<'s> {
    file: &'s mut NewFile,
    running: &'s mut hash::Running,
    element_size: u32,
}

impl SegmentWriter<'_> {
    /// Begins the file with this number.
    pub(super) fn create(
        folder: &Path,
        kind: FileKind,
        number: u64,
        recipe: String,
    ) -> Result<Self, DiskError> {
        Ok(SegmentWriter {
            kind,
            number,
            recipe,
            file: NewFile::create(folder, &kind.name(number))?,
            sections: Vec::new(),
            running: hash::Running::default(),
            _writing: PhantomData,
        })
    }

    /// Ends the section before and begins one of elements of `element_size` bytes.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// # Panics
    ///
    /// If an element has no bytes, there is a section of this kind, or the section before does
    /// not end with a whole element.
    pub fn section(
        &mut self,
        kind: u32,
        element_size: u32,
    ) -> Result<SectionWriter<'_>, DiskError> {
        assert_ne!(element_size, 0, "an element has bytes");
        let twice = self.sections.iter().any(|section| section.kind == kind);
        assert!(!twice, "a segment has one section of kind {kind}");
        self.end_section()?;
        self.sections.push(Section {
            kind,
            element_size,
            offset: self.file.length(),
            length: 0,
            count: 0,
            xxh3: 0,
        });
        Ok(SectionWriter {
            file: &mut self.file,
            running: &mut self.running,
            element_size,
        })
    }

    /// Ends the file, which is about the documents of these numbers, and gives it its name.
    /// Not read before a manifest names it.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or its table is too long to be read again.
    ///
    /// # Panics
    ///
    /// If the last section does not end with a whole element, or `documents` ends before it
    /// begins.
    pub fn finish(mut self, documents: Range<u64>) -> Result<FileRef, DiskError> {
        self.end_section()?;
        let sections = u32::try_from(self.sections.len()).expect("kinds are u32");
        let table = SectionTable {
            recipe: std::mem::take(&mut self.recipe),
            first: documents.start,
            documents: documents
                .end
                .checked_sub(documents.start)
                .expect("a range of documents does not end before it begins"),
            sections: std::mem::take(&mut self.sections),
        };
        let list = table.encode().map_err(|fault| fault.of(self.file.path()))?;
        let preamble = Preamble {
            kind: self.kind.code(),
            list_offset: self.file.length(),
            list_length: list.len() as u64,
            list_xxh3: hash::bytes(&list),
            sections,
        };
        let preamble = preamble.encode();
        let written = self.file.put(&list);
        written.map_err(DiskError::io("write", self.file.path()))?;
        self.file.complete(&preamble)?;
        let file = FileRef {
            kind: self.kind,
            number: self.number,
            length: self.file.length(),
            head_xxh3: head_xxh3(&preamble, &list),
        };
        self.file.place()?;
        Ok(file)
    }

    /// Writes down what the section has become, if there is one.
    fn end_section(&mut self) -> Result<(), DiskError> {
        if let Some(section) = self.sections.last_mut() {
            let size = u64::from(section.element_size);
            section.length = self.file.length() - section.offset;
            section.count = section.length / size;
            assert!(section.length.is_multiple_of(size), "elements are whole");
            section.xxh3 = std::mem::take(&mut self.running).finish();
        }
        let padded = self.file.pad();
        padded.map_err(DiskError::io("write", self.file.path()))
    }
}

impl SectionWriter<'_> {
    /// Appends numbers, or plain records of numbers.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    ///
    /// # Panics
    ///
    /// If they are not of the size that was announced.
    pub fn put<T: bytemuck::NoUninit>(&mut self, elements: &[T]) -> Result<(), DiskError> {
        let size = u32::try_from(size_of::<T>()).ok();
        assert_eq!(size, Some(self.element_size), "elements are of one size");
        let written = self.write_all(bytemuck::cast_slice(elements));
        written.map_err(DiskError::io("write", self.file.path()))
    }
}

impl Write for SectionWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Mapped bytes that cannot be read are found so, and not as a system call that fails.
        self.running.update(bytes);
        self.file.put(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(()) // the file is flushed when it is finished
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::testing::{RECIPE, create};
    use super::*;

    /// Files may be written, and a snapshot read, by many threads.
    #[test]
    fn threads_share_them() {
        fn shared<T: Send + Sync>() {}
        shared::<super::super::Snapshot>();
        shared::<super::super::Segment>();
        shared::<super::super::Writing<'_>>();
        shared::<SegmentWriter<'_>>();
    }

    /// A segment byte by byte, as `docs/index-format.md` draws it.
    #[test]
    fn the_bytes_are_as_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let writing = create(folder.path());
        let mut writer = writing.new_file(FileKind::Segment).unwrap();
        let numbers = [0x0102_u16, 0x0304];
        writer.section(7, 2).unwrap().put(&numbers).unwrap();
        writer.section(0x0100, 1).unwrap().write_all(b"x").unwrap();
        let file = writer.finish(5..0x0106).unwrap();

        let u32s = |numbers: &[u32]| -> Vec<u8> {
            numbers
                .iter()
                .flat_map(|number| number.to_le_bytes())
                .collect()
        };
        let u64s = |numbers: &[u64]| -> Vec<u8> {
            numbers
                .iter()
                .flat_map(|number| number.to_le_bytes())
                .collect()
        };
        let sections: [&[u8]; 2] = [&[2, 1, 4, 3], b"x"];
        let mut list = vec![0, 0, 0, 0];
        list.extend(u64s(&[RECIPE.len() as u64]));
        list.extend(RECIPE.as_bytes());
        list.extend(u64s(&[5, 0x0101, 2]));
        list.extend(u32s(&[7, 2]));
        list.extend(u64s(&[64, 4, 2, hash::bytes(sections[0])]));
        list.extend(u32s(&[0x0100, 1]));
        list.extend(u64s(&[128, 1, 1, hash::bytes(sections[1])]));
        let length = list.len() as u64;

        let mut drawn = b"\x89wcx\r\n\x1a\n".to_vec();
        drawn.extend(u32s(&[1, 2]));
        drawn.extend(u64s(&[192 + length, 192, length, hash::bytes(&list)]));
        drawn.extend(u32s(&[2, 0]));
        drawn.extend(u64s(&[hash::bytes(&drawn)]));
        let head = hash::bytes(&[&drawn[..], &list].concat());
        for section in sections {
            drawn.extend(section);
            drawn.resize(drawn.len().next_multiple_of(64), 0);
        }
        drawn.extend(list);
        assert_eq!(fs::read(folder.path().join(file.name())).unwrap(), drawn);
        assert_eq!(file.head_xxh3, head);
        assert_eq!(file.length(), drawn.len() as u64);
    }
}
