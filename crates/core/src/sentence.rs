//! Which marks end a sentence?
//!
//! Those that Unicode lists as `Sentence_Terminal`, of all scripts, with the ellipsis and the strokes
//! of Tibetan, and without the Burmese stroke that is a comma. Whoever asks where a sentence ends asks
//! here.
//!
//! Source: Unicode 17, `PropList.txt`.

/// `Sentence_Terminal`, as first and last of each range.
#[rustfmt::skip]
const TERMINAL: &[(char, char)] = &[
    ('\u{21}', '\u{21}'), ('\u{2e}', '\u{2e}'), ('\u{3f}', '\u{3f}'), ('\u{589}', '\u{589}'),
    ('\u{61d}', '\u{61f}'), ('\u{6d4}', '\u{6d4}'), ('\u{700}', '\u{702}'), ('\u{7f9}', '\u{7f9}'),
    ('\u{837}', '\u{837}'), ('\u{839}', '\u{839}'), ('\u{83d}', '\u{83e}'), ('\u{964}', '\u{965}'),
    ('\u{104a}', '\u{104b}'), ('\u{1362}', '\u{1362}'), ('\u{1367}', '\u{1368}'),
    ('\u{166e}', '\u{166e}'), ('\u{1735}', '\u{1736}'), ('\u{17d4}', '\u{17d5}'),
    ('\u{1803}', '\u{1803}'), ('\u{1809}', '\u{1809}'), ('\u{1944}', '\u{1945}'),
    ('\u{1aa8}', '\u{1aab}'), ('\u{1b4e}', '\u{1b4f}'), ('\u{1b5a}', '\u{1b5b}'),
    ('\u{1b5e}', '\u{1b5f}'), ('\u{1b7d}', '\u{1b7f}'), ('\u{1c3b}', '\u{1c3c}'),
    ('\u{1c7e}', '\u{1c7f}'), ('\u{2024}', '\u{2024}'), ('\u{203c}', '\u{203d}'),
    ('\u{2047}', '\u{2049}'), ('\u{2cf9}', '\u{2cfb}'), ('\u{2e2e}', '\u{2e2e}'),
    ('\u{2e3c}', '\u{2e3c}'), ('\u{2e53}', '\u{2e54}'), ('\u{3002}', '\u{3002}'),
    ('\u{a4ff}', '\u{a4ff}'), ('\u{a60e}', '\u{a60f}'), ('\u{a6f3}', '\u{a6f3}'),
    ('\u{a6f7}', '\u{a6f7}'), ('\u{a876}', '\u{a877}'), ('\u{a8ce}', '\u{a8cf}'),
    ('\u{a92f}', '\u{a92f}'), ('\u{a9c8}', '\u{a9c9}'), ('\u{aa5d}', '\u{aa5f}'),
    ('\u{aaf0}', '\u{aaf1}'), ('\u{abeb}', '\u{abeb}'), ('\u{fe12}', '\u{fe12}'),
    ('\u{fe15}', '\u{fe16}'), ('\u{fe52}', '\u{fe52}'), ('\u{fe56}', '\u{fe57}'),
    ('\u{ff01}', '\u{ff01}'), ('\u{ff0e}', '\u{ff0e}'), ('\u{ff1f}', '\u{ff1f}'),
    ('\u{ff61}', '\u{ff61}'), ('\u{10a56}', '\u{10a57}'), ('\u{10f55}', '\u{10f59}'),
    ('\u{10f86}', '\u{10f89}'), ('\u{11047}', '\u{11048}'), ('\u{110be}', '\u{110c1}'),
    ('\u{11141}', '\u{11143}'), ('\u{111c5}', '\u{111c6}'), ('\u{111cd}', '\u{111cd}'),
    ('\u{111de}', '\u{111df}'), ('\u{11238}', '\u{11239}'), ('\u{1123b}', '\u{1123c}'),
    ('\u{112a9}', '\u{112a9}'), ('\u{113d4}', '\u{113d5}'), ('\u{1144b}', '\u{1144c}'),
    ('\u{115c2}', '\u{115c3}'), ('\u{115c9}', '\u{115d7}'), ('\u{11641}', '\u{11642}'),
    ('\u{1173c}', '\u{1173e}'), ('\u{11944}', '\u{11944}'), ('\u{11946}', '\u{11946}'),
    ('\u{11a42}', '\u{11a43}'), ('\u{11a9b}', '\u{11a9c}'), ('\u{11c41}', '\u{11c42}'),
    ('\u{11ef7}', '\u{11ef8}'), ('\u{11f43}', '\u{11f44}'), ('\u{16a6e}', '\u{16a6f}'),
    ('\u{16af5}', '\u{16af5}'), ('\u{16b37}', '\u{16b38}'), ('\u{16b44}', '\u{16b44}'),
    ('\u{16d6e}', '\u{16d6f}'), ('\u{16e98}', '\u{16e98}'), ('\u{1bc9f}', '\u{1bc9f}'),
    ('\u{1da88}', '\u{1da88}'),
];

/// Whether a character ends sentences.
pub fn is_sentence_end(c: char) -> bool {
    match c {
        // The ellipsis; one, two and more strokes of Tibetan.
        '\u{2026}' | '\u{f0d}' | '\u{f0e}' | '\u{f11}' => true,
        // Listed, and a comma.
        '\u{104a}' => false,
        _ if c.is_ascii() => matches!(c, '.' | '!' | '?'),
        _ => {
            let at = TERMINAL.partition_point(|&(_, last)| last < c);
            TERMINAL.get(at).is_some_and(|&(first, _)| first <= c)
        }
    }
}

/// Whether a character may be between the end of a sentence and the blank behind it.
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '”'
            | '’'
            | '»'
            | '«'
            | '“'
            | '‘'
            | '›'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '］'
            | '｣'
    )
}

/// Whether a byte is the first one of a mark that ends sentences; others, which follow it, never are.
pub const BEGINS_SENTENCE_END: [bool; 256] = {
    let mut begins = [false; 256];
    let mut at = 0;
    while at < TERMINAL.len() {
        // Of all between, too: more than begin one, and only by a few.
        let (mut byte, last) = (first_byte(TERMINAL[at].0), first_byte(TERMINAL[at].1));
        while byte <= last {
            begins[byte as usize] = true;
            byte += 1;
        }
        at += 1;
    }
    begins[first_byte('\u{2026}') as usize] = true;
    begins[first_byte('\u{f0d}') as usize] = true;
    begins
};

const fn first_byte(c: char) -> u8 {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    bytes[0]
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// UAX #29 ends a sentence behind these and behind line ends.
    #[test]
    fn the_marks_are_those_that_unicode_lists() {
        let ends_line = |c| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        for c in ('\0'..=char::MAX).filter(|&c| !ends_line(c)) {
            let is_listed = format!("A{c} B").split_sentence_bounds().count() == 2;
            let differs = matches!(c, '…' | '\u{f0d}' | '\u{f0e}' | '\u{f11}' | '\u{104a}');
            assert_eq!(
                is_sentence_end(c),
                is_listed != differs,
                "U+{:04X}",
                c as u32
            );
            let byte = usize::from(first_byte(c));
            assert!(!is_sentence_end(c) || BEGINS_SENTENCE_END[byte]);
        }
    }

    #[test]
    fn sentences_end_in_every_script() {
        for mark in ".!?…。！？．｡؟۔।॥။។៕։።፧།܀᙮᠃".chars() {
            assert!(is_sentence_end(mark), "{mark}");
        }
        assert!(!",;:၊、،؛-".chars().any(is_sentence_end));
    }
}
