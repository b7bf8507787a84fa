//! Tests of exports as text. All articles are invented.

use super::*;
use crate::exports::labelled::tests::proquest;
use crate::testing::{Kept, read as read_form, recognised};
use proptest::prelude::*;

fn of(name: &str, bytes: impl AsRef<[u8]>) -> Kept {
    recognised(name, bytes.as_ref()).1
}

fn fields<'k>(kept: &'k Kept, name: &str) -> Vec<&'k str> {
    kept.fields(name)
}

const CLASSIC: &str = "\
Print Request: All Documents: 1-2


                               1 of 2 DOCUMENTS


                              Morning Courier

                     March 4, 2021 Thursday 8:27 PM GMT
                              CITY EDITION

Pilots back at work;
Strike ends after eleven days

BYLINE: Ilse Brandvold and
a second reporter

SECTION: NEWS; Pg. 3

LENGTH: 297  words

HIGHLIGHT: It was the longest stoppage since 1987.

DATELINE: PORT SARREL

Harbour pilots agreed on
Wednesday to return.

NOTE: the vote was by a show of hands.
   The queue is long.

GRAPHIC: PHOTO, Tugs in the harbour (Reuters)

LOAD-DATE: March 5, 2021

LANGUAGE: ENGLISH; ANGLAIS

PUBLICATION-TYPE: Newspaper

                       Copyright 2021 Morning Courier
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                  Copyright 1995 The Evening Post Limited
                              The Evening Post

                                 June 12, 1995

UPDATE: Ferry sinks

LENGTH: 12 words

The ferry sank.

LOAD-DATE: June 12, 1995


---- End of Request ----
";

#[test]
fn nexis_classic_is_read() {
    let kept = of("x.TXT", CLASSIC);
    assert_eq!(
        fields(&kept, "source"),
        ["Morning Courier", "The Evening Post"]
    );
    assert_eq!(
        fields(&kept, "date"),
        ["March 4, 2021 Thursday 8:27 PM GMT", "June 12, 1995"]
    );
    assert_eq!(
        fields(&kept, "title"),
        [
            "Pilots back at work; Strike ends after eleven days",
            "UPDATE: Ferry sinks"
        ]
    );
    assert_eq!(
        fields(&kept, "author")[0],
        "Ilse Brandvold and a second reporter"
    );
    assert_eq!(fields(&kept, "section")[0], "NEWS; Pg. 3");
    assert_eq!(fields(&kept, "language")[0], "ENGLISH");
    assert_eq!(
        fields(&kept, "text"),
        [
            "It was the longest stoppage since 1987.\n\nHarbour pilots agreed on Wednesday to return.\n\nNOTE: the vote was by a show of hands.\n\nThe queue is long.",
            "The ferry sank."
        ]
    );
    assert!(kept.lost.is_empty(), "{:?}", kept.lost);
}

#[test]
fn nexis_classic_is_read_in_other_languages_and_code_pages() {
    let german = "\r\n                      Dokument 1 von 2\r\n\r\n                        Abendblatt\r\n\r\n                 Mittwoch 31. August 2011\r\n\r\nF\u{e4}hre sinkt\r\n\r\nAUTOR: M. Tokio\r\n\r\nRUBRIK: S. 7 Ausg. 167\r\n\r\nL\u{c4}NGE: 306 W\u{f6}rter\r\n\r\nDie F\u{e4}hre sank.\r\n\r\nUPDATE: 2. September 2011\r\n\r\nSPRACHE: GERMAN; DEUTSCH\r\n\r\n          Copyright 2011 Abendblatt\r\n           Alle Rechte Vorbehalten\r\n\r\n                      Dokument 2 von 2\r\n\r\n                        Abendblatt\r\n\r\n                 1. September 2011\r\n\r\nDas Boot\r\n\r\nL\u{c4}NGE: 2 W\u{f6}rter\r\n\r\nEs fuhr.\r\n\r\nUPDATE: 2. September 2011\r\n";
    let latin: Vec<u8> = german
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    for bytes in [german.as_bytes().to_vec(), latin] {
        let kept = of("a.txt", bytes);
        assert_eq!(fields(&kept, "title"), ["Fähre sinkt", "Das Boot"]);
        assert_eq!(
            fields(&kept, "date"),
            ["Mittwoch 31. August 2011", "1. September 2011"]
        );
        assert_eq!(fields(&kept, "text"), ["Die Fähre sank.", "Es fuhr."]);
        assert!(kept.lost.is_empty());
    }
    let french = "Document 1 de 1\n\n                 Le Courrier\n\n                17 mai 2003\n\nLe ferry coule\n\nAUTEUR: S. L.\n\nRUBRIQUE: CULTURE\n\nLONGUEUR: 543 mots\n\nLe ferry a coulé.\n\nDATE-CHARGEMENT: 04 novembre 2003\n\nLANGUE: FRENCH; FRANÇAIS\n\nTYPE-PUBLICATION: Quotidien\n";
    let kept = of("a.txt", french);
    assert_eq!(kept.records[0]["title"], "Le ferry coule");
    assert_eq!(kept.records[0]["section"], "CULTURE");
    assert_eq!(kept.records[0]["text"], "Le ferry a coulé.");
}

