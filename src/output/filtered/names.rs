//! Where the records of an input go: a path of its own, that stays in the output folder.
//!
//! An input's name may climb (`../news/day.jsonl`), and one name may be the folder of another
//! (`news`, `news/day.jsonl`). A step up is written `__`; of two names that cannot both be, the
//! later gets its number in front. Bytes of a name that are no text stay as they are on disk.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use super::plan::Form;
use crate::corpus::{Compression, Format, Input};
use crate::shown::path_text;

/// A relative path for the file or folder that each input is written to. What is written in
/// another form than the input's, a table for a folder of texts, gets an extension.
pub(super) fn paths(inputs: &[Input], forms: &[Form]) -> Vec<PathBuf> {
    let name = |(input, form): (&Input, &Form)| match form {
        Form::Table => table_name(input),
        _ if input.converted_from().is_some() => {
            let name = input.name().strip_suffix(".jsonl").unwrap_or(input.name());
            format!("{name}.jsonl")
        }
        Form::Verdicts => format!("{}.jsonl", file_name(input)),
        _ => file_name(input),
    };
    let names: Vec<String> = inputs.iter().zip(forms).map(name).collect();
    let mut paths = distinct(&names);
    for ((path, input), form) in paths.iter_mut().zip(inputs).zip(forms) {
        let is_own = match form {
            Form::Verdicts => false,
            Form::Table => true,
            _ => input.converted_from().is_none(),
        };
        if let Some(bytes) = tail(input, path).filter(|_| is_own) {
            *path = bytes;
        }
    }
    paths
}

/// As much of an input's path as `name` has of it, if that is its end and holds bytes that are no text.
fn tail(input: &Input, name: &Path) -> Option<PathBuf> {
    let path = input.path().filter(|path| path.to_str().is_none())?;
    let skipped = (path.components().count()).checked_sub(name.components().count())?;
    let tail: PathBuf = path.components().skip(skipped).collect();
    (path_text(&tail) == name.to_str()?).then_some(tail)
}

/// The input's name; what has no file is named by its form.
fn file_name(input: &Input) -> String {
    if input.path().is_some() {
        return match input.compression() {
            Compression::Other(_) => decoded_name(input.name()).to_owned(),
            _ => input.name().to_owned(),
        };
    }
    let extension = match input.format() {
        Format::Csv { delimiter: b'\t' } => "tsv",
        Format::Csv { .. } => "csv",
        _ => "jsonl",
    };
    let compressed = match input.compression() {
        Compression::None | Compression::Other(_) => "",
        Compression::Gzip => ".gz",
        Compression::Zstd => ".zst",
    };
    format!("{}.{extension}{compressed}", input.name())
}

/// The name of a table, or of a folder of them; one that is compressed as a whole is not so again.
fn table_name(input: &Input) -> String {
    let tables = input.tables().unwrap_or_default();
    match tables.first() {
        Some(table) if !input.is_folder_of_tables() && table.is_compressed() => {
            decoded_name(input.name()).to_owned()
        }
        _ => input.name().to_owned(),
    }
}

/// A name without its last extension.
fn decoded_name(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Makes the names relative paths of normal components, none of which is, or lies in, another.
fn distinct(names: &[String]) -> Vec<PathBuf> {
    // Some file systems do not distinguish upper from lower case, so names must differ in more.
    let mut files: HashSet<String> = HashSet::new();
    let mut folders: HashSet<String> = HashSet::new();
    let above = |path: &str| -> Vec<String> {
        let slashes = path.match_indices('/');
        slashes.map(|(at, _)| path[..at].to_owned()).collect()
    };
    let place = |(at, name): (usize, &String)| {
        let mut path = inside(name);
        let mut number = at + 1;
        loop {
            let key = path.to_lowercase();
            let parents = above(&key);
            let taken = files.contains(&key)
                || folders.contains(&key)
                || parents.iter().any(|parent| files.contains(parent));
            if !taken {
                folders.extend(parents);
                files.insert(key);
                return PathBuf::from(path);
            }
            path = format!("{number}-{}", inside(name));
            number += names.len();
        }
    };
    names.iter().enumerate().map(place).collect()
}

/// The name as a relative path that leads nowhere but down.
fn inside(name: &str) -> String {
    let parts: Vec<_> = Path::new(name)
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            Component::ParentDir => Some("__".to_owned()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
        })
        .collect();
    if parts.is_empty() {
        return "input".to_owned();
    }
    parts.join("/")
}

/// The path below `root` of a document that is a file of a folder.
pub(super) fn below(root: &Path, document: &Path) -> Option<PathBuf> {
    let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
    let is_below = document.components().all(normal) && document != Path::new("");
    is_below.then(|| root.join(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn distinct_of(names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let path = |path: PathBuf| path.to_str().unwrap().to_owned();
        distinct(&names).into_iter().map(path).collect()
    }

    #[test]
    fn plain_names_stay() {
        let names = ["day.jsonl", "a/x.csv.gz", "b/x.csv.gz"];
        assert_eq!(distinct_of(&names), names);
    }

    #[test]
    fn names_that_climb_or_collide_are_changed() {
        assert_eq!(
            distinct_of(&["../x", "__/x", "x", "x/y", "X", "/etc/x", "", "..", "5-X"]),
            [
                "__/x", "2-__/x", "x", "4-x/y", "5-X", "etc/x", "input", "8-__", "9-5-X"
            ]
        );
    }

    #[test]
    fn a_document_stays_below_its_folder() {
        let root = Path::new("kept/pages");
        let below = |document| below(root, Path::new(document));
        assert_eq!(below("a/b.txt"), Some(root.join("a/b.txt")));
        for outside in ["../b", "/etc/passwd", "a/../../b", "", "./b"] {
            assert_eq!(below(outside), None, "{outside}");
        }
    }

    proptest! {
        #[test]
        fn no_path_is_or_holds_another(
            names in prop::collection::vec("((\\.\\./)?[xX12-]{1,2}/?){1,3}", 1..12),
        ) {
            let paths = distinct(&names);
            for (at, one) in paths.iter().enumerate() {
                let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
                prop_assert!(one.components().all(normal), "{one:?}");
                for other in &paths[at + 1..] {
                    prop_assert!(!one.starts_with(other) && !other.starts_with(one));
                }
            }
        }
    }
}
