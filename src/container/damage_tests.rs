//! Whatever is done to a file, it is an error with a place, never a panic or a large allocation.

use proptest::prelude::*;

use super::coding::LIMIT;
use super::manifest::Manifest;
use super::preamble::{PREAMBLE, Preamble};
use super::section_table::SectionTable;
use super::testing::{open, small_files, small_manifest, small_segment};
use super::*;
use crate::hash;

/// Opens a file, reads all of its sections and verifies it.
fn read(bytes: &[u8]) -> Result<(), DiskError> {
    let segment = open(bytes)?;
    for section in segment.sections() {
        let read = match section.element_size {
            1 => segment.section::<u8>(section.kind).map(<[u8]>::len),
            4 => segment.section::<u32>(section.kind).map(<[u32]>::len),
            _ => segment.section::<u64>(section.kind).map(<[u64]>::len),
        };
        if let Ok(count) = read {
            assert_eq!(count as u64, section.count);
        }
    }
    segment.verify()
}

/// A file of these bytes up to its list, and that list, with checksums that fit them.
fn sealed(file: &[u8], list: &[u8], change: impl FnOnce(&mut Preamble)) -> Vec<u8> {
    let (mut preamble, before) = Preamble::decode(file).unwrap();
    let mut bytes = file[..file.len() - before.len()].to_vec();
    bytes.extend(list);
    preamble.list_length = list.len() as u64;
    preamble.list_xxh3 = hash::bytes(list);
    change(&mut preamble);
    bytes[..PREAMBLE].copy_from_slice(&preamble.encode());
    bytes
}

fn list(file: &[u8]) -> Vec<u8> {
    Preamble::decode(file).unwrap().1.to_vec()
}

/// What a segment with another table is refused for, all checksums being right.
fn refused(change: impl FnOnce(&mut SectionTable)) -> String {
    let file = small_segment();
    let (preamble, list) = Preamble::decode(&file).unwrap();
    let mut table = SectionTable::decode(list, preamble.list_offset).unwrap();
    change(&mut table);
    let sections = u32::try_from(table.sections.len()).unwrap();
    let list = table.encode().unwrap();
    said(&sealed(&file, &list, |preamble| {
        preamble.sections = sections
    }))
}

/// Why a segment is refused.
fn said(bytes: &[u8]) -> String {
    let error = open(bytes).unwrap_err();
    assert!(error.is_damage(), "{error}");
    let said = error.to_string();
    assert!(said.starts_with("seg: "), "{said}");
    said
}

#[test]
fn a_file_cut_at_any_length_is_refused() {
    let segment = small_segment();
    for length in 0..segment.len() {
        let cut = said(&segment[..length]);
        let words = format!("expected {} bytes, found {length}", segment.len().max(64));
        assert!(length < 64 || cut.contains(&words), "{cut}");
    }
    let longer = [&segment[..], &[0]].concat();
    assert!(said(&longer).contains("damaged: expected"));
    let manifest = small_manifest();
    for length in 0..manifest.len() {
        Manifest::decode(&manifest[..length]).unwrap_err();
    }
}

#[test]
fn any_flipped_bit_is_found() {
    let segment = small_segment();
    let manifest = small_manifest();
    read(&segment).unwrap();
    let mut opened = 0;
    for bit in 0..8 * segment.len() {
        let mut bytes = segment.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        opened += usize::from(open(&bytes).is_ok());
        let error = read(&bytes).expect_err("a bit is another");
        assert!(error.is_damage(), "bit {bit}: {error}");
    }
    // Three sections, at 64, 128 and 192, the last of them empty.
    assert_eq!(
        opened,
        8 * 128,
        "only sections and padding are not read at once"
    );
    for bit in 0..8 * manifest.len() {
        let mut bytes = manifest.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        Manifest::decode(&bytes).expect_err("a bit is another");
    }
}

