//! How documents of a batch are called where the index has a document of their name.
//!
//! As in a run, by `file#id`. Where the index has that name too, as every night if a file of the same name counts
//! from 0 again, `@` and the number of the commit are behind it: no earlier one gave it.

use std::collections::HashSet;

use rayon::prelude::*;

use super::catalog::Catalog;
use crate::cluster::Facts;
use crate::doc_id::DocId;
use crate::error::Error;
use crate::store::documents::{Documents, Name};

/// The documents of the index that are called as those of a batch.
pub(super) fn namesakes(
    catalog: &Catalog,
    batch: &Documents,
    docs: &[DocId],
) -> Result<Vec<Option<u32>>, Error> {
    docs.par_iter()
        .map(|&doc| catalog.document_of(&batch.id(doc)))
        .collect()
}

/// Calls those of a batch that have a namesake in the index by other names.
pub(super) fn distinguish_from_index(
    catalog: &Catalog,
    batch: &mut Documents,
) -> Result<(), Error> {
    let docs: Vec<DocId> = batch.accepted().collect();
    let namesakes = namesakes(catalog, batch, &docs)?;
    let apart = docs.iter().zip(namesakes);
    let apart = apart.filter_map(|(&doc, namesake)| namesake.map(|_| doc));
    let apart: Vec<DocId> = apart.collect();
    call_apart(catalog, batch, &apart)
}

/// Calls documents of a batch by names that neither the index has, nor another document of the batch.
pub(super) fn call_apart(
    catalog: &Catalog,
    batch: &mut Documents,
    docs: &[DocId],
) -> Result<(), Error> {
    if docs.is_empty() {
        return Ok(());
    }
    let all = batch.accepted().map(|doc| batch.id(doc).into_owned());
    let mut taken: HashSet<String> = all.collect();
    let commit = catalog.snapshot.generation() + 1;
    for &doc in docs {
        let name = batch.id(doc).into_owned();
        let name = match batch.row(doc).name {
            Name::Id => format!("{}#{name}", batch.inputs[batch.row(doc).input as usize]),
            _ => name,
        };
        let numbered = (commit..).map(|number| format!("{name}@{number}"));
        for name in std::iter::once(name.clone()).chain(numbered) {
            if catalog.document_of(&name)?.is_none() && taken.insert(name.clone()) {
                batch.rename(doc, &name);
                break;
            }
        }
    }
    Ok(())
}
