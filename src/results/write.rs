//! A run as a folder: tables, filtered corpora, `run.json` and `timing.json`.

use serde_json::{Map, Value, json};

use crate::clusters::Verdict;
use crate::context::Context;
use crate::corpus::{DatesOfField, PassedOver};
use crate::error::Error;
use crate::learned::Learned;
use crate::learned_file;
use crate::output::{
    self, FilteredCorpora, FilteredRecord, FilteredRecords, FinishedFolder, Outcome, OutputFolder,
    TableForms, Written,
};
use crate::report::View;
use crate::run::finished::Run;
use crate::run::memory;
use crate::run::unchanged::unless_changed;
use crate::stages::Stage;
use crate::store::documents::{Name, RecordRef};
use crate::store::inputs;

/// Which files a run is written as, besides the tables as JSON Lines.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The forms of tables besides.
    pub tables: TableForms,
    /// Write the corpus again, without what was removed, for example.
    pub filtered: Option<FilteredCorpora>,
    /// Write the story text of every document, what its page is without boilerplate. `wire` only:
    /// in `near` nothing is masked, and nothing written.
    pub story_text: bool,
    /// Write `report.json` and `report.html`, which shows this much of it.
    pub report: Option<View>,
    /// What the caller adds to `run.json`.
    pub notes: Map<String, Value>,
}

impl Run {
    /// Writes everything into a claimed folder and puts it in place.
    ///
    /// # Errors
    ///
    /// If something cannot be written, an input has changed meanwhile, or the caller cancels.
    /// Then nothing is left behind, and what stood at the destination stays. Or as
    /// [`FinishedFolder::place`].
    pub fn write(
        &mut self,
        folder: OutputFolder,
        files: &Files,
        context: Context<'_>,
    ) -> Result<Written, Error> {
        let (finished, written) = self.write_beside(folder, files, context)?;
        finished.place()?;
        Ok(written)
    }

    /// Writes everything into a claimed folder, so that it only has to be put in place.
    ///
    /// # Errors
    ///
    /// As [`write`](Run::write), but for the last step.
    pub fn write_beside(
        &mut self,
        folder: OutputFolder,
        files: &Files,
        context: Context<'_>,
    ) -> Result<(FinishedFolder, Written), Error> {
        let records = Records {
            run: self,
            records: self.documents.records(),
        };
        let mut timing = self.timing.clone();
        let total = files
            .filtered
            .map(|filtered| records.bytes() * asked(filtered));
        let mut sources = Vec::new();
        let written = timing.stage(Stage::Write, total, context.progress, || {
            let (described, (tables, learned)) = rayon::join(
                || inputs::describe(&self.corpus, context),
                || {
                    rayon::join(
                        || self.write_tables(&folder, &records.records, files.tables, context),
                        || self.write_learned(&folder),
                    )
                },
            );
            sources = described?;
            tables?;
            learned?;
            if files.story_text {
                self.write_story_texts(&folder, files.tables, context)?;
            }
            let mut reported = None;
            if let Some(view) = &files.report {
                let removes = files.filtered.is_some();
                reported = Some(self.write_report(&folder, view, removes, context)?);
            }
            context.go_on()?;
            let written = match files.filtered {
                None => Written::default(),
                Some(filtered) => {
                    let advance = |bytes| context.progress.advance(bytes);
                    filtered.write(&folder, &self.corpus, &records, context.cancelled, &advance)?
                }
            };
            Ok(Written {
                reported,
                ..written
            })
        });
        let written = unless_changed(&self.corpus, written)?;
        context.go_on()?;
        self.check_sum(&written)?;
        self.timing = timing;
        let mut file = folder.file("timing.json")?;
        file.put(format!("{:#}\n", self.timing_json()).as_bytes())?;
        file.finish()?;
        let finished = folder.finish(&self.run_json(files, sources, &written))?;
        Ok((finished, written))
    }

    /// Writes what was learned, so that another run may start from it.
    fn write_learned(&self, folder: &OutputFolder) -> Result<(), Error> {
        if let Some(learned) = self.learned() {
            let mut file = folder.file(learned_file::NAME)?;
            file.put(&learned.to_bytes())?;
            file.finish()?;
            self.digest(learned); // while others write
        }
        Ok(())
    }

    /// Checks that what was written is what was judged.
    fn check_sum(&self, written: &Written) -> Result<(), Error> {
        let counts = self.counts();
        let kept = written.kept.map_or(counts.kept, |amount| amount.records);
        let removed = written
            .removed
            .map_or(counts.removed, |amount| amount.records);
        counts.add_up(kept, removed)
    }

