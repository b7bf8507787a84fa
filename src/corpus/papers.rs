//! What is in a folder beside documents and is none: read-me files, licences, marks of programs, checksums,
//! scripts, settings, logs, pictures. And what is half a file: downloads and files not written to their end.
//!
//! All of it is known by name.

use std::path::{Component, Path};

/// Papers that people write about a corpus. With any extension if that is all of the name
/// (`license.txt`); in capitals also with more behind it (`LICENSE-MIT`, `README.zh-CN.md`), as pages are
/// named by slugs in small letters (`notice-of-road-works.txt`).
const PAPERS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "licenses",
    "copying",
    "copyright",
    "notice",
    "notices",
    "changelog",
    "changes",
    "authors",
    "contributors",
    "contributing",
    "citation",
    "code_of_conduct",
    "security",
    "version",
    "install",
    "manifest",
    "todo",
    "requirements",
    "makefile",
    "dockerfile",
    "jenkinsfile",
    "codeowners",
    "cmakelists",
    "robots",
    "checksums",
    "checksum",
    "md5sum",
    "md5sums",
    "sha1sum",
    "sha1sums",
    "sha256sum",
    "sha256sums",
    "sha512sum",
    "sha512sums",
    "_success",
    "_metadata",
    "_common_metadata",
];

/// Names that programs give, whole.
const MARKS: &[&str] = &[
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    "nohup.out",
];

/// Folders in which systems and programs keep what is theirs: resource forks of a Mac, compiled Python, logs
/// of tables.
const FOLDERS: &[&str] = &[
    "__macosx",
    "__pycache__",
    "_delta_log",
    "_spark_metadata",
    "node_modules",
    "$recycle.bin",
    "system volume information",
    "lost+found",
];

/// Extensions of what is no document.
#[rustfmt::skip]
const EXTENSIONS: &[&str] = &[
    // checksums, signatures, locks, copies that editors leave
    "crc", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sig", "asc", "minisig", "lock", "pid",
    "bak", "old", "orig", "rej", "swp", "swo", "lnk", "url", "webloc", "torrent",
    "identifier",
    // scripts and what is made of them
    "py", "pyi", "pyc", "pyo", "pyx", "ipynb", "sh", "bash", "zsh", "fish", "bat", "cmd", "ps1", "pl", "pm",
    "rb", "r", "rmd", "js", "mjs", "cjs", "ts", "tsx", "jsx", "css", "scss", "c", "h", "cc", "cpp", "hpp", "rs",
    "go", "java", "kt", "scala", "lua", "awk", "sed", "mk", "cmake", "gradle", "o", "a", "so", "dll", "dylib",
    "exe", "class", "slurm", "sbatch", "tf",
    // settings, logs, bibliographies
    "yml", "yaml", "toml", "ini", "cfg", "conf", "config", "env", "properties", "log", "out", "err", "cff",
    "bib", "map", "schema", "graphql", "proto", "avsc", "iml", "sln",
    // pictures, sound, film, type
    "jpg", "jpeg", "png", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "heic", "avif", "psd", "ai", "eps",
    "mp3", "wav", "ogg", "flac", "m4a", "mp4", "m4v", "mov", "avi", "mkv", "webm", "srt", "vtt",
    "woff", "woff2", "ttf", "otf", "eot",
];

/// Extensions under which programs write what is not whole yet.
const HALF: &[&str] = &[
    "part",
    "partial",
    "crdownload",
    "download",
    "opdownload",
    "filepart",
    "aria2",
    "incomplete",
    "inprogress",
    "tmp",
    "temp",
    "!ut",
    "!qb",
];

/// Whether a file of a folder, by its path below it, is no document.
pub(super) fn is_paper(relative: &Path) -> bool {
    let name = name_of(relative);
    let lower = name.to_ascii_lowercase();
    let mut folders = relative.components().filter_map(|part| match part {
        Component::Normal(folder) => Some(folder.to_string_lossy().to_ascii_lowercase()),
        _ => None,
    });
    folders.any(|folder| FOLDERS.contains(&&*folder))
        || MARKS.contains(&&*lower)
        || lower.ends_with('~')
        || lower.starts_with("~$")
        || lower.starts_with("_committed_")
        || lower.starts_with("_started_")
        || is_named_as_paper(&name, &lower)
        || extension(&lower).is_some_and(|extension| EXTENSIONS.contains(&extension))
}

fn is_named_as_paper(name: &str, lower: &str) -> bool {
    let stem = lower.split('.').next().unwrap_or_default();
    let word = |word: &&&str| lower.starts_with(**word);
    PAPERS.contains(&stem)
        || lower.starts_with("readme")
        || PAPERS.iter().filter(word).any(|word| {
            let (start, rest) = name.split_at(word.len());
            start.chars().any(char::is_alphabetic)
                && !start.chars().any(char::is_lowercase)
                && rest.starts_with(['-', '_', '.'])
        })
}

/// Whether a file of a folder is named as what is not whole: a download, or a file that is being written.
pub(super) fn is_half(relative: &Path) -> bool {
    let lower = name_of(relative).to_ascii_lowercase();
    // Of an unfinished job of Spark, and a download of Safari, which is a folder.
    let is_unfinished = |part: Component<'_>| {
        let folder = Path::new(part.as_os_str());
        folder == "_temporary" || folder.extension().is_some_and(|end| end == "download")
    };
    extension(&lower).is_some_and(|extension| HALF.contains(&extension))
        || relative.components().any(is_unfinished)
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    match extension {
        // A log that was compressed is a log.
        "gz" | "zst" => extension_of_stem(stem),
        _ => Some(extension),
    }
}

fn extension_of_stem(stem: &str) -> Option<&str> {
    Some(stem.rsplit_once('.')?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_distinguished_from_pages() {
        for name in [
            "README",
            "readme_en.md",
            "README.zh-CN.md",
            "LICENSE-MIT",
            "license.txt",
            "data/_SUCCESS",
            "NOTICE",
            "CHANGELOG.md",
            "part-0.jsonl.crc",
            "SHA256SUMS",
            "md5sum.txt",
            "logs/task_00000.log.gz",
            "__MACOSX/day.jsonl",
            "a/Thumbs.db",
            "lost+found",
            "day.jsonl:Zone.Identifier",
            "day.jsonl~",
            "requirements.txt",
            "_committed_8123",
            "CITATION.cff",
        ] {
            assert!(is_paper(Path::new(name)), "{name}");
        }
        for name in [
            "notice-of-road-works.txt",
            "security-council-meets.txt",
            "License fees rise.txt",
            "part-00000",
            "day.jsonl",
            "changes-at-the-top.md",
            "versions.txt",
            "MANIFESTO.txt",
        ] {
            assert!(!is_paper(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn half_a_file_is_known_by_its_name() {
        for name in [
            "day.jsonl.part",
            "day.jsonl.gz.crdownload",
            "day.jsonl.aria2",
            "out/_temporary/0/part-0.json",
            "day.TMP",
            "day.jsonl.download/day.jsonl",
        ] {
            assert!(is_half(Path::new(name)), "{name}");
        }
        for name in ["part-0", "part.jsonl", "template.txt"] {
            assert!(!is_half(Path::new(name)), "{name}");
        }
    }
}
