//! Names that distinguish documents.
//!
//! A document is called by its own id if no other record has it; by `file#id` if other inputs have it too,
//! once each; by its number, `file#record`, if it has no id, or its input has the id more than once. All
//! records of a repeated id are numbered, the first too: to whoever joins by the id it would stand for all.
//!
//! Where two documents would still have one name (an own id that looks like a made one, an id of digits
//! beside a record's number), the one that is not called by its number is called `file#id`, then `file##id`,
//! at last by its number. No two records of an input have one number, so this ends.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::cluster::Facts;
use crate::doc_id::DocId;
use crate::hash;
use crate::lsh::KeyTable;
use crate::store::documents::{Documents, Name, Row};

impl Documents {
    /// Decides how every document is called.
    pub(crate) fn name_documents(&mut self) {
        let sharing = self.sharing_ids();
        self.first_repeated = sharing
            .iter()
            .filter(|(_, name)| *name == Name::Number)
            .map(|&(doc, _)| doc)
            .min();
        for (doc, name) in sharing {
            self.counts.repeated_ids += u64::from(name == Name::Number);
            self.rows[doc.index()].name = name;
        }
        loop {
            let clashing = self.clashing();
            for doc in &clashing {
                let name = &mut self.rows[doc.index()].name;
                *name = name.next();
            }
            if clashing.is_empty() {
                break;
            }
        }
        let is_qualified = |row: &&Row| row.has_id() && row.name != Name::Id;
        self.counts.qualified_ids = self.rows.iter().filter(is_qualified).count() as u64;
    }

    /// The documents whose id other records have, and how each is called.
    fn sharing_ids(&self) -> Vec<(DocId, Name)> {
        let named = |doc: &DocId| self.row(*doc).has_id();
        let table = KeyTable::build(self.all().filter(named).map(|doc| {
            let id = self.own_id(doc).unwrap_or_default();
            (hash::bytes(id.as_bytes()), doc)
        }));
        let mut sharing = Vec::new();
        for group in table.groups() {
            let mut by_id: Vec<DocId> = group.to_vec();
            by_id.sort_by_key(|&doc| (self.own_id(doc), doc));
            let same_id = by_id.chunk_by(|&a, &b| self.own_id(a) == self.own_id(b));
            for same in same_id.filter(|same| same.len() > 1) {
                // Documents come by input.
                for of_input in same.chunk_by(|&a, &b| self.row(a).input == self.row(b).input) {
                    let name = match of_input {
                        [_] => Name::InputAndId,
                        _ => Name::Number,
                    };
                    sharing.extend(of_input.iter().map(|&doc| (doc, name)));
                }
            }
        }
        sharing
    }

    /// Documents that are not called by their number, and by the same name as another one.
    fn clashing(&self) -> Vec<DocId> {
        if self.rows.iter().all(|row| row.name == Name::Id) {
            return Vec::new();
        }
        let inputs: HashMap<&str, u32> = self.inputs.iter().map(String::as_str).zip(0..).collect();
        let not_numbered = || self.all().filter(|&doc| self.row(doc).name != Name::Number);
        let mut clashing = self.called_like_a_number(not_numbered(), &inputs);

        // Without a mark in an unusual place, all before the first one is the input and all behind it the id.
        let is_unusual = |&doc: &DocId| self.has_unusual_mark(doc, &inputs);
        if not_numbered().any(|doc| is_unusual(&doc)) {
            let is_made = |doc: &DocId| self.row(*doc).name != Name::Id || is_unusual(doc);
            let made = not_numbered().filter(is_made);
            let mut by_name: Vec<(Cow<'_, str>, DocId)> =
                made.map(|doc| (self.id(doc), doc)).collect();
            by_name.sort_unstable();
            let same_name = by_name.chunk_by(|(a, _), (b, _)| a == b);
            let several = same_name.filter(|same| same.len() > 1).flatten();
            clashing.extend(several.map(|&(_, doc)| doc));
        }
        clashing.sort_unstable();
        clashing.dedup();
        clashing
    }

    /// Those of some documents that are called as another one is by its number.
    fn called_like_a_number(
        &self,
        docs: impl Iterator<Item = DocId>,
        inputs: &HashMap<&str, u32>,
    ) -> Vec<DocId> {
        let like_a_number = docs.filter_map(|doc| {
            let id = self.own_id(doc)?;
            let (start, number) = match (self.row(doc).name, id.rsplit_once('#')) {
                (Name::Id, at_mark) => {
                    let (start, end) = at_mark?;
                    (Cow::Borrowed(start), canonical(end)?)
                }
                (Name::InputAndId, None) => {
                    let input = &self.inputs[self.row(doc).input as usize];
                    (Cow::Borrowed(input.as_str()), canonical(id)?)
                }
                _ => {
                    let name = self.id(doc).into_owned();
                    let (start, end) = name.rsplit_once('#')?;
                    (Cow::Owned(start.to_owned()), canonical(end)?)
                }
            };
            Some((doc, (*inputs.get(start.as_ref())?, number)))
        });
        let like_a_number: Vec<(DocId, (u32, u32))> = like_a_number.collect();
        if like_a_number.is_empty() {
            return Vec::new();
        }
        let numbered = self.rows.iter().filter(|row| row.name == Name::Number);
        let numbered: Vec<(u32, u32)> = numbered.map(|row| (row.input, row.record)).collect();
        let is_taken = |place: &(u32, u32)| numbered.binary_search(place).is_ok();
        let taken = like_a_number.iter().filter(|(_, place)| is_taken(place));
        taken.map(|&(doc, _)| doc).collect()
    }

    /// Whether a name can be read in two ways: an own id that begins as if it had been made, or a made name
    /// whose input or id has a mark where the two meet.
    fn has_unusual_mark(&self, doc: DocId, inputs: &HashMap<&str, u32>) -> bool {
        let id = self.own_id(doc).unwrap_or_default();
        let row = self.row(doc);
        match row.name {
            Name::Id => {
                let mut marks = id.match_indices('#');
                marks.any(|(at, _)| inputs.contains_key(&id[..at]))
            }
            _ => id.starts_with('#') || self.inputs[row.input as usize].contains('#'),
        }
    }
}

/// A record's number, as names have it.
fn canonical(digits: &str) -> Option<u32> {
    let is_canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_canonical)
}
