//! Learned boilerplate comes back as it was, and nothing else is taken for it.

use proptest::prelude::*;

use super::*;

/// The tables of `fixtures/formats/boilerplate-1.bin`.
fn tiny() -> Learned {
    let mut words = WordFrequencies::new(LOG2_WORD_CELLS);
    words.observe([1, 2, 0x0001_0000_0000_0003]);
    for _ in 0..200 {
        words.observe([2]);
    }
    Learned {
        boilerplate: LearnedBoilerplate::from_parts(vec![7, 3, 0xffff_ffff_ffff_fff0], vec![11]),
        words,
        stock: Some(Stock::new(vec![5, 4])),
        file: None,
    }
}

/// How its pages were read: words of another age, so that no later version believes them.
const AGE: &str = "text=t1 hash=h1 shingle=word:4 mask=m1 words=2x2^20";

fn fixture() -> Vec<u8> {
    let name = "/fixtures/formats/boilerplate-1.bin";
    std::fs::read(format!("{}/../..{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn is_equal(a: &Learned, b: &Learned) -> bool {
    a.boilerplate == b.boilerplate && a.words == b.words && a.stock == b.stock
}

/// The bytes with a head that fits them.
fn sealed(payload: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend((payload.len() as u64).to_le_bytes());
    bytes.extend(hash::bytes(payload).to_le_bytes());
    bytes.extend(payload);
    bytes
}

/// Why these bytes are refused.
fn refused(bytes: &[u8]) -> String {
    Learned::from_bytes(bytes).unwrap_err().to_string()
}

#[test]
fn format_1_opens_for_ever() {
    let (recipe, learned) = decode(&fixture()).unwrap();
    assert_eq!(recipe, AGE);
    assert!(is_equal(&learned, &tiny()));
    assert_eq!(encode(&tiny(), AGE), fixture());
}

#[test]
fn what_was_written_is_read() {
    let bytes = tiny().to_bytes();
    let read = Learned::from_bytes(&bytes).unwrap();
    assert!(is_equal(&read, &tiny()));
    assert_eq!(read.to_bytes(), bytes);
    assert_eq!(read.digest(), tiny().digest());
    let hash = Some(hash::bytes(&bytes));
    assert_eq!((read.file_hash(), tiny().file_hash()), (hash, None));
    assert_eq!(
        (read.pages(), read.grams(), read.stock_shingles()),
        (201, (3, 1), 2)
    );
}

#[test]
fn other_tables_have_other_names() {
    let mut other = tiny();
    other.stock = Some(Stock::new(vec![5]));
    assert_ne!(other.digest(), tiny().digest());
}

#[test]
fn another_file_is_refused() {
    for (bytes, begin) in [
        (&b""[..], "``"),
        (b"{\"id\": 1}\n", "`{\\\"id\\\": 1`"),
        (b"\x89png", "`\\x89png`"),
    ] {
        let error = refused(bytes);
        assert!(
            error.contains(begin) && error.contains("boilerplate.bin"),
            "{error}"
        );
    }
}

#[test]
fn another_format_is_refused() {
    let mut bytes = tiny().to_bytes();
    bytes[8] = 2;
    let error = refused(&bytes);
    assert!(error.contains("format 1, found format 2"), "{error}");
}

#[test]
fn a_cut_or_lengthened_file_is_refused() {
    let bytes = tiny().to_bytes();
    for length in 1..bytes.len() {
        let error = refused(&bytes[..length]);
        assert!(error.contains(&format!("found {length}")), "{error}");
    }
    let error = refused(&[&bytes[..], b"x"].concat());
    assert!(error.contains("damaged: expected"), "{error}");
}

#[test]
fn every_flipped_bit_is_found() {
    let bytes = tiny().to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(Learned::from_bytes(&flipped).is_err(), "bit {bit}");
    }
    let mut flipped = bytes.clone();
    flipped[HEAD + 30] ^= 4;
    assert!(refused(&flipped).contains("checksum"));
}

#[test]
fn lengths_that_lie_cost_nothing() {
    // The head says 2^60 bytes.
    let mut bytes = tiny().to_bytes();
    bytes[12..20].copy_from_slice(&(1u64 << 60).to_le_bytes());
    assert!(refused(&bytes).contains("damaged"));
    // A list says so, under a checksum that is right.
    let recipe = recipe();
    for length in [1u64 << 29, 1 << 60, u64::MAX] {
        let mut payload = (recipe.len() as u64).to_le_bytes().to_vec();
        payload.extend(recipe.as_bytes());
        payload.extend(3u64.to_le_bytes());
        payload.extend(length.to_le_bytes());
        assert!(refused(&sealed(&payload)).contains("does not end within it"));
        assert!(refused(&sealed(&length.to_le_bytes())).contains("does not end within it"));
    }
}

#[test]
fn content_that_is_never_written_is_refused() {
    let payload = tiny().to_bytes()[HEAD..].to_vec();
    let behind = [&payload[..], &[0]].concat();
    assert!(refused(&sealed(&behind)).contains("behind its last list"));
    let first = 8 + recipe().len() + 8 + 8;
    let mut unordered = payload.clone();
    unordered[first] = 9;
    assert!(refused(&sealed(&unordered)).contains("not in order"));
    let mut zero = payload;
    *zero.last_mut().unwrap() = 0;
    assert!(refused(&sealed(&zero)).contains("word counts"));
}

#[test]
fn another_recipe_is_refused_with_both_lines() {
    let error = refused(&encode(&tiny(), AGE));
    assert!(error.contains(AGE) && error.contains(&recipe()), "{error}");
    assert!(error.contains("without --boilerplate"), "{error}");
}

proptest! {
    #[test]
    fn no_bytes_make_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Learned::from_bytes(&bytes).is_err());
        prop_assert!(decode(&sealed(&bytes)).is_err());
    }

    /// What is read is what would be written, even if the checksum was forged.
    #[test]
    fn forged_bytes_are_refused_or_have_one_meaning(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let mut payload = tiny().to_bytes()[HEAD..].to_vec();
        for (place, byte) in changes {
            let place = place.index(payload.len());
            payload[place] = byte;
        }
        let bytes = sealed(&payload);
        if let Ok((recipe, learned)) = decode(&bytes) {
            prop_assert_eq!(encode(&learned, &recipe), bytes);
        }
    }
}
