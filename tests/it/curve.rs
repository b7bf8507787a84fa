//! `wirecopy curve`: the table's figures, the picture's form, refusals.

use std::fs;

use super::{failure, stdout, wirecopy};

/// 20 bands of 5 rows: the worked example of Leskovec, Rajaraman, Ullman, section 3.4.2.
#[test]
fn the_table_has_the_figures_of_the_book() {
    let table = stdout(wirecopy("curve --bands 20 --rows 5".split(' ')));
    assert!(
        table.contains("20x5: 20 bands of 5 rows, 100 slots"),
        "{table}"
    );
    for (similarity, printed) in [("0.2", 0.006), ("0.4", 0.186), ("0.6", 0.802)] {
        let row = table
            .lines()
            .find(|row| row.split_whitespace().next() == Some(similarity));
        let found: f64 = row
            .unwrap()
            .split_whitespace()
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        assert!(
            (found - printed).abs() < 6e-4,
            "{similarity}: {found}, book has {printed}"
        );
    }
}

#[test]
fn the_threshold_has_a_row_of_its_own() {
    for threshold in ["0.8", "0.33", "1"] {
        let table = stdout(wirecopy(["curve", "--threshold", threshold]));
        let rows: Vec<&str> = table
            .lines()
            .filter(|row| row.ends_with("threshold"))
            .collect();
        assert_eq!(rows.len(), 1, "{table}");
        assert_eq!(rows[0].split_whitespace().next(), Some(threshold));
        let found: f64 = rows[0].split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(found >= 0.95, "{table}");
    }
}

#[test]
fn the_picture_is_one_self_contained_and_described_file() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("curve.svg");
    let table = stdout(wirecopy(["curve", "--svg", path.to_str().unwrap()]));
    assert!(table.contains("similarity"), "the table is printed as well");
    let picture = fs::read_to_string(&path).unwrap();
    assert_eq!(picture, stdout(wirecopy(["curve", "--svg", "-"])));
    assert!(picture.starts_with("<svg xmlns=") && picture.ends_with("</svg>\n"));
    for part in [
        "<title ",
        "<desc ",
        "role=\"img\"",
        "prefers-color-scheme",
        "class=\"mark\"",
    ] {
        assert!(picture.contains(part), "no {part}");
    }
    assert!(!picture.contains("NaN") && !picture.contains("inf"));
    assert_eq!(
        picture.matches("http").count(),
        1,
        "the name space is the only address"
    );
}

#[test]
fn bandings_that_cannot_be_are_refused() {
    for (arguments, what) in [
        ("curve --threshold 1.5", "1.5"),
        ("curve --recall 1", "below 1"),
        ("curve --threshold 0.001", "raise the threshold"),
        ("curve --bands 20", "--rows"),
        ("curve --bands 2000 --rows 2", "1024"),
        ("curve --bands 2 --rows 2 --recall 0.9", "--recall"),
    ] {
        let error = failure(wirecopy(arguments.split(' ')));
        assert!(error.contains(what), "{arguments}: {error}");
    }
}
