//! Stubs: one text in place of several articles of one publisher.
//!
//! An error page, a notice, a teaser or a redirect is under many headlines or addresses of a site. Its pages are
//! equal, so copies by any measure, and to remove them would hide that articles are missing. So they stay, and
//! are counted. An outlet files one story under two headlines, too, but hardly under three; and one story has
//! many addresses, but more than a few words. Where no publisher is known, or one throughout, the pages are of one host.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::clusters::Verdict;
use crate::context::Context;
use crate::corpus::{Corpus, Reader};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::stages::FinalCluster;
use crate::store::documents::{Documents, NO_PUBLISHER};

/// Headlines, or addresses where there are none, from which on one text of a publisher is a stub.
const SEVERAL: usize = 3;

/// Words of a text that may be a stub where only addresses decide: less than a brief.
const SHORT: u32 = 60;

/// Keeps the stubs that were to go, and says how many documents that are.
pub(crate) fn keep(
    finalized: &mut [FinalCluster],
    documents: &Documents,
    corpus: &Corpus,
    context: Context<'_>,
) -> Result<u64, Error> {
    let kept = finalized.par_iter_mut().map_init(
        || corpus.reader(),
        |reader, finalized| {
            let mut kept = 0;
            for same in equal(finalized, documents) {
                if is_stub(&same, documents, reader, context)? {
                    kept += take_back(finalized, &same);
                }
            }
            Ok(kept)
        },
    );
    kept.sum()
}

/// Documents of equal texts and one publisher, several at least, of which some go.
fn equal(finalized: &FinalCluster, documents: &Documents) -> Vec<Vec<DocId>> {
    let key = |doc: DocId| {
        let row = documents.row(doc);
        (row.normal, row.publisher)
    };
    let own = finalized.verdicts.iter().map(|&(doc, _)| doc);
    let own = own.filter(|doc| doc.index() >= documents.indexed);
    let mut docs: Vec<DocId> = own.collect();
    docs.sort_unstable_by_key(|&doc| (key(doc), doc));
    let same = docs.chunk_by(|&x, &y| key(x) == key(y));
    same.filter(|same| same.len() >= SEVERAL)
        .map(<[DocId]>::to_vec)
        .collect()
}

fn is_stub(
    docs: &[DocId],
    documents: &Documents,
    reader: &mut Reader<'_>,
    context: Context<'_>,
) -> Result<bool, Error> {
    let (mut headlines, mut addresses) = (HashSet::new(), HashSet::new());
    let mut hosts = HashSet::new();
    let is_known = documents.row(docs[0]).publisher != NO_PUBLISHER;
    for &doc in docs {
        context.go_on()?;
        let row = documents.row(doc);
        reader.record(row.input as usize, row.offset, row.length, |record| {
            let headline = record
                .title
                .map(str::trim)
                .filter(|title| !title.is_empty());
            headlines.extend(headline.map(str::to_lowercase));
            let address = record.url.map(address);
            hosts.insert(address.as_deref().map(|address| host(address).to_owned()));
            addresses.extend(address);
        })?;
        let is_ones = is_known || (hosts.len() == 1 && !hosts.contains(&None));
        if !is_ones {
            return Ok(false);
        }
        if headlines.len() >= SEVERAL && (addresses.is_empty() || addresses.len() >= SEVERAL) {
            return Ok(true);
        }
    }
    let is_short = documents.row(docs[0]).page_words < SHORT;
    Ok(headlines.is_empty() && addresses.len() >= SEVERAL && is_short)
}

/// An address without what does not change the page.
fn address(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    url[..end].trim_end_matches('/').to_lowercase()
}

/// The host of an address.
fn host(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    address[start..].split('/').next().unwrap_or_default()
}

/// Keeps these documents, given in ascending order: there may be as many as the cluster has.
fn take_back(finalized: &mut FinalCluster, docs: &[DocId]) -> u64 {
    let mut kept = 0;
    for (doc, verdict) in &mut finalized.verdicts {
        if *verdict != Verdict::Kept && docs.binary_search(doc).is_ok() {
            *verdict = Verdict::Kept;
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_distinguished_by_their_paths() {
        assert_eq!(
            address("https://a.example/x/?utm=1#top"),
            "https://a.example/x"
        );
        assert_eq!(address("https://a.example/X"), "https://a.example/x");
        assert_ne!(
            address("https://a.example/x"),
            address("https://a.example/y")
        );
        assert_eq!(host("https://a.example/x"), "a.example");
        assert_eq!(host("a.example/x"), "a.example");
    }
}
