//! What goes wrong with an index: it is not there, damaged, forged, or its writer dies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Child;
use std::sync::Arc;

use wirecopy::container::{Bytes, FileBytes, FileRef, Wait, Writing};
use wirecopy::hash;
use wirecopy::{Context, Index, Query};

use crate::cmd::{Dir, fixture};

/// An index of most of the newsroom, and the rest as `rest.jsonl`.
pub(crate) fn begun() -> Dir {
    begun_as("wire")
}

/// The same, of a profile.
fn begun_as(profile: &str) -> Dir {
    let dir = Dir::new();
    let text = fs::read_to_string(fixture("newsroom/newsroom.jsonl")).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    dir.write("first.jsonl", &lines[..60].concat());
    dir.write("rest.jsonl", &lines[60..].concat());
    let build = ["index", "build", "first.jsonl", "--index", "ix", "-q"];
    dir.wirecopy(&[&build[..], &["--profile", profile]].concat())
        .exits(0);
    dir
}

/// Puts the index back as it was.
pub(crate) fn restore(dir: &Dir, files: &BTreeMap<String, Vec<u8>>) {
    restore_as(dir, "ix", files);
}

/// The same, of an index of that name.
pub(crate) fn restore_as(dir: &Dir, index: &str, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(dir.path(index));
    fs::create_dir(dir.path(index)).unwrap();
    for (name, bytes) in files {
        fs::write(dir.path(index).join(name), bytes).unwrap();
    }
}

pub(crate) fn documents(dir: &Dir) -> u64 {
    let info = dir
        .wirecopy(&["index", "info", "--index", "ix", "--json"])
        .exits(0);
    let info: serde_json::Value = serde_json::from_str(&info.stdout).unwrap();
    info["documents"].as_u64().unwrap()
}

#[test]
fn what_is_no_index_is_distinguished() {
    let dir = begun();
    dir.wirecopy(&["index", "info", "--index", "nowhere"])
        .exits(1)
        .stderr_has(&["no index here", "index build"]);
    dir.wirecopy(&["index", "build", "first.jsonl", "--index", "ix"])
        .exits(1)
        .stderr_has(&["an index is here already", "index add"]);
    fs::create_dir(dir.path("other")).unwrap();
    dir.write("other/notes.txt", "mine");
    dir.wirecopy(&["index", "build", "first.jsonl", "--index", "other"])
        .exits(1)
        .stderr_has(&["notes.txt"]);
    assert_eq!(dir.read("other/notes.txt"), "mine");
    dir.write("ids.txt", "nobody\n");
    dir.wirecopy(&["index", "remove", "--ids", "ids.txt", "--index", "ix"])
        .exits(1)
        .stderr_has(&["nobody", "nothing was removed"]);
    dir.wirecopy(&["index", "add", "missing.jsonl", "--index", "ix"])
        .exits(1)
        .stderr_has(&["missing.jsonl"]);
    dir.write("empty.jsonl", "");
    dir.wirecopy(&[
        "index",
        "add",
        "empty.jsonl",
        "--index",
        "ix",
        "--progress",
        "none",
    ]);
    assert_eq!(documents(&dir), 60);
    let manifest = fs::read(dir.path("ix/manifest")).unwrap();
    fs::write(dir.path("ix/manifest"), &manifest[..manifest.len() - 1]).unwrap();
    dir.wirecopy(&["index", "query", "rest.jsonl", "--index", "ix"])
        .exits(4)
        .stderr_has(&["manifest", "damaged"]);
}

/// `kill -9` at every step that an `add` reports: the index opens, every byte is right, and it is the one before or
/// the one after. (`tests/faults` does the same at every system call.)
#[test]
fn a_writer_that_is_killed_leaves_the_index_before_or_after() {
    let dir = begun();
    let before = dir.tree("ix");
    let words = ["index", "add", "rest.jsonl", "--index", "ix"];
    let mut states = BTreeSet::new();
    let mut step = 0;
    let kill = |child: &mut Child| child.kill().unwrap();
    while dir.at_step(&words, step, kill).is_some() {
        dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
        let found = documents(&dir);
        assert!(found == 60 || found == 88, "{found} at {step}");
        states.insert(found);
        // Whoever comes next has a whole index to go on with.
        if found == 60 && step % 4 == 0 {
            dir.wirecopy(&words).exits(0);
            assert_eq!(documents(&dir), 88);
        }
        restore(&dir, &before);
        step += 1;
    }
    assert!(step > 4, "{step} steps");
    assert!(states.contains(&60), "killed before the end at least once");
}

