//! Pages of several languages and layouts, written for these tests, and pages that were made to be slow.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::testing::read;

const MENU: &str = "<nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a><li><a href=/wirtschaft>Wirtschaft</a></ul></nav>\
<div class=sidebar><ul><li><a href=/a>A story about another thing, with a long headline</a><li><a href=/b>One more of these, and longer</a></ul></div>";

const FOOT: &str = "<footer class=footer><p>All rights reserved. <a href=/imprint>Imprint</a> <a href=/terms>Terms of use</a></footer>";

/// A page from its head and the inner of its body.
fn page_of(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html><head>{head}</head><body>{MENU}{body}{FOOT}</body></html>")
}

fn document(bytes: impl Into<Vec<u8>>) -> Value {
    let kept = read(&FORM, "saved/page.html", bytes);
    assert_eq!(kept.lost, [], "nothing is lost");
    kept.records
        .into_iter()
        .next()
        .expect("a page is a document")
}

/// Paragraphs of a text that is long enough to be an article.
fn paragraphs_of(sentence: &str, around: impl Fn(&str) -> String) -> String {
    (1..=6)
        .map(|n| around(&format!("{sentence} ({n}) {sentence}")))
        .collect()
}

const GERMAN: &str = "Die Küstenwache hat am Montag vor der Insel eine Übung abgehalten, an der sich drei Boote, ein Hubschrauber und achtzig Freiwillige beteiligten, wie eine Sprecherin mitteilte.";
const FRENCH: &str = "Les gardes-côtes ont tenu lundi un exercice au large de l’île, auquel ont participé trois bateaux, un hélicoptère et quatre-vingts bénévoles, a déclaré une porte-parole à la presse.";
const RUSSIAN: &str = "Береговая охрана провела в понедельник учения у острова, в которых участвовали три катера, вертолёт и восемьдесят добровольцев, сообщила представительница ведомства журналистам.";
const JAPANESE: &str = "海上保安庁は月曜日、島の沖で訓練を行い、巡視艇三隻とヘリコプター一機、ボランティア八十人が参加したと、広報担当者が記者団に明らかにした。";
const CHINESE: &str = "海岸警卫队星期一在岛屿附近海域举行演习，三艘巡逻艇、一架直升机和八十名志愿者参加，发言人对记者说，演习将于下个月再次举行。";
const ARABIC: &str = "أجرى خفر السواحل يوم الاثنين تمرينا قبالة الجزيرة شاركت فيه ثلاثة زوارق ومروحية وثمانون متطوعا، بحسب ما قالت متحدثة باسم الجهاز للصحفيين في الميناء.";
const SPANISH: &str = "La guardia costera celebró el lunes un simulacro frente a la isla, en el que participaron tres lanchas, un helicóptero y ochenta voluntarios, según dijo una portavoz a los periodistas.";

#[test]
fn an_article_with_data() {
    let head = r#"<meta charset=utf-8><title>Übung vor der Insel - Der Bote</title><link rel="canonical" href="https://www.bote.example/politik/uebung-1">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Bote"},{"@type":["NewsArticle"],"headline":"Übung vor der Insel","datePublished":"2024-03-04T08:15:00+01:00",
"author":[{"name":"Anna Beispiel"},{"name":"Bert Muster"}],"publisher":{"name":"Der Bote"},"articleSection":"Politik"}]}</script>"#;
    let body = format!(
        "<article><h1>Übung vor der Insel</h1><figure><img src=a.jpg><figcaption>Ein Boot im Hafen</figcaption></figure>{}</article>",
        paragraphs_of(GERMAN, |p| format!("<p>{p}</p>\n"))
    );
    let mut page = page_of(head, &body);
    page = page.replace("<html>", "<html lang=de-DE>");
    let found = document(page);
    let text = paragraphs_of(GERMAN, |p| format!("{p}\n\n"));
    for (key, value) in [
        ("id", "saved/page.html"),
        ("url", "https://www.bote.example/politik/uebung-1"),
        ("source", "Der Bote"),
        ("date", "2024-03-04T08:15:00+01:00"),
        ("title", "Übung vor der Insel"),
        ("author", "Anna Beispiel, Bert Muster"),
        ("section", "Politik"),
        ("language", "de-DE"),
        ("text", text.trim_end()),
    ] {
        assert_eq!(found[key], value, "{key}");
    }
}

