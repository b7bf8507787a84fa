//! One host throughout, and many outlets given: then the outlets count.
//!
//! The host of an address says whose page it is, better than what a column says. Not where all
//! addresses of a corpus are of one host, which no list of databases and archives knows, and the records name
//! several sources: then the host is where the corpus was fetched, and the sources are the publishers.
//!
//! Of a corpus of several hosts nothing is kept: a block forgets what it noted as soon as it sees a second one.

use std::collections::HashMap;

use crate::corpus::{PublisherFrom, Record, publisher_of_source};
use crate::store::row::{NO_PUBLISHER, Row};

/// The sources of the documents of a block, as long as their addresses are of one host.
#[derive(Debug, Default)]
pub(crate) struct OneHost {
    /// The number of the host among the publishers of the block.
    host: Option<u32>,
    has_more: bool,
    names: Vec<String>,
    numbers: HashMap<String, u32, foldhash::fast::RandomState>,
    /// By row: the number of its source among the names.
    sources: Vec<u32>,
}

impl OneHost {
    /// Takes the next row, of a publisher with this number.
    pub(crate) fn take(&mut self, record: &Record<'_>, publisher: u32) {
        if self.has_more {
            return;
        }
        let is_host = record.publisher_from == PublisherFrom::Host && record.url.is_some();
        if !is_host || self.host.is_some_and(|host| host != publisher) {
            *self = OneHost {
                has_more: true,
                ..OneHost::default()
            };
            return;
        }
        self.host = Some(publisher);
        let source = record
            .source
            .map(str::trim)
            .filter(|source| !source.is_empty());
        let number = source.map_or(NO_PUBLISHER, |name| match self.numbers.get(name) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.names.len()).expect("fewer sources than records");
                self.names.push(name.to_owned());
                self.numbers.insert(name.to_owned(), number);
                number
            }
        });
        self.sources.push(number);
    }
}

/// The sources of all documents, while blocks are put together.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    blocks: Vec<OneHost>,
}

impl Sources {
    pub(crate) fn add(&mut self, block: OneHost) {
        self.blocks.push(block);
    }

    /// Puts the sources in the place of the publisher, if that is one host and they are several.
    pub(crate) fn replace_publisher(self, publishers: &mut Vec<String>, rows: &mut [Row]) {
        let rows_noted: usize = self.blocks.iter().map(|block| block.sources.len()).sum();
        if publishers.len() != 1 || rows_noted != rows.len() {
            return;
        }
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut names: Vec<String> = Vec::new();
        let mut of_rows = Vec::with_capacity(rows.len());
        for block in self.blocks {
            let number = |name: String| {
                let name = publisher_of_source(&name).unwrap_or(name);
                *numbers.entry(name).or_insert_with_key(|name| {
                    names.push(name.clone());
                    u32::try_from(names.len() - 1).expect("fewer sources than records")
                })
            };
            let own: Vec<u32> = block.names.into_iter().map(number).collect();
            let each = block.sources.iter();
            of_rows.extend(
                each.map(|&source| own.get(source as usize).copied().unwrap_or(NO_PUBLISHER)),
            );
        }
        if names.len() > 1 {
            *publishers = names;
            rows.iter_mut()
                .zip(of_rows)
                .for_each(|(row, source)| row.publisher = source);
        }
    }
}
