//! Numbers in words: digit groups are joined, decimals stay.
//!
//! Inside a word, `.` and `,` stand between two digits or not at all. A comma with exactly three
//! digits behind it sets a group apart and goes; any other comma is a decimal mark and becomes a
//! point, so that `1,5` in a German paper is `1.5`. A point stays: `1.200` may be a German
//! thousand or an English decimal, and both copies of a story write it alike.

/// Rewrites the marks of a word in place. Linear in its length.
pub(super) fn join_groups(word: &mut Vec<u8>) {
    let mut kept = 0;
    for at in 0..word.len() {
        match word[at] {
            b',' if sets_a_group_apart(&word[at + 1..]) => continue,
            b',' => word[kept] = b'.',
            byte => word[kept] = byte,
        }
        kept += 1;
    }
    word.truncate(kept);
}

fn sets_a_group_apart(behind: &[u8]) -> bool {
    behind
        .iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count()
        == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_comma_before_exactly_three_digits_goes() {
        for (written, joined) in [
            ("1,200", "1200"),
            ("12,345,678", "12345678"),
            ("1,200.75", "1200.75"),
            ("1,5", "1.5"),
            ("1,2000", "1.2000"),
            ("1.200", "1.200"),
            ("1.200,50", "1.200.50"),
            ("3,200km", "3200km"),
        ] {
            let mut word = written.as_bytes().to_vec();
            join_groups(&mut word);
            assert_eq!(String::from_utf8(word).unwrap(), joined);
        }
    }
}
