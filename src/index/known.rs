//! Which records of a batch an index has already.
//!
//! A record is *known* if a document of the index has its text, byte for byte, and its id. Names are made of
//! ids as a batch needs them ([`crate::store::ids`], [`super::renaming`]), so a document has an id if its name
//! is the id, or ends with it behind a mark; for a record without an id, if its name ends with `file#record`. What
//! was put behind a name to distinguish it from others, `@` and a number, does not count.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::catalog::Catalog;
use super::renaming::{call_apart, namesakes};
use crate::cluster::Facts;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::store::documents::{Documents, KnownRecord, Name};
use crate::store::rejections::Rejected;

/// What becomes of a record whose id a document of the index has.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Known {
    /// With the same text it is known, and not added again; with another text it is added under another name.
    #[default]
    Skip,
    /// It is rejected.
    Reject,
    /// With the same text it is known; with another text it is added in the place of the document.
    Replace,
}

/// What was found of a batch.
#[derive(Debug, Default)]
pub(super) struct KnownRecords {
    /// Records that are known, and the positions of their documents.
    pub(super) known: Vec<(DocId, u32)>,
    /// Positions of documents that others take the place of, ascending.
    pub(super) replaced: Vec<u32>,
}

/// Takes known records out of a batch, and calls the others as the index calls nothing.
pub(super) fn take_known(
    catalog: &Catalog,
    batch: &mut Documents,
    known: Known,
) -> Result<KnownRecords, Error> {
    let docs: Vec<DocId> = batch.accepted().collect();
    let found = find(catalog, batch, &docs)?;
    let namesakes = namesakes(catalog, batch, &docs)?;
    let mut result = KnownRecords::default();
    let (mut apart, mut replacing) = (Vec::new(), Vec::new());
    for (&doc, (found, namesake)) in docs.iter().zip(found.into_iter().zip(namesakes)) {
        match (known, found, namesake) {
            (Known::Reject, Some(_), _) => reject(batch, doc),
            (Known::Reject, None, namesake) if has_id_of(catalog, batch, doc, namesake)? => {
                reject(batch, doc);
            }
            (Known::Skip | Known::Replace, Some(at), _) => result.known.push((doc, at)),
            (Known::Replace, None, Some(at)) if batch.row(doc).name != Name::Number => {
                replacing.push((doc, at));
            }
            (_, None, Some(_)) => apart.push(doc),
            (_, None, None) => {}
        }
    }
    let known: HashSet<u32> = result.known.iter().map(|&(_, at)| at).collect();
    for (doc, at) in replacing {
        match known.contains(&at) {
            true => apart.push(doc), // another document's, of a name that can be read in two ways
            false => result.replaced.push(at),
        }
    }
    result.replaced.sort_unstable();
    for &(doc, at) in &result.known {
        let (part, row) = catalog.row(at)?;
        take_out(batch, doc, part.id(row)?.to_owned());
    }
    batch
        .rejections
        .sort_by_key(|(input, rejected)| (*input, rejected.offset));
    call_apart(catalog, batch, &apart)?;
    Ok(result)
}

/// Whether the id of a record is that of a document of the index, given the one that has its name.
fn has_id_of(
    catalog: &Catalog,
    batch: &Documents,
    doc: DocId,
    namesake: Option<u32>,
) -> Result<bool, Error> {
    match batch.own_id(doc) {
        Some(id) => Ok(namesake.is_some() || catalog.document_of(id)?.is_some()),
        None => Ok(false),
    }
}

fn reject(batch: &mut Documents, doc: DocId) {
    let reason = format!(
        "the index has a document of the id `{}` already: remove that one first if it is to be replaced, \
         or add with --known replace",
        batch.id(doc)
    );
    let row = &mut batch.rows[doc.index()];
    row.rejected = true;
    let rejected = Rejected::one(row.offset, reason);
    batch.rejections.push((row.input, rejected));
}

fn take_out(batch: &mut Documents, doc: DocId, id: String) {
    let row = &mut batch.rows[doc.index()];
    row.rejected = true;
    let offset = row.offset;
    batch.known.push((row.input, KnownRecord { offset, id }));
}

/// How a part of a name may be that of a record.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Part {
    /// All of it is the name.
    Whole,
    /// It is the id.
    Id,
    /// It is input and number.
    Place,
}

/// Documents of one text whose names have a part in common; those before `next` are taken.
#[derive(Default)]
struct Group {
    positions: Vec<u32>,
    next: usize,
}