/// Files as they are, in memory.
pub(crate) fn read(file: &File) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    io::copy(&mut &*file, &mut bytes)?;
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(&bytes);
    let length = bytes.len();
    Ok(Arc::new(Aligned { words, length }))
}

struct Aligned {
    words: Vec<u64>,
    length: usize,
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.length]
    }
}

impl FileBytes for Aligned {}

/// Writes an index again, file by file, with sections as `change` leaves them or without those it does not
/// want, and every checksum right. It is given the file, the sections it has, and which one it is.
pub(crate) fn write_again(
    folder: &Path,
    mut change: impl FnMut(u64, &[u32], u32, &mut Vec<u8>) -> bool,
) {
    let map = read as fn(&File) -> io::Result<Bytes>;
    let writing = Writing::begin(folder, &map, Wait::No).unwrap();
    let snapshot = writing.snapshot().clone();
    let mut written: Vec<FileRef> = Vec::new();
    for (at, (file, segment)) in (0..).zip(snapshot.files()) {
        let mut copy = writing.new_file(file.kind()).unwrap();
        let sections = segment.sections().iter();
        let filled: Vec<u32> = sections
            .filter(|section| section.length > 0)
            .map(|section| section.kind)
            .collect();
        let bytes = fs::read(folder.join(file.name())).unwrap();
        for section in segment.sections() {
            let start = usize::try_from(section.offset).unwrap();
            let mut own = bytes[start..][..usize::try_from(section.length).unwrap()].to_vec();
            if change(at, &filled, section.kind, &mut own) {
                let mut to = copy.section(section.kind, section.element_size).unwrap();
                io::Write::write_all(&mut to, &own).unwrap();
            }
        }
        written.push(copy.finish(segment.documents()).unwrap());
    }
    let next = snapshot.next_document();
    writing.commit(&written, next).unwrap();
}

/// Changes one value of a section.
fn forge(folder: &Path, draw: &mut impl FnMut(u64) -> u64) {
    let files = fs::read_dir(folder).unwrap();
    let names = files.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let victim = draw(names.filter(|name| name.contains('-')).count() as u64);
    let mut forged = None;
    write_again(folder, |file, sections, section, own| {
        if file == victim {
            let kind = *forged.get_or_insert_with(|| {
                sections[usize::try_from(draw(sections.len() as u64)).unwrap()]
            });
            if section == kind {
                let place = usize::try_from(draw(own.len() as u64)).unwrap();
                let value = [0, 1, 0x7f, 0x80, 0xff][usize::try_from(draw(5)).unwrap()];
                let end = own.len().min(place + 1 + usize::try_from(draw(8)).unwrap());
                own[place..end].fill(value);
            }
        }
        true
    });
}

/// The section with a byte of each slot.
const SCREENS: u32 = 14;

/// Every section of every file is there; one that is not is damage, and the way out is said.
#[test]
fn a_missing_section_is_damage() {
    for profile in ["wire", "near"] {
        let dir = begun_as(profile);
        let whole = dir.tree("ix");
        let mut sections = BTreeSet::new();
        write_again(&dir.path("ix"), |file, _, section, _| {
            sections.insert((file, section));
            true
        });
        assert!(sections.len() > 20, "{sections:?}");
        for missing in sections {
            restore(&dir, &whole);
            write_again(&dir.path("ix"), |file, _, section, _| {
                (file, section) != missing
            });
            let said = match missing.1 {
                // The files of the two states are distinguished by these.
                32 | 37 => "names no file with its state".to_owned(),
                section => format!("expected a section of kind {section}, found none"),
            };
            for words in [
                &["index", "verify", "--index", "ix"][..],
                &["index", "info", "--index", "ix"],
                &["index", "add", "rest.jsonl", "--index", "ix", "-q"],
            ] {
                dir.wirecopy(words)
                    .exits(4)
                    .stderr_has(&[&said, "build it again"]);
            }
        }
    }
}

#[test]
fn signatures_of_fewer_documents_than_there_are_are_damage() {
    let dir = begun();
    write_again(&dir.path("ix"), |_, _, section, own| {
        if section == SCREENS {
            own.truncate(own.len() - 256);
        }
        true
    });
    dir.wirecopy(&["index", "query", "rest.jsonl", "--index", "ix"])
        .exits(4)
        .stderr_has(&["more or fewer than the documents"]);
}