    fn run_json(&self, files: &Files, inputs: Vec<Value>, written: &Written) -> Value {
        let mut run = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "recipe": self.recipe_line(),
            "recall_at_threshold": self.recipe().recall(),
            "inputs": inputs,
            "passed_over": passed_over_json(self.corpus.passed_over()),
            "loss": self.corpus.has_loss(),
            "counts": self.counts(),
            "work": self.work(),
        });
        let object = run.as_object_mut().expect("made above");
        let dates = self.corpus.dates();
        if !dates.is_empty() {
            let dates = dates.iter().map(DatesOfField::json).collect();
            object.insert("dates".to_owned(), Value::Array(dates));
        }
        if self.recipe().profile().has_stories() {
            object.insert("stories".to_owned(), self.stories_json());
            let names = ["from_0.80", "from_0.85", "from_0.90", "from_0.95", "1.00"];
            let shares = names.into_iter().zip(self.page_coverages());
            let shares = shares.map(|(name, pages)| (name.to_owned(), pages.into()));
            object.insert("page_coverage".to_owned(), Value::Object(shares.collect()));
        }
        for (name, amount) in [
            ("kept", written.kept),
            ("removed", written.removed),
            ("annotated", written.annotated),
        ] {
            if let Some(amount) = amount {
                let amount = json!({ "records": amount.records, "bytes": amount.bytes });
                object.insert(format!("{name}_corpus"), amount);
            }
        }
        if let (Some(learned), Some(masked)) = (self.learned(), self.masked()) {
            object.insert(
                "learned".to_owned(),
                learned_json(learned, self.digest(learned)),
            );
            object.insert("boilerplate".to_owned(), masked.json());
        }
        object.extend(files.notes.clone());
        run
    }

    /// What only `wire` counts.
    fn stories_json(&self) -> Value {
        let (composites, linked, dropped) = self.link_counts();
        let (credited, agencies) = self.agency_counts();
        let agencies = agencies
            .into_iter()
            .map(|(agency, clusters)| json!({ "agency": agency.name(), "clusters": clusters }));
        json!({
            "composites": composites,
            "also_in": linked,
            "dropped_links": dropped,
            "credited": credited,
            "agencies": agencies.collect::<Vec<_>>(),
        })
    }

    fn timing_json(&self) -> Value {
        let stages = self.timing().stages().iter();
        let stages: Map<String, Value> = stages
            .map(|(stage, time)| (stage.name().to_owned(), time.as_secs_f64().into()))
            .collect();
        json!({
            "seconds": stages,
            "threads": rayon::current_num_threads(),
            "peak_memory_bytes": memory::peak(),
        })
    }
}

fn passed_over_json(passed: &PassedOver) -> Value {
    json!({ "files": passed.files, "count": passed.count, "unreadable": passed.unreadable })
}

fn learned_json(learned: &Learned, digest: u64) -> Value {
    let (everywhere, of_outlet) = learned.grams();
    json!({
        "digest": format!("{digest:016x}"),
        "pages": learned.pages(),
        "grams_everywhere": everywhere,
        "grams_of_outlets": of_outlet,
        "stock_shingles": learned.stock_shingles(),
        "file": learned.file_hash().map(|hash| format!("{hash:016x}")),
    })
}

/// How many filtered corpora are asked for.
fn asked(filtered: FilteredCorpora) -> u64 {
    [filtered.kept, filtered.removed, filtered.annotated]
        .into_iter()
        .map(u64::from)
        .sum()
}

/// The records of a run as the filtered corpora see them.
struct Records<'r> {
    run: &'r Run,
    records: Vec<RecordRef>,
}

impl Records<'_> {
    fn bytes(&self) -> u64 {
        self.run
            .documents
            .own()
            .map(|doc| u64::from(self.run.documents.row(doc).length))
            .sum()
    }
}

impl FilteredRecords for Records<'_> {
    fn count(&self) -> usize {
        self.records.len()
    }

    fn record(&self, at: usize) -> FilteredRecord {
        let (input, offset) = self.run.documents.place(self.records[at]);
        let (length, verdict) = match self.records[at] {
            RecordRef::Document(doc) => {
                let verdict = match self.run.verdict(doc) {
                    Verdict::Kept => output::Verdict::Kept,
                    Verdict::Removed { .. } => output::Verdict::Removed,
                };
                (self.run.documents.row(doc).length, verdict)
            }
            RecordRef::Rejected(_) | RecordRef::Known(_) => (0, output::Verdict::Rejected),
        };
        FilteredRecord {
            input,
            offset,
            length,
            verdict,
        }
    }

    fn are_called_by_their_ids(&self) -> bool {
        let documents = &self.run.documents;
        let mut own = documents.own();
        own.all(|doc| documents.row(doc).name == Name::Id)
    }

    fn with_outcome<R>(&self, at: usize, use_it: impl FnOnce(&str, &Outcome<'_>) -> R) -> R {
        self.run.with_outcome(self.records[at], |id, outcome| {
            use_it(id.unwrap_or_default(), &outcome)
        })
    }
}
