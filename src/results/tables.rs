//! The tables of a run: clusters, pairs, documents, rejected records.

use std::convert::Infallible;

use rayon::prelude::*;

use crate::attribution::Agency;
use crate::clusters::{Cluster, Verdict};
use crate::context::Context;
use crate::doc_id::DocId;
use crate::output::{
    ClusterRow, DocumentRow, Outcome, OutputError, OutputFile, OutputFolder, PairRow, Place,
    RejectedRow,
};
use crate::run::finished::Run;
use crate::store::documents::RecordRef;

/// Rows, or clusters of them, that are made at a time, so that several threads make them.
const ROWS: usize = 16_384;

/// A table as JSON Lines, and as CSV too if that is asked for.
struct Table<'a> {
    jsonl: OutputFile,
    csv: Option<OutputFile>,
    context: Context<'a>,
}

impl<'a> Table<'a> {
    fn create(
        folder: &OutputFolder,
        name: &str,
        csv: bool,
        header: fn(&mut Vec<u8>),
        context: Context<'a>,
    ) -> Result<Table<'a>, OutputError> {
        let jsonl = folder.file(&format!("{name}.jsonl"))?;
        let mut csv = if csv {
            Some(folder.file(&format!("{name}.csv"))?)
        } else {
            None
        };
        if let Some(file) = &mut csv {
            file.put_with(header)?;
        }
        Ok(Table {
            jsonl,
            csv,
            context,
        })
    }

    fn put(
        &mut self,
        jsonl: impl FnOnce(&mut Vec<u8>),
        csv: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), OutputError> {
        self.go_on()?;
        self.jsonl.put_with(jsonl)?;
        self.csv.as_mut().map_or(Ok(()), |file| file.put_with(csv))
    }

    /// Writes the rows of many things in their order. Several threads make them, and one writes.
    fn put_all<T: Sync>(
        &mut self,
        all: &[T],
        rows: impl Fn(&T, &mut Vec<u8>, Option<&mut Vec<u8>>) + Sync,
    ) -> Result<(), OutputError> {
        let csv = self.csv.is_some();
        for turn in all.chunks(ROWS) {
            self.go_on()?;
            let parts: Vec<(Vec<u8>, Vec<u8>)> = turn
                .par_chunks(ROWS / 16)
                .map(|part| {
                    let (mut as_json, mut as_csv) = (Vec::new(), Vec::new());
                    part.iter()
                        .for_each(|one| rows(one, &mut as_json, csv.then_some(&mut as_csv)));
                    (as_json, as_csv)
                })
                .collect();
            for (as_json, as_csv) in &parts {
                self.jsonl.put(as_json)?;
                self.csv.as_mut().map_or(Ok(()), |file| file.put(as_csv))?;
            }
        }
        Ok(())
    }

    /// Whether it was not cancelled.
    fn go_on(&self) -> Result<(), OutputError> {
        let went_on = self.context.go_on();
        went_on.map_err(|_| OutputError::Cancelled)
    }

    fn finish(self) -> Result<(), OutputError> {
        self.jsonl.finish()?;
        self.csv.map_or(Ok(()), |file| file.finish().map(drop))
    }
}

impl Run {
    /// Writes all tables.
    pub(crate) fn write_tables(
        &self,
        folder: &OutputFolder,
        records: &[RecordRef],
        csv: bool,
        context: Context<'_>,
    ) -> Result<(), OutputError> {
        let table = |name, header| Table::create(folder, name, csv, header, context);
        let (documents, (pairs, clusters)) = rayon::join(
            || {
                let table = table("documents", DocumentRow::write_csv_header)?;
                self.write_documents(table, records)
            },
            || {
                rayon::join(
                    || self.write_pairs(table("pairs", PairRow::write_csv_header)?),
                    || self.write_clusters(table("clusters", ClusterRow::write_csv_header)?),
                )
            },
        );
        documents.and(pairs).and(clusters)?;
        self.write_rejected(table("rejected", RejectedRow::write_csv_header)?)
    }

    fn write_clusters(&self, mut table: Table<'_>) -> Result<(), OutputError> {
        let own = self.clusters().iter().filter(|own| self.has_own(own));
        let own: Vec<&Cluster> = own.collect();
        table.put_all(&own, |cluster, json, mut csv| {
            let Ok(()) = self.each_row([*cluster].into_iter(), |row| {
                row.write_jsonl(json);
                csv.iter_mut().for_each(|csv| row.write_csv(csv));
                Ok::<(), Infallible>(())
            });
        })?;
        table.finish()
    }

    /// Hands every cluster to `put` as its rows of `clusters.jsonl`, documents of an index counted.
    ///
    /// # Errors
    ///
    /// What `put` fails with.
    pub fn write_clusters_jsonl<E>(
        &self,
        mut put: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut line = Vec::new();
        self.each_row(self.clusters().iter(), |row| {
            line.clear();
            row.write_jsonl(&mut line);
            put(&line)
        })
    }

