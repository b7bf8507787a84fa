//! Datelines, in the languages they are written in.

use super::*;

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
