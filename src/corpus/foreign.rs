//! Forms of data that are not read, told by a file's first bytes and by its name, each with the command that
//! makes of it what is.
//!
//! The bytes decide where they can: a name may be wrong. Sources of the marks: the specifications of the forms,
//! and `file`'s own table (magic(5)).

use std::path::Path;

/// A form of data that is not read.
#[derive(Debug)]
pub(super) struct Foreign {
    /// What it is, for people.
    what: &'static str,
    /// The command that converts it, where one does: `{in}` is its path, `{out}` the same without the last
    /// extension. Else what to do.
    convert: &'static str,
    /// Whether it is a page for people, which may be beside data as a paper.
    pub(super) is_markup: bool,
    /// Extensions, in lower case.
    names: &'static [&'static str],
    /// How its bytes may begin.
    marks: &'static [&'static [u8]],
}

const fn data(
    what: &'static str,
    convert: &'static str,
    names: &'static [&'static str],
    marks: &'static [&'static [u8]],
) -> Foreign {
    Foreign {
        what,
        convert,
        is_markup: false,
        names,
        marks,
    }
}

const ZIP: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06"];
const OLE: &[&[u8]] = &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
const PANDOC: &str = "pandoc -t plain --wrap=none -o '{out}.txt' '{in}'";
const LIBREOFFICE: &str = "libreoffice --headless --convert-to txt:Text '{in}'";