#[test]
fn tables_that_lie_are_refused_although_checksums_are_right() {
    let begins = "beginning of a section: expected 64, found ";
    for (words, change) in [
        (
            begins,
            (|table| table.sections[0].offset = 65) as fn(&mut SectionTable),
        ),
        (begins, |table| table.sections[0].offset = 128),
        (begins, |table| table.sections[0].offset = 0),
        (begins, |table| table.sections[0].offset = u64::MAX - 63),
        (begins, |table| table.sections.swap(0, 1)),
        ("expected 128, found 64", |table| {
            table.sections[1].offset = 64
        }),
        ("expected 24, found 25", |table| {
            table.sections[0].length = 25
        }),
        ("length of a section", |table| {
            table.sections[0].length = u64::MAX - 7
        }),
        ("length of a section", |table| {
            table.sections[0].count = u64::MAX
        }),
        ("length of a section", |table| {
            table.sections[0].count = 1 << 61
        }),
        ("ends behind the last", |table| {
            table.sections[0].element_size = 1;
            table.sections[0].count = u64::MAX;
            table.sections[0].length = u64::MAX;
        }),
        ("ends behind the last", |table| {
            table.sections[1].count = 1 << 62;
            table.sections[1].length = 1 << 62;
        }),
        ("no size", |table| table.sections[2].element_size = 0),
        ("no size", |table| table.sections[0].element_size = 0),
        ("two sections are of one kind", |table| {
            table.sections[2].kind = 7
        }),
        ("beginning of the table: expected 128", |table| {
            table.sections.truncate(1);
        }),
        ("beginning of the table: expected 64", |table| {
            table.sections.clear();
        }),
        ("no numbers", |table| table.first = u64::MAX - 3),
    ] {
        let said = refused(change);
        assert!(said.contains(words), "expected {words}, found {said}");
        assert!(said.contains("offset "), "{said}");
        assert!(said.contains("wirecopy index build"), "{said}");
    }
}

/// The place of an error is that of the number that lies.
#[test]
fn an_error_says_where_the_number_is() {
    let said = refused(|table| table.sections[1].offset = 64);
    // Table at 192: variant, recipe, documents, count of sections, one entry, kind and size.
    let place = 192 + 4 + (8 + testing::RECIPE.len()) + 16 + 8 + 40 + 8;
    assert!(said.contains(&format!("offset {place}: ")), "{said}");
}

#[test]
fn lengths_that_lie_cost_no_memory() {
    let file = small_segment();
    let recipe = 4;
    let sections = 4 + 8 + testing::RECIPE.len() + 16;
    for place in [recipe, sections] {
        for length in [u64::MAX, u64::MAX / 2, 1 << 40, 1 << 20, 1 << 15] {
            let mut list = list(&file);
            list[place..place + 8].copy_from_slice(&length.to_le_bytes());
            let said = said(&sealed(&file, &list, |_| ()));
            assert!(said.contains("does not end within it"), "{said}");
        }
    }
    let longer = [&list(&file)[..], b"x"].concat();
    assert!(said(&sealed(&file, &longer, |_| ())).contains("behind its list"));
    let mut no_text = list(&file);
    no_text[12] = 0xff;
    assert!(said(&sealed(&file, &no_text, |_| ())).contains("no text"));
}

#[test]
fn preambles_that_lie_are_refused_although_checksums_are_right() {
    let file = small_segment();
    let list = list(&file);
    let lies = |change: fn(&mut Preamble)| said(&sealed(&file, &list, change));
    assert!(lies(|preamble| preamble.sections = 4).contains("count of sections: expected 3"));
    assert!(lies(|preamble| preamble.kind = 1).contains("no segment and no state"));
    assert!(lies(|preamble| preamble.kind = 77).contains("no segment and no state"));
    assert!(lies(|preamble| preamble.list_xxh3 ^= 1).contains("damaged list"));
    // The sum of both remains the length of the file.
    let moved = lies(|preamble| {
        preamble.list_offset -= 64;
        preamble.list_length += 64;
    });
    assert!(moved.contains("damaged list"), "{moved}");
    let within = lies(|preamble| {
        preamble.list_length += preamble.list_offset;
        preamble.list_offset = 0;
    });
    assert!(within.contains("does not fit behind"), "{within}");
    let odd = lies(|preamble| {
        preamble.list_offset += 1;
        preamble.list_length -= 1;
    });
    assert!(odd.contains("does not fit behind"), "{odd}");
    let mut huge = file[..128].to_vec();
    huge.resize(PREAMBLE + LIMIT + 64, 0);
    let preamble = Preamble {
        kind: 2,
        list_offset: 64,
        list_length: LIMIT as u64 + 64,
        list_xxh3: 0,
        sections: 0,
    };
    huge[..PREAMBLE].copy_from_slice(&preamble.encode());
    assert!(said(&huge).contains("longer than any"));
}