#[test]
fn what_is_missing_is_said() {
    let cut = &CLASSIC[..CLASSIC.find("2 of 2").unwrap()];
    let kept = of("x.TXT", cut);
    assert_eq!(kept.records.len(), 1);
    assert_eq!(kept.lost[0].what, "2 documents announced, 1 found");
    assert_eq!(kept.lost[0].missing, None);
    let inside = &CLASSIC[..CLASSIC.find("ferry sank").unwrap()];
    let kept = of("x.TXT", inside);
    assert_eq!(kept.records.len(), 2);
    assert_eq!(
        kept.lost[0].what,
        "the file ends inside its last document, number 2"
    );
}

const UNI: &str = "\
User Name: a reader
Date and Time: Thursday, March 4, 2021 10:00:00 AM GMT
Job Number: 138
Documents (2)
1. Pilots back at work
Client/Matter: -None-
Search Terms: ferry
Search Type: Terms and Connectors

Pilots back at work
Morning Courier
March 4, 2021 Thursday
City Edition

Copyright 2021 Morning Courier All Rights Reserved
Section: NEWS; Pg. 3
Length: 297 words
Byline: Ilse Brandvold
Highlight: The longest stoppage.
Body

Harbour pilots agreed.

Source: the authority, one said.
Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 5, 2021

End of Document

Schlagzeile
Abendblatt
Dienstag 7. Juli 2020

Copyright 2020 Abendblatt Alle Rechte vorbehalten
Section: LOKALES; S. 6
Length: 75 words
Body
Strom aus der Tiefe.

Load-Date: July 6, 2020

End of Document
";

#[test]
fn nexis_uni_is_read() {
    let kept = of("x.txt", UNI);
    assert_eq!(
        fields(&kept, "title"),
        ["Pilots back at work", "Schlagzeile"]
    );
    assert_eq!(fields(&kept, "source"), ["Morning Courier", "Abendblatt"]);
    assert_eq!(
        fields(&kept, "date"),
        ["March 4, 2021 Thursday", "Dienstag 7. Juli 2020"]
    );
    assert_eq!(fields(&kept, "author"), ["Ilse Brandvold", ""]);
    assert_eq!(
        fields(&kept, "text"),
        [
            "The longest stoppage.\n\nHarbour pilots agreed.\n\nSource: the authority, one said.",
            "Strom aus der Tiefe."
        ]
    );
    assert!(kept.lost.is_empty(), "{:?}", kept.lost);
    let cut = &UNI[..UNI.find("Schlagzeile").unwrap()];
    assert_eq!(
        of("x.txt", cut).lost[0].what,
        "2 documents announced, 1 found"
    );
}

const CODES: &str = "\
HD  Pilots back at work
BY  By Ilse Brandvold
WC  297 words
PD  4 March 2021
ET  15:32
SN  Test Newswire
SC  TNW
LA  English
CY  (c) 2021 Test

LP
Harbour pilots agreed.

TD
The vote was held in a
ferry hall.

CO   None: of these
AN  Document TNW0000020210304eh3400001

HD  La grève est finie
PD  5 mars 2021
SN  Le Courrier
TD
Fin.
AN  Document COUR000020210305eh3500002
";