/// The first that fits is taken: among those that begin alike, the plain one is first.
static FORMS: &[Foreign] = &[
    data(
        "Parquet",
        "duckdb -c \"copy (from '{in}') to '{out}.jsonl' (format json)\"",
        &["parquet", "pq", "parq"],
        &[b"PAR1", b"PARE"],
    ),
    data(
        "Arrow",
        "python3 -c \"import polars; polars.read_ipc('{in}').write_ndjson('{out}.jsonl')\"",
        &["feather", "ipc"],
        &[b"ARROW1", b"FEA1"],
    ),
    data(
        "an Arrow stream",
        "python3 -c \"import polars; polars.read_ipc_stream('{in}').write_ndjson('{out}.jsonl')\"",
        &["arrow", "arrows"],
        &[],
    ),
    data(
        "Avro",
        "python3 -c \"import polars; polars.read_avro('{in}').write_ndjson('{out}.jsonl')\"",
        &["avro"],
        &[b"Obj\x01"],
    ),
    data(
        "ORC",
        "python3 -c \"import polars, pyarrow.orc as o; \
         polars.from_arrow(o.read_table('{in}')).write_ndjson('{out}.jsonl')\"",
        &["orc"],
        &[b"ORC"],
    ),
    data(
        "xz",
        "xz -dk '{in}'",
        &["xz", "lzma"],
        &[b"\xFD7zXZ\0", b"\x5D\0\0\x80\0"],
    ),
    data("bzip2", "bzip2 -dk '{in}'", &["bz2", "bz"], &[]),
    data(
        "lz4",
        "lz4 -d '{in}' '{out}'",
        &["lz4"],
        &[b"\x04\x22\x4D\x18"],
    ),
    data("lzip", "lzip -dk '{in}'", &["lz"], &[b"LZIP\x01"]),
    data(
        "lzop",
        "lzop -d '{in}'",
        &["lzo"],
        &[b"\x89LZO\0\r\n\x1A\n"],
    ),
    data(
        "compress",
        "gzip -dc '{in}' > '{out}'",
        &["z"],
        &[b"\x1F\x9D"],
    ),
    data("Brotli", "brotli -dk '{in}'", &["br"], &[]),
    data(
        "Snappy",
        "snzip -dk '{in}'",
        &["sz", "snappy"],
        &[b"\xFF\x06\0\0sNaPpY"],
    ),
    data(
        "a zip archive",
        "unzip '{in}' -d '{out}'",
        &["zip", "jar", "whl"],
        ZIP,
    ),
    data(
        "a Word document",
        PANDOC,
        &["docx", "docm", "odt", "fodt"],
        ZIP,
    ),
    data("an EPUB book", PANDOC, &["epub"], ZIP),
    data(
        "a spreadsheet",
        "libreoffice --headless --convert-to csv '{in}'",
        &["xlsx", "xlsm", "xlsb", "ods", "xls"],
        ZIP,
    ),
    data("slides", LIBREOFFICE, &["pptx", "odp", "ppt"], ZIP),
    data(
        "arrays of NumPy",
        "write the texts as JSON Lines first",
        &["npz", "npy"],
        &[b"\x93NUMPY", b"PK\x03\x04"],
    ),
    data(
        "a tar archive",
        "tar -xf '{in}'",
        &["tar", "tgz", "tbz", "tbz2", "txz", "tzst"],
        &[],
    ),
    data(
        "a 7z archive",
        "7z x '{in}'",
        &["7z"],
        &[b"7z\xBC\xAF\x27\x1C"],
    ),
    data("a RAR archive", "unar '{in}'", &["rar"], &[b"Rar!\x1A\x07"]),
    data("an Office document of old", LIBREOFFICE, &["doc"], OLE),
    data(
        "an Outlook message",
        "write the body as a text file first",
        &["msg"],
        &[],
    ),
    data("RTF", PANDOC, &["rtf"], &[b"{\\rtf"]),
    data("PDF", "pdftotext '{in}' '{out}.txt'", &["pdf"], &[b"%PDF-"]),
    data(
        "PostScript",
        "ps2txt '{in}' '{out}.txt'",
        &["ps"],
        &[b"%!PS"],
    ),
    data(
        "a web archive",
        "take out the texts first, for example with warcio and trafilatura",
        &["warc", "arc", "wet", "wat", "wacz"],
        &[b"WARC/"],
    ),
    data(
        "mail",
        "write the bodies as text files first",
        &["mbox", "eml", "emlx"],
        &[],
    ),
    data(
        "SQLite",
        "sqlite3 -json '{in}' 'select * from TABLE' | jq -c '.[]' > '{out}.jsonl'",
        &["sqlite", "sqlite3", "db", "db3"],
        &[b"SQLite format 3\0"],
    ),
    data(
        "DuckDB",
        "duckdb '{in}' \"copy TABLE to '{out}.jsonl' (format json)\"",
        &["duckdb"],
        &[],
    ),
    data(
        "a dump of MongoDB",
        "bsondump --outFile='{out}.jsonl' '{in}'",
        &["bson"],
        &[],
    ),
    data(
        "HDF5",
        "python3 -c \"import pandas; pandas.read_hdf('{in}').to_json('{out}.jsonl', orient='records', \
         lines=True)\"",
        &["h5", "hdf5", "hdf"],
        &[b"\x89HDF\r\n\x1A\n"],
    ),
    data(
        "a pickle",
        "python3 -c \"import pandas; pandas.read_pickle('{in}').to_json('{out}.jsonl', orient='records', \
         lines=True)\"",
        &["pkl", "pickle", "joblib"],
        &[b"\x80\x02}", b"\x80\x03", b"\x80\x04\x95", b"\x80\x05\x95"],
    ),
    data(
        "data of a statistics program",
        "Rscript -e \"jsonlite::stream_out(rio::import('{in}'), file('{out}.jsonl'))\"",
        &["rds", "rda", "rdata", "sav", "dta", "sas7bdat"],
        &[b"RDX", b"RDA"],
    ),
    data(
        "records for TensorFlow",
        "write the texts as JSON Lines first",
        &["tfrecord", "tfrecords"],
        &[],
    ),
    data(
        "MessagePack",
        "write the texts as JSON Lines first",
        &["msgpack", "mpk"],
        &[],
    ),
    data(
        "encrypted data",
        "gpg -d '{in}' > '{out}'",
        &["gpg", "pgp", "age", "enc"],
        &[b"-----BEGIN PGP MESSAGE"],
    ),
    data(
        "a pointer of Git LFS, and not the file itself",
        "fetch it with `git lfs pull`",
        &[],
        &[b"version https://git-lfs.github.com/spec/"],
    ),
    Foreign {
        what: "HTML",
        convert: "trafilatura < '{in}' > '{out}.txt'",
        is_markup: true,
        names: &[
            "html", "htm", "xhtml", "shtml", "mht", "mhtml", "php", "asp", "aspx",
        ],
        marks: &[],
    },
    Foreign {
        what: "XML",
        convert: "xmllint --xpath 'string(//body)' '{in}' > '{out}.txt'",
        is_markup: true,
        names: &["xml", "nitf", "rss", "atom", "tei", "nxml"],
        marks: &[b"<?xml"],
    },
];

/// The form that the first bytes of a file, or its name, tell.
pub(super) fn of(path: &Path, head: &[u8]) -> Option<&'static Foreign> {
    let named = by_name(path);
    let begins = |form: &&Foreign| form.marks.iter().any(|mark| head.starts_with(mark));
    // A Word document is a zip archive, too: the name tells which.
    let both = named.filter(begins);
    both.or_else(|| FORMS.iter().find(begins))
        .or_else(|| by_other_marks(head))
}