#[test]
fn files_of_others_are_known_by_how_they_begin() {
    for foreign in [
        &b"\x89PNG\r\n\x1a\n"[..],
        b"{\"id\": 1}\n",
        b"\x1f\x8b",
        &[0; 200],
    ] {
        let said = said(foreign);
        assert!(said.contains("found one that begins with `"), "{said}");
    }
    // As a transfer as text leaves it.
    let text = String::from_utf8_lossy(&small_segment()).replace("\r\n", "\n");
    assert!(said(text.as_bytes()).contains("begins with"));
    // A segment in the place of the manifest.
    let kind = Manifest::decode(&small_segment()).unwrap_err().to_string();
    assert!(kind.contains("kind of file: expected 1, found 2"), "{kind}");
}

#[test]
fn a_newer_format_is_distinguished_from_damage() {
    let mut file = small_segment();
    let mut newer = list(&file);
    newer[0] = 1;
    let said_list = said(&sealed(&file, &newer, |_| ()));
    file[8] = 2;
    for said in [said_list, said(&file)] {
        assert!(said.contains("written by a newer wirecopy"), "{said}");
        assert!(said.contains("expected format 1, found format 2"), "{said}");
    }
}

#[test]
fn what_a_reader_asks_for_must_be_there_in_that_size() {
    let segment = open(&small_segment()).unwrap();
    let missing = segment.section::<u32>(8).unwrap_err();
    assert!(matches!(missing.fault, DiskFault::NoSection { kind: 8 }));
    let size = segment.section::<u32>(7).unwrap_err().to_string();
    assert!(
        size.contains("size of an element: expected 4, found 8"),
        "{size}"
    );
    segment.section::<[u8; 0]>(3).unwrap_err();
    assert!(segment.section::<u32>(3).unwrap().is_empty());
    // Bytes at an odd address.
    let odd = [&[0], &small_segment()[..]].concat();
    struct Behind(Vec<u64>, usize);
    impl AsRef<[u8]> for Behind {
        fn as_ref(&self) -> &[u8] {
            &bytemuck::cast_slice(&self.0)[1..self.1]
        }
    }
    impl FileBytes for Behind {}
    let mut words = vec![0u64; odd.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..odd.len()].copy_from_slice(&odd);
    let odd = Segment::open(Arc::new(Behind(words, odd.len())), "seg".as_ref()).unwrap();
    let unaligned = odd.section::<u64>(7).unwrap_err();
    assert!(matches!(unaligned.fault, DiskFault::Unaligned { kind: 7 }));
    assert_eq!(odd.section::<u8>(9).unwrap(), b"wire");
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        let _ = read(&bytes);
        let _ = Manifest::decode(&bytes);
    }

    /// Any list behind a right preamble: the checks must hold without the help of checksums.
    #[test]
    fn any_list_is_refused_or_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        cuts: bool,
        sections in prop_oneof![Just(3), any::<u32>()],
    ) {
        for file in small_files() {
            let mut list = list(file);
            for (place, value) in &changes {
                let place = place.index(list.len());
                list[place] = *value;
            }
            if cuts {
                list.truncate(cut.index(list.len()));
            }
            let bytes = sealed(file, &list, |preamble| preamble.sections = sections);
            let _ = read(&bytes);
            let _ = Manifest::decode(&bytes);
        }
    }
}
