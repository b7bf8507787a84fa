//! What is known of the article of a page: the best of what the page says.

use crate::article::Article;

use super::facts::{Facts, folded};

/// Names under which pages give the day they were published, the surest first.
///
/// Sources: <https://ogp.me/#type_article>, <https://schema.org/datePublished>, <https://docs.parse.ly/metatags/>,
/// <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>; the rest is common on pages of news.
const DATES: [&str; 26] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "published_time",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date.publication",
    "date",
    "datecreated",
];

const TITLES: [&str; 7] = [
    "og:title",
    "headline",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "title",
];

const AUTHORS: [&str; 9] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "dcterms.creator",
    "cxenseparse:author",
    "citation_author",
];

const SECTIONS: [&str; 6] = [
    "article:section",
    "articlesection",
    "parsely-section",
    "section",
    "cxenseparse:recs:category",
    "news_category",
];

/// What stands between a headline and the name of a site.
const SEPARATORS: [&str; 14] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", "｜", "_", "|",
];

/// Everything but the text.
pub(super) fn article(facts: &Facts, address: &str) -> Article {
    let linked = &facts.linked;
    let url = url(facts, address);
    let site = [facts.given(&["og:site_name"]), &linked.publisher];
    let source = first([site_name(site[0]), site_name(site[1]), host(&url)]);
    let language = first([
        facts.language.as_str(),
        &linked.language,
        facts.given(&["content-language", "og:locale", "dc.language"]),
    ]);
    let dates = DATES.iter().map(|name| facts.given(&[name]));
    let mut dates = std::iter::once(linked.published.as_str())
        .chain(dates)
        .chain([facts.time.as_str(), facts.called_date.as_str()]);
    let date = dates
        .find(|date| is_date(date))
        .map_or_else(String::new, folded);
    Article {
        title: title(facts, &source, host(&url)),
        date,
        author: author(facts),
        section: first([&linked.section, facts.given(&SECTIONS)]),
        language: language.replace('_', "-"),
        source,
        url,
        ..Article::default()
    }
}

fn first<const N: usize>(values: [&str; N]) -> String {
    let found = values.iter().find(|value| !value.is_empty());
    found.map_or_else(String::new, |value| folded(value))
}

/// Whether a value may be a date. Templates write the first day of their calendar where they know none.
fn is_date(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
        && !value.starts_with("000")
        && !value.starts_with("1970-01-01T00:00:00")
}

/// The name of a site without its motto; an address is none.
fn site_name(name: &str) -> &str {
    match name {
        name if name.contains("://") => host(name),
        name => name.split_once(" | ").map_or(name, |(name, _)| name),
    }
}

/// A person, not an address of one.
fn author(facts: &Facts) -> String {
    let is_name = |name: &&str| !name.is_empty() && !name.contains("://") && !name.starts_with('@');
    let given = AUTHORS.iter().map(|name| facts.given(&[name]));
    let mut all = std::iter::once(facts.linked.author.as_str()).chain(given);
    let name = all.find(is_name).unwrap_or_default();
    let by = name.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    by.map_or(name, |by| &name[by.len()..]).trim().to_owned()
}

/// The address that the page says is its own, if it is a whole one; else the one it came from.
fn url(facts: &Facts, address: &str) -> String {
    let own = [
        facts.canonical.as_str(),
        facts.given(&["og:url"]),
        &facts.linked.url,
    ];
    let base = [address, &facts.saved_from, &facts.base];
    let base = base
        .into_iter()
        .find(|base| !host(base).is_empty())
        .unwrap_or_default();
    let whole = own.iter().filter_map(|own| absolute(own, base));
    // A canonical address that is the front page's is an error of a template.
    let (mut pages, mut fronts) = (Vec::new(), Vec::new());
    for url in whole {
        match path(&url).trim_matches('/').is_empty() {
            true => fronts.push(url),
            false => pages.push(url),
        }
    }
    if !path(base).trim_matches('/').is_empty() {
        pages.push(base.to_owned());
    }
    fronts.push(base.to_owned());
    pages.append(&mut fronts);
    pages.swap_remove(0)
}