/// The form that a name alone tells.
pub(super) fn by_name(path: &Path) -> Option<&'static Foreign> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let mut parts = name.rsplit('.');
    let last = parts.next().filter(|last| last.len() < name.len())?;
    // `.warc.gz` is a web archive, and `.tar.zst` a tar archive.
    let inner = parts.next().filter(|_| matches!(last, "gz" | "zst"));
    let named = |extension: &str| FORMS.iter().find(|form| form.names.contains(&extension));
    inner.and_then(named).or_else(|| named(last))
}

/// Marks that are elsewhere than at the start, or are more than fixed bytes.
fn by_other_marks(head: &[u8]) -> Option<&'static Foreign> {
    let what = if head.get(257..262) == Some(b"ustar") {
        "a tar archive"
    } else if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        "bzip2"
    } else if head.starts_with(b"\xFF\xFF\xFF\xFF") && head.get(7) == Some(&0) {
        "an Arrow stream" // the mark of a message, then its length, less than 16 MB
    } else {
        let text = head.trim_ascii_start();
        let begins = |tag: &[u8]| {
            let start = text.get(..tag.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
        };
        if !begins(b"<!doctype html") && !begins(b"<html") {
            return None;
        }
        "HTML"
    };
    FORMS.iter().find(|form| form.what == what)
}

impl Foreign {
    /// What was found, and the way out.
    pub(super) fn says(&self, path: &Path) -> String {
        let whole = path.display().to_string();
        let stem = path.with_extension("").display().to_string();
        let what = self.what;
        if path == Path::new("stdin") {
            return format!("found {what}, which is not read: convert it first");
        }
        if !self.convert.contains("{in}") {
            return format!("found {what}, which is not read: {}", self.convert);
        }
        let command = self.convert.replace("{out}", &stem);
        let command = command.replace("{in}", &whole);
        format!("found {what}, which is not read: convert it, for example with `{command}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(name: &str, head: &[u8]) -> Option<&'static str> {
        of(Path::new(name), head).map(|form| form.what)
    }

    #[test]
    fn the_bytes_tell_whatever_the_name() {
        for (name, head, expected) in [
            ("a.jsonl", &b"PAR1\x15"[..], "Parquet"),
            ("a", b"\xFD7zXZ\0\0", "xz"),
            ("a", b"BZh91AY&SY", "bzip2"),
            ("a.docx", b"PK\x03\x04", "a Word document"),
            ("a.jsonl", b"PK\x03\x04", "a zip archive"),
            ("a", b"\n<!DOCTYPE HTML>", "HTML"),
            ("a", b"\xFF\xFF\xFF\xFF\x10\x01\0\0", "an Arrow stream"),
            (
                "a.csv",
                b"version https://git-lfs.github.com/spec/v1\n",
                "a pointer of Git LFS, and not the file itself",
            ),
        ] {
            assert_eq!(what(name, head), Some(expected), "{name}");
        }
        for head in [
            &b"{\"text\": 1}"[..],
            b"",
            b"BZh is a name",
            b"PAR",
            b"<htm",
        ] {
            assert_eq!(what("a.xz", head), None);
        }
    }

    #[test]
    fn a_name_tells_where_bytes_do_not() {
        let what = |name: &str| by_name(Path::new(name)).map(|form| form.what);
        assert_eq!(what("x/CC-MAIN.warc.gz"), Some("a web archive"));
        assert_eq!(what("a.tar.gz"), Some("a tar archive"));
        assert_eq!(what("a.TAR.ZST"), Some("a tar archive"));
        assert_eq!(what("a.jsonl.br"), Some("Brotli"));
        assert_eq!(what("a.jsonl.gz"), None);
        assert_eq!(what("parquet"), None);
    }

    #[test]
    fn the_command_is_for_this_file() {
        let said = by_name(Path::new("d/a.avro"))
            .unwrap()
            .says(Path::new("d/a.avro"));
        assert!(
            said.contains("polars.read_avro('d/a.avro').write_ndjson('d/a.jsonl')"),
            "{said}"
        );
        let xz = by_name(Path::new("a.jsonl.xz")).unwrap();
        assert!(
            xz.says(Path::new("a.jsonl.xz"))
                .contains("`xz -dk 'a.jsonl.xz'`")
        );
    }
}
