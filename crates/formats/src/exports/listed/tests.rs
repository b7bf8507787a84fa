//! Tests of exports that are distinguished by their lines. All articles are invented.

use crate::testing::{Kept, recognised};

fn of(name: &str, bytes: impl AsRef<[u8]>) -> Kept {
    recognised(name, bytes.as_ref()).1
}

fn fields<'k>(kept: &'k Kept, name: &str) -> Vec<&'k str> {
    kept.fields(name)
}

#[test]
fn retriever_apa_and_mediargus_are_read() {
    let rule = "=".repeat(78);
    let retriever = format!(
        "Nyheter fra Retriever\n1. Losene er tilbake\n\n\nLosene er tilbake\n{}\nMorgenposten, 04.03.2021 06:00\nPublisert på nett.\n\nLosene ble enige.\n\nDe stemte.\n\n© Morgenposten\nSe webartikkelen på http://ret.nu/abc\n{rule}\n\nKön är lång\nKURIREN, 2021-03-05\nPublicerat i print.\nSida 4\n\nKön är lång.\n\n© Kuriren\n",
        "-".repeat(78)
    );
    let kept = of("x.txt", &retriever);
    assert_eq!(fields(&kept, "title"), ["Losene er tilbake", "Kön är lång"]);
    assert_eq!(fields(&kept, "source"), ["Morgenposten", "KURIREN"]);
    assert_eq!(fields(&kept, "date"), ["04.03.2021 06:00", "2021-03-05"]);
    assert_eq!(fields(&kept, "url"), ["http://ret.nu/abc", ""]);
    assert_eq!(
        fields(&kept, "text"),
        ["Losene ble enige.\n\nDe stemte.", "Kön är lång."]
    );

    let rule = "_".repeat(67);
    let apa = format!(
        "\"Kurier.at\" gefunden am 28.12.2017 10:36 Uhr\n\nNein zum Boot\n\nEs bleibt.\n\n{rule}\n\n\"Abendblatt\" vom 04.03.2021 Seite: 14 Ressort: Chronik\n\nDas Boot\n\nEs fuhr.\n"
    );
    let kept = of("x.txt", &apa);
    assert_eq!(fields(&kept, "source"), ["Kurier.at", "Abendblatt"]);
    assert_eq!(
        fields(&kept, "date"),
        ["28.12.2017 10:36 Uhr", "04.03.2021"]
    );
    assert_eq!(fields(&kept, "title"), ["Nein zum Boot", "Das Boot"]);
    assert_eq!(fields(&kept, "text"), ["Es bleibt.", "Es fuhr."]);

    let list = "?1. Het compromis\n\nDe Ochtend, woensdag 30 november 2011, p. 23, 853w.\n\nKort begin ...\n\n\n2. Na Jan komt Piet\n\nDe Avond, dinsdag 29 november 2011, p. 13, 78w.\n\nAnder begin ...\n";
    let kept = of("x.txt", list);
    assert_eq!(fields(&kept, "source"), ["De Ochtend", "De Avond"]);
    assert_eq!(fields(&kept, "text")[0], "Kort begin ...");
    let whole = format!(
        "{list}\n\n\n\n\nHet compromis\nDe Ochtend\nHet hele stuk.\n\n\n\n\nNa Jan\nHet andere stuk.\n"
    );
    let kept = of("x.txt", &whole);
    assert_eq!(
        fields(&kept, "title"),
        ["Het compromis", "Na Jan komt Piet"]
    );
    assert!(fields(&kept, "text")[1].ends_with("Het andere stuk."));
}
