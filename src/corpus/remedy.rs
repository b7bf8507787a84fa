//! The parts of messages that depend on what was found: names of files, and ways out.

use std::path::{Path, PathBuf};

/// Files that a message names.
const NAMED: usize = 5;

/// Names of files, with a comma between them.
fn names(paths: &[PathBuf]) -> String {
    let mut names: Vec<String> = paths
        .iter()
        .take(NAMED)
        .map(|path| path.display().to_string())
        .collect();
    if let Some(more) = paths.len().checked_sub(NAMED).filter(|&more| more > 0) {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

/// What else cannot be read, and the ways out that there are in a folder.
pub(super) fn ways_out(in_folder: bool, path: &Path, also: &[PathBuf]) -> String {
    let mut text = String::new();
    if !also.is_empty() {
        text = format!("; likewise {}", names(also));
    }
    if in_folder {
        let glob = glob(path);
        text.push_str(&format!(
            "; --glob '!{glob}' leaves such files out, and --skip-unreadable goes on without what cannot be read"
        ));
    }
    text
}

/// A pattern for files that end as this one.
pub(super) fn glob(path: &Path) -> String {
    match path.extension() {
        Some(extension) => format!("*.{}", extension.display()),
        None => path.file_name().unwrap_or_default().display().to_string(),
    }
}

pub(super) fn found_instead(paths: &[PathBuf]) -> String {
    match paths {
        [] => String::new(),
        some => format!(
            "; found {}: --glob takes text files in by their names",
            names(some)
        ),
    }
}

pub(super) fn count(files: usize, what: &str) -> String {
    match files {
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}

pub(super) fn is_address(path: &Path) -> bool {
    let path = path.to_string_lossy();
    path.split_once(":/").is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// What became of the records, where none could be read.
pub(super) fn rejects(rejected: u64, first: Option<&str>) -> String {
    let what = match rejected {
        1 => "the one it holds was",
        _ => "all were",
    };
    match first {
        Some(first) if rejected > 0 => format!(": {what} rejected, the first {first}"),
        _ => String::new(),
    }
}
