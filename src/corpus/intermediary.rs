//! Hosts that show pages of others: what an address there says of whose page it is.
//!
//! A page in an archive, behind a proxy or in a database is not theirs. Whoever wrote the list of addresses
//! seldom thought of that, and one `web.archive.org` would be the outlet of sixty papers. So these hosts are
//! never the publisher of a record that names another one: in the address itself ([`inside`](super::inside)),
//! or as its source.
//!
//! Data, by what the host does. Collected from the addresses of published news corpora (FakeNewsNet, Media
//! Cloud story lists, the BuzzFeed set of 2016, exports of ProQuest, Nexis and Factiva) and from the services' own
//! pages. A domain stands for everything below it, and `google.*` for that name under any public suffix.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a host does with pages of others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Intermediary {
    /// It shows or leads to a page elsewhere, and publishes nothing: never a publisher.
    Passage,
    /// It has texts of many publishers under its own name, and is the publisher if no other is known.
    Collection,
    /// Everybody has a subdomain of their own, which is the publisher.
    Blogs,
}

/// Hosts, and why they are here.
const HOSTS: &[(Intermediary, &str)] = &[
    // Web archives: a copy of the page, with its address in the path.
    (
        Intermediary::Passage,
        "archive.org archive.ph archive.is archive.today archive.li archive.vn archive.md archive.fo \
         webcitation.org perma.cc arquivo.pt archive-it.org webarchive.loc.gov mementoweb.org \
         webarchive.nationalarchives.gov.uk webarchive.org.uk swap.stanford.edu archive.bibalex.org \
         vefsafn.is webarchive.bac-lac.gc.ca peeep.us freezepage.com megalodon.jp ghostarchive.org \
         conifer.rhizome.org",
    ),
    // Caches, AMP, translations and readers: the same page, served by another host.
    (
        Intermediary::Passage,
        "ampproject.org amp.dev googleusercontent.com translate.goog 12ft.io outline.com r.jina.ai \
         cachedview.nl smry.ai removepaywall.com bing.com cc.bingj.com",
    ),
    // Feed proxies, trackers and redirections: the address of the page is a parameter or not given.
    (
        Intermediary::Passage,
        "feedproxy.google.com feedburner.com feedsportal.com pheedo.com rss.app l.facebook.com \
         lm.facebook.com l.instagram.com t.umblr.com out.reddit.com away.vk.com href.li urldefense.com \
         urldefense.proofpoint.com safelinks.protection.outlook.com exit.sc go.redirectingat.com \
         shareasale.com doi.org hdl.handle.net",
    ),
    // Short links.
    (
        Intermediary::Passage,
        "bit.ly t.co goo.gl tinyurl.com ow.ly buff.ly dlvr.it is.gd j.mp tr.im su.pr lnkd.in fb.me trib.al \
         ift.tt wp.me youtu.be amzn.to shar.es po.st cutt.ly rb.gy rebrand.ly t.ly tiny.cc v.gd ebx.sh \
         flip.it apple.co hubs.ly soo.gd bl.ink snip.ly adf.ly shorturl.at x.co mailchi.mp g.co",
    ),
    // Search engines and their news pages.
    (
        Intermediary::Collection,
        "google.* news.google.com baidu.com duckduckgo.com yandex.* naver.com daum.net qq.com",
    ),
    // News aggregators and portals that carry articles of others.
    (
        Intermediary::Collection,
        "msn.com yahoo.* aol.com flipboard.com smartnews.com newsbreak.com apple.news feedly.com \
         inoreader.com ground.news toutiao.com pocket.co getpocket.com dailyhunt.in newsnow.co.uk \
         memeorandum.com drudgereport.com headtopics.com news.livedoor.com upday.com opera.news \
         inshorts.com newslocker.com einnews.com allafrica.com pressreader.com magzter.com \
         realclearpolitics.com",
    ),
    // Databases of newspapers: current ones, then digitised old ones.
    (
        Intermediary::Collection,
        "proquest.com lexis.com lexisnexis.com lexisnexis.de nexis.com nexisuni.com factiva.com \
         dowjones.com newsbank.com ebscohost.com ebsco.com gale.com galegroup.com galeapps.com jstor.org \
         europresse.com genios.de wiso-net.de mediargus.be gopress.be belga.press retriever-info.com \
         retriever.no bigkinds.or.kr wisers.com infomart.com mediacloud.org meltwater.com cision.com \
         newsapi.org eventregistry.org gdeltproject.org",
    ),
    (
        Intermediary::Collection,
        "newspapers.com newspaperarchive.com genealogybank.com fultonhistory.com loc.gov nla.gov.au \
         bnf.fr retronews.fr onb.ac.at delpher.nl britishnewspaperarchive.co.uk impresso-project.ch \
         e-newspaperarchives.ch deutsche-digitale-bibliothek.de kansalliskirjasto.fi europeana.eu \
         paperspast.natlib.govt.nz newspapers.library.wales hathitrust.org elephind.com",
    ),
    // Social media and forums: everybody posts, and passes on what others wrote.
    (
        Intermediary::Collection,
        "facebook.com twitter.com x.com instagram.com linkedin.com reddit.com pinterest.com youtube.com \
         tiktok.com t.me telegram.me vk.com weibo.com weibo.cn threads.net bsky.app mastodon.social \
         quora.com medium.com scribd.com issuu.com slideshare.net pastebin.com github.com \
         sites.google.com docs.google.com drive.google.com dropbox.com",
    ),
    // Hosts of blogs.
    (
        Intermediary::Blogs,
        "wordpress.com substack.com blogspot.* tumblr.com livejournal.com typepad.com over-blog.com \
         overblog.com canalblog.com hatenablog.com hatenablog.jp livedoor.blog ameblo.jp blog.hu blog.cz \
         blogs.com blogger.com weebly.com wixsite.com squarespace.com beehiiv.com ghost.io hypotheses.org \
         tistory.com egloos.com pixnet.net blogcu.com blogfa.com altervista.org jimdofree.com \
         webnode.page xanga.com github.io gitlab.io netlify.app vercel.app",
    ),
];

