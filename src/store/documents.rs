//! `Documents`: one row a document, and the sketches beside it.
//!
//! 112 bytes a row, the id, 8 bytes a band and a byte a slot: all that a run holds of a
//! document that has no copies.

use std::collections::HashMap;

use crate::corpus::{CorpusError, Reader, TextPlace};
use crate::doc_id::DocId;
use crate::stages::{EqualTexts, Texts};
use crate::store::large::Large;
use crate::store::one_host::{OneHost, Sources};
use crate::store::rejections::{BlockRejections, Gathering, Rejected};
pub(crate) use crate::store::row::{NO_ID, NO_PUBLISHER, Name, Row};
use crate::store::unread_dates::UnreadDates;

/// What one block of an input gave.
#[derive(Default)]
pub(crate) struct BlockTable {
    pub(crate) rows: Vec<Row>,
    /// One a row.
    pub(crate) text_places: Vec<TextPlace>,
    pub(crate) ids: String,
    pub(crate) publishers: Vec<String>,
    pub(crate) publisher_numbers: HashMap<String, u32, foldhash::fast::RandomState>,
    pub(crate) one_host: OneHost,
    /// `bands` keys a row; zero without shingles.
    pub(crate) keys: Vec<u64>,
    /// A byte a slot and row.
    pub(crate) screens: Vec<u8>,
    pub(crate) rejections: BlockRejections,
    pub(crate) unread_dates: UnreadDates,
    pub(crate) text_bytes: u64,
    /// Records so far, rejected ones counted.
    pub(crate) records: u32,
}

/// All documents of a corpus.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) rows: Vec<Row>,
    /// Where the texts are in the records, one a row; none of those who are no records of the corpus.
    pub(crate) text_places: Vec<TextPlace>,
    pub(crate) keys: Large<u64>,
    pub(crate) screens: Large<u8>,
    pub(crate) ids: String,
    pub(crate) publishers: Vec<String>,
    /// Documents at the beginning that are an index's, and no records of the corpus.
    pub(crate) indexed: usize,
    /// What documents of equal text say together, once it is noted.
    pub(crate) equal_texts: EqualTexts,
    /// Whether publishers distinguish documents, where an index knows it of more than these.
    pub(crate) publishers_distinguish: Option<bool>,
    /// Names of the inputs.
    pub(crate) inputs: Vec<String>,
    /// The first document whose id is repeated in its input.
    pub(crate) first_repeated: Option<DocId>,
    /// By input, then offset.
    pub(crate) rejections: Vec<(u32, Rejected)>,
    /// Records that an index has already, by input, then offset.
    pub(crate) known: Vec<(u32, KnownRecord)>,
    /// Dates that are not read.
    pub(crate) unread_dates: UnreadDates,
    pub(crate) counts: Counts,
}

/// A record that is a document of an index already.
#[derive(Clone, Debug)]
pub(crate) struct KnownRecord {
    pub(crate) offset: u64,
    /// What the index calls it.
    pub(crate) id: String,
}

/// A record of the corpus, in document order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RecordRef {
    /// A document.
    Document(DocId),
    /// A position in the list of rejections.
    Rejected(u32),
    /// A position in the list of records that are known.
    Known(u32),
}

/// Sums over the corpus.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Records, rejected ones counted.
    pub(crate) read: u64,
    pub(crate) text_bytes: u64,
    pub(crate) dated: u64,
    pub(crate) with_publisher: u64,
    pub(crate) with_id: u64,
    pub(crate) qualified_ids: u64,
    pub(crate) repeated_ids: u64,
}

