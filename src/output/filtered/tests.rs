//! The filtered corpora of real corpora, against what the chosen lines are when put together.

mod forms;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

use proptest::prelude::*;
use serde_json::json;

use super::plan::{Form, Plan};
use super::*;
use crate::corpus::{BlockVisitor, Compression, ReadOptions, Record, Rejection, Source};
use crate::output::rows::Place;
use crate::relation::Relation;

/// The records of a corpus, each with its verdict, and whether the tables call them by their ids.
struct Table(Vec<FilteredRecord>, bool);

impl FilteredRecords for Table {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn record(&self, at: usize) -> FilteredRecord {
        self.0[at]
    }

    fn are_called_by_their_ids(&self) -> bool {
        self.1
    }

    fn with_outcome<R>(&self, at: usize, use_it: impl FnOnce(&str, &Outcome<'_>) -> R) -> R {
        let place = match self.0[at].verdict {
            Verdict::Kept => Place::Kept,
            Verdict::Removed => Place::Removed {
                witness: "w",
                relation: Relation::Exact,
                page_coverage: (9, 10),
            },
            Verdict::Rejected => Place::Rejected,
        };
        let outcome = Outcome {
            place,
            cluster: None,
        };
        use_it(&format!("doc-{at}"), &outcome)
    }
}

/// Where the records of a block stand.
#[derive(Default)]
struct Places(Vec<(u64, u32)>);

impl BlockVisitor for Places {
    fn record(&mut self, record: &Record<'_>) {
        self.0.push((record.offset, record.length));
    }

    fn rejected(&mut self, _: Rejection) {}
}

/// Input files, and the output folder beside them.
struct Room {
    root: tempfile::TempDir,
    inputs: Vec<PathBuf>,
    mmap: bool,
    ids: bool,
}

impl Room {
    fn new(files: &[(&str, &str)]) -> Room {
        let root = tempfile::tempdir().unwrap();
        let mut inputs = Vec::new();
        for (name, content) in files {
            let path = root.path().join("in").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, content).unwrap();
            inputs.push(path);
        }
        Room {
            root,
            inputs,
            mmap: true,
            ids: true,
        }
    }

    /// The corpus, and its records with the verdicts in turn.
    fn scan(&self, verdicts: &[Verdict]) -> (Corpus, Table) {
        let options = |mmap| ReadOptions {
            mmap,
            ..ReadOptions::default()
        };
        let open = |mmap| {
            let sources = self.inputs.iter().cloned().map(Source::Path).collect();
            Corpus::open(sources, options(mmap)).unwrap()
        };
        let mut corpus = open(true);
        let go_on = AtomicBool::new(false);
        let blocks = corpus.scan(|_| Places::default(), &go_on, &|_| {}).unwrap();
        let mut turn = verdicts.iter().copied().cycle();
        let mut records = Vec::new();
        for (input, places) in blocks {
            records.extend(places.0.into_iter().map(|(offset, length)| FilteredRecord {
                input,
                offset,
                length,
                verdict: turn.next().unwrap(),
            }));
        }
        if !self.mmap {
            corpus = open(false);
        }
        (corpus, Table(records, self.ids))
    }

    fn folder(&self) -> OutputFolder {
        OutputFolder::create(&self.root.path().join("out"), true, &self.inputs).unwrap()
    }

    /// Writes and commits; returns what was written.
    fn write(&self, asked: FilteredCorpora, verdicts: &[Verdict]) -> Written {
        let (corpus, records) = self.scan(verdicts);
        let folder = self.folder();
        let go_on = AtomicBool::new(false);
        let done = AtomicU64::new(0);
        let progress = |bytes| {
            done.fetch_add(bytes, std::sync::atomic::Ordering::Relaxed);
        };
        let written = asked
            .write(&folder, &corpus, &records, &go_on, &progress)
            .unwrap();
        let parts = [asked.kept, asked.removed, asked.annotated];
        let parts = parts.into_iter().filter(|&part| part).count() as u64;
        let bytes: u64 = records.0.iter().map(|r| u64::from(r.length)).sum();
        assert_eq!(done.into_inner(), parts * bytes);
        folder.commit(&json!({})).unwrap();
        written
    }

    fn read(&self, name: impl AsRef<Path>) -> String {
        fs::read_to_string(self.root.path().join("out").join(name)).unwrap()
    }
}

const ALL: FilteredCorpora = FilteredCorpora {
    kept: true,
    removed: true,
    annotated: true,
    merge: false,
};
use Verdict::{Kept, Rejected, Removed};

const DAY: &str = "{\"text\":\"a\"}\n\n{\"text\":\"b\"}\r\n{\"text\":\"c\"}\n{\"text\":\"d\"}";

