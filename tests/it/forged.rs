//! A small index whose files are changed as an input says, and then used for everything.
//!
//! The fuzz target and a test over the committed corpus share this. An input is a byte of switches and
//! changes behind it:
//!
//! ```text
//! switches   1  changes are of sections, else of bytes
//!            2  (bytes) checksums are made right again; those of sections always are
//!            4  (bytes) the file ends behind the last change
//!          240  the index is written to as well: added to, removed from, compacted
//!          248  the same, and all clusters are compared again: a report, an export, learning anew
//! bytes      file 1, place 2, length 1, that many bytes
//! section    file 1, section 1, what 1, place 2, value 8
//! ```
//!
//! Numbers are little-endian, and taken modulo what there is, so that every input means something: file 0 is
//! the manifest. `What` is, in its lower half, 0 set, 1 add, 2 cut the section here, 3 drop the section,
//! 4 more elements, 5 documents of the file, 6 its first document; in its upper half the width of the
//! value, 1, 2, 4 or 8 bytes. A change that is not whole is the end.

use std::collections::BTreeMap;
use std::fs;

use wirecopy::report::{View, page};
use wirecopy::{Context, Index, Query};
use wirecopy::{Error, Job, OpenJob, OwnedRecord, Recipe, hash};

/// A small index, and the files of it as they were written.
pub(crate) struct Forged {
    folder: tempfile::TempDir,
    /// The manifest, then the files that it names, in its order.
    files: Vec<(String, Vec<u8>)>,
}

/// A segment or a state, taken apart.
struct Table {
    recipe: Vec<u8>,
    first: u64,
    documents: u64,
    sections: Vec<Section>,
}

struct Section {
    kind: u32,
    size: u32,
    bytes: Vec<u8>,
}

const PREAMBLE: usize = 64;
/// Bytes of an entry in the list of a manifest, and in that of another file.
const NAMED: usize = 28;
const ENTRY: usize = 40;

impl Forged {
    /// Builds the index: two segments, copies within and between them, a page without words, one
    /// without a title, one without a date.
    pub(crate) fn new() -> Forged {
        let folder = tempfile::tempdir().expect("a folder for an index");
        let first = [
            (0, 0, 1),
            (1, 2, 2),
            (2, 60, 3),
            (3, 60, 9),
            (4, WORDLESS, 0),
        ];
        let first = first.map(|(at, story, day)| record(at, story, day));
        Index::build(folder.path(), job(first.to_vec()), Context::default()).expect("an index");
        let second = vec![record(5, 3, 4), record(6, 120, 5)];
        Index::add(folder.path(), job(second), Context::default()).expect("an index");
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder.path()).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            files.insert(name, fs::read(&path).expect("a file"));
        }
        files.remove("lock");
        let manifest = files.remove("manifest").expect("a manifest");
        let count = u64_at(&manifest, 0, manifest.len() - NAMED * files.len() - 8);
        assert_eq!(
            count,
            files.len() as u64,
            "the list of files ends the manifest"
        );
        let named = (0..files.len()).map(|at| {
            let entry = manifest.len() - NAMED * (files.len() - at);
            let prefix = if manifest[entry] == 2 { "seg" } else { "state" };
            let name = format!("{prefix}-{:010}", u64_at(&manifest, entry, 4));
            let bytes = files[&name].clone();
            (name, bytes)
        });
        let named: Vec<(String, Vec<u8>)> = named.collect();
        Forged {
            folder,
            files: [vec![("manifest".to_owned(), manifest)], named].concat(),
        }
    }

    /// Changes the index as the input says, uses it, and puts it back. Whether it could be opened, and
    /// read without an error.
    pub(crate) fn run(&mut self, input: &[u8]) -> (bool, bool) {
        let Some((&switches, changes)) = input.split_first() else {
            return (true, true);
        };
        let mut files: Vec<Vec<u8>> = self.files.iter().map(|(_, bytes)| bytes.clone()).collect();
        match switches & 1 {
            0 => change_bytes(&mut files, changes, switches & 4 != 0),
            _ => change_sections(&mut files, changes),
        }
        if switches & 3 != 0 {
            seal(&mut files);
        }
        self.write(&files);
        // Ten times as slow, so of random inputs few do it.
        let all = switches >= 248;
        let found = self.read(all);
        if switches >= 240 {
            self.change(all);
        }
        found
    }

    /// Makes the folder one of these files.
    fn write(&self, files: &[Vec<u8>]) {
        for entry in fs::read_dir(self.folder.path()).expect("a folder") {
            fs::remove_file(entry.expect("an entry").path()).expect("a file of ours");
        }
        for ((name, _), bytes) in self.files.iter().zip(files) {
            fs::write(self.folder.path().join(name), bytes).expect("room for a small file");
        }
    }

    fn read(&self, all: bool) -> (bool, bool) {
        let Ok(index) = Index::open(self.folder.path()) else {
            return (false, false);
        };
        let mut is_right = index.verify().is_ok();
        let mut tried = |result: Result<(), Error>| is_right &= result.is_ok();
        tried(index.hot_keys().map(|_| ()));
        for text in [text(0), text(61), "— …".to_owned()] {
            let query = Query {
                text: &text,
                ..Query::default()
            };
            tried(index.query(&query).map(|_| ()));
        }
        let found = index.clusters_with(
            job(vec![record(7, 1, 3), record(8, 200, 0)]),
            Context::default(),
        );
        tried(found.map(|run| _ = run.pairs()));
        if !all {
            return (true, is_right);
        }
        index.info();
        let report = index.report(None, Context::default());
        tried(report.map(|report| _ = page(&report, &View::default())));
        let clusters = index.clusters(Context::default());
        tried(clusters.and_then(|run| run.write_clusters_jsonl(|_| Ok::<(), Error>(()))));
        (true, is_right)
    }

    fn change(&self, all: bool) {
        let folder = self.folder.path();
        let _ = Index::remove(folder, &["d1"], Context::default());
        let _ = Index::add(folder, job(vec![record(9, 61, 2)]), Context::default());
        let _ = Index::compact(folder, Context::default());
        if all {
            let _ =
                Index::rebuild_keys(folder, Job::new(Recipe::default_wire()), Context::default());
        }
        // What it has written itself is read like anything else.
        self.read(all);
    }
}