#[test]
fn factiva_is_read_with_codes_and_without() {
    let kept = of("x.txt", CODES);
    assert_eq!(
        fields(&kept, "title"),
        ["Pilots back at work", "La grève est finie"]
    );
    assert_eq!(fields(&kept, "date"), ["4 March 2021 15:32", "5 mars 2021"]);
    assert_eq!(fields(&kept, "source"), ["Test Newswire", "Le Courrier"]);
    assert_eq!(fields(&kept, "id")[0], "TNW0000020210304eh3400001");
    assert_eq!(
        fields(&kept, "text"),
        [
            "Harbour pilots agreed.\n\nThe vote was held in a ferry hall.",
            "Fin."
        ]
    );
    let plain = "\
Pilots back at work
By Ilse Brandvold
1,297 words
4 March 2021
15:32
Test Newswire
TNW
English
(c) 2021 Test

Harbour pilots agreed.

The vote was held.

Document TNW0000020210304eh3400001

Das Boot fährt
75 Wörter
5. März 2021
Abendblatt
ABBL
12
Deutsch
(c) 2021 Abendblatt

Es fuhr.

Dokument ABBL000020210305eh3500002
";
    let kept = of("x.txt", plain);
    assert_eq!(
        fields(&kept, "title"),
        ["Pilots back at work", "Das Boot fährt"]
    );
    assert_eq!(fields(&kept, "author"), ["By Ilse Brandvold", ""]);
    assert_eq!(
        fields(&kept, "date"),
        ["4 March 2021 15:32", "5. März 2021"]
    );
    assert_eq!(fields(&kept, "source"), ["Test Newswire", "Abendblatt"]);
    assert_eq!(fields(&kept, "language"), ["English", "Deutsch"]);
    assert_eq!(fields(&kept, "section"), ["", "12"]);
    assert_eq!(
        fields(&kept, "text"),
        ["Harbour pilots agreed.\n\nThe vote was held.", "Es fuhr."]
    );
}

#[test]
fn plain_texts_are_no_exports() {
    let play = "HAMLET: To be.\nOPHELIA: My lord.\n\nHAMLET: Or not.\nOPHELIA: Good my lord.\n\nHAMLET: No.\nOPHELIA: O.\n";
    let talk = "Q: What happened on March 4, 2021?\nA: It sank.\n\nQ: When?\nA: At 12:30.\n\nQ: Why?\nA: Nobody knows.\n";
    let novel = "Chapter 1\n\nIt was the best of 3 of 10 documents that he had seen.\n\n* * * * *\n\nHe said: no.\n\n* * * * *\n\nShe said: yes.\n";
    let mail = "Subject: ferry\nDate: March 4, 2021\n\nDear all,\n\nthe ferry sank.\n";
    let recipe = "Time: 3 h\nNote: salt\n\nTime: 2 h\nNote: no salt\n\nTime: 1 h\nNote: water\n";
    for text in [
        play,
        talk,
        novel,
        mail,
        recipe,
        "",
        "\n\n",
        "1 of 3 DOCUMENTS\n",
    ] {
        assert!(
            Form::of(Path::new("x.txt"), text.as_bytes()).is_none(),
            "{text}"
        );
    }
    assert!(Form::of(Path::new("x.csv"), CLASSIC.as_bytes()).is_none());
}

#[test]
fn nobody_hangs_on_hostile_texts() {
    let line = "Title: x ".repeat(1_200_000);
    let many = proquest(3) + &"Title: a\nDate: b\n\n".repeat(100_000);
    let rules = "=====\n".repeat(1_000_000);
    let classic = CLASSIC.to_owned() + &"1 of 2 DOCUMENTS\n".repeat(100_000);
    for text in [line, many, rules, classic] {
        let kept = read_form(&RECORDS, "x.txt", text);
        assert!(kept.lost.len() < 200_000);
    }
    let large = proquest(100_000);
    let kept = of("x.txt", large);
    assert_eq!(kept.records.len(), 100_000);
    assert!(kept.lost.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_exports_never_panic(
        which in 0usize..4,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20),
        end in any::<proptest::sample::Index>(),
    ) {
        let mut bytes = match which {
            0 => CLASSIC.as_bytes().to_vec(),
            1 => UNI.as_bytes().to_vec(),
            2 => CODES.as_bytes().to_vec(),
            _ => proquest(4).into_bytes(),
        };
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = end.index(bytes.len());
        for bytes in [&bytes[..], &bytes[..end], &bytes[end..]] {
            (RECORDS.recognise)(Path::new("x.txt"), bytes);
            read_form(&RECORDS, "x.txt", bytes);
        }
    }

    #[test]
    fn labels_and_numbers_never_panic(line in "\\PC{0,60}") {
        let line = Line { text: line.into(), ..Line::default() };
        super::super::labelled::split(&line.text);
        super::super::nexis::is_copyright(&line.text);
        super::super::factiva::code(&line.text);
        super::super::listed::apa(&line.text);
        Layout::of(&[line.clone(), line.clone(), line]);
    }
}
