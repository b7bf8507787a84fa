//! The host of an address, and the address that is inside another one.
//!
//! Archives, caches and redirections say whose page they show: in the path
//! (`web.archive.org/web/2021/https://site.com/a`, `google.com/amp/s/site.com/a`), in a parameter
//! (`google.com/url?q=https://site.com/a`), in the host (`www-site-com.cdn.ampproject.org`, as proxies of
//! libraries do, too), or by the name of a feed (`feedproxy.google.com/~r/site/…`).

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// An address, cut behind its host.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Address<'a> {
    pub(super) host: &'a str,
    /// Path and parameters.
    pub(super) rest: &'a str,
}

/// What is inside an address.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Inside {
    /// Another address, with or without its scheme.
    Address(String),
    /// The name of a feed.
    Feed(String),
}

/// Where an address begins in a path.
static IN_PATH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("/http"));

/// Parameters that hold the address a redirection leads to.
const PARAMETERS: [&str; 16] = [
    "url",
    "u",
    "q",
    "z",
    "to",
    "target",
    "dest",
    "destination",
    "redirect",
    "redirect_url",
    "link",
    "href",
    "ru",
    "imgrefurl",
    "u3",
    "murl",
];

impl<'a> Address<'a> {
    /// Of `scheme://user@host:port/path`, `//host/path`, `www.host` or `host/path`.
    pub(super) fn of_page(url: &'a str) -> Option<Address<'a>> {
        let url = url.trim();
        match without_scheme(url) {
            Some(rest) => cut(rest),
            // A word with a dot may be anything, such as the name of a file.
            None => {
                let address = cut(url)?;
                let is_host = has_www(address.host) || address.rest.starts_with('/');
                (is_host && looks_like_host(address.host)).then_some(address)
            }
        }
    }

    /// Of a source that is written as an address or as a host: `rnd.de`, `www.bbc.co.uk/news`.
    pub(super) fn of_source(source: &'a str) -> Option<Address<'a>> {
        match without_scheme(source) {
            Some(rest) => cut(rest),
            None => cut(source).filter(|address| looks_like_host(address.host)),
        }
    }

    /// The address in the path of this one, whosever it is: `…/https://site.com/a`.
    pub(super) fn in_path(&self) -> Option<Inside> {
        let rest = self.rest.as_bytes();
        let path = rest.iter().position(|byte| matches!(byte, b'?' | b'#'));
        self.behind(IN_PATH.find(&rest[..path.unwrap_or(rest.len())])?)
    }

    /// The address behind a mark at a place of the path.
    fn behind(&self, mark: usize) -> Option<Inside> {
        let inner = decoded(&self.rest[mark + 1..]);
        let scheme = ["https", "http"].into_iter();
        let behind = scheme.filter_map(|scheme| inner.strip_prefix(scheme)?.strip_prefix(":/"));
        let host = behind.map(|rest| rest.trim_start_matches('/')).next()?;
        Some(Inside::Address(format!("//{host}")))
    }

    /// What an address of an intermediary holds.
    pub(super) fn inside(&self) -> Option<Inside> {
        self.in_path()
            .or_else(|| self.in_parameters())
            .or_else(|| self.behind(memchr::memmem::find(self.rest.as_bytes(), b"=http")?))
            .or_else(|| self.feed())
            .or_else(|| self.behind_markers())
            .or_else(|| self.in_host(&["cdn.ampproject.org", "translate.goog"]))
    }

    /// What the host holds that a library's proxy put before its own; `is_proxy` as [`is_proxy`] has it of the host.
    pub(super) fn proxied(&self, is_proxy: bool) -> Option<Inside> {
        let login = self.rest.strip_prefix("/login");
        if login.is_some_and(|rest| rest.is_empty() || rest.starts_with('?')) {
            return self.in_parameters();
        }
        if !is_proxy {
            return None;
        }
        let first = self.host.split('.').next()?;
        if first.contains('-') {
            return Some(Inside::Address(format!("//{}", undashed(first))));
        }
        // `www.site.com.ezproxy.library.edu`, or `ezproxy.library.edu/login?url=https://site.com`.
        let labels = self.host.split('.');
        let before: Vec<&str> = labels.take_while(|label| !is_proxied_end(label)).collect();
        match before.len() {
            0 | 1 => self.in_parameters(),
            _ => Some(Inside::Address(format!("//{}", before.join(".")))),
        }
    }

    fn in_parameters(&self) -> Option<Inside> {
        let (_, query) = self.rest.split_once('?')?;
        let pairs = query
            .split(['&', '#', ';'])
            .filter_map(|pair| pair.split_once('='));
        let mut values = pairs
            .filter(|(name, _)| {
                PARAMETERS
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
            })
            .map(|(_, value)| decoded(value).into_owned());
        values.find_map(|value| {
            // `cache:ID:site.com/a+words`, as a search engine's cache has it.
            let value = match value.strip_prefix("cache:") {
                Some(cached) => cached.split_once(':').map_or(cached, |(_, rest)| rest),
                None => value.as_str(),
            };
            let value = value.split(['+', ' ']).next().unwrap_or_default();
            Address::of_page(value).map(|_| Inside::Address(value.to_owned()))
        })
    }

    /// `/~r/NAME/…`
    fn feed(&self) -> Option<Inside> {
        let (_, behind) = self.rest.split_once("/~r/")?;
        let name = behind.split(['/', '?', '#']).next().unwrap_or_default();
        (!name.is_empty()).then(|| Inside::Feed(decoded(name).into_owned()))
    }

    /// A host in the path, behind a mark of AMP (`/amp/s/`, `/c/s/`, `/v/`) or a moment (`/web/20210304/`).
    fn behind_markers(&self) -> Option<Inside> {
        let mut parts = self.rest.trim_start_matches('/');
        loop {
            let (part, behind) = parts.split_once('/')?;
            let is_mark = matches!(
                part,
                "amp" | "c" | "s" | "v" | "i" | "r" | "web" | "wayback" | "all"
            ) || part.starts_with(|c: char| c.is_ascii_digit());
            if !is_mark {
                return None;
            }
            let next = behind.split(['/', '?', '#']).next().unwrap_or_default();
            if looks_like_host(next) {
                return Some(Inside::Address(format!("//{behind}")));
            }
            parts = behind;
        }
    }

    /// `www-site-com` before one of these.
    fn in_host(&self, ends: &[&str]) -> Option<Inside> {
        let of = |end: &&str| self.host.strip_suffix(*end)?.strip_suffix('.');
        let dashed = ends.iter().find_map(of)?;
        dashed
            .contains('-')
            .then(|| Inside::Address(format!("//{}", undashed(dashed))))
    }
}

/// Whether a host, in lower case, is a library's proxy.
pub(super) fn is_proxy(host: &str) -> bool {
    host.contains("ezproxy") || host.contains("libproxy") || host.ends_with(".idm.oclc.org")
}

fn is_proxied_end(label: &str) -> bool {
    label.contains("proxy") || label == "idm"
}

/// A host whose dots were written as dashes, and its dashes twice.
fn undashed(host: &str) -> String {
    host.replace("--", "\0")
        .replace('-', ".")
        .replace('\0', "-")
}

/// What is behind `scheme://` or `//`.
fn without_scheme(url: &str) -> Option<&str> {
    let usual = ["https://", "http://"].into_iter();
    if let Some(rest) = usual.filter_map(|scheme| url.strip_prefix(scheme)).next() {
        return Some(rest);
    }
    let (before, rest) = url.split_once("//")?;
    let is_scheme = |scheme: &str| {
        scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let before = before
        .strip_suffix(':')
        .or(before.is_empty().then_some(""))?;
    is_scheme(before).then_some(rest)
}

/// `user@host:port/path`, cut behind the host.
fn cut(rest: &str) -> Option<Address<'_>> {
    let is_end = |byte: u8| matches!(byte, b'/' | b'?' | b'#' | b'\\');
    let end = rest.bytes().position(is_end);
    let (authority, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(_) => return None, // an IPv6 address
        None => host.split_once(':').map_or(host, |(host, _)| host),
    };
    let host = host.trim_end_matches('.');
    (!host.is_empty()).then_some(Address { host, rest })
}

fn has_www(host: &str) -> bool {
    host.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn looks_like_host(host: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    host.contains('.') && !host.starts_with('.') && host.chars().all(is_part)
}

/// With `%3A` and its like as what they stand for; twice, as redirections of redirections are written.
fn decoded(text: &str) -> Cow<'_, str> {
    let once = percent_decoded(text);
    match once.contains("%3A")
        || once.contains("%2F")
        || once.contains("%3a")
        || once.contains("%2f")
    {
        true => Cow::Owned(percent_decoded(&once).into_owned()),
        false => once,
    }
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests;