fn change_bytes(files: &mut [Vec<u8>], mut changes: &[u8], ends: bool) {
    let mut last = None;
    while let Some((&[file, low, high, length], rest)) = changes.split_first_chunk() {
        let file = usize::from(file) % files.len();
        let bytes = &mut files[file];
        let given = &rest[..rest.len().min(length.into())];
        let place = usize::from(u16::from_le_bytes([low, high])) % bytes.len().max(1);
        let end = place + given.len();
        bytes.resize(bytes.len().max(end), 0);
        bytes[place..end].copy_from_slice(given);
        (changes, last) = (&rest[given.len()..], Some((file, end)));
    }
    if let (Some((file, end)), true) = (last, ends) {
        files[file].truncate(end);
    }
}

fn change_sections(files: &mut [Vec<u8>], mut changes: &[u8]) {
    let mut tables: Vec<Table> = files.iter().skip(1).map(|bytes| Table::of(bytes)).collect();
    while let Some((change, rest)) = changes.split_first_chunk::<13>() {
        let &[file, section, what, low, high, ref value @ ..] = change;
        let count = tables.len();
        let table = &mut tables[usize::from(file) % count];
        table.change(section, what, u16::from_le_bytes([low, high]), *value);
        changes = rest;
    }
    for (bytes, table) in files.iter_mut().skip(1).zip(&tables) {
        *bytes = table.encode(&bytes[..PREAMBLE]);
    }
}

impl Table {
    /// That of a file as it was written.
    fn of(file: &[u8]) -> Table {
        let list = &file[size(u64_at(file, 0, 24))..];
        let recipe_length = size(u64_at(list, 0, 4));
        let behind = 12 + recipe_length;
        let count = size(u64_at(list, behind, 16));
        let entries = list[behind + 24..].chunks_exact(ENTRY).take(count);
        Table {
            recipe: list[12..behind].to_vec(),
            first: u64_at(list, behind, 0),
            documents: u64_at(list, behind, 8),
            sections: entries
                .map(|entry| Section {
                    kind: u32_at(entry, 0),
                    size: u32_at(entry, 4),
                    bytes: file[size(u64_at(entry, 0, 8))..][..size(u64_at(entry, 0, 16))].to_vec(),
                })
                .collect(),
        }
    }

    fn change(&mut self, section: u8, what: u8, place: u16, value: [u8; 8]) {
        match what % 16 {
            5 => return self.documents = u64::from_le_bytes(value),
            6 => return self.first = u64::from_le_bytes(value),
            _ if self.sections.is_empty() => return,
            _ => {}
        }
        let at = usize::from(section) % self.sections.len();
        let own = &mut self.sections[at];
        let element = own.size as usize;
        let width = 1 << (what >> 4 & 3);
        let place = usize::from(place) * width % own.bytes.len().max(1);
        let end = own.bytes.len().min(place + width);
        let stands = &mut own.bytes[place..end];
        match what % 16 {
            0 => stands.copy_from_slice(&value[..stands.len()]),
            1 => {
                let mut sum = [0; 8];
                sum[..stands.len()].copy_from_slice(stands);
                let sum = u64::from_le_bytes(sum).wrapping_add(u64::from_le_bytes(value));
                stands.copy_from_slice(&sum.to_le_bytes()[..stands.len()]);
            }
            2 => own.bytes.truncate(place / element * element),
            3 => _ = self.sections.remove(at),
            4 => {
                let more = element * (1 + place % 16);
                own.bytes.extend(value.iter().cycle().take(more));
            }
            _ => {}
        }
    }

