//! A name for every input: as much of its path's end as distinguishes it from the others.

use std::collections::HashSet;
use std::path::{Component, Path};

use crate::shown::path_text;

/// One unique name for each path, in order.
pub(super) fn unique_names(paths: &[&Path]) -> Vec<String> {
    let parts: Vec<Vec<String>> = paths.iter().map(|path| parts(path)).collect();
    let mut taken: Vec<usize> = vec![1; parts.len()];
    loop {
        let names: Vec<String> = parts.iter().zip(&taken).map(|(p, &n)| last(p, n)).collect();
        let mut sorted: Vec<usize> = (0..names.len()).collect();
        sorted.sort_by(|&a, &b| names[a].cmp(&names[b]));
        let mut longer = false;
        for pair in sorted
            .chunk_by(|&a, &b| names[a] == names[b])
            .filter(|same| same.len() > 1)
        {
            for &at in pair {
                longer |= taken[at] < parts[at].len();
                taken[at] = parts[at].len().min(taken[at] + 1);
            }
        }
        if !longer {
            return numbered(names);
        }
    }
}

/// Where names are still the same (two lists of records, say), the later ones get a number.
fn numbered(mut names: Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let mut seen: HashSet<String> = HashSet::new();
    for name in &mut names {
        let mut number = 2;
        while seen.contains(name) {
            let other = format!("{name}-{number}");
            if taken.insert(other.clone()) {
                *name = other;
            }
            number += 1;
        }
        seen.insert(name.clone());
    }
    names
}

/// The components that have a name, as text: bytes that are none distinguish names as well.
fn parts(path: &Path) -> Vec<String> {
    path.components()
        .filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir))
        .map(|part| path_text(Path::new(part.as_os_str())).into_owned())
        .collect()
}

fn last(parts: &[String], count: usize) -> String {
    parts[parts.len().saturating_sub(count)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_as_much_as_is_needed() {
        let paths = [
            "data/a/x.jsonl",
            "data/b/x.jsonl",
            "/data/y.jsonl",
            "./z.jsonl",
        ];
        let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
        assert_eq!(
            unique_names(&paths),
            ["a/x.jsonl", "b/x.jsonl", "y.jsonl", "z.jsonl"]
        );
    }

    #[test]
    fn bytes_that_are_no_text_distinguish_names() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let paths = [&b"day-\xfe.jsonl"[..], b"day-\xff.jsonl"];
        let paths = paths.map(|bytes| Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(unique_names(&paths), [r"day-\xfe.jsonl", r"day-\xff.jsonl"]);
    }

    #[test]
    fn names_that_stay_the_same_are_numbered() {
        let paths = ["records", "records", "records-2"];
        let paths: Vec<&Path> = paths.iter().map(Path::new).collect();
        assert_eq!(unique_names(&paths), ["records", "records-3", "records-2"]);
    }
}
