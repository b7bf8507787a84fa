//! Ids that tell documents apart.
//!
//! A record's own id is its document's, unless it stands in several inputs: then all of them are
//! called `file#id`. A record without one is called `file#record`. An own id that looks like one of
//! these is qualified too, so that what a table prints names one document.

use std::collections::HashSet;

use super::documents::{Documents, NO_ID, Rejected};
use crate::doc_id::DocId;
use crate::hash;
use crate::index::KeyTable;

impl Documents {
    /// Rejects the second record of an id in one input; qualifies ids that inputs share.
    ///
    /// Where the id is the page's address, a second record is the page crawled twice: just what
    /// people look for copies for. It stays, named by its number.
    pub(super) fn settle_ids(&mut self) {
        let named = |doc: &DocId| self.own_id(*doc).is_some();
        let table = KeyTable::build(self.all().filter(named).map(|doc| {
            let id = self.own_id(doc).unwrap_or_default();
            (hash::bytes(id.as_bytes()), doc)
        }));
        let mut duplicates: Vec<(DocId, DocId)> = Vec::new();
        let mut shared: Vec<DocId> = Vec::new();
        for group in table.groups() {
            let mut by_id: Vec<DocId> = group.to_vec();
            by_id.sort_by_key(|&doc| (self.own_id(doc), doc));
            for same in by_id.chunk_by(|&a, &b| self.own_id(a) == self.own_id(b)) {
                let mut firsts: Vec<DocId> = Vec::new();
                for &doc in same {
                    let input = self.row(doc).input;
                    // Documents come by input, so that only the last one can be of this one.
                    match firsts
                        .last()
                        .filter(|&&first| self.row(first).input == input)
                    {
                        Some(&first) => duplicates.push((doc, first)),
                        None => firsts.push(doc),
                    }
                }
                if firsts.len() > 1 {
                    shared.extend(firsts);
                }
            }
        }
        for (doc, first) in duplicates {
            if self.row(doc).id_is_url {
                self.rows[doc.index()].id.1 = NO_ID;
                continue;
            }
            let reason = format!(
                "the id `{}` stands twice in this file, first at byte {}: give every record its own",
                self.own_id(doc).unwrap_or_default(),
                self.row(first).offset
            );
            let row = &mut self.rows[doc.index()];
            row.rejected = true;
            self.rejections.push((
                row.input,
                Rejected {
                    offset: row.offset,
                    reason,
                },
            ));
        }
        shared.extend(self.looking_composed(!shared.is_empty()));
        shared.sort_unstable();
        shared.dedup();
        shared
            .iter()
            .for_each(|doc| self.rows[doc.index()].shared_id = true);
        self.counts.qualified_ids = shared.len() as u64;
        self.rejections
            .sort_by_key(|(input, rejected)| (*input, rejected.offset));
    }

    /// Documents whose own id begins with the name of an input and `#`, where such names are made.
    fn looking_composed(&self, some_are_shared: bool) -> Vec<DocId> {
        let nameless = |row: &super::documents::Row| row.id.1 == NO_ID;
        if !some_are_shared && !self.rows.iter().any(nameless) {
            return Vec::new();
        }
        let inputs: HashSet<&str> = self.inputs.iter().map(String::as_str).collect();
        let looks_composed = |id: &str| {
            let mut marks = id.match_indices('#');
            marks.any(|(at, _)| inputs.contains(&id[..at]))
        };
        self.all()
            .filter(|&doc| self.own_id(doc).is_some_and(looks_composed))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::OwnedRecord;
    use crate::pipeline::Job;
    use crate::recipe::Recipe;

    fn ids(given: &[Option<&str>]) -> Vec<String> {
        let record = |(at, id): (usize, &Option<&str>)| OwnedRecord {
            id: id.map(str::to_owned),
            text: format!("page {at}"),
            ..OwnedRecord::default()
        };
        let records = given.iter().enumerate().map(record).collect();
        let run = Job::new(Recipe::default()).records(records).run().unwrap();
        run.documents()
            .map(|doc| run.id(doc).into_owned())
            .collect()
    }

    #[test]
    fn an_own_id_that_looks_like_a_made_one_is_told_apart_from_it() {
        assert_eq!(
            ids(&[None, Some("records#1"), Some("a#1")]),
            ["records#1", "records#records#1", "a#1"]
        );
        assert_eq!(ids(&[Some("b"), Some("records#1")]), ["b", "records#1"]);
    }
}
