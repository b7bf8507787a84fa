//! Tests of exports as HTML. All articles are invented.

use proptest::prelude::*;

use super::*;
use crate::testing::{Kept, read as read_form};

fn of(html: &str) -> Kept {
    let form = Form::of(
        Path::new("x.html"),
        &html.as_bytes()[..html.len().min(1 << 16)],
    );
    let form = form.expect("it is recognised");
    assert!(std::ptr::eq(form, &FORM), "{form:?}");
    read_form(form, "x.html", html)
}

fn fields<'k>(kept: &'k Kept, name: &str) -> Vec<&'k str> {
    kept.fields(name)
}

const NEXIS: &str = r#"<HTML><HEAD><STYLE TYPE="text/css"><!--
.c0 { text-align: center; }
.c1 { text-align: center; margin-top: 0em; }
.c5 { text-align: left; }
--></STYLE><TITLE>&nbsp;</TITLE></HEAD><BODY>
<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c12">Download Request: Selected Items: 1-2<BR>Source: Wochenblatt<BR></SPAN></P></DIV>
<A NAME="DOC_ID_1_0"></A><!-- Hide XML section from browser
<DOC NUMBER=1><DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">1 of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">Wochenblatt Online</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">27.</SPAN><SPAN CLASS="c2"> Februar 2012 Montag 9:50 PM GMT+1</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Warnschuss f&uuml;r das Boot</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">AUTOR: </SPAN><SPAN CLASS="c2">A. Meier</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">L&Auml;NGE: </SPAN><SPAN CLASS="c2">5 W&ouml;rter</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">Hafen - Das Boot (</SPAN><SPAN CLASS="c4">HSV</SPAN><SPAN CLASS="c2">) f&auml;hrt.</SPAN></P>
<P CLASS="c9"><SPAN CLASS="c8">Ganz sicher</SPAN></P>
<P CLASS="c9"><SPAN CLASS="c2">Es bleibt.</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">UPDATE: </SPAN><SPAN CLASS="c2">28. Februar 2012</SPAN></P></DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c1"><SPAN CLASS="c2">Copyright 2012 Wochenblatt<BR>Alle Rechte vorbehalten</SPAN></P></DIV>
<A NAME="DOC_ID_2_0"></A>
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">2 of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">Wochenblatt</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">1. M&auml;rz 2012<BR>Stadtausgabe</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">Ein Dschungel</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">RUBRIK: </SPAN><SPAN CLASS="c2">WISSEN; S. 114</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c9"><SPAN CLASS="c2">Gr&uuml;n.</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c8">SPRACHE: </SPAN><SPAN CLASS="c2">GERMAN; DEUTSCH</SPAN></P></DIV>
</BODY></HTML>"#;

#[test]
fn nexis_is_read() {
    let kept = of(NEXIS);
    assert_eq!(
        fields(&kept, "source"),
        ["Wochenblatt Online", "Wochenblatt"]
    );
    assert_eq!(
        fields(&kept, "date"),
        ["27. Februar 2012 Montag 9:50 PM GMT+1", "1. März 2012"]
    );
    assert_eq!(
        fields(&kept, "title"),
        ["Warnschuss für das Boot", "Ein Dschungel"]
    );
    assert_eq!(fields(&kept, "author"), ["A. Meier", ""]);
    assert_eq!(
        fields(&kept, "text"),
        [
            "Hafen - Das Boot (HSV) fährt.\n\nGanz sicher\n\nEs bleibt.",
            "Grün."
        ]
    );
    assert!(kept.lost.is_empty(), "{:?}", kept.lost);
}

