//! Tests of RTF, Word and OpenDocument. All texts are invented.

use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::*;
use crate::testing::{Kept, read as read_form, recognised};

fn fields<'k>(kept: &'k Kept, name: &str) -> Vec<&'k str> {
    kept.fields(name)
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(paragraphs: &[&str], title: &str) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", &text[..1], &text[1..]))
        .collect();
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>"
    );
    let core = format!(
        "<cp:coreProperties><dc:title>{title}</dc:title><dc:creator>X</dc:creator></cp:coreProperties>"
    );
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("docProps/core.xml", &core),
    ])
}

const UNI: [&str; 23] = [
    "User Name: a reader",
    "Documents (2)",
    "1. Pilots back at work",
    "Search Terms: ferry",
    "Pilots back at work",
    "Morning Courier",
    "March 4, 2021 Thursday",
    "Copyright 2021 Morning Courier All Rights Reserved",
    "Section: NEWS; Pg. 3",
    "Length:\u{a0}297 words",
    "Byline: I. Brandvold",
    "Body",
    "Harbour pilots agreed.",
    "They stay &amp; work.",
    "Load-Date: March 5, 2021",
    "End of Document",
    "Ferry sinks",
    "Evening Post",
    "March 6, 2021",
    "Copyright 2021 Evening Post",
    "Length: 2 words",
    "Body",
    "It sank.",
];

#[test]
fn an_export_of_nexis_uni_is_read_from_word_and_rtf() {
    let rtf: String = UNI
        .iter()
        .map(|line| {
            format!(
                "\\pard {}\\par\n",
                line.replace('\u{a0}', "\\~").replace("&amp;", "&")
            )
        })
        .collect();
    let rtf = format!("{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}{rtf}End of Document\\par}}");
    let mut paragraphs = UNI.to_vec();
    paragraphs.push("End of Document");
    for (name, bytes) in [
        ("x.DOCX", docx(&paragraphs, "")),
        ("x.rtf", rtf.into_bytes()),
    ] {
        let (form, kept) = recognised(name, &bytes);
        assert!(!form.one_document, "{form:?}");
        assert_eq!(
            fields(&kept, "title"),
            ["Pilots back at work", "Ferry sinks"],
            "{name}"
        );
        assert_eq!(fields(&kept, "source"), ["Morning Courier", "Evening Post"]);
        assert_eq!(
            fields(&kept, "date"),
            ["March 4, 2021 Thursday", "March 6, 2021"]
        );
        assert_eq!(
            fields(&kept, "text"),
            ["Harbour pilots agreed.\n\nThey stay & work.", "It sank."]
        );
        assert!(kept.lost.is_empty(), "{:?}", kept.lost);
    }
}

#[test]
fn exports_of_factiva_and_apa_are_read_from_rtf() {
    let factiva = "{\\rtf1\\ansi {\\b Pilots back at work}\\par By I. B.\\par 297 words\\par 4 March 2021\\par Test Newswire\\par TNW\\par English\\par (c) 2021 Test\\par\\par Harbour pilots agreed.\\par\\par The end.\\par Document TNW0000020210304eh3400001\\par {\\b Ferry sinks}\\par 2 words\\par 5 March 2021\\par Post\\par English\\par (c) 2021 Post\\par It sank.\\par Document POST000020210305eh3500002\\par}";
    let (form, kept) = recognised("x.rtf", factiva.as_bytes());
    assert!(!form.one_document);
    assert_eq!(
        fields(&kept, "title"),
        ["Pilots back at work", "Ferry sinks"]
    );
    assert_eq!(
        fields(&kept, "text"),
        ["Harbour pilots agreed.\n\nThe end.", "It sank."]
    );
    let rule = "_".repeat(67);
    let apa = format!(
        "{{\\rtf\\ansi\\plain\\i \"Kurier.at\" gefunden am 28.12.2017 10:36 Uhr\\plain\\par\\par {{\\b Nein zum }}{{\\b Boot}}\\par\\par Es h\\'e4lt.\\par {rule}\\par \"Abendblatt\" vom 04.03.2021 Seite 3\\par {{\\b Das Boot}}\\par Es fuhr.\\par}}"
    );
    let (form, kept) = recognised("x.rtf", apa.as_bytes());
    assert!(!form.one_document);
    assert_eq!(fields(&kept, "title"), ["Nein zum Boot", "Das Boot"]);
    assert_eq!(fields(&kept, "text"), ["Es hält.", "Es fuhr."]);
}

#[test]
fn other_documents_are_one_each() {
    let (form, kept) = recognised(
        "x.docx",
        &docx(&["First.", "Second, at length."], "A title"),
    );
    assert!(form.one_document);
    assert_eq!(fields(&kept, "title"), ["A title"]);
    assert_eq!(fields(&kept, "text"), ["First.\n\nSecond, at length."]);
    let odt = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<office:document-content><office:body><office:text><text:h>Kopf</text:h><text:p>Ein<text:s/>Satz<text:line-break/>und <text:span>einer</text:span>.</text:p><text:p/></office:text></office:body></office:document-content>",
        ),
        (
            "meta.xml",
            "<office:meta><dc:title>Titel</dc:title></office:meta>",
        ),
    ]);
    let (form, kept) = recognised("x.odt", &odt);
    assert!(form.one_document);
    assert_eq!(fields(&kept, "title"), ["Titel"]);
    assert_eq!(fields(&kept, "text"), ["Kopf\n\nEin Satz\n\nund einer."]);
    let (form, kept) = recognised(
        "x.rtf",
        b"{\\rtf1\\ansi{\\info{\\title Ein Titel}}Ein Satz.\\par Noch einer.",
    );
    assert!(form.one_document);
    assert_eq!(fields(&kept, "title"), ["Ein Titel"]);
    assert_eq!(fields(&kept, "text"), ["Ein Satz.\n\nNoch einer."]);
    assert_eq!(kept.lost[0].what, "the RTF ends inside a group");
}

#[test]
fn damaged_archives_are_said() {
    let whole = docx(&["First.", "Second."], "");
    for bytes in [&whole[..whole.len() / 2], b"PK\x03\x04word/document.xml"] {
        let kept = read_form(&OFFICE, "x.docx", bytes);
        assert!(kept.records.is_empty());
        assert!(
            kept.lost[0].what.starts_with("the archive is damaged"),
            "{:?}",
            kept.lost
        );
    }
    let none = read_form(&OFFICE, "x.docx", zipped(&[("word/other.xml", "")]));
    assert!(none.lost[0].what.contains("found neither"));
    let sheet = zipped(&[("xl/workbook.xml", "<workbook/>")]);
    assert!(Form::of(Path::new("x.xlsx"), &sheet).is_none_or(|form| !std::ptr::eq(form, &OFFICE)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn damaged_documents_never_panic(
        is_docx: bool,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..10),
        end in any::<proptest::sample::Index>(),
    ) {
        let rtf: String = UNI.iter().map(|line| format!("\\pard {line}\\par\n")).collect();
        let mut bytes = if is_docx { docx(&UNI, "x") } else { format!("{{\\rtf1{{\\fonttbl{{\\f0\\fcharset204 A;}}}}\\f0{rtf}\\u8211?\\'e4}}").into_bytes() };
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = end.index(bytes.len());
        for bytes in [&bytes[..], &bytes[..end]] {
            for form in [&RTF_EXPORT, &OFFICE_EXPORT] {
                (form.recognise)(Path::new("x.docx"), bytes);
                read_form(form, "x.docx", bytes);
            }
        }
    }
}
