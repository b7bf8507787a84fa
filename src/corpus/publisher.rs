//! The publisher: whose page a document is on.
//!
//! The registrable domain (by the public suffix list) of the page's address if there is one, else
//! of the source if that is a host, else the source as given. `www.bbc.co.uk` and `m.bbc.co.uk`
//! are one publisher. An archive, a proxy, a database or another host of pages of many
//! ([`intermediary`](super::intermediary)) is none as long as the address holds another one or there is a source.
//! Whether one value for a whole corpus is a publisher at all is the caller's question.

use std::collections::HashMap;

use super::inside::{Address, Inside, is_proxy};
use super::intermediary::{Intermediary, intermediary, of_short};

/// Where the publisher of a record comes from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum PublisherFrom {
    /// Nothing names one.
    #[default]
    Nothing,
    /// The host of the address, or of the source.
    Host,
    /// The source as given.
    Source,
    /// An address inside the one given, which is an archive's, a proxy's or a redirection.
    Inside,
    /// The source, as the address is one of an intermediary.
    SourceBehind,
    /// The intermediary itself, as no other is named.
    Intermediary,
    /// An archive or a short link of which nothing says where it leads: there is no publisher.
    Unknown,
}

/// Finds publishers, and remembers what it found: outlets are few, documents many.
#[derive(Debug, Default)]
pub(super) struct Publishers {
    /// What is known of a host as written, by its place.
    hosts: Vec<Host>,
    places: HashMap<Box<str>, usize, foldhash::fast::RandomState>,
    /// A name that is not one of a host.
    name: String,
}

/// A host.
#[derive(Clone, Debug)]
struct Host {
    /// Its registrable domain, or its place at a host of blogs; none if it is no host of a public domain.
    publisher: Option<Box<str>>,
    intermediary: Option<Intermediary>,
    is_proxy: bool,
}

/// Whose page an address is.
enum Owner {
    /// Of its own host.
    Own,
    /// Of another host, which is known.
    Inner(String),
    /// Of a feed of this name.
    Feed(String),
    /// Of an intermediary, and nothing says of whom besides.
    Behind(Intermediary),
    /// The host is of no public domain.
    Nobody,
}

/// Addresses inside addresses: an archive's copy of a cache's copy is one of two.
const DEEPEST: usize = 3;

impl Publishers {
    /// Hosts remembered. More than any list of outlets; a bound for corpora with a host a page.
    const REMEMBERED: usize = 1 << 14;