#[test]
fn a_page_of_tables_in_an_old_encoding() {
    let head = "<META HTTP-EQUIV=Content-Type CONTENT=\"text/html; charset=iso-8859-1\"><TITLE>Exercice au large de l'&icirc;le | Le Quotidien</TITLE>\
<META NAME=\"DC.date.issued\" CONTENT=\"2003-05-06\">";
    let body = format!(
        "<TABLE><TR><TD><FONT SIZE=2><B>{}</B></FONT></TD></TR></TABLE>",
        paragraphs_of(FRENCH, |p| format!("<P>{p}"))
    );
    let found = document(
        encoding_rs::WINDOWS_1252
            .encode(&page_of(head, &body))
            .0
            .into_owned(),
    );
    assert_eq!(found["title"], "Exercice au large de l'île");
    assert_eq!(found["date"], "2003-05-06");
    let text = paragraphs_of(FRENCH, |p| format!("{p}\n\n"));
    assert_eq!(found["text"], text.trim_end());
}

#[test]
fn a_page_of_divisions_in_cyrillic() {
    let head = "<meta charset=windows-1251><meta property='og:title' content='Учения у острова &mdash; Вестник'><meta property='og:site_name' content='Вестник'>\
<meta property='article:published_time' content='2021-09-10T12:00:00+03:00'>";
    let body = format!(
        "<div id=main><div class=news-text><h1>Учения у острова</h1>{}</div></div>",
        paragraphs_of(RUSSIAN, |p| format!("<div>{p}</div>"))
    );
    let found = document(
        encoding_rs::WINDOWS_1251
            .encode(&page_of(head, &body))
            .0
            .into_owned(),
    );
    assert_eq!(found["title"], "Учения у острова");
    assert_eq!(found["source"], "Вестник");
    assert!(
        found["text"].as_str().unwrap().starts_with(RUSSIAN),
        "{found}"
    );
    assert!(!found["text"].as_str().unwrap().contains("Home"));
}

#[test]
fn a_page_of_line_ends_in_shift_jis() {
    let head = "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'><title>島の沖で訓練｜潮新聞</title><meta property=og:site_name content=潮新聞>";
    let body = format!(
        "<div class=article>{}</div>",
        paragraphs_of(JAPANESE, |p| format!("{p}<br><br>"))
    );
    let found = document(
        encoding_rs::SHIFT_JIS
            .encode(&page_of(head, &body))
            .0
            .into_owned(),
    );
    assert_eq!(found["title"], "島の沖で訓練");
    let text = found["text"].as_str().unwrap();
    assert_eq!(text.split("\n\n").count(), 6, "{text}");
}

#[test]
fn pages_of_other_scripts() {
    let chinese = page_of(
        "<title>海岸警卫队举行演习_海报网</title><meta property=og:site_name content=海报网>",
        &format!(
            "<div class=content>{}</div>",
            paragraphs_of(CHINESE, |p| format!("<p>　　{p}</p>"))
        ),
    );
    let found = document(encoding_rs::GBK.encode(&chinese).0.into_owned());
    assert_eq!(found["title"], "海岸警卫队举行演习");
    assert!(
        found["text"].as_str().unwrap().starts_with(CHINESE),
        "{found}"
    );

    let arabic = page_of(
        "<title>تمرين قبالة الجزيرة</title>",
        &format!(
            "<main dir=rtl>{}</main>",
            paragraphs_of(ARABIC, |p| format!("<p>{p}</p>"))
        ),
    );
    assert!(
        document(arabic)["text"]
            .as_str()
            .unwrap()
            .starts_with(ARABIC)
    );

    let spanish = page_of(
        "<title>Simulacro frente a la isla</title>",
        &format!(
            "<h1>Simulacro frente a la isla</h1><p class=meta><time datetime='2022-01-31T10:00'>31 de enero</time></p><section>{}</section>",
            paragraphs_of(SPANISH, |p| format!("<p>{p}</p>"))
        ),
    );
    let found = document(spanish);
    assert_eq!(
        (&found["date"], &found["title"]),
        (
            &"2022-01-31T10:00".into(),
            &"Simulacro frente a la isla".into()
        )
    );
    assert!(found["text"].as_str().unwrap().contains(SPANISH));
}

