//! Forms of data that are not read, known by a file's first bytes and by its name, each with the command that
//! makes of it what is.
//!
//! The bytes decide where they can: a name may be wrong. Sources of the marks: the specifications of the forms,
//! and `file`'s own table (magic(5)).

use std::path::Path;

use wirecopy_formats::Form;

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
        "Snappy",
        "snzip -dk '{in}'",
        &["sz", "snappy"],
        &[b"\xFF\x06\0\0sNaPpY"],
    ),
    data("an EPUB book", PANDOC, &["epub"], ZIP),
    data("slides", LIBREOFFICE, &["pptx", "odp", "ppt"], ZIP),
    data(
        "arrays of NumPy",
        "write the texts as JSON Lines first",
        &["npz", "npy"],
        &[b"\x93NUMPY", b"PK\x03\x04"],
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
    data(
        "lzop",
        "lzop -d '{in}'",
        &["lzo"],
        &[b"\x89LZO\0\r\n\x1A\n"],
    ),
    data("PDF", "pdftotext '{in}' '{out}.txt'", &["pdf"], &[b"%PDF-"]),
    data(
        "PostScript",
        "ps2txt '{in}' '{out}.txt'",
        &["ps"],
        &[b"%!PS"],
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

/// The form in which a file is read, by its path and first decoded bytes. What its name and its bytes agree is not read has none,
/// such as arrays of NumPy, which are a zip archive, too.
pub(super) fn read_as(path: &Path, head: &[u8]) -> Option<&'static Form> {
    let begins = |form: &&Foreign| form.marks.iter().any(|mark| head.starts_with(mark));
    match by_name(path).filter(begins) {
        Some(_) => None,
        None => Form::of(path, head),
    }
}

/// The form that the first bytes of a file, or its name, show.
pub(super) fn of(path: &Path, head: &[u8]) -> Option<&'static Foreign> {
    let named = by_name(path);
    let begins = |form: &&Foreign| form.marks.iter().any(|mark| head.starts_with(mark));
    // A Word document is a zip archive, too: the name says which.
    let both = named.filter(begins);
    both.or_else(|| FORMS.iter().find(begins))
        .or_else(|| by_other_marks(head))
}

/// The form that a name alone shows.
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
    let text = head.trim_ascii_start();
    let begins = |tag: &[u8]| {
        let start = text.get(..tag.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    let is_html = begins(b"<!doctype html") || begins(b"<html");
    FORMS.iter().find(|form| is_html && form.what == "HTML")
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
    fn the_bytes_decide_whatever_the_name() {
        for (name, head, expected) in [
            ("a.jsonl", &b"Obj\x01"[..], "Avro"),
            ("a.epub", b"PK\x03\x04", "an EPUB book"),
            ("a", b"\n<!DOCTYPE HTML>", "HTML"),
            (
                "a.csv",
                b"version https://git-lfs.github.com/spec/v1\n",
                "a pointer of Git LFS, and not the file itself",
            ),
        ] {
            assert_eq!(what(name, head), Some(expected), "{name}");
        }
        for head in [&b"{\"text\": 1}"[..], b"", b"<htm"] {
            assert_eq!(what("a.avro", head), None);
        }
    }

    #[test]
    fn a_name_decides_where_bytes_do_not() {
        let what = |name: &str| by_name(Path::new(name)).map(|form| form.what);
        assert_eq!(what("x/a.avro.gz"), Some("Avro"));
        assert_eq!(what("a.ORC.ZST"), Some("ORC"));
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
        let pdf = by_name(Path::new("a.pdf")).unwrap();
        assert!(
            pdf.says(Path::new("a.pdf"))
                .contains("`pdftotext 'a.pdf' 'a.txt'`")
        );
    }
}
