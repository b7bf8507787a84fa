//! Word counts in few bytes: most of two million cells are 0, and most of the others small.
//!
//! Of every cell that is not 0, the number of zero cells before it and its count, each as LEB128:
//! seven bits a byte, low ones first, the top bit of all bytes but the last set, in as few bytes as
//! it takes. A word of one page costs four bytes, both rows together; zeros at the end cost nothing.

/// The cells, packed.
pub(super) fn pack(cells: &[u32]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut zeros = 0;
    for &count in cells {
        if count == 0 {
            zeros += 1;
            continue;
        }
        put(zeros, &mut packed);
        put(count, &mut packed);
        zeros = 0;
    }
    packed
}

/// So many cells, if these bytes are what [`pack`] makes of some.
pub(super) fn unpack(mut packed: &[u8], cells: usize) -> Option<Vec<u32>> {
    let mut counts = vec![0; cells];
    let mut rest = counts.as_mut_slice();
    while !packed.is_empty() {
        let zeros = take(&mut packed)?;
        let count = take(&mut packed).filter(|&count| count > 0)?;
        let (cell, behind) = rest
            .get_mut(usize::try_from(zeros).ok()?..)?
            .split_first_mut()?;
        *cell = count;
        rest = behind;
    }
    Some(counts)
}

fn put(mut value: u32, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

/// The next number, in the one form it has.
fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u64;
    for shift in (0..u32::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            let is_shortest = byte > 0 || shift == 0;
            return u32::try_from(value).ok().filter(|_| is_shortest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_counts_take_two_bytes() {
        assert_eq!(pack(&[0, 0, 1, 300, 0]), [2, 1, 0, 0xac, 2]);
        assert!(pack(&[0; 9]).is_empty());
    }

    #[test]
    fn other_forms_of_counts_are_refused() {
        for wrong in [
            &[0u8][..],                            // no count
            &[0, 0],                               // a count of 0
            &[4, 1],                               // behind the last cell
            &[0x80, 0, 1],                         // 0 in two bytes
            &[0, 0xff, 0xff, 0xff, 0xff, 0x1f],    // above 2^32
            &[0, 0x80, 0x80, 0x80, 0x80, 0x80, 1], // six bytes
            &[0, 0x80],                            // cut
        ] {
            assert_eq!(unpack(wrong, 4), None, "{wrong:?}");
        }
        assert_eq!(unpack(&[3, 1], 4), Some(vec![0, 0, 0, 1]));
        assert_eq!(unpack(&[], 0), Some(vec![]));
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(
            cells in prop::collection::vec(prop_oneof![Just(0u32), 0u32..200, any::<u32>()], 0..300)
        ) {
            let unpacked = unpack(&pack(&cells), cells.len());
            prop_assert_eq!(unpacked, Some(cells));
        }

        #[test]
        fn whatever_is_unpacked_packs_to_the_same_bytes(bytes in prop::collection::vec(0u8..4, 0..20)) {
            if let Some(cells) = unpack(&bytes, 64) {
                prop_assert_eq!(pack(&cells), bytes);
            }
        }
    }
}