/// Titles, and where each ends.
const TITLES: u32 = 15;
const TITLE_ENDS: u32 = 16;

#[test]
fn titles_that_lie_are_damage_wherever_they_are_read() {
    type Lie = (&'static str, fn(u32, &mut Vec<u8>) -> bool);
    let lies: [Lie; 6] = [
        ("more or fewer than the documents", |section, own| {
            own.truncate(own.len() - if section == TITLE_ENDS { 8 } else { 0 });
            true
        }),
        ("a title is no text", |section, own| {
            if section == TITLE_ENDS {
                own[..8].fill(0xff); // the first ends behind all, the second before it begins
            }
            true
        }),
        ("a title is no text", |section, own| {
            if section == TITLES {
                own.fill(0xff);
            }
            true
        }),
        ("a title is no text", |section, own| {
            if section == TITLES {
                own.clear();
            }
            true
        }),
        ("expected a section of kind 15", |section, _| {
            section != TITLES
        }),
        ("expected a section of kind 16", |section, _| {
            section != TITLE_ENDS
        }),
    ];
    let dir = begun();
    let whole = dir.tree("ix");
    for (said, lie) in lies {
        write_again(&dir.path("ix"), |_, _, section, own| {
            !matches!(section, TITLES | TITLE_ENDS) || lie(section, own)
        });
        for words in [
            &["index", "verify", "--index", "ix"][..],
            &["index", "compact", "--index", "ix"],
            &["report", "--index", "ix", "-o", "page.html"],
        ] {
            dir.wirecopy(words).exits(4).stderr_has(&["seg-", said]);
        }
        restore(&dir, &whole);
    }
}

#[test]
fn forged_values_with_right_checksums_are_errors_and_never_a_panic() {
    forge_and_use("wire", |folder| {
        let how = wirecopy::Job::new(wirecopy::Recipe::default_wire());
        Index::rebuild_keys(folder, how, Context::default()).is_ok()
    });
    forge_and_use("near", |folder| {
        Index::compact(folder, Context::default()).is_ok()
    });
}

/// Forges an index of a profile again and again, and does with it all that can be done; every third time it is
/// also made `anew`.
fn forge_and_use(profile: &str, anew: impl Fn(&Path) -> bool) {
    let dir = begun_as(profile);
    let whole = dir.tree("ix");
    let mut state = 0;
    let mut draw = |most: u64| {
        state += 1;
        hash::stream(7, state) % most.max(1)
    };
    let text = fs::read_to_string(dir.path("rest.jsonl")).unwrap();
    let texts: Vec<String> = text
        .lines()
        .map(|line| {
            let page: serde_json::Value = serde_json::from_str(line).unwrap();
            page["text"].as_str().unwrap().to_owned()
        })
        .collect();
    let mut errors = 0;
    for round in 0..300 {
        forge(&dir.path("ix"), &mut draw);
        let opened = Index::open(&dir.path("ix"));
        errors += match opened {
            Err(error) => {
                assert!(error.to_string().contains("ix"), "{error}");
                1
            }
            Ok(index) => {
                let mut wrong = u32::from(index.verify().is_err());
                for text in &texts {
                    let query = Query {
                        text,
                        ..Query::default()
                    };
                    wrong |= u32::from(index.query(&query).is_err());
                }
                let job = wirecopy::Job::new(wirecopy::Recipe::default());
                let open = job.path(dir.path("rest.jsonl")).open().unwrap();
                wrong |= u32::from(index.report(None, Context::default()).is_err());
                let found = index.clusters_with(open, Context::default());
                if round % 3 == 0 {
                    wrong |= u32::from(!anew(&dir.path("ix")));
                }
                wrong | u32::from(found.is_err())
            }
        };
        restore(&dir, &whole);
    }
    // Most values cannot be distinguished from others: a hash is as good as another one.
    assert!(errors > 30, "{profile}: {errors} of 300 found");
}

#[test]
fn every_flipped_bit_of_a_file_is_found_by_verify() {
    let dir = begun();
    let segments: Vec<String> = dir
        .tree("ix")
        .into_keys()
        .filter(|name| name.contains('-'))
        .collect();
    for name in segments {
        let path = dir.path("ix").join(&name);
        let whole = fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, &bytes).unwrap();
            dir.wirecopy(&["index", "verify", "--index", "ix"])
                .exits(4)
                .stderr_has(&[&name]);
        }
        fs::write(&path, &whole).unwrap();
    }
    dir.wirecopy(&["index", "verify", "--index", "ix"]).exits(0);
}
