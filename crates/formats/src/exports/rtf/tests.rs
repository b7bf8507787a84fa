//! Tests of the reader of RTF.

use super::*;

fn lines(rtf: &str) -> Vec<String> {
    Rtf::new(rtf.as_bytes())
        .map(|line| line.text.into_owned())
        .collect()
}

#[test]
fn text_is_read_and_nothing_else() {
    let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Times;}}{\colortbl;\red0;}{\*\generator X;}{\info{\title A \'fcber B}{\author C}}{\header no}
\pard\qc{\b Fett}\par
\pard Gr\'fc\'dfe \u8211? x\line{\f1 \'cf\'f0}\par{\pict 0102}\u-10179?\u-8704?\tab a\~b\cell c\row\page\{end\}\bin3 }}}}";
    let all: Vec<Line<'_>> = Rtf::new(rtf.as_bytes()).collect();
    let texts: Vec<&str> = all.iter().map(|line| &*line.text).collect();
    assert_eq!(
        texts,
        ["Fett", "Grüße – x", "Пр", "😀\ta\u{a0}b\tc", "{end}"]
    );
    assert!(all[0].mark.is_heading && all[0].indent == CENTRED && !all[1].mark.is_heading);
    assert_eq!(all[1].empty, 1);
    assert!(all[4].mark.is_new_page);
    let mut reader = Rtf::new(rtf.as_bytes());
    reader.by_ref().for_each(drop);
    assert_eq!(reader.title(), "A über B");
    assert!(!reader.is_cut());
    assert_eq!(lines(r"{\rtf1\ansi\ansicpg936 \'b4\'ac\par}"), ["船"]);
    assert_eq!(lines(r"{\rtf1\uc2\u252\'81\'81ber"), ["über"]);
}

#[test]
fn nobody_hangs_on_hostile_files() {
    for part in [
        "{",
        "}",
        "\\",
        "\\par",
        "{\\*",
        "\\u1",
        "\\'",
        "\\bin9999999999 ",
        "\\f1{\\fonttbl\\f1\\fcharset204",
    ] {
        let text = format!("{{\\rtf1{}", part.repeat(300_000));
        Rtf::new(text.as_bytes()).for_each(drop);
    }
}