    fn each_row<'c, E>(
        &self,
        clusters: impl Iterator<Item = &'c Cluster>,
        mut put: impl FnMut(&ClusterRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for cluster in clusters {
            let first = self.date(cluster.representative());
            let size = count(cluster.members.len());
            for (member, index) in cluster.members.iter().zip(0..) {
                let date = self.date(member.doc);
                let row = ClusterRow {
                    id: &self.id(member.doc),
                    cluster: cluster.id,
                    size,
                    index,
                    relation: member.relation,
                    likeness: member.likeness,
                    publisher: self.publisher(member.doc),
                    date,
                    lag: date.zip(first).map(|(date, first)| date.lag_after(first)),
                    agency: self.agency(member.doc).map(Agency::name),
                    also_in: self.also_in(member.doc),
                };
                put(&row)?;
            }
        }
        Ok(())
    }

    /// Whether a document of the corpus is in a cluster, and not only such of an index.
    pub(crate) fn has_own(&self, cluster: &Cluster) -> bool {
        let mut members = cluster.members.iter();
        members.any(|member| member.doc.index() >= self.documents.indexed)
    }

    fn write_pairs(&self, mut table: Table<'_>) -> Result<(), OutputError> {
        let is_own = |doc: DocId| doc.index() >= self.documents.indexed;
        for mut pairs in self.pairs_in_turns(ROWS) {
            pairs.retain(|pair| is_own(pair.b));
            table.put_all(&pairs, |pair, json, csv| {
                let row = PairRow {
                    a: &self.id(pair.a),
                    b: &self.id(pair.b),
                    accepted: pair.accepted,
                    same_cluster: pair.same_cluster,
                    likeness: pair.likeness.unwrap_or(self.recipe().equal()),
                    refused: pair.refused(),
                    relation: pair.relation,
                };
                row.write_jsonl(json);
                csv.into_iter().for_each(|csv| row.write_csv(csv));
            })?;
        }
        table.finish()
    }

    fn write_documents(
        &self,
        mut table: Table<'_>,
        records: &[RecordRef],
    ) -> Result<(), OutputError> {
        table.put_all(records, |record, json, csv| {
            self.with_document_row(*record, |row| {
                row.write_jsonl(json);
                csv.into_iter().for_each(|csv| row.write_csv(csv));
            });
        })?;
        table.finish()
    }

    fn with_document_row(&self, record: RecordRef, use_it: impl FnOnce(&DocumentRow<'_>)) {
        let (input, offset) = self.documents.place(record);
        let (file, offset) = self.corpus.place(input, offset);
        let also_in = match record {
            RecordRef::Document(doc) => self.also_in(doc),
            RecordRef::Rejected(_) | RecordRef::Known(_) => &[],
        };
        self.with_outcome(record, |id, outcome| {
            use_it(&DocumentRow {
                id,
                file: &file,
                offset,
                outcome,
                also_in,
            });
        });
    }

    /// Hands a record's id and what became of it to `use_it`.
    pub(crate) fn with_outcome<R>(
        &self,
        record: RecordRef,
        use_it: impl FnOnce(Option<&str>, Outcome<'_>) -> R,
    ) -> R {
        let no_document = |place| Outcome {
            place,
            cluster: None,
        };
        let doc = match record {
            RecordRef::Document(doc) => doc,
            RecordRef::Rejected(_) => return use_it(None, no_document(Place::Rejected)),
            RecordRef::Known(at) => {
                let (_, known) = &self.documents.known[at as usize];
                return use_it(Some(&known.id), no_document(Place::Known));
            }
        };
        let cluster = self.cluster_of(doc);
        let cluster = cluster.map(|cluster| (cluster.id, count(cluster.members.len())));
        let id = self.id(doc);
        match self.verdict(doc) {
            Verdict::Kept => use_it(
                Some(&id),
                Outcome {
                    place: Place::Kept,
                    cluster,
                },
            ),
            Verdict::Removed { witness, relation } => {
                let page_coverage = self.page_coverage(doc, witness);
                let witness = self.id(witness);
                let place = Place::Removed {
                    witness: &witness,
                    relation,
                    page_coverage,
                };
                use_it(Some(&id), Outcome { place, cluster })
            }
        }
    }

    fn write_rejected(&self, mut table: Table<'_>) -> Result<(), OutputError> {
        for (input, rejected) in &self.documents.rejections {
            let (name, offset) = self.corpus.place(*input as usize, rejected.offset);
            let row = RejectedRow {
                file: &name,
                offset,
                reason: &rejected.reason,
                records: rejected.records,
            };
            table.put(|out| row.write_jsonl(out), |out| row.write_csv(out))?;
        }
        table.finish()
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a corpus holds at most u32::MAX documents")
}
