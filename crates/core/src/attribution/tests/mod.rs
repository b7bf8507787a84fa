//! What counts as a credit and what does not, in the languages the agencies write.

mod datelines;
mod no_credits;
mod world;

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
fn a_source_is_labelled_in_many_languages() {
    for (credit, names) in [
        ("Source: AFP", "AFP"),
        ("Quelle: ntv.de, mau/dpa", "dpa"),
        ("Quelle: dpa/AFP/Reuters", "dpa AFP Reuters"),
        ("Quelle: ntv.de, Jane Roe und Max Muster, dpa", "dpa"),
        ("Quelle: dpa/frez./marf", "dpa"),
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
fn an_agency_that_lends_a_part_is_distinguished_from_an_author() {
    for credit in [
        "With inputs from PTI",
        "Mit Material von PTI",
        "(mit PTI)",
        "Con información de PTI",
        "With files from PTI",
        "Quellen: Morgenblatt, Ministerium der Wege, PTI",
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
