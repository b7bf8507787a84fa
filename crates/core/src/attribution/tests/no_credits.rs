//! What is no credit: pictures, quotations, charts, and the middle of a text.

use proptest::prelude::*;

use super::*;

#[test]
fn a_picture_credit_says_nothing_about_the_text() {
    for credit in [
        "Photo: Reuters",
        "Credit: AFP File Photo",
        "Foto: dpa",
        "Bild: dpa",
        "Foto: Jane Doe, dpa",
        "(REUTERS/Jane Doe)",
        "(Jane Doe/AP)",
        "JANE DOE/AFP",
        "picture alliance/dpa",
        "Getty Images/AFP",
        "AFP/Getty Images",
        "(AP Photo/Jane Doe, File)",
        "Jane Doe | TASS | Getty Images",
        "(Photo by Jane Doe / AFP) (Photo credit should read JANE DOE/AFP/Getty Images)",
        "(Kremlin Pool Photo via AP)",
        "Image copyright Reuters Image caption A river.",
    ] {
        nobody(&format!("River rises\n\n{credit}\n\n{STORY}"));
        nobody(&format!("{STORY} {credit}"));
    }
}

#[test]
fn an_agency_that_is_quoted_is_not_the_author() {
    for sentence in [
        "He told Reuters that it would rise.",
        "Reuters reported on Monday that it rose.",
        "It rose, according to the AP.",
        "Das sagte er der Deutschen Presse-Agentur (dpa) am Montag.",
        "Er sprach mit der Katholischen Nachrichten-Agentur (KNA): Alles sei gut.",
        "Agence France-Presse (AFP) – so heißt sie.",
        "Rządząca Partia Pracy (PAP) wygrała.",
        "据新华社报道，河水上涨。",
        "Der Nachrichtenagentur dpa lag der Bericht vor.",
        "An AP poll and a Reuters/Ipsos survey agree.",
        "Quelle: Johns Hopkins Bloomberg School of Public Health.",
        "Follow @Reuters or read www.reuters.com today.",
    ] {
        nobody(&format!("{STORY} {sentence} {STORY}"));
        nobody(&format!("River rises\n\n{sentence}\n\n{STORY}"));
    }
}

#[test]
fn a_wrapped_line_that_holds_a_name_alone_is_no_credit() {
    nobody(&format!(
        "River rises\n\nHe had told reporters of\nReuters.\n\n{STORY}"
    ));
}

#[test]
fn nothing_between_head_and_tail_is_looked_at() {
    let middle = format!("{}\nBy AP\n{}", "word ".repeat(HEAD), "word ".repeat(TAIL));
    nobody(&middle);
    nobody("");
    let wide = "é".repeat(HEAD) + "\n" + &"ü".repeat(TAIL) + "\nLONDON (Reuters) - x";
    assert_eq!(read(&wide), None, "datelines stand at a text's start");
}

#[test]
fn a_source_between_paragraphs_is_that_of_a_chart_or_a_quotation() {
    let body = STORY.repeat(8);
    nobody(&format!("{body}\nSource: Bloomberg\n{body}"));
    nobody(&format!("{body}\nAP\n{body}"));
    nobody(&format!(
        "{STORY} He said: “It rose.” (Associated Press)\n\n{STORY}"
    ));
}

#[test]
fn a_sign_that_opens_with_a_hyphen_is_none() {
    for text in [
        " /TASS/-ſ ",
        "(dpa/-é/-lohe)",
        "AP -e Reuters",
        "Reuters -é",
    ] {
        find(text, None);
    }
}

proptest! {
    /// Pieces of credits in any order: no panic, and the place is a part of the text.
    #[test]
    fn a_place_is_a_part_of_whatever_text(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40), title in ".{0,20}") {
        let text = pieces.concat();
        if let Some(credit) = find(&text, Some(&title)) {
            prop_assert!(text.get(credit.place).is_some_and(|place| !place.is_empty()));
            prop_assert!(!credit.with.contains(&credit.agency));
        }
    }
}

const PIECES: &[&str] = &[
    " ",
    "\n",
    "\u{a0}",
    "(",
    ")",
    "/",
    "（",
    "】",
    "-",
    " – ",
    ": ",
    ", ",
    ".",
    "©",
    "“",
    "…",
    "é",
    "日",
    "电",
    "3",
    "AP",
    "dpa",
    "Reuters",
    "رويترز",
    "新华社",
    "연합뉴스",
    "(dpa)",
    "/TASS/",
    "Jane",
    "BERLIN",
    "Berlin",
    "mau",
    "ntv.de",
    "Foto",
    "Quelle: ",
    "Source ",
    "By ",
    "mit ",
    "Nachrichtenagentur ",
    "Copyright 2021 ",
    "(Reporting by ",
    "; Editing by ",
    "With inputs from ",
    "dpa:210523-1",
    "ſ",
    "İ",
    STORY,
];