    /// The publisher of a document with this address and source, and where it comes from.
    pub(super) fn of<'a>(
        &'a mut self,
        url: Option<&str>,
        source: Option<&'a str>,
    ) -> (Option<&'a str>, PublisherFrom) {
        use PublisherFrom::{Host, Inside, Nothing, Source, SourceBehind, Unknown};
        let source = source.map(str::trim).filter(|source| !source.is_empty());
        let page = url.and_then(Address::of_page);
        let by_page = page.map_or(Owner::Nobody, |page| self.owner(page, DEEPEST));
        let is_behind = match by_page {
            Owner::Own => return (self.publisher(page.map(|page| page.host)), Host),
            Owner::Inner(host) => return (self.publisher(Some(&host)), Inside),
            Owner::Feed(name) => return (self.called(name), Inside),
            Owner::Behind(_) => true,
            Owner::Nobody => false,
        };
        let given = source.and_then(Address::of_source);
        let by_source = given.map_or(Owner::Nobody, |given| self.owner(given, DEEPEST));
        let from = |from| if is_behind { SourceBehind } else { from };
        match by_source {
            Owner::Own => (self.publisher(given.map(|given| given.host)), from(Host)),
            Owner::Inner(host) => (self.publisher(Some(&host)), Inside),
            Owner::Feed(name) => (self.called(name), Inside),
            Owner::Nobody if source.is_some() => (source, from(Source)),
            Owner::Nobody | Owner::Behind(_) => {
                let host = |owner: &Owner, address: Option<Address<'_>>| match owner {
                    Owner::Behind(Intermediary::Collection) => {
                        address.map(|address| address.host.to_owned())
                    }
                    _ => None,
                };
                let host = host(&by_page, page).or_else(|| host(&by_source, given));
                match host {
                    Some(host) => (self.publisher(Some(&host)), PublisherFrom::Intermediary),
                    None if is_behind || given.is_some() => (None, Unknown),
                    None => (None, Nothing),
                }
            }
        }
    }

    /// Whose page an address is, looking into it so often.
    fn owner(&mut self, address: Address<'_>, deepest: usize) -> Owner {
        let host = self.host(address.host);
        let (is_known, found) = (host.publisher.is_some(), host.intermediary);
        let proxied = match found {
            None => address.proxied(host.is_proxy),
            Some(_) => None,
        };
        let leads_on = proxied.is_some() || found.is_some();
        let inside = match found {
            Some(Intermediary::Blogs) => None,
            Some(_) => address.inside(),
            None => proxied.or_else(|| address.in_path()),
        };
        let own = match found {
            _ if !is_known => Owner::Nobody,
            None | Some(Intermediary::Blogs) => Owner::Own,
            Some(found) => Owner::Behind(found),
        };
        match inside {
            Some(Inside::Address(inner)) if deepest > 0 => match Address::of_page(&inner) {
                Some(inner) => match self.owner(inner, deepest - 1) {
                    Owner::Own => Owner::Inner(inner.host.to_owned()),
                    Owner::Nobody => own,
                    // A site that passes its pages on to others is the publisher of what it passes on.
                    Owner::Behind(_) if !leads_on => own,
                    // What an archive keeps of a database is the database's at most.
                    found => found,
                },
                None => own,
            },
            Some(Inside::Feed(name)) => match Address::of_source(&name) {
                Some(feed) if self.host(feed.host).publisher.is_some() => {
                    Owner::Inner(feed.host.to_owned())
                }
                _ => Owner::Feed(name),
            },
            _ => own,
        }
    }

    /// The publisher of a host that is known.
    fn publisher(&mut self, host: Option<&str>) -> Option<&str> {
        self.host(host?).publisher.as_deref()
    }

    fn called(&mut self, name: String) -> Option<&str> {
        self.name = name;
        Some(&self.name)
    }

    /// What is known of a host; remembers it.
    fn host(&mut self, host: &str) -> &Host {
        if let Some(&place) = self.places.get(host) {
            return &self.hosts[place];
        }
        if self.hosts.len() >= Self::REMEMBERED {
            self.hosts.clear();
            self.places.clear();
        }
        let place = self.hosts.len();
        self.places.insert(host.into(), place);
        self.hosts.push(Host::of(host));
        &self.hosts[place]
    }
}

impl Host {
    fn of(host: &str) -> Host {
        let lower = host.to_lowercase();
        let domain = registrable(&lower);
        let domain = domain.map(|domain| of_short(domain).unwrap_or(domain));
        let is_proxy = is_proxy(&lower);
        match domain.and_then(|domain| intermediary(&lower, domain)) {
            Some((found, blog)) => Host {
                publisher: blog
                    .or_else(|| domain.map(str::to_owned))
                    .map(String::into_boxed_str),
                intermediary: Some(found),
                is_proxy,
            },
            None => Host {
                publisher: domain.map(Into::into),
                intermediary: None,
                is_proxy,
            },
        }
    }
}

/// The publisher that a source names, without an address.
pub(crate) fn publisher_of_source(source: &str) -> Option<String> {
    Publishers::default()
        .of(None, Some(source))
        .0
        .map(str::to_owned)
}

/// The registrable domain of a host in lower case, under a suffix of the public list.
fn registrable(host: &str) -> Option<&str> {
    let domain = psl::domain(host.as_bytes())?;
    let known = domain.suffix().is_known();
    let name = std::str::from_utf8(domain.as_bytes()).ok()?;
    (known && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests;