fn factiva(style: &str) -> String {
    let row = |code: &str, value: &str| {
        format!(
            "<tr><td align=\"right\" class=\"index\"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
        )
    };
    let paragraphs = |code: &str, value: &str| {
        format!("<tr><td class=\"index\"><p><b>{code}</b>&nbsp;</p></td><td>{value}</td></tr>")
    };
    let article = |n: usize| {
        format!(
            "<div class=\"article frArticle\"><table>{}{}{}{}{}{}{}{}{}{}</table><br/></div><br/>",
            row("HD", &format!("<b class='frHeadline'>Essai {n}</b>\n")),
            row("WC", "295 mots"),
            row("PD", "29 décembre 2011"),
            row("ET", "15:32"),
            row("SN", "Le Courrier"),
            row("LA", "Français"),
            row("CY", "(c) Essai."),
            paragraphs(
                "LP",
                "<p class=\"articleParagraph frarticleParagraph\">Premier,\n à la française.</p>\n"
            ),
            paragraphs(
                "TD",
                "<p class=\"articleParagraph\">Second.</p>\n<p class=\"articleParagraph\">IN  extenso.</p>"
            ),
            row("AN", &format!("<br/>Document TESTFR0020111229e7ct0001{n}")),
        )
    };
    format!(
        "<!DOCTYPE html>\n<html><head><title>Factiva</title><style type=\"text/css\">.article{{}}{style}</style></head><body>{}{}</body></html>",
        article(1),
        article(2)
    )
}

#[test]
fn factiva_is_read_behind_any_styles() {
    for style in ["", &"#x{color:red}".repeat(10_000)] {
        let kept = of(&factiva(style));
        assert_eq!(fields(&kept, "title"), ["Essai 1", "Essai 2"]);
        assert_eq!(fields(&kept, "date")[0], "29 décembre 2011 15:32");
        assert_eq!(fields(&kept, "source")[1], "Le Courrier");
        assert!(fields(&kept, "text")[0].starts_with("Premier, à la française.\n\nSecond."));
        assert_eq!(fields(&kept, "id")[1], "TESTFR0020111229e7ct00012");
    }
}

#[test]
fn factiva_without_codes_is_read() {
    let article = |n: usize| {
        format!(
            "<div id=\"article-{n}\"><div class=\"article deArticle\"><div id=\"hd\"><span class=\"deHeadline\">Schlagzeile {n} </span></div><div>Von B. </div><div>75 Wörter</div><div>{n}. März 2021</div><div>21:05</div><div>Abendblatt</div><div>ABBL</div><div>Deutsch</div><div>(c) 2021 Abendblatt </div><p class=\"articleParagraph dearticleParagraph\">Das <b>Boot</b> fuhr.</p><p class=\"articleParagraph\">Es kam.</p><p>Dokument ABBL000020210305eh350000{n}</p></div></div>"
        )
    };
    let page = format!(
        "<html><head><title>Factiva</title></head><body>{}{}</body></html>",
        article(1),
        article(2)
    );
    let kept = of(&page);
    assert_eq!(fields(&kept, "title"), ["Schlagzeile 1", "Schlagzeile 2"]);
    assert_eq!(fields(&kept, "author")[0], "Von B.");
    assert_eq!(fields(&kept, "date")[1], "2. März 2021 21:05");
    assert_eq!(fields(&kept, "source")[0], "Abendblatt");
    assert_eq!(fields(&kept, "text")[0], "Das Boot fuhr.\n\nEs kam.");
}

const EUROPRESSE: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Europresse</title></head><body>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName"><span class="icon-logo"></span> Le Courrier, no. 1234 </span></div>
<span class="DocHeader">Politique, jeudi 4 mars 2021, p. 7</span>
<div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Le <mark>ferry</mark> coule</p></div>
<div class="docAuthors">S. Latil</div></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>Le ferry a coul&eacute;.</p><p>Voil&agrave;.</p></div></div></section>
<footer><small>&copy; 2021 Le Courrier</small><div class="publiC-lblNodoc"><p>news&middot;20210304&middot;LC&middot;1</p></div></footer></article>
<article><header><span class="DocPublicationName">The Morning (site web)</span><span class="DocHeader">News, Thursday, March 4, 2021</span>
<p class="titreArticleVisu">Second</p></header><div class="docOcurrContainer">It sank.<br>All of it.</div></article></body></html>"#;

