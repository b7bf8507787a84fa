//! The publisher: whose page a document stands on.
//!
//! The registrable domain (by the public suffix list) of the page's address if there is one, else
//! of the source if that is a host, else the source as given. `www.bbc.co.uk` and `m.bbc.co.uk`
//! are one publisher. Whether one value for a whole corpus is a publisher at all is the caller's
//! question.

use std::collections::HashMap;

/// Finds publishers, and remembers what it found: outlets are few, documents many.
#[derive(Debug, Default)]
pub(super) struct Publishers {
    /// The domain of a host as written; `None` if it is no host of a public domain.
    domains: HashMap<Box<str>, Option<Box<str>>, foldhash::fast::RandomState>,
}

impl Publishers {
    /// Hosts remembered. More than any list of outlets; a bound for corpora with a host a page.
    const REMEMBERED: usize = 1 << 14;

    /// The publisher of a document with this address and source.
    pub(super) fn of<'a>(
        &'a mut self,
        url: Option<&str>,
        source: Option<&'a str>,
    ) -> Option<&'a str> {
        let from_url = url.and_then(host_of_url).filter(|host| self.knows(host));
        let source = source.map(str::trim).filter(|source| !source.is_empty());
        let host = from_url.or_else(|| {
            let host = source.and_then(|source| host_of_url(source).or(bare_host(source)))?;
            self.knows(host).then_some(host)
        });
        match host {
            Some(host) => self.domains.get(host).and_then(Option::as_deref),
            None => source,
        }
    }

    /// Whether a host has a registrable domain; remembers it.
    fn knows(&mut self, host: &str) -> bool {
        if let Some(known) = self.domains.get(host) {
            return known.is_some();
        }
        if self.domains.len() >= Self::REMEMBERED {
            self.domains.clear();
        }
        let domain = registrable(host);
        let known = domain.is_some();
        self.domains.insert(host.into(), domain);
        known
    }
}

/// The host of `scheme://user@host:port/path`, or of `//host/path`.
fn host_of_url(url: &str) -> Option<&str> {
    let (_, rest) = url.trim().split_once("//")?;
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(_) => return None, // an IPv6 address
        None => host.split_once(':').map_or(host, |(host, _)| host),
    };
    let host = host.trim_end_matches('.');
    (!host.is_empty()).then_some(host)
}

/// A source that is written as a host: `rnd.de`, `www.bbc.co.uk/news`.
fn bare_host(source: &str) -> Option<&str> {
    let host = source.split_once('/').map_or(source, |(host, _)| host);
    let looks_like = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    (host.contains('.') && !host.starts_with('.') && host.chars().all(looks_like))
        .then(|| host.trim_end_matches('.'))
}

/// The registrable domain under a suffix of the public list, in lower case.
fn registrable(host: &str) -> Option<Box<str>> {
    let host = host.to_lowercase();
    let domain = psl::domain(host.as_bytes())?;
    let known = domain.suffix().is_known();
    let name = std::str::from_utf8(domain.as_bytes()).ok()?;
    (known && !name.is_empty()).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_beats_source_and_hosts_become_domains() {
        let mut publishers = Publishers::default();
        let mut of = |url, source| publishers.of(url, source).map(str::to_owned);
        for (url, source, expected) in [
            (
                Some("https://www.bbc.co.uk/news/1"),
                Some("BBC"),
                Some("bbc.co.uk"),
            ),
            (
                Some("http://u:p@M.Lemonde.fr:8080?x"),
                None,
                Some("lemonde.fr"),
            ),
            (Some("//amp.rnd.de/a"), None, Some("rnd.de")),
            (Some("not a url"), Some("Reuters"), Some("Reuters")),
            (
                Some("http://localhost/x"),
                Some("intranet"),
                Some("intranet"),
            ),
            (Some("http://127.0.0.1/x"), None, None),
            (Some("http://[::1]/x"), None, None),
            (None, Some("www.rnd.de"), Some("rnd.de")),
            (None, Some("https://www.rnd.de/politik"), Some("rnd.de")),
            (
                None,
                Some(" St. Petersburg Times "),
                Some("St. Petersburg Times"),
            ),
            (None, Some("  "), None),
            (None, None, None),
        ] {
            assert_eq!(of(url, source).as_deref(), expected, "{url:?} {source:?}");
        }
    }
}