#[test]
fn a_page_in_utf_16_and_one_as_xml() {
    let page = page_of(
        "<title>Übung</title>",
        &paragraphs_of(GERMAN, |p| format!("<p>{p}</p>")),
    );
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = document([&[0xff, 0xfe][..], &wide].concat());
    assert!(
        found["text"].as_str().unwrap().starts_with(GERMAN),
        "{found}"
    );
    assert!(begins_as_page(&wide));
    let xml = format!(
        "<?xml version='1.0'?>\n<!-- made by hand -->\n{}",
        page.replace("<head>", "<head><script src='a.js'/>")
    );
    assert!(document(xml)["text"].as_str().unwrap().starts_with(GERMAN));
}

#[test]
fn pages_that_were_saved_know_where_they_are_from() {
    let page = page_of("<link rel=canonical href=/news/7>", "x").replace(
        "<html>",
        "<!-- saved from url=(0027)https://news.example/a/b?c=d -->\n<html>",
    );
    assert_eq!(document(page)["url"], "https://news.example/news/7");
    let page = page_of("", "x").replace(
        "<html>",
        "<!-- saved from url=(0027)https://news.example/a/b?c=d -->\n<html>",
    );
    let found = document(page);
    assert_eq!(
        (&found["url"], &found["source"]),
        (
            &"https://news.example/a/b?c=d".into(),
            &"news.example".into()
        )
    );
    // A canonical address that is the front page's is an error of a template.
    let page = page_of(
        "<link rel=canonical href=https://a.example/><meta property=og:url content=https://a.example/x/1>",
        "x",
    );
    assert_eq!(document(page)["url"], "https://a.example/x/1");
}

#[test]
fn a_text_that_is_data_only_is_the_text() {
    let body = paragraphs_of(GERMAN, |p| format!("{p}\n"));
    let data = serde_json::json!({"@type": "https://schema.org/NewsArticle", "articleBody": body, "headline": "Übung &amp; mehr"}).to_string();
    // With what pages put around it in error.
    let data = format!("//<![CDATA[\n{},\n}};\n//]]>", &data[..data.len() - 1]);
    let page = page_of(
        &format!("<script type='application/ld+json'>{data}</script>"),
        "<div id=app>Please switch on JavaScript</div>",
    );
    let found = document(page);
    assert_eq!(found["title"], "Übung & mehr");
    assert_eq!(found["text"].as_str().unwrap().split("\n\n").count(), 6);
}

#[test]
fn pages_without_an_article_are_documents() {
    let front = page_of(
        "<title>The Daily Example</title>",
        "<ul><li><a href=1>One</a><li><a href=2>Two</a></ul>",
    );
    assert_eq!(document(front)["title"], "The Daily Example");
    let wall = page_of(
        "<title>Before you go on</title>",
        "<div class=consent><p>We use cookies.</p><button>Yes</button></div>",
    );
    assert!(
        document(wall)["text"]
            .as_str()
            .unwrap()
            .contains("We use cookies.")
    );
    for empty in [
        "",
        " ",
        "<html></html>",
        "<!doctype html>",
        "\u{feff}",
        "<p",
    ] {
        assert_eq!(document(empty)["text"], "", "{empty}");
    }
    assert_eq!(document("only a text")["text"], "only a text");
}

#[test]
fn pages_are_recognised() {
    for (name, head, is_page) in [
        ("a.html", "anything", true),
        ("a.HTM", "", true),
        (
            "a.txt",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">",
            true,
        ),
        ("a", "\u{feff}\n<!-- x --> <html lang=de>", true),
        ("a", "<?xml version=\"1.0\"?><!DOCTYPE html>", true),
        ("a.xml", "<?xml version=\"1.0\"?><rss>", false),
        ("a.txt", "The <html> element", false),
        ("a", "<!-- x", false),
        ("a.html", "%PDF-1.4", false),
    ] {
        assert_eq!(
            recognise(Path::new(name), head.as_bytes()),
            is_page,
            "{name} {head}"
        );
    }
}