/// Short links of one outlet alone: the page is its own.
const SHORT: &[(&str, &str)] = &[
    ("abcn.ws", "go.com"),
    ("apne.ws", "apnews.com"),
    ("bbc.in", "bbc.co.uk"),
    ("bloom.bg", "bloomberg.com"),
    ("cbsn.ws", "cbsnews.com"),
    ("cnn.it", "cnn.com"),
    ("dailym.ai", "dailymail.co.uk"),
    ("econ.st", "economist.com"),
    ("fxn.ws", "foxnews.com"),
    ("huff.to", "huffpost.com"),
    ("n.pr", "npr.org"),
    ("nbcnews.to", "nbcnews.com"),
    ("nyp.st", "nypost.com"),
    ("nyti.ms", "nytimes.com"),
    ("politi.co", "politico.com"),
    ("reut.rs", "reuters.com"),
    ("spon.de", "spiegel.de"),
    ("ti.me", "time.com"),
    ("usat.ly", "usatoday.com"),
    ("wapo.st", "washingtonpost.com"),
    ("yhoo.it", "yahoo.com"),
    ("zeit.to", "zeit.de"),
];

/// The domain of the outlet that a domain of short links belongs to.
pub(super) fn of_short(domain: &str) -> Option<&'static str> {
    let found = SHORT.iter().find(|(short, _)| *short == domain);
    found.map(|&(_, outlet)| outlet)
}

/// Subdomains of a host of blogs that are its own.
const OWN: [&str; 7] = ["www", "open", "m", "amp", "feeds", "en", "blog"];

/// By domain; `google.*` as `google`.
static BY_DOMAIN: LazyLock<HashMap<&str, Intermediary>> = LazyLock::new(|| {
    let each = |(what, domains): &(Intermediary, &'static str)| {
        let what = *what;
        domains
            .split_ascii_whitespace()
            .map(move |domain| (domain.strip_suffix(".*").unwrap_or(domain), what))
    };
    HOSTS.iter().flat_map(each).collect()
});