impl Documents {
    /// Puts the blocks of a scan together, in their order.
    pub(crate) fn gather(
        inputs: Vec<String>,
        blocks: Vec<(usize, BlockTable)>,
        publishers_distinguish: Option<bool>,
    ) -> Documents {
        let total = |size: fn(&BlockTable) -> usize| blocks.iter().map(|(_, b)| size(b)).sum();
        let mut all = Documents {
            rows: Vec::with_capacity(total(|b| b.rows.len())),
            text_places: Vec::with_capacity(total(|b| b.rows.len())),
            ids: String::with_capacity(total(|b| b.ids.len())),
            inputs,
            publishers_distinguish,
            ..Documents::default()
        };
        let mut keys = Vec::with_capacity(total(|b| b.keys.len()));
        let mut screens = Vec::with_capacity(total(|b| b.screens.len()));
        let mut publisher_numbers: HashMap<String, u32> = HashMap::default();
        let mut records = vec![0u32; all.inputs.len()];
        let mut rejections = Gathering::default();
        let mut sources = Sources::default();
        for (input, block) in blocks {
            let numbers: Vec<u32> = block
                .publishers
                .into_iter()
                .map(|name| {
                    let next = all.publishers.len();
                    *publisher_numbers.entry(name).or_insert_with_key(|name| {
                        all.publishers.push(name.clone());
                        u32::try_from(next).expect("fewer publishers than documents")
                    })
                })
                .collect();
            let (ids, before) = (all.ids.len() as u64, all.rows.len());
            let input_number = u32::try_from(input).expect("fewer inputs than documents");
            all.rows.extend(block.rows.into_iter().map(|mut row| {
                row.input = input_number;
                row.record += records[input];
                row.id.0 += ids;
                if row.publisher != NO_PUBLISHER {
                    row.publisher = numbers[row.publisher as usize];
                }
                row
            }));
            records[input] += block.records;
            all.counts.read += u64::from(block.records);
            all.ids.push_str(&block.ids);
            all.text_places.extend(block.text_places);
            keys.extend(block.keys);
            screens.extend(block.screens);
            rejections.add(input_number, block.rejections, before);
            sources.add(block.one_host);
            all.counts.text_bytes += block.text_bytes;
            all.unread_dates.merge(block.unread_dates);
        }
        (all.keys, all.screens) = (keys.into(), screens.into());
        all.rejections = rejections.finish();
        all.name_documents();
        // An index calls publishers as it did before.
        if publishers_distinguish.is_none() {
            sources.replace_publisher(&mut all.publishers, &mut all.rows);
        }
        all.forget_constant_publisher();
        all.count();
        all
    }

    /// One constant value for a whole corpus is no publisher.
    fn forget_constant_publisher(&mut self) {
        let constant = self.publishers_distinguish != Some(true)
            && self.publishers.len() == 1
            && self.rows.len() > 1
            && self.rows.iter().all(|row| row.publisher != NO_PUBLISHER);
        if constant {
            self.publishers.clear();
            self.rows
                .iter_mut()
                .for_each(|row| row.publisher = NO_PUBLISHER);
        }
    }

    fn count(&mut self) {
        for row in self.rows.iter().filter(|row| !row.rejected) {
            self.counts.dated += u64::from(row.date.is_some());
            self.counts.with_publisher += u64::from(row.publisher != NO_PUBLISHER);
            self.counts.with_id += u64::from(row.has_id());
        }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = DocId> + use<> {
        (0..self.rows.len()).map(DocId::from_index)
    }

    /// What a document is called without an id.
    pub(crate) fn place_name(&self, doc: DocId) -> String {
        let row = self.row(doc);
        format!("{}#{}", self.inputs[row.input as usize], row.record)
    }

    /// Calls a document by another name.
    pub(crate) fn rename(&mut self, doc: DocId, name: &str) {
        if let Some(id) = self.own_id(doc) {
            let was = u64::from(self.row(doc).name != Name::Id);
            let is = u64::from(id != name);
            self.counts.qualified_ids = self.counts.qualified_ids + is - was;
        }
        let start = self.ids.len() as u64;
        let length =
            u32::try_from(name.len()).expect("an id with some digits is shorter than a record");
        self.ids.push_str(name);
        let row = &mut self.rows[doc.index()];
        (row.id, row.name) = ((start, length), Name::Given);
    }

    /// The documents, without those rejected after they were read.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = DocId> + '_ {
        self.all().filter(|&doc| !self.row(doc).rejected)
    }

