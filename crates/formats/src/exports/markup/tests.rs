//! Tests of tags and texts.

use super::*;

fn tokens(text: &str) -> Vec<Token<'_>> {
    Markup::html(text).collect()
}

#[test]
fn tags_are_distinguished_from_text() {
    assert_eq!(
        tokens(
            "<!DOCTYPE x [<!ENTITY a \"b\">]><P class='a>b' id=x>1 < 2 &amp; 3<br/><!-- <p> --></p ><script>a</b><p></script>x<"
        ),
        [
            Token::Start("P", " class='a>b' id=x", false),
            Token::Text("1 ", false),
            Token::Text("<", true),
            Token::Text(" 2 &amp; 3", false),
            Token::Start("br", "", true),
            Token::End("p"),
            Token::Start("script", "", false),
            Token::Text("a</b><p>", true),
            Token::End("script"),
            Token::Text("x", false),
            Token::Text("<", true),
        ]
    );
    assert_eq!(
        tokens("<a b=\"c>d"),
        [Token::Start("a", " b=\"c", false), Token::Text("d", false)]
    );
    let xml: Vec<_> = Markup::xml("<?xml a='>'?><![CDATA[<b>&]]><script><b/></script>").collect();
    assert_eq!(xml.len(), 4);
    assert_eq!(xml[0], Token::Text("<b>&", true));
}

#[test]
fn attributes_and_entities_are_read() {
    let attributes = " a = '1' b=2 c xml:lang=\"d&amp;e\" f='";
    let of = |name| attribute(attributes, name);
    assert_eq!(of("a").as_deref(), Some("1"));
    assert_eq!(of("B").as_deref(), Some("2"));
    assert_eq!(of("c").as_deref(), Some(""));
    assert_eq!(of("lang").as_deref(), Some("d&e"));
    assert_eq!(of("f").as_deref(), Some(""));
    assert_eq!(of("g"), None);
    let mut text = String::new();
    push_text(
        "&uuml;&#252;&#xFC;&#150;&nbsp;&none;&&lt;&#0;&#x110000;",
        &mut text,
    );
    assert_eq!(text, "üüü–\u{a0}&none;&<\u{fffd}&#x110000;");
}

#[test]
fn nobody_waits_for_ends_that_do_not_come() {
    for part in [
        "<a b=\"",
        "<!--",
        "<![CDATA[",
        "<?",
        "</",
        "<",
        "&",
        "<a '",
        "<script>",
        "<!DOCTYPE [",
        "<!DOCTYPE [>",
    ] {
        let text = part.repeat(300_000);
        assert!(Markup::html(&text).count() <= 600_000);
        assert!(Markup::xml(&text).count() <= 600_000);
    }
}
