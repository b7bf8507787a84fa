//! Is a folder the output of a run, and of nothing else?

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::{fs, str};

use super::destination::{PROGRAM, RUN_FILE};
use super::error::OutputError;

/// What shows that a folder is not, or not only, a run's output.
pub(super) fn why_foreign(dir: &Path, entries: &[String]) -> Result<Option<String>, OutputError> {
    if entries
        .binary_search_by(|name| name.as_str().cmp(RUN_FILE))
        .is_err()
    {
        return Ok(Some(format!("it holds no {RUN_FILE}")));
    }
    let path = dir.join(RUN_FILE);
    let bytes = fs::read(&path).map_err(OutputError::io("read", &path))?;
    let run: serde_json::Value = match serde_json::from_slice(&bytes) {
        Ok(run) => run,
        Err(error) => return Ok(Some(format!("its {RUN_FILE} is not JSON ({error})"))),
    };
    if run["program"] != PROGRAM {
        return Ok(Some(format!(
            "its {RUN_FILE} does not name {PROGRAM} as its program"
        )));
    }
    let written: Vec<&str> = run["files"]
        .as_array()
        .map(|files| files.iter().filter_map(|file| file.as_str()).collect())
        .unwrap_or_default();
    Ok(entries
        .iter()
        .find(|name| {
            *name != RUN_FILE && !written.contains(&name.as_str()) && !is_drawn_later(dir, name)
        })
        .map(|name| format!("it holds {name}, which its {RUN_FILE} does not list")))
}

/// Whether a file is a part of the report that was drawn after the run: named `report-….html`, and a page of ours. What a
/// person wrote under such a name is theirs.
fn is_drawn_later(dir: &Path, name: &str) -> bool {
    // The generator is named before the style begins.
    const HEAD: usize = 2_048;
    let mut head = Vec::with_capacity(HEAD);
    let is_named = name.starts_with("report-") && name.ends_with(".html");
    is_named
        && File::open(dir.join(name))
            .is_ok_and(|file| file.take(HEAD as u64).read_to_end(&mut head).is_ok())
        && head.windows(GENERATOR.len()).any(|part| part == GENERATOR)
}

/// How a page of ours says so.
const GENERATOR: &[u8] = b"<meta name=\"generator\" content=\"wirecopy ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_report_is_ours_and_a_namesake_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let entry = "report-min-outlets-5.html".to_owned();
        fs::write(
            dir.path().join(RUN_FILE),
            r#"{"program":"wirecopy","files":[]}"#,
        )
        .unwrap();
        let why = |head: &str| {
            fs::write(dir.path().join(&entry), head).unwrap();
            why_foreign(dir.path(), &[entry.clone(), RUN_FILE.to_owned()]).unwrap()
        };
        let ours = format!(
            "<!doctype html>\n{}0.1.0\">",
            str::from_utf8(GENERATOR).unwrap()
        );
        assert_eq!(why(&ours), None);
        assert!(
            why("<!doctype html><p>my notes")
                .unwrap()
                .contains("report-min-outlets-5.html")
        );
    }
}