/// What a host of this registrable domain, both in lower case, does; and of a host of blogs the publisher
/// below it.
pub(super) fn intermediary(host: &str, domain: &str) -> Option<(Intermediary, Option<String>)> {
    // The longest name that is known counts: `l.facebook.com` before `facebook.com`.
    let mut name = host;
    let found = loop {
        if let Some(&found) = BY_DOMAIN.get(name) {
            break Some((found, name));
        }
        match name.split_once('.') {
            Some((_, rest)) if rest.contains('.') => name = rest,
            _ => break None,
        }
    };
    // `google.co.uk`, and `blogspot.de`, which may be a suffix of its own.
    let labels = || host.split('.');
    let any_suffix = || {
        let first = domain.split('.').next().unwrap_or_default();
        let first = match first {
            _ if labels().any(|label| label == "blogspot") => "blogspot",
            first => first,
        };
        let is_any = matches!(first, "google" | "yahoo" | "yandex" | "blogspot");
        is_any.then(|| Some((*BY_DOMAIN.get(first)?, first)))?
    };
    let (found, name) = found.or_else(any_suffix)?;
    if found != Intermediary::Blogs {
        return Some((found, None));
    }
    let before = labels().take_while(|label| !name.starts_with(label) || *label == host);
    let blog = before.last().filter(|blog| !OWN.contains(blog));
    let home = if name == "blogspot" {
        "blogspot.com"
    } else {
        name
    };
    Some(match blog {
        Some(blog) => (found, Some(format!("{blog}.{home}"))),
        None => (Intermediary::Collection, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_does_is_known_of_everything_below_it() {
        use Intermediary::{Blogs, Collection, Passage};
        for (host, domain, expected) in [
            ("web.archive.org", "archive.org", Some((Passage, None))),
            ("l.facebook.com", "facebook.com", Some((Passage, None))),
            ("m.facebook.com", "facebook.com", Some((Collection, None))),
            ("feedproxy.google.com", "google.com", Some((Passage, None))),
            (
                "news.google.co.uk",
                "google.co.uk",
                Some((Collection, None)),
            ),
            ("finance.yahoo.com", "yahoo.com", Some((Collection, None))),
            ("news.yahoo.co.jp", "yahoo.co.jp", Some((Collection, None))),
            (
                "a.wordpress.com",
                "wordpress.com",
                Some((Blogs, Some("a.wordpress.com"))),
            ),
            (
                "www.a.substack.com",
                "substack.com",
                Some((Blogs, Some("a.substack.com"))),
            ),
            (
                "open.substack.com",
                "substack.com",
                Some((Collection, None)),
            ),
            ("wordpress.com", "wordpress.com", Some((Collection, None))),
            (
                "a.blogspot.com",
                "a.blogspot.com",
                Some((Blogs, Some("a.blogspot.com"))),
            ),
            (
                "a.blogspot.co.uk",
                "blogspot.co.uk",
                Some((Blogs, Some("a.blogspot.com"))),
            ),
            ("www.nytimes.com", "nytimes.com", None),
            ("notbit.ly", "notbit.ly", None),
            ("bit.ly", "bit.ly", Some((Passage, None))),
            ("google.example.com", "example.com", None),
        ] {
            let expected = expected.map(|(what, blog)| (what, blog.map(str::to_owned)));
            assert_eq!(intermediary(host, domain), expected, "{host}");
        }
    }

    #[test]
    fn every_domain_is_written_as_hosts_are_and_stands_once() {
        let all = HOSTS
            .iter()
            .flat_map(|(_, domains)| domains.split_ascii_whitespace());
        let all: Vec<&str> = all.collect();
        for domain in &all {
            let is_host =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-*".contains(c);
            assert!(
                domain.contains('.') && domain.chars().all(is_host),
                "{domain}"
            );
        }
        assert_eq!(BY_DOMAIN.len(), all.len());
    }
}
