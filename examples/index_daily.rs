//! An index from day to day: each batch is compared with all before it.
//!
//! ```sh
//! cargo run --release --example index_daily
//! ```
//!
//! The first batch makes the index and teaches it what is boilerplate, so let it be a day or more of news, not ten
//! pages. From then on a batch costs what it costs itself, not what the whole index does.

#![allow(clippy::print_stdout, reason = "a program")]

use std::path::Path;

use wirecopy::{Context, Error, Index, Job, OwnedRecord, Query, Recipe, Run};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let parent = tempfile::tempdir()?;
    let folder = parent.path().join("news.index");
    for (day, records) in days() {
        let run = take_in(&folder, records)?;
        println!("{day}:");
        // The clusters that the batch belongs to, with their members of earlier days. A cluster keeps its name for as
        // long as it is one story.
        for cluster in run.clusters() {
            let ids: Vec<_> = cluster
                .members
                .iter()
                .map(|member| run.id(member.doc))
                .collect();
            println!("  {}: {}", cluster.id, ids.join(", "));
        }
    }
    println!("a page that is only looked up is like:");
    for copy in copies_of(&folder, FERRY)? {
        println!("  {copy}");
    }
    Ok(())
}

/// Takes in a batch: the first makes the index.
fn take_in(folder: &Path, records: Vec<OwnedRecord>) -> Result<Run, Error> {
    // An index has the recipe it was built with; a job that adds to it is compared by that one.
    let job = Job::new(Recipe::default()).records(records).open()?;
    let (_, run) = match folder.exists() {
        false => Index::build(folder, job, Context::default())?,
        true => Index::add(folder, job, Context::default())?,
    };
    Ok(run)
}

/// The ids of the documents that carry a text, the most alike first. Changes nothing.
fn copies_of(folder: &Path, text: &str) -> Result<Vec<String>, Error> {
    let index = Index::open(folder)?; // as it is now, whatever is added meanwhile
    let copies = index.query(&Query {
        text,
        ..Query::default()
    })?;
    Ok(copies.into_iter().map(|copy| copy.id).collect())
}

const FERRY: &str = "The ferry to the island was late again on Monday, and nobody in the harbour office could say whether \
    Tuesday would be any better. Passengers waited on the pier for almost three hours.";
const BRIDGE: &str = "The old bridge over the river will stay closed until the end of the year, the council said, as more \
    cracks were found in two of its pillars during an inspection by divers last week.";

/// Three days of a very small paper.
fn days() -> [(&'static str, Vec<OwnedRecord>); 3] {
    let page = |id: &str, source: &str, date: &str, text: &str| OwnedRecord {
        id: Some(id.into()),
        source: Some(source.into()),
        date: Some(date.into()),
        text: text.into(),
        ..OwnedRecord::default()
    };
    let edited = FERRY.replace("almost three hours", "more than three hours");
    [
        (
            "Monday",
            vec![page("ferry-1", "harbour.example", "2024-05-06", FERRY)],
        ),
        (
            "Tuesday",
            vec![
                page("ferry-2", "island.example", "2024-05-07", &edited),
                page("bridge-1", "island.example", "2024-05-07", BRIDGE),
            ],
        ),
        (
            "Wednesday",
            vec![page("bridge-2", "harbour.example", "2024-05-08", BRIDGE)],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_earlier_days_are_found() {
        main().unwrap();
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("index");
        let runs = days().map(|(_, records)| take_in(&folder, records).unwrap());
        assert_eq!(runs.map(|run| run.clusters().len()), [0, 1, 1]);
        let mut copies = copies_of(&folder, FERRY).unwrap();
        copies.sort();
        assert_eq!(copies, ["ferry-1", "ferry-2"]);
    }
}
