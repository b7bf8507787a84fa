//! Documents of an index and of a batch as one small corpus, the index's first.
//!
//! Everything that compares, clusters and judges then works on it as on any other corpus.

use std::collections::HashMap;

use super::catalog::Catalog;
use crate::attribution::{Agency, agencies};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::run::crediting::IndexedCredit;
use crate::stages::{StageError, StoryReader, StoryTexts};
use crate::store::documents::{Documents, NO_ID, NO_PUBLISHER, Name, Row};
use crate::store::story_store::StoryStore;
use crate::verify::WordKind;

/// The story texts of documents of an index, and of a batch behind them.
pub(super) struct JoinedStories<'a> {
    pub(super) catalog: &'a Catalog,
    /// Positions in the index.
    pub(super) indexed: &'a [u32],
    pub(super) batch: &'a StoryStore,
}

impl StoryTexts for JoinedStories<'_> {
    fn reader(&self) -> Box<dyn StoryReader + '_> {
        Box::new(self)
    }
}

impl StoryReader for &JoinedStories<'_> {
    fn take(
        &mut self,
        doc: DocId,
        words: &mut Vec<u64>,
        kinds: &mut Vec<WordKind>,
    ) -> Result<(), StageError> {
        match self.indexed.get(doc.index()) {
            Some(&position) => {
                let (part, row) = self.catalog.row(position)?;
                Ok(part.story(row, words, kinds)?)
            }
            None => {
                let doc = DocId::from_index(doc.index() - self.indexed.len());
                let mut batch = self.batch;
                batch.take(doc, words, kinds)
            }
        }
    }
}

/// The number in the small corpus of a document by its position, where `before` documents are in the index and
/// those of a batch are behind them; nothing if it is none of the `indexed` ones.
pub(super) fn number(indexed: &[u32], before: usize, position: u32) -> Option<DocId> {
    let number = match (position as usize).checked_sub(before) {
        Some(doc) => indexed.len() + doc,
        None => indexed.binary_search(&position).ok()?,
    };
    Some(DocId::from_index(number))
}

/// The row of a document of an index, without a name or a publisher.
pub(super) fn bare_row(catalog: &Catalog, position: u32) -> Result<Row, Error> {
    let (_, row) = catalog.row(position)?;
    Ok(Row {
        input: 0,
        record: 0,
        offset: 0,
        length: 0,
        words: row.words,
        page_words: row.page_words,
        masked: row.masked,
        // Nothing of an index is removed.
        masked_by_form: 0,
        masked_by_others: 0,
        content: row.content,
        normal: row.normal(),
        date: row.date(),
        publisher: NO_PUBLISHER,
        id: (0, NO_ID),
        name: Name::Id,
        rejected: false,
    })
}

/// Puts documents of an index before those of a batch; the credits of the former are handed back.
pub(super) fn join(
    catalog: &Catalog,
    indexed: &[u32],
    batch: &mut Documents,
) -> Result<Vec<IndexedCredit>, Error> {
    let by_name: HashMap<&str, &'static Agency> = agencies()
        .iter()
        .map(|agency| (agency.name(), agency))
        .collect();
    let names = batch.publishers.iter().cloned().zip(0..);
    let mut publishers: HashMap<String, u32> = names.collect();
    let mut rows = Vec::with_capacity(indexed.len() + batch.rows.len());
    let mut credits = Vec::with_capacity(indexed.len());
    for &position in indexed {
        let (part, stored) = catalog.row(position)?;
        let mut row = bare_row(catalog, position)?;
        let id = part.id(stored)?;
        let length = u32::try_from(id.len()).map_err(|_| part.wrong("an id is too long"))?;
        row.id = (batch.ids.len() as u64, length);
        batch.ids.push_str(id);
        if let Some(name) = part.name(stored.publisher)? {
            let next = u32::try_from(batch.publishers.len()).unwrap_or(NO_PUBLISHER);
            row.publisher = *publishers.entry(name.to_owned()).or_insert_with(|| {
                batch.publishers.push(name.to_owned());
                next
            });
        }
        credits.push(IndexedCredit {
            agency: part
                .name(stored.agency)?
                .and_then(|name| by_name.get(name).copied()),
            is_from_agency: stored.is_from_agency(),
        });
        rows.push(row);
    }
    rows.append(&mut batch.rows);
    batch.rows = rows;
    batch.indexed = indexed.len();
    Ok(credits)
}
