//! Tests of records with labels. All articles are invented.

use crate::testing::{Kept, recognised};

fn of(name: &str, bytes: impl AsRef<[u8]>) -> Kept {
    recognised(name, bytes.as_ref()).1
}

fn fields<'k>(kept: &'k Kept, name: &str) -> Vec<&'k str> {
    kept.fields(name)
}

pub(crate) fn proquest(records: usize) -> String {
    let rule = "_".repeat(60);
    let mut text =
        format!("{rule}\n\nReport Information from ProQuest\nMarch 04 2021 10:00\n\n{rule}\n\n");
    for n in 1..=records {
        text += &format!(
            "Document {n} of {records}\n\nHeadline {n}\n\nAuthor: Writer {n}\n\nPublication info: Morning Courier, City ed.; Sarrel [Sarrel]04 Mar 2021: A.1.\n\nAbstract: Short.\n\nFull text: First of {n}.\n\nHe said: go.\n\nSubject: Ports;\n\nTitle: Headline {n}\n\nPublication title: Morning Courier; Sarrel\n\nPublication year: 2021\n\nPublication date: Mar {n}, 2021\n\nProQuest document ID: 24{n}\n\nDocument URL: https://example.org/{n}\n\nLanguage of publication: English\n\n{rule}\n\n"
        );
    }
    text
}

#[test]
fn proquest_is_read() {
    let kept = of("ProQuestDocuments-2021-03-04.txt", proquest(3));
    assert_eq!(
        fields(&kept, "title"),
        ["Headline 1", "Headline 2", "Headline 3"]
    );
    assert_eq!(fields(&kept, "source")[1], "Morning Courier; Sarrel");
    assert_eq!(fields(&kept, "date")[2], "Mar 3, 2021");
    assert_eq!(fields(&kept, "id")[0], "241");
    assert_eq!(fields(&kept, "text")[0], "First of 1.\n\nHe said: go.");
    assert!(kept.lost.is_empty(), "{:?}", kept.lost);
}

#[test]
fn any_records_with_labels_are_read() {
    let record = |labels: [&str; 4], n: usize, before: &str| {
        format!(
            "{before}{}: Headline {n}\n{}: Paper {n}\n{}: 0{n}.03.2021\n{}: Text of {n}.\n\nMore of it.\n",
            labels[0], labels[1], labels[2], labels[3]
        )
    };
    for labels in [
        ["Title", "Source", "Date", "Text"],
        ["Titel", "Zeitung", "Datum", "Volltext"],
        ["TITRE", "JOURNAL", "DATE", "TEXTE"],
        ["Titular", "Periódico", "Fecha", "Texto completo"],
        ["Titolo", "Testata", "Data", "Testo"],
        ["Título", "Jornal", "Data", "Texto"],
        ["Kop", "Krant", "Datum", "Tekst"],
        ["Otsikko", "Lehti", "Päivämäärä", "Teksti"],
        ["Заголовок", "Источник", "Дата", "Текст"],
        ["标题", "来源", "日期", "正文"],
    ] {
        for separator in [
            "=====\n",
            "--------\n\n",
            "\n\n\n",
            "\u{c}",
            "",
            "***********\n",
        ] {
            let text: String = (1..=4).map(|n| record(labels, n, separator)).collect();
            let kept = of("x.txt", &text);
            assert_eq!(
                fields(&kept, "title"),
                ["Headline 1", "Headline 2", "Headline 3", "Headline 4"],
                "{labels:?} {separator:?}"
            );
            assert_eq!(fields(&kept, "source")[3], "Paper 4");
            assert_eq!(fields(&kept, "date")[3], "04.03.2021");
            assert_eq!(fields(&kept, "text")[1], "Text of 2.\n\nMore of it.");
        }
    }
}

#[test]
fn records_without_a_label_for_the_text_are_read() {
    let text: String = (1..=3)
        .map(|n| format!("Paper: Courier\nTitle: Headline {n}\nDate: March {n}, 2021\nSection: News\n\nFirst.\n\nSecond.\n\nRecord Number: 10{n}\nCopyright: 2021\n\n\n\n"))
        .collect();
    let kept = of("newsbank.txt", &text);
    assert_eq!(fields(&kept, "text"), ["First.\n\nSecond."; 3]);
    assert_eq!(fields(&kept, "id"), ["101", "102", "103"]);
    let wiso: String = (1..=3)
        .map(|n| format!("Das Boot {n}\nQuelle: Die Woche vom 0{n}.03.2021, Seite 5\nRessort: Politik\n\nEs fuhr {n} Mal.\n\nDokumentnummer: 20210{n}\n==========\n"))
        .collect();
    let kept = of("wiso.txt", &wiso);
    assert_eq!(fields(&kept, "title")[1], "Das Boot 2");
    assert_eq!(fields(&kept, "source"), ["Die Woche"; 3]);
    assert_eq!(fields(&kept, "date")[2], "03.03.2021");
    assert_eq!(fields(&kept, "text")[0], "Es fuhr 1 Mal.");
    let ris: String = (1..=3)
        .map(|n| format!("TY  - NEWS\nTI  - Headline {n}\nT2  - Courier\nDA  - 2021/03/0{n}\nAB  - Text {n}.\nER  - \n\n"))
        .collect();
    let kept = of("x.ris", &ris);
    assert_eq!(fields(&kept, "title")[2], "Headline 3");
    assert_eq!(fields(&kept, "text")[2], "Text 3.");
}