    /// Those that are records of the corpus.
    pub(crate) fn own(&self) -> impl Iterator<Item = DocId> + '_ {
        self.accepted().skip_while(|doc| doc.index() < self.indexed)
    }

    /// Whether a document is one of the corpus, and not of an index.
    pub(crate) fn is_own(&self, doc: DocId) -> bool {
        (self.indexed..self.rows.len()).contains(&doc.index())
    }

    /// Notes what documents of equal text say together.
    pub(crate) fn note_equal_texts(&mut self, texts: &Texts) {
        self.equal_texts = EqualTexts::of(self, texts);
    }

    /// The same documents without what is filed about them.
    pub(crate) fn without_keys(&self) -> Documents {
        Documents {
            rows: self.rows.clone(),
            text_places: self.text_places.clone(),
            ids: self.ids.clone(),
            publishers: self.publishers.clone(),
            unread_dates: self.unread_dates.clone(),
            inputs: self.inputs.clone(),
            rejections: self.rejections.clone(),
            known: self.known.clone(),
            keys: Large::default(),
            screens: Large::default(),
            equal_texts: EqualTexts::default(),
            ..*self
        }
    }

    /// Gives back the memory of keys and screens, once all candidates are found.
    pub(crate) fn forget_sketches(&mut self) {
        self.keys = Large::default();
        self.screens = Large::default();
    }

    /// Every record, those that are no documents where they stand.
    pub(crate) fn records(&self) -> Vec<RecordRef> {
        let rejected = (0u32..).zip(&self.rejections);
        let rejected = rejected
            .map(|(at, &(input, ref found))| ((input, found.offset), RecordRef::Rejected(at)));
        let known = (0u32..).zip(&self.known);
        let known =
            known.map(|(at, &(input, ref found))| ((input, found.offset), RecordRef::Known(at)));
        let mut others: Vec<((u32, u64), RecordRef)> = rejected.chain(known).collect();
        others.sort_by_key(|&(place, _)| place);
        let mut others = others.into_iter().peekable();
        let mut records = Vec::with_capacity(self.rows.len() + others.len());
        for doc in self.own() {
            let row = self.row(doc);
            while let Some((_, other)) =
                others.next_if(|&(place, _)| place < (row.input, row.offset))
            {
                records.push(other);
            }
            records.push(RecordRef::Document(doc));
        }
        records.extend(others.map(|(_, other)| other));
        records
    }

    /// The input a record is in, and where it starts there.
    pub(crate) fn place(&self, record: RecordRef) -> (usize, u64) {
        match record {
            RecordRef::Document(doc) => (self.row(doc).input as usize, self.row(doc).offset),
            RecordRef::Rejected(at) => {
                let (input, rejected) = &self.rejections[at as usize];
                (*input as usize, rejected.offset)
            }
            RecordRef::Known(at) => {
                let (input, known) = &self.known[at as usize];
                (*input as usize, known.offset)
            }
        }
    }

    pub(crate) fn row(&self, doc: DocId) -> &Row {
        &self.rows[doc.index()]
    }

    /// Reads the text of a document again, and hands it to `use_it`.
    pub(crate) fn text<R>(
        &self,
        doc: DocId,
        reader: &mut Reader<'_>,
        use_it: impl FnOnce(&str) -> R,
    ) -> Result<R, CorpusError> {
        let row = self.row(doc);
        let place = self.text_places.get(doc.index()).copied();
        let (input, record) = (row.input as usize, (row.offset, row.length));
        reader.text(input, record, place.unwrap_or_default(), use_it)
    }

    /// Whether publishers are known and distinguish documents.
    pub(crate) fn publishers_distinguish(&self) -> bool {
        self.publishers_distinguish
            .unwrap_or_else(|| self.publishers() > 1)
    }

    /// How many publishers there are.
    pub(crate) fn publishers(&self) -> usize {
        self.publishers.len()
    }

    /// All publishers, by number.
    pub(crate) fn publisher_names(&self) -> impl Iterator<Item = &str> {
        self.publishers.iter().map(String::as_str)
    }

    pub(crate) fn publisher_name(&self, publisher: u32) -> &str {
        &self.publishers[publisher as usize]
    }

    pub(crate) fn own_id(&self, doc: DocId) -> Option<&str> {
        let (start, length) = self.row(doc).id;
        if length == NO_ID {
            return None;
        }
        let start = usize::try_from(start).ok()?;
        self.ids.get(start..start + length as usize)
    }
}
