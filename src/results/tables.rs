//! The tables of a run: clusters, pairs, documents, rejected records.

use std::convert::Infallible;

use crate::attribution::Agency;
use crate::clusters::{Cluster, Verdict};
use crate::context::Context;
use crate::doc_id::DocId;
use crate::output::{
    ClusterRow, DocumentRow, Outcome, OutputError, OutputFolder, PairRow, Place, RejectedRow,
    Table, TableForms,
};
use crate::run::finished::Run;
use crate::store::documents::RecordRef;

/// Pairs that are looked up at a time.
const PAIRS: usize = 16_384;

impl Run {
    /// Writes all tables.
    pub(crate) fn write_tables(
        &self,
        folder: &OutputFolder,
        records: &[RecordRef],
        forms: TableForms,
        context: Context<'_>,
    ) -> Result<(), OutputError> {
        let (documents, (pairs, clusters)) = rayon::join(
            || {
                let table = Table::create::<DocumentRow<'_>>(folder, "documents", forms)?;
                self.write_documents(table, records, context)
            },
            || {
                rayon::join(
                    || {
                        let table = Table::create::<PairRow<'_>>(folder, "pairs", forms)?;
                        self.write_pairs(table, context)
                    },
                    || {
                        let table = Table::create::<ClusterRow<'_>>(folder, "clusters", forms)?;
                        self.write_clusters(table, context)
                    },
                )
            },
        );
        documents.and(pairs).and(clusters)?;
        let table = Table::create::<RejectedRow<'_>>(folder, "rejected", forms)?;
        self.write_rejected(table, context)
    }

    fn write_clusters(&self, mut table: Table, context: Context<'_>) -> Result<(), OutputError> {
        let own = self.clusters().iter().filter(|own| self.has_own(own));
        let own: Vec<&Cluster> = own.collect();
        table.put_all(&own, going_on(context), |cluster, part| {
            let Ok(()) = self.each_row([*cluster].into_iter(), |row| {
                part.put(row);
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

    fn write_pairs(&self, mut table: Table, context: Context<'_>) -> Result<(), OutputError> {
        let is_own = |doc: DocId| doc.index() >= self.documents.indexed;
        for mut pairs in self.pairs_in_turns(PAIRS) {
            pairs.retain(|pair| is_own(pair.b));
            table.put_all(&pairs, going_on(context), |pair, part| {
                part.put(&PairRow {
                    a: &self.id(pair.a),
                    b: &self.id(pair.b),
                    accepted: pair.accepted,
                    same_cluster: pair.same_cluster,
                    likeness: pair.likeness.unwrap_or(self.recipe().equal()),
                    refused: pair.refused(),
                    relation: pair.relation,
                });
            })?;
        }
        table.finish()
    }

    fn write_documents(
        &self,
        mut table: Table,
        records: &[RecordRef],
        context: Context<'_>,
    ) -> Result<(), OutputError> {
        table.put_all(records, going_on(context), |record, part| {
            self.with_document_row(*record, |row| part.put(row));
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

    fn write_rejected(&self, mut table: Table, context: Context<'_>) -> Result<(), OutputError> {
        let rejections = &self.documents.rejections;
        table.put_all(rejections, going_on(context), |(input, rejected), part| {
            let (name, offset) = self.corpus.place(*input as usize, rejected.offset);
            part.put(&RejectedRow {
                file: &name,
                offset,
                reason: &rejected.reason,
                records: rejected.records,
            });
        })?;
        table.finish()
    }
}

/// Says whether it was not cancelled.
pub(super) fn going_on(context: Context<'_>) -> impl Fn() -> Result<(), OutputError> {
    move || context.go_on().map_err(|_| OutputError::Cancelled)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a corpus holds at most u32::MAX documents")
}
