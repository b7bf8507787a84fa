//! What a table says of texts that are files: outlet, day, headline and address, by the name of the file.
//!
//! Which of its columns names the files is seen from its values, whatever it is called: a path below the folder, a name, or a name
//! without its extension.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use wirecopy_formats::Form;

use super::columns::{Column, Names};
use super::converted::lines_of;
use super::error::CorpusError;
use super::form::{self, HEAD_BYTES, Named};
use super::json::each_value;
use super::kind::Format;
use super::map::Map;
use super::options::ReadOptions;
use super::recode;
use super::role::Role;
use super::row::{names_begin, row, unquote};
use super::text::TextFile;
use super::value_kinds::ValueKinds;

/// What is known of a text beside it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Described {
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
}

/// A table that describes texts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Metadata {
    /// The table.
    pub path: PathBuf,
    /// The column that names the files.
    pub column: String,
    /// Texts that it describes.
    pub described: u64,
}

/// A row: the names of its columns and what stands there.
type Row = Vec<(String, String)>;

/// Describes texts by a table; nothing if none of its columns names at least half of them, or of its rows.
pub(super) fn describe(
    path: &Path,
    files: &mut [TextFile],
    options: &ReadOptions,
) -> Result<Option<Metadata>, CorpusError> {
    let rows = rows(path, options)?;
    let places = places(files);
    let mut hits: HashMap<&str, u64> = HashMap::new();
    for (name, value) in rows.iter().flatten() {
        if found(&places, value).is_some() {
            *hits.entry(name).or_default() += 1;
        }
    }
    let best = hits
        .into_iter()
        .max_by_key(|&(name, count)| (count, std::cmp::Reverse(name)));
    let few = (rows.len().min(files.len()) as u64).div_ceil(2).max(1);
    let Some((column, _)) = best.filter(|&(_, count)| count >= few) else {
        return Ok(None);
    };
    let column = column.to_owned();
    let wanted = names(&rows, &column, options);
    let mut described = 0;
    for row in &rows {
        let value = |name: &str| row.iter().find(|(known, _)| known == name);
        let of_role = |role: Role| {
            let names = wanted.of_role(role).iter();
            let values = names
                .filter_map(|name| value(name))
                .map(|(_, value)| value.trim());
            values
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .next()
        };
        let at = value(&column).and_then(|(_, value)| found(&places, value));
        if let Some(file) = at.and_then(|at| files.get_mut(at)) {
            described += u64::from(file.described.is_none());
            file.described = Some(Box::new(Described {
                title: of_role(Role::Title),
                source: of_role(Role::Source),
                url: of_role(Role::Url),
                date: of_role(Role::Date),
            }));
        }
    }
    Ok(Some(Metadata {
        path: path.to_path_buf(),
        column,
        described,
    }))
}

/// Whatever a file may be called by, where no other is: its path below the folder, its name, its name without an extension.
fn places(files: &[TextFile]) -> HashMap<String, Option<usize>> {
    let mut places: HashMap<String, Option<usize>> = HashMap::new();
    for (at, file) in files.iter().enumerate() {
        let path = &file.relative;
        let bare = form::decoded_name(path).with_extension("");
        let mut names: Vec<String> = [Some(path.as_os_str()), path.file_name(), bare.file_name()]
            .into_iter()
            .flatten()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            places
                .entry(name)
                .and_modify(|place| *place = None)
                .or_insert(Some(at));
        }
    }
    places
}

/// The file that a value names: as it is, or by what is behind its last slash.
fn found(places: &HashMap<String, Option<usize>>, value: &str) -> Option<usize> {
    let value = value.trim().trim_start_matches("./");
    let last = value.rsplit(['/', '\\']).next().unwrap_or(value);
    let bare = Path::new(last).file_stem().and_then(|stem| stem.to_str());
    let known = |name: &str| places.get(name).copied().flatten();
    known(value)
        .or_else(|| known(last))
        .or_else(|| known(bare?))
}

/// The columns of each role. The one that names files is of none.
fn names(rows: &[Row], column: &str, options: &ReadOptions) -> Names {
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (name, value) in rows.iter().flatten().filter(|(name, _)| name != column) {
        match columns.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.strings += 1;
                known.bytes += value.len() as u64;
                known.kinds.add(value);
            }
            None => {
                let mut kinds = ValueKinds::default();
                kinds.add(value);
                columns.push(Column {
                    name,
                    strings: 1,
                    bytes: value.len() as u64,
                    kinds,
                    is_in_parts: false,
                });
            }
        }
    }
    Names::of(options, &columns)
}