#[test]
fn europresse_is_read() {
    let kept = of(EUROPRESSE);
    assert_eq!(
        fields(&kept, "source"),
        ["Le Courrier, no. 1234", "The Morning (site web)"]
    );
    assert_eq!(
        fields(&kept, "date"),
        ["jeudi 4 mars 2021", "March 4, 2021"]
    );
    assert_eq!(fields(&kept, "title"), ["Le ferry coule", "Second"]);
    assert_eq!(fields(&kept, "author")[0], "S. Latil");
    assert_eq!(fields(&kept, "text")[0], "Le ferry a coulé.\n\nVoilà.");
    let old = "<html><body><table><tr><td><span class=\"DocPublicationName\">Le Courrier</span><span class=\"DocHeader\">Politique, </span><span class=\"DocHeader\">4 mars 2012</span><span class=\"DocHeader\">, p. 3</span><br><span class=\"TitreArticleVisu\">Vieux</span><br>Un.<br>Deux.</td></tr></table><table><tr><td><span class=\"DocPublicationName\">Le Soir</span><span class=\"DocHeader\">5 mars 2012</span><span class=\"TitreArticleVisu\">Autre</span><br>Trois.</td></tr></table></body></html>";
    let kept = of(old);
    assert_eq!(fields(&kept, "source"), ["Le Courrier", "Le Soir"]);
    assert_eq!(fields(&kept, "date"), ["4 mars 2012", "5 mars 2012"]);
    assert_eq!(fields(&kept, "title"), ["Vieux", "Autre"]);
    assert_eq!(fields(&kept, "text"), ["Un.\n\nDeux.", "Trois."]);
}

#[test]
fn kikuzo_and_yomidasu_are_read() {
    let kikuzo = "<html><body><table class=\"topic-detail\"><tr><td><table class=\"topic-list\"><tr><td>1</td><td>1985年01月01日</td><td>朝刊</td><td>政治</td><td>001</td><td>01234文字</td></tr></table><span class=\"font002\">船が沈む</span><div class=\"detail001\">本文です。<br>続き。</div></td></tr></table></body></html>";
    let kept = of(kikuzo);
    assert_eq!(fields(&kept, "title"), ["船が沈む"]);
    assert_eq!(fields(&kept, "date"), ["1985年01月01日"]);
    assert!(fields(&kept, "text")[0].starts_with("本文です。"));
    let yomidasu = "<html><body><div id=\"heiseiDetailArea\"><table class=\"contentsTable\"><tr><th>1</th><th>2018.01.01</th><th>船が沈む</th><th>東京朝刊</th><th>政治</th><th>4頁</th><th>120字</th></tr></table></div><div><p class=\"mb10\">本文です。</p></div></body></html>";
    let kept = of(yomidasu);
    assert_eq!(fields(&kept, "title"), ["船が沈む"]);
    assert_eq!(fields(&kept, "date"), ["2018.01.01"]);
    assert_eq!(fields(&kept, "text"), ["本文です。"]);
}

#[test]
fn other_pages_are_not_taken() {
    for page in [
        "<html><head><title>News</title></head><body><article><h1>Ferry sinks</h1><p>It sank on March 4, 2021.</p><p>Copyright 2021</p></article></body></html>",
        "<html><body><p>1 of 3 documents</p></body></html>",
        "<html>",
    ] {
        assert!(!recognise(Path::new("x.html"), page.as_bytes()), "{page}");
    }
}

#[test]
fn pieces_of_html_are_text() {
    assert_eq!(text_of("<p>a &amp; b<br/>c</p><p>d</p>"), "a & b\nc\n\nd");
    assert_eq!(text_of("plain"), "plain");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_pages_never_panic(
        which in 0usize..3,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20),
        end in any::<proptest::sample::Index>(),
    ) {
        let mut bytes = [NEXIS.to_owned(), factiva(""), EUROPRESSE.to_owned()][which].clone().into_bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = end.index(bytes.len());
        for bytes in [&bytes[..], &bytes[..end], &bytes[end..]] {
            recognise(Path::new("x.html"), bytes);
            read_form(&FORM, "x.html", bytes);
        }
    }
}
