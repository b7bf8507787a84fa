//! A run as files: the tables, `run.json` and `timing.json`.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::documents::RecordRef;
use super::error::Error;
use super::memory;
use super::progress::{Progress, Stage};
use super::run::Run;
use crate::clusters::Verdict;
use crate::output::{
    ClusterRow, DocumentRow, Outcome, OutputError, OutputFile, OutputFolder, PairRow, Place,
    RejectedRow,
};
use crate::similarity::Overlap;

/// Documents whose rows are made at a time, so that several threads make them.
const ROWS: usize = 16_384;

/// Which files a run is written as.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Tables {
    /// What the caller adds to `run.json`: a JSON object.
    pub notes: Map<String, Value>,
}

impl Run {
    /// Writes everything into a claimed folder and puts it in place.
    ///
    /// # Errors
    ///
    /// If something cannot be written, an input has changed meanwhile, or the caller cancels.
    /// Then nothing is left behind, and what stood at the destination stays.
    pub fn write(
        &mut self,
        folder: OutputFolder,
        tables: &Tables,
        progress: &dyn Progress,
        cancelled: &AtomicBool,
    ) -> Result<(), Error> {
        let mut timing = std::mem::take(&mut self.timing);
        let total = Some(self.documents.rows.len() as u64);
        let written = timing.stage(Stage::Write, total, progress, || {
            self.write_files(&folder, tables, progress, cancelled)
        });
        self.timing = timing;
        written?;
        self.corpus.check_unchanged()?;
        let mut file = folder.file("timing.json")?;
        file.put(format!("{:#}\n", self.timing_json()).as_bytes())?;
        file.finish()?;
        folder.commit(&self.run_json(tables))?;
        Ok(())
    }

    fn write_files(
        &self,
        folder: &OutputFolder,
        _tables: &Tables,
        progress: &dyn Progress,
        _cancelled: &AtomicBool,
    ) -> Result<(), Error> {
        let (documents, (pairs, clusters)) = rayon::join(
            || self.write_documents(folder.file("documents.jsonl")?, progress),
            || {
                rayon::join(
                    || self.write_pairs(folder.file("pairs.jsonl")?),
                    || self.write_clusters(folder.file("clusters.jsonl")?),
                )
            },
        );
        documents.and(pairs).and(clusters)?;
        self.write_rejected(folder.file("rejected.jsonl")?)?;
        Ok(())
    }

    fn write_clusters(&self, mut file: OutputFile) -> Result<(), OutputError> {
        for cluster in self.clusters() {
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
                    overlap: member.overlap,
                    publisher: self.publisher(member.doc),
                    date,
                    lag: date.zip(first).map(|(date, first)| date.lag_after(first)),
                };
                file.put_with(|out| row.write_jsonl(out))?;
            }
        }
        file.finish().map(drop)
    }

    fn write_pairs(&self, mut file: OutputFile) -> Result<(), OutputError> {
        for pair in self.pairs() {
            let row = PairRow {
                a: &self.id(pair.a),
                b: &self.id(pair.b),
                accepted: pair.accepted,
                same_cluster: pair.same_cluster,
                overlap: pair.overlap.unwrap_or(Overlap::full(0)),
                relation: pair.relation,
            };
            file.put_with(|out| row.write_jsonl(out))?;
        }
        file.finish().map(drop)
    }

    fn write_documents(
        &self,
        mut file: OutputFile,
        progress: &dyn Progress,
    ) -> Result<(), OutputError> {
        // In parts that several threads make into rows, and one writes in order.
        let records = self.documents.records();
        for turn in records.chunks(ROWS) {
            let parts: Vec<Vec<u8>> = turn
                .par_chunks(ROWS / 16)
                .map(|records| {
                    let mut out = Vec::with_capacity(records.len() * 200);
                    records
                        .iter()
                        .for_each(|record| self.document_row(record, &mut out));
                    out
                })
                .collect();
            parts.iter().try_for_each(|part| file.put(part))?;
            progress.advance(turn.len() as u64);
        }
        file.finish().map(drop)
    }

    fn document_row(&self, record: &RecordRef, out: &mut Vec<u8>) {
        let (input, offset) = self.documents.place(*record);
        let (file, offset) = self.corpus.place(input, offset);
        let (id, witness);
        let (known, outcome) = match *record {
            RecordRef::Document(doc) => {
                id = self.id(doc);
                let place = match self.verdict(doc) {
                    Verdict::Kept => Place::Kept,
                    Verdict::Removed {
                        witness: doc,
                        relation,
                    } => {
                        witness = self.id(doc);
                        Place::Removed {
                            witness: &witness,
                            relation,
                        }
                    }
                };
                let cluster = self.cluster_of(doc);
                let cluster = cluster.map(|cluster| (cluster.id, count(cluster.members.len())));
                (Some(&*id), Outcome { place, cluster })
            }
            RecordRef::Rejected(_) => (
                None,
                Outcome {
                    place: Place::Rejected,
                    cluster: None,
                },
            ),
        };
        DocumentRow {
            id: known,
            file: &file,
            offset,
            outcome,
        }
        .write_jsonl(out);
    }

    fn write_rejected(&self, mut file: OutputFile) -> Result<(), OutputError> {
        for (input, rejected) in &self.documents.rejections {
            let (name, offset) = self.corpus.place(*input as usize, rejected.offset);
            let row = RejectedRow {
                file: &name,
                offset,
                reason: &rejected.reason,
            };
            file.put_with(|out| row.write_jsonl(out))?;
        }
        file.finish().map(drop)
    }

    fn run_json(&self, tables: &Tables) -> Value {
        let inputs: Vec<Value> = self
            .corpus
            .inputs()
            .iter()
            .map(|input| {
                json!({
                    "name": input.name(),
                    "path": input.path(),
                    "bytes": input.bytes(),
                })
            })
            .collect();
        let mut run = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "recipe": self.recipe().to_string(),
            "recall_at_threshold": self.recipe().recall(),
            "inputs": inputs,
            "counts": self.counts(),
            "work": self.work(),
        });
        let object = run.as_object_mut().expect("made above");
        object.extend(tables.notes.clone());
        run
    }

    fn timing_json(&self) -> Value {
        let stages: Map<String, Value> = self
            .timing()
            .stages()
            .iter()
            .map(|(stage, time)| (stage.name().to_owned(), time.as_secs_f64().into()))
            .collect();
        json!({ "seconds": stages, "peak_memory_bytes": memory::peak(), "threads": rayon::current_num_threads() })
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a corpus holds at most u32::MAX documents")
}
