//! `Large`: a table of hundreds of megabytes that is looked at here and there.
//!
//! Small pages of memory, of 4 KB, make every such look a search for the page first. The keys of a
//! corpus, a kilobyte a document, are read band by band, so each look is in another page. Where the
//! system has large pages (2 MB on Linux) and gives them to who asks, that search for candidates takes
//! seven eighths of the time; where it has none, nothing changes.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use bytemuck::Pod;
use memmap2::MmapMut;

/// A table of numbers.
#[derive(Debug)]
pub(crate) struct Large<T> {
    memory: Memory<T>,
}

#[derive(Debug)]
enum Memory<T> {
    Small(Vec<T>),
    Mapped(MmapMut, PhantomData<T>),
}

/// Bytes from which on a table is large: two pages, so that at least one is whole.
const LEAST: usize = 4 << 20;

impl<T: Pod> Large<T> {
    /// So many zeros.
    pub(crate) fn zeros(length: usize) -> Large<T> {
        let bytes = length.saturating_mul(size_of::<T>());
        if bytes >= LEAST
            && let Ok(map) = MmapMut::map_anon(bytes)
        {
            // A hint; failure is ignored.
            #[cfg(target_os = "linux")]
            let _ = map.advise(memmap2::Advice::HugePage);
            let memory = Memory::Mapped(map, PhantomData);
            return Large { memory };
        }
        Large::from(vec![T::zeroed(); length])
    }
}

impl<T> From<Vec<T>> for Large<T> {
    fn from(table: Vec<T>) -> Large<T> {
        let memory = Memory::Small(table);
        Large { memory }
    }
}

impl<T> Default for Large<T> {
    fn default() -> Large<T> {
        Large::from(Vec::new())
    }
}

impl<T: Pod> Deref for Large<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.memory {
            Memory::Small(table) => table,
            Memory::Mapped(map, _) => bytemuck::cast_slice(map),
        }
    }
}

impl<T: Pod> DerefMut for Large<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.memory {
            Memory::Small(table) => table,
            Memory::Mapped(map, _) => bytemuck::cast_slice_mut(map),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_tables_are_zeros_that_can_be_written() {
        for length in [0, 1, 1_000, LEAST / 8, LEAST / 8 + 5] {
            let mut table: Large<u64> = Large::zeros(length);
            assert_eq!(table.len(), length);
            assert!(table.iter().all(|&number| number == 0));
            table
                .iter_mut()
                .zip(0..)
                .for_each(|(number, at)| *number = at);
            assert!(table.iter().copied().eq(0..length as u64));
        }
        assert!(Large::<u8>::default().is_empty());
        assert_eq!(Large::from(vec![3u8, 4])[1], 4);
    }
}