/// The positions of the documents that records are of: each its own, as long as there are so many.
fn find(catalog: &Catalog, batch: &Documents, docs: &[DocId]) -> Result<Vec<Option<u32>>, Error> {
    let candidates = of_same_text(catalog, batch, docs)?;
    let mut found = vec![None; docs.len()];
    if candidates.is_empty() {
        return Ok(found);
    }
    let places: Vec<String> = docs.iter().map(|&doc| batch.place_name(doc)).collect();
    let mut groups: HashMap<(u64, Part, &str), Group, FixedState> = HashMap::default();
    for &at in &candidates {
        let (part, row) = catalog.row(at)?;
        each_part(part.id(row)?, |kind, text| {
            let group = groups.entry((row.content, kind, text)).or_default();
            if group.positions.last() != Some(&at) {
                group.positions.push(at);
            }
        });
    }
    let mut taken: HashSet<u32, FixedState> = HashSet::default();
    for (&doc, found) in docs.iter().zip(&mut found) {
        let content = batch.row(doc).content;
        let name = batch.id(doc);
        let same = groups.get(&(content, Part::Whole, &*name));
        *found = same.and_then(|group| group.positions.first()).copied();
        taken.extend(*found);
    }
    for ((&doc, place), found) in docs.iter().zip(&places).zip(&mut found) {
        if found.is_some() {
            continue;
        }
        let content = batch.row(doc).content;
        let own_id = batch.own_id(doc).map(|id| (Part::Id, id));
        // An id of digits may look like the number of another record.
        let is_numbered = batch.row(doc).name == Name::Number;
        let places = is_numbered.then(|| ends_of_place(place));
        for (kind, text) in own_id.into_iter().chain(places.into_iter().flatten()) {
            let Some(group) = groups.get_mut(&(content, kind, text)) else {
                continue;
            };
            let is_taken = |at: &&u32| taken.contains(*at);
            let more = group.positions[group.next..].iter();
            group.next += more.take_while(is_taken).count();
            let own = group.positions.get(group.next);
            *found = own.or(group.positions.last()).copied();
            if own.is_some() {
                break;
            }
        }
        taken.extend(*found);
    }
    Ok(found)
}

/// The documents of the index whose texts are those of a batch, ascending.
fn of_same_text(catalog: &Catalog, batch: &Documents, docs: &[DocId]) -> Result<Vec<u32>, Error> {
    let contents = docs.iter().map(|&doc| batch.row(doc).content);
    let contents: HashSet<u64, FixedState> = contents.collect();
    let mut positions = Vec::new();
    for part in &catalog.parts {
        let rows = part.rows()?.par_iter().enumerate();
        let same = rows.filter(|(_, row)| contents.contains(&row.content));
        let same: Vec<usize> = same.map(|(doc, _)| part.position + doc).collect();
        let there = same.into_iter().filter(|&at| !catalog.state.is_removed(at));
        positions.extend(there.filter_map(|at| u32::try_from(at).ok()));
    }
    Ok(positions)
}

/// Marks of a name that are looked behind: that of a made one, of two the second, and those of a file's name.
const MARKS: usize = 4;
/// Steps of a path that are looked behind.
const STEPS: usize = 16;

/// Hands out what a name may be made of.
fn each_part<'a>(name: &'a str, mut put: impl FnMut(Part, &'a str)) {
    put(Part::Whole, name);
    let short = without_number(name);
    for name in [Some(name), short].into_iter().flatten() {
        put(Part::Id, name);
        let marks = name.match_indices('#').take(MARKS);
        marks.for_each(|(at, _)| put(Part::Id, &name[at + 1..]));
        ends_of_place(name).for_each(|(kind, end)| put(kind, end));
    }
}

/// The ends of `path/to/file#record`, from the whole on. The same file has more or less of its path in its name, as
/// the batch needs it.
fn ends_of_place(name: &str) -> impl Iterator<Item = (Part, &str)> {
    let file = name.rfind('#').map(|mark| &name[..mark]);
    let steps = file.map(|file| file.match_indices('/').take(STEPS));
    let starts = steps.into_iter().flatten().map(|(at, _)| at + 1);
    let whole = file.map(|_| 0);
    (whole.into_iter().chain(starts)).map(|at| (Part::Place, &name[at..]))
}

/// A name without `@` and a number behind it, if it has them.
fn without_number(name: &str) -> Option<&str> {
    let (name, number) = name.rsplit_once('@')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_of_its_id_however_it_was_made() {
        let has = |name: &str, kind: Part, text: &str| {
            let mut has = false;
            each_part(name, |own, part| has |= (own, part) == (kind, text));
            has
        };
        for name in ["7", "a.jsonl#7", "a.jsonl##7", "a.jsonl#7@31", "x#y#7"] {
            assert!(has(name, Part::Id, "7"), "{name}");
        }
        for name in ["17", "7@a", "a.jsonl#17", "a/7"] {
            assert!(!has(name, Part::Id, "7"), "{name}");
        }
        assert!(has("x@3", Part::Id, "x@3"));
        for name in ["a.jsonl#7", "d/a.jsonl#7", "d/a.jsonl#7@2"] {
            assert!(has(name, Part::Place, "a.jsonl#7"), "{name}");
        }
        assert!(!has("da.jsonl#7", Part::Place, "a.jsonl#7"));
        assert!(!has("pages/7", Part::Place, "7"));
    }
}
