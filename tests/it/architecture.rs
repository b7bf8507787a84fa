//! The shape of the source: imports follow the tables of `rooms.rs`, files begin with their idea and are short.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::rooms::{BELOW, CORE, CORE_NAMES, ENGINE, PACKAGES, Rooms, VOCABULARY};

/// Longest source file, in lines.
const LONGEST: usize = 400;

/// Files that are longer, how long they may be, and why.
const LONGER: &[(&str, usize, &str)] = &[
    (
        "src/output/folder.rs",
        450,
        "the states of a folder and, half of it, their tests",
    ),
    ("src/cli/plan.rs", 410, "every flag once, and its tests"),
    (
        "crates/formats/src/html/tests.rs",
        430,
        "pages of many kinds",
    ),
    (
        "crates/formats/src/html/scan.rs",
        450,
        "the tokens of HTML and, a third of it, their tests",
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file, with its path from the root, sorted.
pub(crate) fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = PACKAGES.map(|(source, _)| root().join(source)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let name = |path: &PathBuf| {
        path.strip_prefix(root())
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    files
        .iter()
        .map(|path| (name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Source without its line comments, which may speak of anything. (A `//` within a string cuts
/// the line short, which is harmless: no path follows it.)
pub(crate) fn code(source: &str) -> String {
    source
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The table of the package that a source file belongs to, and its path there.
fn package(file: &str) -> (Option<Rooms>, &str) {
    PACKAGES
        .iter()
        .find_map(|(source, rooms)| Some((*rooms, file.strip_prefix(source)?)))
        .unwrap()
}

/// The room a source file belongs to: the file or folder directly under the sources.
fn room(inside: &str) -> &str {
    inside.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The rooms named after `crate::`, alone or in braces.
fn imported_rooms(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let after = &code[at + path.len()..];
        let first = |path: &str| {
            let path = path.trim_start();
            let end = path
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(path.len());
            path[..end].to_owned()
        };
        match after.strip_prefix('{') {
            Some(group) => rooms.extend(top_level(group).iter().map(|path| first(path))),
            None => _ = rooms.insert(first(after)),
        }
    }
    rooms.remove("");
    rooms
}

/// The entries of `{a, b::{c, d}}`, given what follows the opening brace.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut entries) = (1, 0, Vec::new());
    for (at, byte) in group.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && byte == b',' {
            entries.push(&group[start..at]);
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    entries
}

/// The rooms that a room of a package may import, or `None` if it is in no table.
fn allowed(package: Rooms, room: &str) -> Option<Vec<&'static str>> {
    match room {
        "lib" => Some(
            [
                CORE_NAMES.to_vec(),
                package.iter().map(|&(name, _)| name).collect(),
            ]
            .concat(),
        ),
        "main" => Some(Vec::new()),
        _ if VOCABULARY.contains(&room) => Some(VOCABULARY.to_vec()),
        _ => Some(package.iter().find(|(name, _)| *name == room)?.1.concat()),
    }
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let mut refused = Vec::new();
    for (file, source) in sources() {
        let (Some(package), inside) = package(&file) else {
            continue;
        };
        let room = room(inside);
        let Some(may) = allowed(package, room) else {
            refused.push(format!(
                "{file}: `{room}` is in no table of this test: give it a row"
            ));
            continue;
        };
        for other in imported_rooms(&code(&source)) {
            if other != room && !may.contains(&other.as_str()) {
                refused.push(format!(
                    "{file}: `{room}` may import {may:?}, found `crate::{other}`"
                ));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// A room is also left by climbing: `super::` as often as the file is deep, once more in a block.
#[test]
fn no_room_is_left_by_climbing_out_of_it() {
    for (file, source) in sources() {
        let (Some(_), inside) = package(&file) else {
            continue;
        };
        let depth = inside.trim_end_matches("/mod.rs").matches('/').count() + 1;
        for (number, line) in (1..).zip(code(&source).lines()) {
            let in_block = usize::from(line.starts_with(' '));
            let climb = "super::".repeat(depth + in_block);
            let climbs = depth > 0 && line.contains(&climb);
            assert!(
                !climbs,
                "{file}:{number}: write `crate::…` to name another room: {line}"
            );
        }
    }
}

/// What a manifest asks for.
fn dependencies(package: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).unwrap();
    let (_, dependencies) = manifest.split_once("[dependencies]").unwrap();
    let (dependencies, _) = dependencies.split_once("\n[").unwrap();
    dependencies
        .lines()
        .filter_map(|line| line.split([' ', '.', '=']).next())
        .map(str::to_owned)
        .collect()
}

/// The core stands on nothing for files, JSON and the command line.
#[test]
fn the_core_reads_no_files() {
    let named = dependencies("crates/core");
    for refused in [
        "serde_json",
        "clap",
        "memmap2",
        "tempfile",
        "rustix",
        "libc",
        "zstd",
    ] {
        assert!(
            !named.iter().any(|name| name == refused),
            "crates/core/Cargo.toml: `{refused}` belongs to the engine"
        );
    }
    for (file, source) in sources()
        .iter()
        .filter(|(file, _)| file.starts_with("crates/core") && !file.ends_with("tests.rs"))
    {
        for path in ["std::fs", "std::io"] {
            assert!(
                !code(source).contains(path),
                "{file}: `{path}` belongs to the engine"
            );
        }
    }
}

#[test]
fn packages_name_only_those_below() {
    for (package, above) in BELOW {
        for refused in above {
            assert!(
                !dependencies(package).iter().any(|name| name == refused),
                "{package}Cargo.toml: `{refused}` is not below it"
            );
            let path = format!("{}::", refused.replace('-', "_"));
            for (file, source) in sources() {
                assert!(
                    !file.starts_with(package) || !code(&source).contains(&path),
                    "{file}: `{path}` is not below {package}"
                );
            }
        }
    }
}

#[test]
fn import_paths_are_found_alone_and_in_braces() {
    let found =
        imported_rooms("use crate::{a, b::{c, d},\n e::F};\nlet x = crate::g::h(); mycrate::i");
    assert_eq!(
        found.iter().map(String::as_str).collect::<Vec<_>>(),
        ["a", "b", "e", "g"]
    );
    assert!(allowed(CORE, "sketch").unwrap().contains(&"hash"));
    assert!(!allowed(CORE, "sketch").unwrap().contains(&"lsh"));
    assert_eq!(allowed(CORE, "corpus"), None);
    assert_eq!(allowed(ENGINE, "utils"), None);
}

#[test]
fn every_file_opens_with_its_idea_and_is_short() {
    for (file, source) in sources() {
        assert!(
            source.starts_with("//!"),
            "{file}: the first line is `//! ` and the idea"
        );
        let lines = source.lines().count();
        let limit = LONGER
            .iter()
            .find(|(name, ..)| *name == file)
            .map_or(LONGEST, |&(_, most, _)| most);
        assert!(
            lines <= limit,
            "{file}: {lines} lines, at most {limit}: which second idea moved in?"
        );
    }
}

/// The comment beside `unsafe_code` in `Cargo.toml` names every file that has any.
#[test]
fn unsafe_code_is_only_where_the_manifest_says() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let lint = manifest
        .lines()
        .find(|line| line.starts_with("unsafe_code"))
        .unwrap();
    let named = lint
        .split("allowed by name in ")
        .nth(1)
        .expect("the comment names files");
    let named: BTreeSet<String> = named
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    let has_unsafe = |source: &str| {
        let word = |c: char| !c.is_alphanumeric() && c != '_';
        code(source)
            .split(word)
            .any(|word| word == "unsafe" || word == "unsafe_code")
    };
    let found: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(_, source)| has_unsafe(source))
        .map(|(file, _)| file)
        .collect();
    assert_eq!(
        found, named,
        "left: files with unsafe code; right: files that Cargo.toml names"
    );
}

/// Whether a word in backticks names a file or folder of this repository.
fn is_path(word: &str) -> bool {
    const TOP: &[&str] = &[
        "src", "crates", "tests", "benches", "examples", "fixtures", "docs", "python", "fuzz",
        ".ci",
    ];
    let plain = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let first = word.split('/').next().unwrap_or_default();
    let mut rooms = PACKAGES.iter().filter_map(|(_, rooms)| *rooms).flatten();
    let in_room = rooms.any(|(name, _)| *name == first);
    let file = [".rs", ".md", ".toml"]
        .iter()
        .any(|end| word.ends_with(end) && word != *end);
    plain && (file || word.contains('/') && (TOP.contains(&first) || in_room))
}

#[test]
fn every_path_in_the_pages_for_developers_exists() {
    for page in ["ARCHITECTURE.md", "docs/decisions.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        // Fenced drawings are not prose.
        let prose: String = text.split("```").step_by(2).collect();
        let words = prose.split('`').skip(1).step_by(2);
        for word in words.filter(|word| is_path(word)) {
            let exists = PACKAGES
                .iter()
                .map(|&(source, _)| source)
                .chain([""])
                .any(|from| root().join(from).join(word).exists());
            assert!(
                exists,
                "{page} names `{word}`, which is neither there nor in the sources of a package"
            );
        }
    }
}

#[test]
fn the_map_is_short() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let words = page.split_whitespace().count();
    assert!(
        words <= 2_500,
        "ARCHITECTURE.md: {words} words; decisions belong into docs/decisions.md"
    );
}

#[test]
fn paths_are_distinguished_from_other_words() {
    for path in [
        "src/lib.rs",
        "corpus/",
        "text/x86.rs",
        "docs/index-format.md",
        "Cargo.toml",
    ] {
        assert!(is_path(path), "{path}");
    }
    for word in [
        "clusters.jsonl",
        "kept/",
        "near/wire",
        "crate::hash",
        "a / b",
        "INPUT…",
        "src",
    ] {
        assert!(!is_path(word), "{word}");
    }
}
