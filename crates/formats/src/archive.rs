//! Archives: `.zip` and `.tar`, whose members are read each by its own form.
//!
//! Members are read in their order. A member may be compressed, or an archive itself, up to [`DEPTH`]. Read are members that have
//! a form, JSON Lines, tables with separators, and texts, which are documents under their names. Passed over are folders,
//! hidden files, what macOS keeps beside files, pictures and the like; and papers that come with data, such as a README.

mod member;
mod tar;
mod zip;

use std::path::Path;

use crate::form::{Form, SourceFile, has_extension};
use crate::sink::{Sink, Stop};

pub(crate) static ZIP: Form = Form {
    name: "a zip archive",
    one_document: false,
    recognise: zip::recognise,
    read: |file, sink| read(file, sink, zip::read),
};

pub(crate) static TAR: Form = Form {
    name: "a tar archive",
    one_document: false,
    recognise: tar::recognise,
    read: |file, sink| read(file, sink, tar::read),
};

/// Archives and compressions inside each other: a zip of tars of compressed files.
const DEPTH: u32 = 3;

/// How many times its own size an archive may unpack to. Deflate reaches 1,032 (zlib's technical notes), and does so with zeros
/// only; the best compressors reach 20 with text. What is nested counts against the outermost archive: `42.zip` is stopped here.
const MOST_TIMES: u64 = 1032;

/// What every archive may unpack to: a small one of a single repeated page.
const ALWAYS: u64 = 64 << 20;

/// How an archive is read.
type Read = fn(&SourceFile<'_>, &mut member::Reading<'_>) -> Result<(), Stop>;

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink, read: Read) -> Result<(), Stop> {
    let most = (file.bytes.len() as u64).saturating_mul(MOST_TIMES);
    let budget = member::Budget::new(most.max(ALWAYS));
    let mut reading = member::Reading::new(sink, &budget, (DEPTH, file.charset));
    read(file, &mut reading)
}

/// What the name of a member says it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Named {
    /// Nothing to be read.
    Nothing,
    /// A paper about the data.
    Paper,
    /// Perhaps data.
    Data,
}

fn named(path: &Path) -> Named {
    let parts = path.components().map(|part| part.as_os_str());
    let is_hidden = parts.clone().any(|part| {
        let part = part.to_string_lossy();
        part.starts_with('.') && !matches!(&*part, "." | "..") || part == "__MACOSX"
    });
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let is_of_a_system = matches!(&*name, "thumbs.db" | "desktop.ini" | "_success");
    const MEDIA: [&str; 30] = [
        "avi", "bmp", "css", "eot", "flac", "gif", "ico", "jpeg", "jpg", "js", "m4a", "map", "mov",
        "mp3", "mp4", "ogg", "otf", "png", "psd", "svg", "tif", "tiff", "ttf", "wav", "webm",
        "webp", "woff", "woff2", "crc", "sha256",
    ];
    if is_hidden || is_of_a_system || name.is_empty() || has_extension(path, &MEDIA) {
        return Named::Nothing;
    }
    let stem = name.split('.').next().unwrap_or_default();
    let is_paper = matches!(
        stem,
        "readme"
            | "license"
            | "licence"
            | "copying"
            | "changelog"
            | "citation"
            | "notice"
            | "manifest"
            | "checksums"
    ) || matches!(
        &*name,
        "dataset_infos.json" | "dataset_info.json" | "state.json" | "dataset_dict.json"
    );
    match is_paper {
        true => Named::Paper,
        false => Named::Data,
    }
}

/// Whether papers are passed over: something else is there to be read.
fn has_data<'n>(mut names: impl Iterator<Item = &'n Path>) -> bool {
    names.any(|path| named(path) == Named::Data)
}

#[cfg(test)]
mod tests;