#[test]
fn every_record_goes_where_it_belongs() {
    for mmap in [true, false] {
        let mut room = Room::new(&[("day.jsonl", DAY)]);
        room.mmap = mmap;
        let written = room.write(ALL, &[Kept, Removed, Rejected, Kept]);
        assert_eq!(
            room.read("kept/day.jsonl"),
            "{\"text\":\"a\"}\n{\"text\":\"d\"}"
        );
        assert_eq!(room.read("removed/day.jsonl"), "{\"text\":\"b\"}\r\n");
        let annotated = room.read("annotated/day.jsonl");
        let lines: Vec<&str> = annotated.split_inclusive('\n').collect();
        assert_eq!(
            lines[1],
            "{\"text\":\"b\",\"wirecopy\":{\"id\":\"doc-1\",\"verdict\":\"removed\",\
             \"duplicate_of\":\"w\",\"relation\":\"exact\",\"page_coverage\":0.9,\"cluster_id\":\"\",\"weight\":1.0}}\r\n"
        );
        assert_eq!(lines.len(), 3);
        let amount = |records, bytes| Some(Amount { records, bytes });
        assert_eq!(written.kept, amount(2, 25));
        assert_eq!(written.removed, amount(1, 14));
        assert_eq!(written.annotated, amount(3, annotated.len() as u64));
    }
}

#[test]
fn an_input_of_which_all_is_kept_comes_out_as_it_went_in() {
    let day = DAY.replace("\n\n", "\n");
    let room = Room::new(&[("a/day.jsonl", &day), ("b/day.jsonl", "{\"text\":\"e\"}\n")]);
    let kept = FilteredCorpora {
        removed: false,
        annotated: false,
        ..ALL
    };
    let written = room.write(kept, &[Kept]);
    assert_eq!(room.read("kept/a/day.jsonl"), day);
    assert_eq!(room.read("kept/b/day.jsonl"), "{\"text\":\"e\"}\n");
    assert_eq!(written.removed, None);
    assert!(!room.root.path().join("out/removed").exists());
}

#[test]
fn merged_corpora_are_one_file_of_whole_lines() {
    let room = Room::new(&[("x.jsonl", DAY), ("y.jsonl", DAY)]);
    let merge = FilteredCorpora { merge: true, ..ALL };
    room.write(merge, &[Kept, Removed, Rejected, Kept]);
    let once = "{\"text\":\"a\"}\n{\"text\":\"d\"}\n";
    assert_eq!(room.read("kept.jsonl"), once.repeat(2));
    assert_eq!(room.read("removed.jsonl"), "{\"text\":\"b\"}\r\n".repeat(2));
    assert_eq!(room.read("annotated.jsonl").lines().count(), 6);
}

#[test]
fn an_input_without_chosen_records_still_has_its_file() {
    let room = Room::new(&[("day.jsonl", DAY)]);
    let written = room.write(ALL, &[Kept]);
    assert_eq!(room.read("removed/day.jsonl"), "");
    assert_eq!(written.removed, Some(Amount::default()));
}

#[test]
fn a_cancelled_run_stops() {
    let room = Room::new(&[("day.jsonl", DAY)]);
    let (corpus, records) = room.scan(&[Kept]);
    let stop = AtomicBool::new(true);
    let stopped = ALL.write(&room.folder(), &corpus, &records, &stop, &|_| {});
    assert!(
        matches!(stopped, Err(OutputError::Cancelled)),
        "{stopped:?}"
    );
}

#[test]
fn a_record_that_is_gone_is_an_error_with_its_place() {
    let mut room = Room::new(&[("day.jsonl", DAY)]);
    room.mmap = false;
    let (corpus, records) = room.scan(&[Kept]);
    fs::write(&room.inputs[0], &DAY[..20]).unwrap();
    let go_on = AtomicBool::new(false);
    let gone = ALL
        .write(&room.folder(), &corpus, &records, &go_on, &|_| {})
        .unwrap_err();
    assert!(matches!(gone, OutputError::Corpus(_)), "{gone}");
    assert!(gone.to_string().contains("day.jsonl"), "{gone}");
}

/// Runs a plan with its own block size, form or compression.
fn run_plan(
    room: &Room,
    asked: FilteredCorpora,
    verdicts: &[Verdict],
    block: u64,
    change: impl FnOnce(&mut Plan),
) -> (OutputFolder, Vec<Amount>) {
    let (corpus, records) = room.scan(verdicts);
    let folder = room.folder();
    let mut plan = Plan::of(&asked, &folder, corpus.inputs(), &records, block);
    change(&mut plan);
    let go_on = AtomicBool::new(false);
    let job = write::Job {
        corpus: &corpus,
        records: &records,
        cancelled: &go_on,
        progress: &|_| {},
    };
    let amounts = job.run(&plan).unwrap();
    (folder, amounts)
}

