//! Whose page it is: hosts, sources, and hosts that show pages of others.

use super::PublisherFrom::{Host, Inside, Nothing, Source, SourceBehind, Unknown};
use super::*;

/// Address, source, publisher, and where that comes from.
type Case<'a> = (
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    PublisherFrom,
);

fn check(cases: &[Case<'_>]) {
    let mut publishers = Publishers::default();
    for &(url, source, expected, from) in cases {
        let found = publishers.of(url, source);
        assert_eq!(found, (expected, from), "{url:?} {source:?}");
    }
}

#[test]
fn url_beats_source_and_hosts_become_domains() {
    check(&[
        (
            Some("https://www.bbc.co.uk/news/1"),
            Some("BBC"),
            Some("bbc.co.uk"),
            Host,
        ),
        (
            Some("http://u:p@M.Lemonde.fr:8080?x"),
            None,
            Some("lemonde.fr"),
            Host,
        ),
        (Some("//amp.rnd.de/a"), None, Some("rnd.de"), Host),
        (Some("www.rnd.de/a"), Some("x"), Some("rnd.de"), Host),
        (Some("rnd.de/a"), None, Some("rnd.de"), Host),
        (Some("not a url"), Some("Reuters"), Some("Reuters"), Source),
        (
            Some("http://localhost/x"),
            Some("intranet"),
            Some("intranet"),
            Source,
        ),
        (Some("http://127.0.0.1/x"), None, None, Nothing),
        (Some("http://[::1]/x"), None, None, Nothing),
        (None, Some("www.rnd.de"), Some("rnd.de"), Host),
        (
            None,
            Some("https://www.rnd.de/politik"),
            Some("rnd.de"),
            Host,
        ),
        (
            None,
            Some(" St. Petersburg Times "),
            Some("St. Petersburg Times"),
            Source,
        ),
        (None, Some("  "), None, Nothing),
        (None, None, None, Nothing),
    ]);
}

#[test]
fn an_intermediary_is_no_publisher_where_another_one_is_named() {
    let archived = Some("https://web.archive.org/web/2021/https://www.site.com/1");
    let database = Some("https://www.proquest.com/docview/1");
    check(&[
        (archived, Some("Courier"), Some("site.com"), Inside),
        (archived, None, Some("site.com"), Inside),
        (database, Some("Courier"), Some("Courier"), SourceBehind),
        (
            database,
            Some("www.courier.com"),
            Some("courier.com"),
            SourceBehind,
        ),
        (
            database,
            None,
            Some("proquest.com"),
            PublisherFrom::Intermediary,
        ),
        (
            database,
            Some("proquest.com"),
            Some("proquest.com"),
            PublisherFrom::Intermediary,
        ),
        (
            Some("https://cnn.it/2xYz"),
            Some("Courier"),
            Some("cnn.com"),
            Host,
        ),
        (
            Some("https://bit.ly/2xYz"),
            Some("Courier"),
            Some("Courier"),
            SourceBehind,
        ),
        (Some("https://bit.ly/2xYz"), None, None, Unknown),
        (
            Some("https://archive.ph/AbCdE"),
            Some("bit.ly"),
            None,
            Unknown,
        ),
        (None, archived, Some("site.com"), Inside),
        (
            Some("http://feedproxy.google.com/~r/courier/~3/x"),
            None,
            Some("courier"),
            Inside,
        ),
        (
            Some("http://feeds.feedburner.com/~r/courier.com/~3/x"),
            None,
            Some("courier.com"),
            Inside,
        ),
        (
            Some("https://news.yahoo.com/a.html"),
            Some("AP"),
            Some("AP"),
            SourceBehind,
        ),
        (
            Some("https://news.yahoo.com/a.html"),
            None,
            Some("yahoo.com"),
            PublisherFrom::Intermediary,
        ),
    ]);
}

#[test]
fn addresses_inside_addresses_are_looked_into_to_a_bound() {
    let once = "https://web.archive.org/web/2021/";
    let cached = format!("{once}https://www.google.com/amp/s/site.com/a");
    let deep = format!("{}https://site.com/a", once.repeat(9));
    let database = format!("{once}https://www.proquest.com/docview/1");
    check(&[
        (Some(&cached), None, Some("site.com"), Inside),
        (Some(&deep), Some("Courier"), Some("Courier"), SourceBehind),
        (
            Some(&database),
            Some("Courier"),
            Some("Courier"),
            SourceBehind,
        ),
        // An ordinary site's own path is its own.
        (
            Some("https://site.com/share/https://facebook.com/x"),
            Some("Courier"),
            Some("site.com"),
            Host,
        ),
        (
            Some("https://www-proquest-com.ezproxy.library.edu/docview/1"),
            Some("Courier"),
            Some("Courier"),
            SourceBehind,
        ),
        (
            Some("https://site.com/a?share=https://other.com"),
            None,
            Some("site.com"),
            Host,
        ),
        (
            Some("https://proxy.site.com/https://other.com/a"),
            None,
            Some("other.com"),
            Inside,
        ),
    ]);
}

#[test]
fn blogs_are_distinguished_by_their_subdomain() {
    check(&[
        (
            Some("https://a.wordpress.com/1"),
            Some("x"),
            Some("a.wordpress.com"),
            Host,
        ),
        (
            Some("https://www.b.substack.com/p/1"),
            None,
            Some("b.substack.com"),
            Host,
        ),
        (
            Some("https://c.blogspot.de/1"),
            None,
            Some("c.blogspot.com"),
            Host,
        ),
        (
            Some("https://open.substack.com/pub/b"),
            Some("B"),
            Some("B"),
            SourceBehind,
        ),
    ]);
}
