//! Files that pyarrow, pandas, polars, DuckDB, fastparquet, openpyxl and XlsxWriter write are read as they were meant, and our
//! Parquet is read by them.
//!
//! Skipped unless a Python that has those packages is named: `WIRECOPY_PYTHON=/some/venv/bin/python cargo test --test others`;
//! `pip install -r tests/others/requirements.txt` makes one.

use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use serde_json::Value;
use wirecopy_formats::{Form, Loss, Sink, SourceFile, Stop};

#[derive(Default)]
struct Kept {
    records: Vec<Value>,
    lost: Vec<Loss>,
}

impl Sink for Kept {
    fn record(&mut self, _: u64, object: &[u8]) -> Result<(), Stop> {
        self.records
            .push(serde_json::from_slice(object).expect("JSON"));
        Ok(())
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        self.lost.push(loss);
        Ok(())
    }
}

#[allow(clippy::print_stdout, reason = "who runs the tests is to know")]
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("WIRECOPY_PYTHON").map(PathBuf::from);
    if python.is_none() {
        println!(
            "skipped: WIRECOPY_PYTHON names no Python with the packages of tests/others/requirements.txt"
        );
    }
    python
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/others")
        .join(name)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn read(path: &Path) -> Kept {
    let bytes = Bytes::from(std::fs::read(path).expect("it was written"));
    let form = Form::of(path, &bytes[..bytes.len().min(64 << 10)]);
    let mut kept = Kept::default();
    let file = SourceFile::new(path, bytes);
    (form.expect("it has a form").read)(&file, &mut kept).expect("never stopped");
    kept
}

#[test]
fn files_of_other_tools_are_read() {
    let Some(python) = python() else { return };
    let folder = folder("others");
    let made = Command::new(python)
        .arg(script("make.py"))
        .arg(&folder)
        .status();
    assert!(made.expect("Python runs").success());
    let lines = std::fs::read_to_string(folder.join("expected.jsonl")).expect("it was written");
    let expected: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let mut seen = 0;
    for file in std::fs::read_dir(&folder).expect("a folder") {
        let path = file.expect("a file").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            continue;
        }
        let kept = read(&path);
        assert_eq!(kept.lost, [], "{}", path.display());
        assert_eq!(kept.records.len(), expected.len(), "{}", path.display());
        for (mut record, expected) in kept.records.into_iter().zip(&expected) {
            // pandas writes its index as a column.
            record
                .as_object_mut()
                .expect("an object")
                .remove("__index_level_0__");
            record.as_object_mut().expect("an object").remove("index");
            assert_eq!(record, *expected, "{}", path.display());
        }
        seen += 1;
    }
    assert!(seen >= 30, "{seen}");
}

#[cfg(feature = "parquet")]
#[test]
fn our_tables_are_read_by_others() {
    let Some(python) = python() else { return };
    let folder = folder("tables");
    let rows = (0..3000).map(|n| match n % 3 {
        0 => format!("{{\"id\":\"d{n}\",\"rank\":{n},\"ratio\":0.5,\"is_kept\":true,\"tags\":[\"a\",\"b\"],\"why\":null}}"),
        _ => format!("{{\"id\":\"d{n}\",\"rank\":{n},\"ratio\":1,\"is_kept\":false,\"tags\":[],\"why\":{{\"of\":{n}}}}}"),
    });
    let table = wirecopy_formats::write_parquet(rows, None, Vec::new()).expect("it is written");
    let path = folder.join("table.parquet");
    std::fs::write(&path, table).expect("a file");
    let checked = Command::new(python)
        .arg(script("check.py"))
        .arg(&path)
        .status();
    assert!(checked.expect("Python runs").success());
}