/// A page that was made to take long: said by its pieces.
fn hostile() -> Vec<(&'static str, String)> {
    let long = "x".repeat(20 << 20);
    let text = paragraphs_of(GERMAN, |p| format!("<p>{p}</p>"));
    vec![
        ("divisions in divisions", "<div>".repeat(100_000) + &text),
        (
            "divisions with a text each",
            "<div>word ".repeat(100_000) + &text,
        ),
        (
            "a thousand looks, opened again in each paragraph",
            (0..1000)
                .map(|n| format!("<font color={n}>"))
                .collect::<String>()
                + &"<p>x".repeat(100_000),
        ),
        (
            "links without end",
            "<a href=x>".repeat(100_000) + &"<p>x".repeat(50_000),
        ),
        ("tables in tables", "<table><tr><td>".repeat(30_000) + &text),
        (
            "text that is fostered",
            "<table>".to_owned() + &"<tr>x<b>".repeat(100_000),
        ),
        (
            "an attribute of 20 MB",
            format!("<p class=\"{long}\">{text}"),
        ),
        (
            "an attribute without end",
            format!("{text}<p class=\"{long}"),
        ),
        (
            "a hundred thousand attributes",
            format!("<p {}>{text}", "a=b ".repeat(100_000)),
        ),
        ("comments without end", "<!--".repeat(500_000) + &text),
        ("programs without end", "<script>".repeat(100_000) + &text),
        ("titles without end", "<title>".repeat(100_000) + &text),
        ("drawings without end", "<svg>".repeat(100_000) + &text),
        ("items in items", "<li><dd>".repeat(50_000) + &text),
        ("cells in rows", "<tr><td>".repeat(50_000) + &text),
        ("marquees", "<marquee><p>".repeat(50_000) + &text),
        (
            "lists of all kinds",
            "<ul><li><dl><dd>".repeat(50_000) + &text,
        ),
        (
            "ends without beginnings",
            "</p></div></b></li>".repeat(100_000) + &text,
        ),
        ("references", "&amp;&lt;&#x41;&bogus;&".repeat(200_000)),
        (
            "a paragraph of 8 MB",
            format!("<p>{}", "word ".repeat(1_600_000)),
        ),
        ("lines", "x<br>".repeat(300_000)),
        ("signs", "<".repeat(5_000_000)),
        ("headlines", "<h1>a</h1>".repeat(100_000) + &text),
        (
            "data",
            format!(
                "<script type=application/ld+json>{}</script>",
                "[".repeat(3 << 20)
            ),
        ),
        (
            "many data",
            "<script type=application/ld+json>{\"a\":1,}</script>".repeat(60_000),
        ),
        ("times", "<time><h1>".repeat(100_000)),
        ("spans", "<div><span class=date>2".repeat(100_000)),
        (
            "own elements",
            "<x-y class=article>".repeat(100_000) + &text,
        ),
        ("selects", "<select><option>".repeat(100_000) + &text),
        (
            "forms and buttons",
            "<form><button>".repeat(100_000) + &text,
        ),
    ]
}

#[test]
fn pages_made_to_be_slow_take_the_time_of_their_length() {
    for (name, html) in hostile() {
        let start = Instant::now();
        let page = main_text(&html);
        let took = start.elapsed();
        // Seconds on an idle machine are tenths; machines that build something else at once are slower.
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        assert!(page.article.text.len() <= html.len(), "{name}");
    }
}

#[test]
fn a_page_that_is_too_long_is_cut_and_said() {
    let page = format!("<html><p>{}", "word ".repeat(8 << 20));
    let kept = read(&FORM, "a.html", page.clone());
    assert_eq!(kept.records.len(), 1);
    assert_eq!(kept.lost.len(), 1);
    assert_eq!(
        kept.lost[0].at + kept.lost[0].missing.unwrap(),
        page.len() as u64
    );
}

proptest! {
    #[test]
    fn any_tags_are_a_page(pieces in proptest::collection::vec(
        prop_oneof![
            Just("<p>"), Just("</p>"), Just("<div class='x article'>"), Just("</div>"), Just("<table>"), Just("<td>"), Just("</table>"), Just("<a href=x>"),
            Just("<h1>"), Just("</h1>"), Just("<svg>"), Just("<title>"), Just("<script>"), Just("<!--"), Just("-->"), Just("<br>"), Just("&eacute"), Just("<"),
            Just("<li>"), Just("<select>"), Just("<body>"), Just("<frameset>"), Just("<template>"), Just("<time datetime=1>"), Just("\u{2028}ü words of a text, many of them "),
            Just("<meta name=date content='"), Just("<ul>"), Just("<form>"), Just("<b>"), Just("<figure>"), Just("<p hidden>"), Just("<noscript>"), Just("<iframe>"),
        ], 0..60)) {
        let html: String = pieces.concat();
        let _ = main_text(&html);
    }

    #[test]
    fn any_bytes_are_a_page(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let kept = read(&FORM, "a.html", bytes);
        prop_assert_eq!(kept.records.len(), 1);
    }
}
