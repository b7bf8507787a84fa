//! What counts as a credit and what does not, in the languages the agencies write.

use proptest::prelude::*;

use super::*;

/// Enough of a story for something to close it.
const STORY: &str = "The council met on Monday and talked about the bridge that has been closed \
    since the flood. It was built a hundred years ago by a local firm and has carried the road to \
    the mill ever since. Nobody could say when it would open again. The mayor asked the members \
    for patience and promised a report before the summer. Several residents spoke about the long \
    way round, and one of them had brought a map on which it was drawn in red. The vote was put off.";

/// Name, companions, form and words of the credit.
fn read(text: &str) -> Option<(String, Form, &str)> {
    let credit = find(text, None)?;
    let mut names = vec![credit.agency.name()];
    names.extend(credit.with.iter().map(|agency| agency.name()));
    Some((names.join(" "), credit.form, &text[credit.place]))
}

#[track_caller]
fn expect(text: &str, names: &str, form: Form, place: &str) {
    let expected = Some((names.to_owned(), form, place));
    assert_eq!(read(text), expected, "{text}");
}

#[track_caller]
fn nobody(text: &str) {
    assert_eq!(read(text), None, "{text}");
}

#[test]
fn a_dateline_names_place_and_agency_in_many_languages() {
    for (text, name, place) in [
        // English
        (
            "LONDON (Reuters) - The river rose.",
            "Reuters",
            "LONDON (Reuters)",
        ),
        (
            "NEW YORK, Jan 11 (Reuters) The river rose.",
            "Reuters",
            "NEW YORK, Jan 11 (Reuters)",
        ),
        ("WASHINGTON (AP) — The river rose.", "AP", "WASHINGTON (AP)"),
        (
            "Menu\n\nAUSTIN, Texas (AP) — It rose.",
            "AP",
            "AUSTIN, Texas (AP)",
        ),
        (
            "New Delhi [India], January 3 (ANI): It rose.",
            "ANI",
            "New Delhi [India], January 3 (ANI)",
        ),
        (
            "New Delhi, Jan 3 (PTI) The river rose.",
            "PTI",
            "New Delhi, Jan 3 (PTI)",
        ),
        (
            "MOSCOW, June 3 /TASS/. The river rose.",
            "TASS",
            "MOSCOW, June 3 /TASS/",
        ),
        (
            "BEIJING, Jan. 3 (Xinhua) -- It rose.",
            "Xinhua",
            "BEIJING, Jan. 3 (Xinhua)",
        ),
        (
            "DALLAS--(BUSINESS WIRE)--A firm rose.",
            "Business Wire",
            "DALLAS--(BUSINESS WIRE)",
        ),
        (
            "OSLO, Jan. 11, 2021 /PRNewswire/ -- A firm rose.",
            "PR Newswire",
            "OSLO, Jan. 11, 2021 /PRNewswire/",
        ),
        ("(Reuters) - The river rose.", "Reuters", "(Reuters)"),
        // German
        (
            "BERLIN, 3. März (dpa) – Der Fluss stieg.",
            "dpa",
            "BERLIN, 3. März (dpa)",
        ),
        (
            "Berlin (dpa/lby) Der Fluss stieg.",
            "dpa",
            "Berlin (dpa/lby)",
        ),
        (
            "Frankfurt/Main (dpa-AFX) - Der Kurs stieg.",
            "DPA-AFX",
            "Frankfurt/Main (dpa-AFX)",
        ),
        ("Wien (APA) – Der Fluss stieg.", "APA", "Wien (APA)"),
        // French, Dutch
        ("Paris (AFP) - Le fleuve monte.", "AFP", "Paris (AFP)"),
        (
            "BRUSSEL (BELGA) - De rivier stijgt.",
            "Belga",
            "BRUSSEL (BELGA)",
        ),
        // Spanish, Portuguese, Italian
        (
            "Madrid, 3 ene (EFE).- El río creció.",
            "EFE",
            "Madrid, 3 ene (EFE)",
        ),
        (
            "Lisboa, 03 jan 2021 (Lusa) -- O rio subiu.",
            "Lusa",
            "Lisboa, 03 jan 2021 (Lusa)",
        ),
        ("(ANSA) - ROMA, 03 GEN - Il fiume sale.", "ANSA", "(ANSA)"),
        // Nordic, central and eastern Europe
        ("Oslo (NTB): Elven steg.", "NTB", "Oslo (NTB)"),
        (
            "Praha 3. ledna (ČTK) - Řeka stoupla.",
            "ČTK",
            "Praha 3. ledna (ČTK)",
        ),
        ("Warszawa (PAP) - Rzeka wezbrała.", "PAP", "Warszawa (PAP)"),
        (
            "МОСКВА, 3 июня. /ТАСС/. Река поднялась.",
            "TASS",
            "МОСКВА, 3 июня. /ТАСС/",
        ),
        (
            "МОСКВА, 3 июн - РИА Новости. Река поднялась.",
            "RIA Novosti",
            "МОСКВА, 3 июн - РИА Новости",
        ),
        (
            "КИЇВ, 3 січня (Укрінформ) – Річка піднялася.",
            "Ukrinform",
            "КИЇВ, 3 січня (Укрінформ)",
        ),
        // Turkish, Arabic, Hindi, Indonesian
        ("ANKARA (AA) - Nehir yükseldi.", "Anadolu", "ANKARA (AA)"),
        (
            "القاهرة (رويترز) - ارتفع النهر.",
            "Reuters",
            "القاهرة (رويترز)",
        ),
        (
            "नई दिल्ली, 3 जनवरी (एएनआई): नदी बढ़ी।",
            "ANI",
            "नई दिल्ली, 3 जनवरी (एएनआई)",
        ),
        (
            "Jakarta (ANTARA) - Sungai naik.",
            "Antara",
            "Jakarta (ANTARA)",
        ),
        // Chinese, Japanese, Korean
        (
            "新华社北京1月3日电（记者张三）河水上涨。",
            "Xinhua",
            "新华社北京1月3日电",
        ),
        ("（路透社）河水上涨。", "Reuters", "（路透社）"),
        (
            "[東京 3日 ロイター] - 川が増水した。",
            "Reuters",
            "[東京 3日 ロイター]",
        ),
        (
            "(서울=연합뉴스) 강물이 불었다.",
            "Yonhap",
            "(서울=연합뉴스)",
        ),
    ] {
        expect(text, name, Form::Dateline, place);
    }
}