/// All rows of a table in any form that is read.
fn rows(path: &Path, options: &ReadOptions) -> Result<Vec<Row>, CorpusError> {
    let failed = |error| CorpusError::io(path, "read it", error);
    let file = File::open(path).map_err(failed)?;
    let bytes = match file.metadata().map_err(failed)?.len() {
        0 => Vec::new(), // no map of nothing
        _ => Map::open(&file).map(|map| map.to_vec()).map_err(failed)?,
    };
    let bytes = match Form::of(path, &bytes[..bytes.len().min(HEAD_BYTES)]) {
        Some(form) => return Ok(json_rows(&lines_of(path, bytes, form)?)),
        None => recode::text(bytes, options).0,
    };
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    Ok(
        match form::format(form::by_name(path).0, head, options, path) {
            Ok(Format::Csv { delimiter }) => csv_rows(&bytes, delimiter),
            _ if form::by_name(path).0 == Named::Text => {
                csv_rows(&bytes, super::row::likely_delimiter(head))
            }
            Ok(_) => json_rows(&bytes),
            Err(error) => return Err(error),
        },
    )
}

fn json_rows(lines: &[u8]) -> Vec<Row> {
    let text = String::from_utf8_lossy(lines);
    let row = |line: &str| {
        let mut row = Row::new();
        each_value(line, &mut |name, raw| {
            let value = match raw.starts_with('"') {
                true => serde_json::from_str(raw).unwrap_or_default(),
                false => raw.to_owned(),
            };
            row.push((name.to_owned(), value));
        });
        row
    };
    text.lines()
        .map(row)
        .filter(|row| !row.is_empty())
        .collect()
}

fn csv_rows(bytes: &[u8], delimiter: u8) -> Vec<Row> {
    let mut buffer = String::new();
    let mut cells = |at: usize| {
        let mut cells = Vec::new();
        let read = row(bytes, at, bytes.len(), delimiter, |_, cell| {
            let cell = String::from_utf8_lossy(&bytes[cell]);
            cells.push(unquote(&cell, &mut buffer).trim().to_owned());
        });
        read.ok().map(|read| (cells, read.next))
    };
    let (mut rows, mut names) = (Vec::new(), None);
    let (mut at, _) = names_begin(bytes);
    while at < bytes.len()
        && let Some((cells, next)) = cells(at)
    {
        at = next;
        match &names {
            None => names = Some(cells),
            Some(names) if cells.iter().any(|cell| !cell.is_empty()) => {
                rows.push(Vec::clone(names).into_iter().zip(cells).collect());
            }
            Some(_) => {}
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<TextFile> {
        names
            .iter()
            .map(|name| TextFile::new(name.into(), 1))
            .collect()
    }

    fn described(table: &str, names: &[&str]) -> (Option<Metadata>, Vec<Option<Described>>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(if table.starts_with('{') {
            "m.jsonl"
        } else {
            "m.csv"
        });
        std::fs::write(&path, table).unwrap();
        let mut files = files(names);
        let metadata = describe(&path, &mut files, &ReadOptions::default()).unwrap();
        (
            metadata,
            files
                .into_iter()
                .map(|file| file.described.map(|it| *it))
                .collect(),
        )
    }

    #[test]
    fn texts_are_described_by_whatever_names_them() {
        for table in [
            "filename,newspaper,date,headline\n000.txt,Courier,2021-03-04,Late\nb.txt,Post,,\n",
            "nr;document;Zeitung;Datum;Titel\n1;texts/000.txt;Courier;2021-03-04;Late\n2;texts\\b.txt;Post;;\n",
            "doc_id\tpublication\tdate\ttitle\n000\tCourier\t2021-03-04\tLate\nb\tPost\t\t\n",
            "{\"file\": \"000.txt\", \"outlet\": \"Courier\", \"date\": \"2021-03-04\", \"title\": \"Late\"}\n{\"file\": \"b.txt\"}\n",
        ] {
            let (metadata, texts) =
                described(table, &["texts/000.txt", "texts/b.txt", "texts/c.txt"]);
            assert_eq!(metadata.unwrap().described, 2, "{table}");
            let first = texts[0].as_ref().unwrap();
            let values =
                [&first.source, &first.date, &first.title].map(|value| value.as_deref().unwrap());
            assert_eq!(values, ["Courier", "2021-03-04", "Late"], "{table}");
            assert_eq!(texts[2], None);
        }
    }

    #[test]
    fn a_table_of_something_else_describes_nothing() {
        let (metadata, _) = described("name,count\nx,1\ny,2\n", &["a.txt", "b.txt"]);
        assert_eq!(metadata, None);
        // Two files of one name are known by their paths only.
        let (_, texts) = described("file,source\na.txt,Courier\n", &["x/a.txt", "y/a.txt"]);
        assert_eq!(texts, [None, None]);
    }
}