/// A reference as an address, if it is one or its base is known.
fn absolute(reference: &str, base: &str) -> Option<String> {
    let has_scheme = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    if has_scheme(reference) && !host(reference).is_empty() {
        return Some(reference.to_owned());
    }
    let scheme = if base.starts_with("http://") {
        "http:"
    } else {
        "https:"
    };
    if let Some(rest) = reference.strip_prefix("//") {
        return host(&format!("https://{rest}"))
            .contains('.')
            .then(|| format!("{scheme}{reference}"));
    }
    let root = base.len() - path(base).len();
    (reference.starts_with('/') && has_scheme(base))
        .then(|| format!("{}{reference}", &base[..root]))
}

/// What stands behind the host of an address.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = &rest[..rest.len() - path(url).len()];
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// The headline, without the name of the site.
fn title(facts: &Facts, source: &str, host: &str) -> String {
    let heading = facts.heading.as_str();
    let all = [
        facts.given(&TITLES[..1]),
        &facts.linked.headline,
        facts.given(&TITLES[1..]),
    ];
    for title in all.into_iter().filter(|title| !title.is_empty()) {
        let cut = without_site(title, source, host, heading);
        // `Opinion | What to do`
        let parts = cut
            .split_once(" | ")
            .filter(|(part, _)| letters(part) == letters(&facts.linked.section));
        let cut = parts.map_or(cut, |(_, rest)| rest);
        // A page that gives its site's name for its title.
        if !is_site(cut, source, host) || heading.is_empty() {
            return folded(cut);
        }
    }
    let of_bar = without_site(&facts.title, source, host, heading);
    // What stands in the bar, too, is the headline; a site's name may be one of the first rank.
    let is_headline = !heading.is_empty() && !is_site(heading, source, host);
    let shared = letters(&facts.title).contains(&letters(heading));
    match () {
        () if is_headline && (shared || of_bar.is_empty()) => heading.to_owned(),
        () if of_bar.is_empty() => heading.to_owned(),
        () if of_bar == facts.title => shortened(of_bar).to_owned(),
        () => of_bar.to_owned(),
    }
}

/// A title without a part at its end or its beginning that names the site, or all but the headline.
fn without_site<'a>(title: &'a str, source: &str, host: &str, heading: &str) -> &'a str {
    let mut title = title.trim();
    // A site, a part of the paper and the site again.
    for _ in 0..3 {
        let parts = |separator: &&'static str| {
            let at_end = title.rsplit_once(*separator);
            let at_start = title
                .split_once(*separator)
                .map(|(part, rest)| (rest, part));
            [at_end, at_start]
        };
        let cut = SEPARATORS
            .iter()
            .flat_map(parts)
            .flatten()
            .find(|(rest, part)| {
                let is_whole = !heading.is_empty() && letters(rest) == letters(heading);
                !rest.trim().is_empty() && (is_site(part, source, host) || is_whole)
            });
        match cut {
            Some((rest, _)) => title = rest.trim(),
            None => break,
        }
    }
    title
}

/// A title whose site is not known, without a short last part.
fn shortened(title: &str) -> &str {
    let parts = SEPARATORS[..7]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator));
    let likely = parts.filter(|(rest, part)| {
        let words = |text: &str| text.split_whitespace().count();
        words(part) <= 4 && words(rest) >= 3 && rest.len() > part.len()
    });
    likely
        .min_by_key(|(rest, _)| std::cmp::Reverse(rest.len()))
        .map_or(title, |(rest, _)| rest.trim())
}

/// Whether a text is the name of a site, as it is written there or in its host.
fn is_site(part: &str, source: &str, host: &str) -> bool {
    let part = letters(part);
    let labels = host.split('.');
    let is_label = labels
        .clone()
        .any(|label| label.len() > 2 && part == letters(label));
    let of_host = letters(host);
    !part.is_empty()
        && (part == letters(source)
            || is_label
            || part == of_host
            || part.len() > 5 && of_host.starts_with(&part))
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
