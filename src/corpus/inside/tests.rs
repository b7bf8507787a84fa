//! Addresses inside addresses.

use super::*;

#[test]
fn addresses_are_cut_behind_their_host() {
    let host = |url| Address::of_page(url).map(|address| address.host);
    for (url, expected) in [
        ("https://u:p@www.site.com:8080/a", Some("www.site.com")),
        ("//site.com", Some("site.com")),
        ("www.site.com", Some("www.site.com")),
        ("WWW.site.com/a//b", Some("WWW.site.com")),
        ("site.com/2021/a.html", Some("site.com")),
        ("report.md", None),
        ("2021/03/04/a.html", None),
        ("not a url/at all", None),
        ("http://[::1]/x", None),
        ("urn:isbn:12", None),
        ("", None),
    ] {
        assert_eq!(host(url), expected, "{url}");
    }
}

#[test]
fn what_stands_inside_is_found_wherever_it_stands() {
    for (url, expected) in [
        (
            "https://web.archive.org/web/20210304100000/https://www.site.com/1",
            "www.site.com",
        ),
        (
            "https://web.archive.org/web/2021id_/http:/www.site.com/1",
            "www.site.com",
        ),
        (
            "web.archive.org/web/20210304/www.site.com/1",
            "www.site.com",
        ),
        (
            "https://archive.ph/2021.03.04-100000/https://site.com/a",
            "site.com",
        ),
        ("https://archive.ph/20210304/site.com", "site.com"),
        (
            "https://www-site-com.cdn.ampproject.org/c/s/www.site.com/a?x=1",
            "www.site.com",
        ),
        ("https://my--site-com.cdn.ampproject.org", "my-site.com"),
        (
            "https://www.google.com/amp/s/www.site.com/a.amp",
            "www.site.com",
        ),
        (
            "https://www.google.com/url?sa=t&q=https%3A%2F%2Fwww.site.com%2Fa&x=1",
            "www.site.com",
        ),
        (
            "https://l.facebook.com/l.php?u=https%253A%252F%252Fsite.com%252Fa",
            "site.com",
        ),
        (
            "http://webcache.googleusercontent.com/search?q=cache:AbC:site.com/a+&cd=1",
            "site.com",
        ),
        (
            "https://r.search.yahoo.com/_ylt=x/RU=https%3a%2f%2fwww.site.com%2fa/RK=2",
            "www.site.com",
        ),
        (
            "https://www-site-com.translate.goog/a?_x_tr_sl=de",
            "www.site.com",
        ),
    ] {
        let address = Address::of_page(url).unwrap();
        let Some(Inside::Address(inner)) = address.inside() else {
            panic!("{url}: {:?}", address.inside())
        };
        assert_eq!(
            Address::of_page(&inner).unwrap().host,
            expected,
            "{url}: {inner}"
        );
    }
    let feed = Address::of_page("http://feedproxy.google.com/~r/foxnews/politics/~3/x/").unwrap();
    assert_eq!(feed.inside(), Some(Inside::Feed("foxnews".into())));
}

#[test]
fn an_address_without_another_holds_none() {
    for url in [
        "https://archive.ph/AbCdE",
        "https://bit.ly/2xYz",
        "https://www.google.com/search?q=some+words",
        "https://www.msn.com/en-us/news/world/a/ar-BB1",
        "https://www.proquest.com/docview/1234567890?accountid=14512",
        "https://www.facebook.com/paper/posts/1",
    ] {
        assert_eq!(Address::of_page(url).unwrap().inside(), None, "{url}");
    }
}

#[test]
fn proxies_of_libraries_stand_behind_the_host() {
    let behind = |url| {
        let address = Address::of_page(url).unwrap();
        address.proxied(is_proxy(address.host))
    };
    let inner = |host: &str| Some(Inside::Address(format!("//{host}")));
    assert_eq!(
        behind("https://www-site-com.ezproxy.library.edu/a"),
        inner("www.site.com")
    );
    assert_eq!(
        behind("http://www.site.com.libproxy.library.edu/a"),
        inner("www.site.com")
    );
    let login = "https://login.library.edu/login?url=https://site.com/a";
    assert_eq!(
        behind(login),
        Some(Inside::Address("https://site.com/a".into()))
    );
    assert_eq!(behind("https://site.com/a"), None);
}
