//! Tests of XML with records. All articles are invented.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::testing::{Kept, read as read_form, recognised};

fn of(xml: &str) -> Kept {
    let (form, kept) = recognised("x.xml", xml.as_bytes());
    assert!(std::ptr::eq(form, &RECORDS), "{form:?}");
    kept
}

fn one(xml: &str) -> Kept {
    let (form, kept) = recognised("x.xml", xml.as_bytes());
    assert!(std::ptr::eq(form, &ARTICLE), "{form:?}");
    kept
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Morning Courier</title><link>https://courier.example</link><language>en-gb</language><lastBuildDate>Fri, 05 Mar 2021</lastBuildDate>
<image><title>Logo</title><url>https://courier.example/logo.png</url></image>
<item><title>Pilots &amp; tugs</title><link>https://courier.example/1</link><guid isPermaLink="false">g1</guid><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate><dc:creator>I. B.</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Harbour pilots <b>agreed</b>.</p><p>They stay.</p>]]></content:encoded><media:content url="x"><media:title>Photo</media:title></media:content></item>
<item><title>Ferry</title><link>https://courier.example/2</link><dc:date>2021-03-05</dc:date><source url="https://post.example">Evening Post</source><description>&lt;p&gt;It sank &amp;amp; burned.&lt;/p&gt;</description></item>
</channel></rss>"#;

#[test]
fn feeds_are_read() {
    let kept = of(RSS);
    assert_eq!(kept.fields("title"), ["Pilots & tugs", "Ferry"]);
    assert_eq!(kept.fields("source"), ["Morning Courier", "Evening Post"]);
    assert_eq!(
        kept.fields("date"),
        ["Thu, 04 Mar 2021 10:00:00 GMT", "2021-03-05"]
    );
    assert_eq!(
        kept.fields("url"),
        ["https://courier.example/1", "https://courier.example/2"]
    );
    assert_eq!(kept.fields("author")[0], "I. B.");
    assert_eq!(kept.fields("language")[0], "en-gb");
    assert_eq!(
        kept.fields("text"),
        ["Harbour pilots agreed.\n\nThey stay.", "It sank & burned."]
    );
    assert!(kept.lost.is_empty(), "{:?}", kept.lost);

    let rdf = r#"<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Blatt</title></channel><item rdf:about="y"><title>Boot</title><link>https://blatt.example/1</link><description>Es fuhr.</description><dc:date>2021-03-04</dc:date></item></rdf:RDF>"#;
    let kept = of(rdf);
    assert_eq!(kept.fields("title"), ["Boot"]);
    assert_eq!(kept.fields("source"), ["Blatt"]);

    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Courrier</title><updated>2021-03-06</updated><entry><title type="html">Le &lt;b&gt;ferry&lt;/b&gt;</title><id>urn:1</id><link rel="enclosure" href="https://c.example/p.jpg"/><link href="https://c.example/1"/><published>2021-03-04T10:00:00Z</published><updated>2021-03-05</updated><author><name>S. L.</name><uri>https://x</uri></author><content type="xhtml"><div><p>Il coule.</p><p>Voilà.</p></div></content><source><title>Le Soir</title></source></entry></feed>"#;
    let kept = of(atom);
    assert_eq!(kept.fields("title"), ["Le ferry"]);
    assert_eq!(kept.fields("url"), ["https://c.example/1"]);
    assert_eq!(kept.fields("date"), ["2021-03-04T10:00:00Z"]);
    assert_eq!(kept.fields("source"), ["Le Soir"]);
    assert_eq!(kept.fields("author"), ["S. L."]);
    assert_eq!(kept.fields("text"), ["Il coule.\n\nVoilà."]);
    assert_eq!(kept.fields("language"), ["fr"]);
}

const NITF: &str = r#"<?xml version="1.0"?><nitf><head><title>FERRY</title><docdata><doc-id id-string="a1"/><date.issue norm="20210304T100000Z"/></docdata><pubdata name="Test Wire" position.section="news"/></head><body><body.head><hedline><hl1>Ferry sinks</hl1><hl2>All safe</hl2></hedline><byline>By I. B.</byline><dateline><location>PORT SARREL</location></dateline></body.head><body.content><p>It <em>sank</em>.</p><p>All are safe.</p></body.content></body></nitf>"#;

#[test]
fn news_of_agencies_is_read() {
    let kept = one(NITF);
    assert_eq!(kept.fields("title"), ["Ferry sinks"]);
    assert_eq!(kept.fields("source"), ["Test Wire"]);
    assert_eq!(kept.fields("date"), ["20210304T100000Z"]);
    assert_eq!(kept.fields("author"), ["By I. B."]);
    assert_eq!(kept.fields("text"), ["It sank.\n\nAll are safe."]);

    let item = |guid: &str, body: &str| {
        format!(
            "<newsItem guid=\"{guid}\" version=\"2\" xml:lang=\"de\"><itemMeta><provider literal=\"tst\"><name>Test Wire</name></provider><versionCreated>2021-03-04T10:00:00+01:00</versionCreated></itemMeta><contentMeta><headline>Boot sinkt</headline><by>A. M.</by><language tag=\"de-DE\"/></contentMeta><contentSet><inlineXML contenttype=\"x\">{body}</inlineXML></contentSet></newsItem>"
        )
    };
    let xhtml = "<html xmlns=\"h\"><head><title>x</title></head><body><p>Es sank.</p><p>Alle da.</p></body></html>";
    let g2 = one(&item("urn:1", xhtml));
    assert_eq!(g2.fields("title"), ["Boot sinkt"]);
    assert_eq!(g2.fields("id"), ["urn:1#2"]);
    assert_eq!(g2.fields("source"), ["Test Wire"]);
    assert_eq!(g2.fields("date"), ["2021-03-04T10:00:00+01:00"]);
    assert_eq!(g2.fields("language"), ["de-DE"]);
    assert_eq!(g2.fields("text"), ["Es sank.\n\nAlle da."]);
    let message = format!(
        "<?xml version=\"1.0\"?><newsMessage xmlns=\"n\"><header><sent>2021</sent></header><itemSet>{}{}</itemSet></newsMessage>",
        item("urn:1", xhtml),
        item("urn:2", &NITF[21..])
    );
    let kept = of(&message);
    assert_eq!(
        kept.fields("text"),
        ["Es sank.\n\nAlle da.", "It sank.\n\nAll are safe."]
    );
    assert_eq!(kept.fields("source"), ["Test Wire", "Test Wire"]);

    let newsml = "<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:a:1N</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20210304T100000Z</ThisRevisionCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>Le ferry coule</HeadLine><ByLine>S. L.</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName=\"AGT\"/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName=\"fr\"/></DescriptiveMetadata><ContentItem><DataContent><p>Il coule.</p><p>Voilà.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>";
    let kept = one(newsml);
    assert_eq!(kept.fields("title"), ["Le ferry coule"]);
    assert_eq!(kept.fields("source"), ["AGT"]);
    assert_eq!(kept.fields("language"), ["fr"]);
    assert_eq!(kept.fields("text"), ["Il coule.\n\nVoilà."]);
}

#[test]
fn exports_are_read() {
    let article = |n: usize| {
        format!(
            "<ppsarticle><article><accessionNo>TEST{n}</accessionNo><baseLanguage>EN</baseLanguage><copyright>(c) Company</copyright><headline><paragraph lang=\"EN\"><hlt>Ferry</hlt> {n}</paragraph></headline><leadParagraph><paragraph>The lead.</paragraph></leadParagraph><publicationDate><dateTime>2012-01-09T01:35:58Z</dateTime></publicationDate><publisherName>Company</publisherName><sourceName>My Paper</sourceName><region code=\"usa\"><name>United States</name></region><tailParagraphs><paragraph>The <hlt>body</hlt>.</paragraph><paragraph>The end.</paragraph></tailParagraphs><wordCount>942</wordCount></article></ppsarticle>"
        )
    };
    let kept = of(&format!(
        "<?xml version=\"1.0\"?><PPSResponse><ppsArticleResponse><ppsarticleResultSet count=\"2\">{}{}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>",
        article(1),
        article(2)
    ));
    assert_eq!(kept.fields("title"), ["Ferry 1", "Ferry 2"]);
    assert_eq!(kept.fields("id"), ["TEST1", "TEST2"]);
    assert_eq!(kept.fields("source")[0], "My Paper");
    assert_eq!(kept.fields("date")[0], "2012-01-09T01:35:58Z");
    assert_eq!(kept.fields("text")[0], "The lead.\n\nThe body.\n\nThe end.");
    let proquest = "<Record><RecordID>1</RecordID><Publication><Title>Morning Courier</Title></Publication><AlphaPubDate>Mar 4, 1921</AlphaPubDate><NumericPubDate>19210304</NumericPubDate><RecordTitle>Ferry sinks</RecordTitle><FullText>It sank in the bay. All are safe.</FullText></Record>";
    let kept = one(proquest);
    assert_eq!(kept.fields("title"), ["Ferry sinks"]);
    assert_eq!(kept.fields("source"), ["Morning Courier"]);
    assert_eq!(kept.fields("date"), ["Mar 4, 1921"]);
}

#[test]
fn editions_are_read() {
    let whole = "<TEI xmlns=\"t\" xml:id=\"d1\" xml:lang=\"de\"><teiHeader><fileDesc><titleStmt><title>Digital</title></titleStmt><sourceDesc><bibl><title>Abendblatt</title><date when=\"1865-04-15\"/></bibl></sourceDesc></fileDesc></teiHeader><text><body><head>Das Boot</head><p>Es sank.</p><lg><l>Ein</l><l>Lied</l></lg></body></text></TEI>";
    let kept = one(whole);
    assert_eq!(kept.fields("title"), ["Das Boot"]);
    assert_eq!(kept.fields("source"), ["Abendblatt"]);
    assert_eq!(kept.fields("date"), ["1865-04-15"]);
    assert_eq!(kept.fields("text"), ["Es sank.\n\nEin\n\nLied"]);
    let paper = "<TEI><teiHeader><fileDesc><titleStmt><title>Abendblatt</title></titleStmt><publicationStmt><date when=\"1865-04-15\"/></publicationStmt></fileDesc></teiHeader><text><body><div type=\"article\" xml:id=\"a\"><head>Eins</head><p>Erster.</p><div><p>Mehr.</p></div></div><div type=\"ad\"><p>Seife!</p></div><div type=\"article\"><head>Zwei</head><p>Zweiter.</p></div></body></text></TEI>";
    let kept = of(paper);
    assert_eq!(kept.fields("title"), ["Eins", "Zwei"]);
    assert_eq!(kept.fields("date"), ["1865-04-15"; 2]);
    assert_eq!(kept.fields("source"), ["Abendblatt"; 2]);
    assert_eq!(kept.fields("text"), ["Erster.\n\nMehr.", "Zweiter."]);
}

#[test]
fn any_dump_of_equal_elements_is_read() {
    let text = "Long enough to be a text of its own, and not a name. ".repeat(4);
    let record = |open: &str, title: &str, source: &str, body: &str, n: usize| {
        format!(
            "<{open} id=\"i{n}\"><{title}>Headline {n}</{title}><meta><{source}>Paper {n}</{source}></meta><{body}>{text}</{body}></{open}>"
        )
    };
    for (root, open, title, source, body) in [
        ("docs", "doc", "title", "source", "text"),
        ("artikel-liste", "beitrag", "titel", "quelle", "volltext"),
        ("articles", "article", "titre", "journal", "texte"),
        ("noticias", "noticia", "titulo", "periodico", "contenido"),
        ("dump", "row", "headline", "newspaper", "unknown"),
    ] {
        let all: String = (1..=3)
            .map(|n| record(open, title, source, body, n))
            .collect();
        let kept = of(&format!(
            "<?xml version='1.0'?><{root}><info><n>3</n></info>{all}</{root}>"
        ));
        assert_eq!(
            kept.fields("title"),
            ["Headline 1", "Headline 2", "Headline 3"],
            "{root}"
        );
        assert_eq!(kept.fields("source")[1], "Paper 2");
        assert_eq!(kept.fields("id")[2], "i3");
        assert_eq!(kept.fields("text")[0], text.trim());
    }
    let solr = "<add><doc><field name=\"id\">1</field><field name=\"title\">A</field><field name=\"content\">First text.</field></doc><doc><field name=\"id\">2</field><field name=\"title\">B</field><field name=\"content\">Second text.</field></doc></add>";
    let kept = read_form(&RECORDS, "x.xml", solr);
    assert!(kept.records.is_empty() || kept.fields("title") == ["A", "B"]);
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><docs><doc><title>Fähre</title><text>Gesunken.</text></doc><doc><title>Boot</title><text>Da.</text></doc></docs>";
    let bytes: Vec<u8> = latin
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    assert_eq!(
        recognised("x.xml", &bytes).1.fields("title"),
        ["Fähre", "Boot"]
    );
}

#[test]
fn what_is_cut_is_said_and_bombs_do_not_grow() {
    let kept = read_form(&RECORDS, "x.xml", &RSS[..RSS.find("Evening").unwrap()]);
    assert_eq!(kept.fields("title"), ["Pilots & tugs", "Ferry"]);
    assert_eq!(kept.lost[0].what, "the XML ends inside `item`");
    let kept = read_form(&RECORDS, "x.xml", &RSS[..RSS.rfind("</channel>").unwrap()]);
    assert_eq!(
        kept.lost[0].what,
        "the XML ends before its first element does"
    );
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"{}\">]><rss><channel><item><title>x</title><description>{}</description></item></channel></rss>",
        "&a;".repeat(100),
        "&b;".repeat(1000)
    );
    let kept = read_form(&RECORDS, "x.xml", bomb);
    assert!(kept.fields("text")[0].len() <= 3000);
    for part in [
        "<a>",
        "<item>",
        "</item>",
        "<item><title>",
        "<![CDATA[",
        "<item a=\"",
    ] {
        let text = format!("<rss>{}", part.repeat(300_000));
        read_form(&RECORDS, "x.xml", text);
    }
}

#[test]
fn other_xml_is_not_taken() {
    for xml in [
        "<?xml version=\"1.0\"?><svg><g><title>x</title></g><g><title>y</title></g></svg>",
        "<?xml version=\"1.0\"?><config><item><key>a</key><value>b</value></item><item><key>c</key><value>d</value></item></config>",
        "<html><body><p>x</p></body></html>",
        "<p>x</p>",
        "<",
        "",
    ] {
        assert!(
            !(RECORDS.recognise)(Path::new("x.xml"), xml.as_bytes()),
            "{xml}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_xml_never_panics(
        is_rss: bool,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20),
        end in any::<proptest::sample::Index>(),
    ) {
        let mut bytes = if is_rss { RSS } else { NITF }.as_bytes().to_vec();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = end.index(bytes.len());
        for bytes in [&bytes[..], &bytes[..end], &bytes[end..]] {
            (RECORDS.recognise)(Path::new("x.xml"), bytes);
            read_form(&RECORDS, "x.xml", bytes);
        }
    }
}