#[test]
fn a_dateline_is_found_in_a_page_without_line_breaks() {
    let page = "Home News Sport River rises again Jane Doe. Credit: AP File Photo KYIV, June 3 (AP) - The river rose.";
    expect(page, "AP", Form::Dateline, "KYIV, June 3 (AP)");
}

#[test]
fn a_repeated_title_is_no_part_of_the_place_after_it() {
    let text = "River Rises Again Helsinki (AFP) The river rose.";
    let credit = find(text, Some("River Rises Again ")).expect("a dateline");
    assert_eq!(&text[credit.place], "Helsinki (AFP)");
}

#[test]
fn a_dateline_wrapped_at_a_line_end_is_one() {
    let text = "WASHINGTON, Jan 11\n(Reuters) - The river rose.";
    expect(
        text,
        "Reuters",
        Form::Dateline,
        "WASHINGTON, Jan 11\n(Reuters)",
    );
}

#[test]
fn a_source_is_labelled_in_many_languages() {
    for (credit, names) in [
        ("Source: AFP", "AFP"),
        ("Quelle: ntv.de, mau/dpa", "dpa"),
        ("Quelle: dpa/AFP/Reuters", "dpa AFP Reuters"),
        ("Quelle: ntv.de, Jane Roe und Max Muster, dpa", "dpa"),
        ("Fuente: EFE", "EFE"),
        ("Fonte: ANSA", "ANSA"),
        ("Källa: TT", "TT"),
        ("Bron: ANP", "ANP"),
        ("Źródło: PAP", "PAP"),
        ("Источник: ТАСС", "TASS"),
        ("来源：新华社", "Xinhua"),
        ("출처: 연합뉴스", "Yonhap"),
        ("dpa-infocom, dpa:210523-99-123456/2", "dpa"),
    ] {
        let expected = credit.strip_prefix("dpa-infocom, ").unwrap_or(credit);
        let found = read(credit).expect(credit);
        assert_eq!(
            (found.0.as_str(), found.1),
            (names, Form::Source),
            "{credit}"
        );
        assert!(found.2.ends_with(expected), "{credit}: {}", found.2);
        let page = format!("{STORY} {credit}");
        assert_eq!(
            read(&page).map(|found| found.0),
            Some(names.to_owned()),
            "{page}"
        );
    }
}