#[test]
fn compressed_files_hold_the_same_bytes() {
    let room = Room::new(&[("day.jsonl", DAY)]);
    for (block, verdict) in [(1, Kept), (1 << 20, Kept), (1, Removed)] {
        for compression in [Compression::Gzip, Compression::Zstd] {
            let (folder, amounts) = run_plan(&room, ALL, &[verdict], block, |plan| {
                for file in &mut plan.files {
                    file.compression = compression;
                }
            });
            let bytes = fs::read(folder.path("kept/day.jsonl")).unwrap();
            let mut text = String::new();
            match compression {
                Compression::Gzip => flate2::read::MultiGzDecoder::new(&bytes[..])
                    .read_to_string(&mut text)
                    .unwrap(),
                _ => zstd::Decoder::new(&bytes[..])
                    .unwrap()
                    .read_to_string(&mut text)
                    .unwrap(),
            };
            assert!(!bytes.is_empty());
            assert_eq!(amounts[0].bytes, bytes.len() as u64);
            match verdict {
                Kept => assert_eq!(text, DAY.replace("\n\n", "\n")),
                _ => assert_eq!(text, ""),
            }
        }
    }
}

#[test]
fn texts_become_a_table_of_verdicts() {
    let room = Room::new(&[("day.jsonl", DAY)]);
    let (folder, amounts) = run_plan(&room, ALL, &[Kept, Removed], 1, |plan| {
        for block in &mut plan.blocks {
            block.form = Form::Verdicts;
        }
    });
    let table = fs::read_to_string(folder.path("annotated/day.jsonl")).unwrap();
    assert_eq!(amounts[2].records, 4);
    assert!(
        table.starts_with("{\"id\":\"doc-0\",\"verdict\":\"kept\",\"duplicate_of\":\"\","),
        "{table}"
    );
}

#[test]
fn texts_become_files_under_their_ids() {
    let lines = "{\"id\":\"a/1\",\"text\":\"x\"}\n{\"id\":\"2.txt\",\"text\":\"y\"}\n";
    let room = Room::new(&[("day.jsonl", lines)]);
    let as_files = |plan: &mut Plan| {
        for block in &mut plan.blocks {
            block.form = Form::Files { alone: false };
        }
    };
    let kept = FilteredCorpora {
        removed: false,
        annotated: false,
        ..ALL
    };
    let (folder, amounts) = run_plan(&room, kept, &[Kept], 1, as_files);
    let read = |name| fs::read_to_string(folder.path("kept/day.jsonl").join(name)).unwrap();
    assert_eq!(read("a/1"), "{\"id\":\"a/1\",\"text\":\"x\"}");
    assert_eq!(read("2.txt"), "{\"id\":\"2.txt\",\"text\":\"y\"}");
    assert_eq!(amounts[0].records, 2);
}

/// A line of a random file: some text, its line end, whether it is kept.
fn line() -> impl Strategy<Value = (String, &'static str, bool)> {
    (
        "[a-zé ]{0,12}",
        prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n"), Just("\n \r\n")],
        any::<bool>(),
    )
}

proptest! {
    /// The definition: the chosen lines, one after the other.
    #[test]
    fn kept_is_the_concatenation_of_the_chosen_lines(
        lines in prop::collection::vec(line(), 1..30),
        newline_at_end in any::<bool>(),
        block in 1u64..200,
        merge in any::<bool>(),
    ) {
        let mut file = String::new();
        let (mut kept, mut removed) = (String::new(), String::new());
        let mut verdicts = Vec::new();
        for (at, (text, line_end, keep)) in lines.iter().enumerate() {
            let record = format!("{{\"text\":\"{text}\"}}");
            let missing = at + 1 == lines.len() && !newline_at_end;
            file += &record;
            file += if missing { "" } else { line_end };
            let side = if *keep { &mut kept } else { &mut removed };
            *side += &record;
            *side += match (missing, *line_end == "\r\n") {
                (true, _) if merge => "\n",
                (true, _) => "",
                (false, true) => "\r\n",
                (false, false) => "\n",
            };
            verdicts.push(if *keep { Kept } else { Removed });
        }
        let room = Room::new(&[("f.jsonl", &file)]);
        let asked = FilteredCorpora { merge, ..ALL };
        let (folder, amounts) = run_plan(&room, asked, &verdicts, block, |_| {});
        let name = |part: &str| match merge {
            true => format!("{part}.jsonl"),
            false => format!("{part}/f.jsonl"),
        };
        let read = |part| fs::read_to_string(folder.path(name(part))).unwrap();
        prop_assert_eq!(read("kept"), kept);
        prop_assert_eq!(read("removed"), removed);
        prop_assert_eq!(amounts[0].records + amounts[1].records, lines.len() as u64);
        let annotated = read("annotated");
        prop_assert_eq!(annotated.lines().count(), lines.len());
        for (row, (text, _, keep)) in annotated.lines().zip(&lines) {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            prop_assert_eq!(&row["text"], text.as_str());
            prop_assert_eq!(&row["wirecopy"]["verdict"], if *keep { "kept" } else { "removed" });
        }
    }
}