    /// The file again, behind a preamble of its kind; checksums are not right yet.
    fn encode(&self, preamble: &[u8]) -> Vec<u8> {
        let mut file = preamble.to_vec();
        let mut list = vec![0; 4];
        list.extend((self.recipe.len() as u64).to_le_bytes());
        list.extend(&self.recipe);
        for number in [self.first, self.documents, self.sections.len() as u64] {
            list.extend(number.to_le_bytes());
        }
        for section in &self.sections {
            let length = section.bytes.len() as u64;
            list.extend(section.kind.to_le_bytes());
            list.extend(section.size.to_le_bytes());
            let count = length / u64::from(section.size);
            for number in [file.len() as u64, length, count, 0] {
                list.extend(number.to_le_bytes());
            }
            file.extend(&section.bytes);
            file.resize(file.len().next_multiple_of(PREAMBLE), 0);
        }
        let list_offset = file.len() as u64;
        put(&mut file, 24, list_offset);
        put(&mut file, 32, list.len() as u64);
        let sections = u32::try_from(self.sections.len()).expect("few sections");
        file[48..52].copy_from_slice(&sections.to_le_bytes());
        file.extend(list);
        file
    }
}

/// Makes checksums right, as far as files say where they are.
fn seal(files: &mut [Vec<u8>]) {
    let (manifest, files) = files.split_first_mut().expect("a manifest");
    let count = files.len();
    for (at, file) in files.iter_mut().enumerate() {
        let head = seal_file(file);
        let entry = manifest.len().checked_sub(NAMED * (count - at));
        if let Some(entry) = entry.filter(|&entry| entry >= PREAMBLE) {
            put(manifest, entry + 12, file.len() as u64);
            put(manifest, entry + 20, head);
        }
    }
    seal_file(manifest);
}

/// Makes the checksums of a file right; hands back that of its head.
fn seal_file(file: &mut [u8]) -> u64 {
    if file.len() < PREAMBLE {
        return 0;
    }
    let list_offset = size(u64_at(file, 0, 24)).min(file.len());
    let length = file.len();
    let count = (u32_at(file, 48) as usize).min(length / ENTRY);
    for at in 0..count {
        let entry = length - ENTRY * (count - at);
        if entry < list_offset {
            continue;
        }
        let (offset, length) = (u64_at(file, entry, 8), u64_at(file, entry, 16));
        let end = offset.checked_add(length);
        if let Some(bytes) = end.and_then(|end| file.get(size(offset)..size(end))) {
            let xxh3 = hash::bytes(bytes);
            put(file, entry + 32, xxh3);
        }
    }
    put(file, 16, file.len() as u64);
    put(file, 40, hash::bytes(&file[list_offset..]));
    put(file, 56, hash::bytes(&file[..56]));
    hash::bytes(&[&file[..PREAMBLE], &file[list_offset..]].concat())
}

fn u64_at(bytes: &[u8], start: usize, place: usize) -> u64 {
    let bytes = bytes[start + place..].first_chunk();
    u64::from_le_bytes(*bytes.expect("a number"))
}

fn u32_at(bytes: &[u8], place: usize) -> u32 {
    u32::from_le_bytes(*bytes[place..].first_chunk().expect("a number"))
}

fn put(bytes: &mut [u8], place: usize, number: u64) {
    bytes[place..place + 8].copy_from_slice(&number.to_le_bytes());
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn job(records: Vec<OwnedRecord>) -> OpenJob {
    let job = Job::new(Recipe::default()).records(records);
    job.open().expect("records in memory are there")
}

/// The words of a story from some place on, so that stories near to each other share most of them.
fn text(from: u32) -> String {
    let letters = |number: u32| -> String {
        let digits = number.to_string();
        digits
            .bytes()
            .map(|digit| char::from(digit - b'0' + b'a'))
            .collect()
    };
    let words = (from..from + 40).map(|at| format!("Word{} ", letters(at)));
    words.collect()
}

/// The story of a page without a word.
const WORDLESS: u32 = u32::MAX;

fn record(at: u32, story: u32, day: u32) -> OwnedRecord {
    let text = match story {
        WORDLESS => "— …".to_owned(),
        from => text(from),
    };
    OwnedRecord {
        id: Some(format!("d{at}")),
        text,
        title: (at != 1).then(|| format!("Title {at}")),
        source: Some(format!("outlet-{}.example", at % 3)),
        date: (day > 0).then(|| format!("2024-10-{day:02}T08:00:00Z")),
        ..OwnedRecord::default()
    }
}