#[test]
fn a_copyright_counts_after_the_story_and_not_before() {
    let mark = "Copyright 2021 The Associated Press. All rights reserved.";
    let place = "Copyright 2021 The Associated Press";
    expect(&format!("{STORY}\n{mark}"), "AP", Form::Source, place);
    expect(&format!("{STORY}\n© AP"), "AP", Form::Source, "© AP");
    nobody(&format!("© AFP\n{STORY}{STORY}"));
}

#[test]
fn reuters_signs_off_with_its_reporters_and_editors() {
    let sign = "(Reporting by Jane Doe in Oslo;\nEditing by John Roe)";
    expect(
        &format!("{STORY}\n\n{sign}"),
        "Reuters",
        Form::SignOff,
        sign,
    );
    nobody("Reporting by law is a duty. The new law was praised by many.");
}

#[test]
fn a_bracket_after_the_last_sentence_closes_a_story() {
    expect(&format!("{STORY} (dpa)"), "dpa", Form::Closing, "(dpa)");
    expect(
        &format!("{STORY} (AP/dpa)"),
        "AP dpa",
        Form::Closing,
        "(AP/dpa)",
    );
    expect(
        &format!("{STORY} (Tsp, dpa, Reuters)"),
        "dpa Reuters",
        Form::Closing,
        "(Tsp, dpa, Reuters)",
    );
    expect(
        &format!("{STORY} RND/cle/dpa"),
        "dpa",
        Form::Closing,
        "RND/cle/dpa",
    );
    expect(
        &format!("{STORY} PTI ABC DEF"),
        "PTI",
        Form::Closing,
        "PTI ABC DEF",
    );
    expect(
        &format!("{STORY} /ritzau/"),
        "Ritzau",
        Form::Closing,
        "/ritzau/",
    );
}

#[test]
fn a_line_of_its_own_is_a_credit() {
    for (line, name) in [
        ("Reuters,", "Reuters"),
        ("dpa", "dpa"),
        ("Agence France-Presse", "AFP"),
        ("By AP", "AP"),
        ("By REUTERS STAFF", "Reuters"),
        ("Von dpa", "dpa"),
        ("Par AFP", "AFP"),
        ("Por EFE", "EFE"),
        ("By Jane Doe, Associated Press", "AP"),
        ("By JANE DOE AP National Security Writer", "AP"),
        ("Reuters, Jan 11 2023, 02:53 ist", "Reuters"),
        ("Le Courrier avec AFP", "AFP"),
    ] {
        let page = format!("River rises\n\n{line}\n\n{STORY}");
        let found = read(&page).expect(line);
        assert_eq!((found.0.as_str(), found.1), (name, Form::Line), "{line}");
    }
}

#[test]
fn a_line_printed_twice_is_one_credit() {
    let page = format!("River rises\nReuters\nReuters,\n{STORY}");
    expect(&page, "Reuters", Form::Line, "Reuters");
}

#[test]
fn a_byline_counts_in_a_page_without_line_breaks() {
    let page = format!("Home News River rises Published by Reuters {STORY}");
    expect(&page, "Reuters", Form::Line, "Published by Reuters");
    let page = format!("Home News River rises AP, Jan 11 2023, 02:53 ist {STORY}");
    expect(&page, "AP", Form::Line, "AP");
}

#[test]
fn an_agency_that_lends_a_part_is_told_from_an_author() {
    for credit in [
        "With inputs from PTI",
        "Mit Material von PTI",
        "(mit PTI)",
        "Con información de PTI",
        "With files from PTI",
    ] {
        let page = format!("{STORY} {credit}");
        let found = read(&page).expect(credit);
        assert_eq!((found.0.as_str(), found.1), ("PTI", Form::Lent), "{credit}");
    }
}

#[test]
fn the_strictest_form_wins_and_of_two_alike_the_first() {
    let page = format!("By AP\n\nPARIS (AFP) - {STORY} (dpa)");
    expect(&page, "AFP", Form::Dateline, "PARIS (AFP)");
    let page = format!("By AP\n\nBy AFP\n\n{STORY}");
    expect(&page, "AP", Form::Line, "By AP");
    assert!(Form::Dateline < Form::SignOff && Form::Line < Form::Lent);
}

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
