//! One page at a time, in memory: pages come, are held against those of the last days, and are forgotten.
//!
//! ```sh
//! cargo run --release --example online
//! ```
//!
//! A run over past pages teaches what is boilerplate and how common words are; then a window takes the pages of a stream in
//! the order of their dates. What is to outlast the process belongs in an index (`examples/index_daily.rs`), and what is
//! there at once is faster as a batch (`examples/batch.rs`).

#![allow(clippy::print_stdout, reason = "a program")]

use std::collections::VecDeque;

use wirecopy::{Job, Online, OnlinePage, OwnedRecord, PageId, Recipe};

/// Days for which pages are held.
const DAYS: i64 = 2;

/// What the wire sent, and what papers made of it.
fn stream() -> Vec<OwnedRecord> {
    let ferry = "The ferry to the island was late again on Monday, and nobody in the harbour office could say whether \
        Tuesday would be any better. Passengers waited on the pier for almost three hours, in the rain.";
    let bridge = "The old bridge over the river will stay closed until the end of the year, the council said on Monday.";
    let page = |id: &str, date: &str, text: String| OwnedRecord {
        id: Some(id.into()),
        date: Some(date.into()),
        text,
        ..OwnedRecord::default()
    };
    vec![
        page("wire-1", "2024-03-04", ferry.into()),
        page("wire-2", "2024-03-04", bridge.into()),
        page(
            "herald-7",
            "2024-03-05",
            format!("{ferry} Also read: our guide to the island."),
        ),
        page(
            "courier-3",
            "2024-03-09",
            ferry.replace("in the rain", "in the cold"),
        ),
    ]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in copies(stream())? {
        println!("{line}");
    }
    Ok(())
}

/// What is said of the pages of a stream that are copies of pages of the last days.
fn copies(stream: Vec<OwnedRecord>) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    // In practice: the pages of last month, once. Here the same ones, as there are no others.
    let past = Job::new(Recipe::default()).records(stream.clone()).run()?;
    let learned = past.learned().cloned();
    let mut window = Online::new(Recipe::default(), learned)?;
    let mut held: VecDeque<(PageId, i64, String)> = VecDeque::new();
    let mut said = Vec::new();
    for (doc, record) in past.documents().zip(&stream) {
        let date = past.date(doc);
        let day = date.map_or(0, |date| date.day());
        while held.front().is_some_and(|(_, of, _)| *of < day - DAYS) {
            if let Some((old, ..)) = held.pop_front() {
                window.forget(old);
            }
        }
        let (page, found) = window.push(OnlinePage {
            text: &record.text,
            publisher: past.publisher(doc),
            date,
        });
        let name = past.id(doc).into_owned();
        for copy in found {
            let of = held.iter().find(|(page, ..)| *page == copy.page);
            let of = of.map_or("?", |(.., name)| name);
            said.push(format!(
                "{name} is a copy of {of}: {}",
                copy.relation.name()
            ));
        }
        held.push_back((page, day, name));
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_found_as_long_as_its_page_is_held() {
        main().unwrap();
        let said = copies(stream()).unwrap();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].starts_with("herald-7 is a copy of wire-1"),
            "{said:?}"
        );
    }
}
