//! Deduplicates a corpus: who carried which story, and what may go.
//!
//! ```sh
//! cargo run --release --example batch -- news.jsonl
//! ```
//!
//! Without an argument, the small newsroom of the repository's fixtures.

#![allow(clippy::print_stdout, reason = "a program")]

use wirecopy::{Error, Job, Recipe, Run, Verdict};

fn main() -> Result<(), Error> {
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/newsroom/newsroom.jsonl"
    );
    let path = std::env::args().nth(1).unwrap_or_else(|| fixture.into());
    let run = deduplicated(&path)?;
    print_stories(&run);
    print_removed(&run);
    Ok(())
}

/// Reads, compares and clusters a corpus, in all threads of the current rayon pool.
fn deduplicated(path: &str) -> Result<Run, Error> {
    // The default recipe compares the stories of pages, whatever stands around them. For a corpus of bare texts, or to
    // count copies as other tools do, take whole texts: `Recipe::near(Threshold::new(0.8)?, 0.95)?`.
    Job::new(Recipe::default()).path(path).run()
}

/// The stories that most documents carry, each with its members by date.
fn print_stories(run: &Run) {
    let mut clusters: Vec<_> = run.clusters().iter().collect();
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.members.len()));
    for cluster in clusters.into_iter().take(3) {
        println!("{} has {} documents", cluster.id, cluster.members.len());
        for member in &cluster.members {
            // Undated documents, and those without an outlet, are compared like all others.
            let date = run.date(member.doc).map(|date| date.to_string());
            println!(
                "  {:<20}  {:<24}  {:<20}  {}",
                date.unwrap_or_default(),
                run.publisher(member.doc).unwrap_or_default(),
                run.id(member.doc),
                // The first member is the one that the others are described against.
                member
                    .relation
                    .map_or("representative", |relation| relation.name()),
            );
        }
    }
}

/// What may go, and which kept document carries it. Nothing is removed on the word of a document that goes itself.
fn print_removed(run: &Run) {
    for doc in run.documents() {
        if let Verdict::Removed { witness, relation } = run.verdict(doc) {
            println!(
                "{} goes: {} {}",
                run.id(doc),
                relation.name(),
                run.id(witness)
            );
        }
    }
    let counts = run.counts();
    println!("{} kept, {} removed", counts.kept, counts.removed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newsroom_is_deduplicated() {
        main().unwrap();
        let path = "fixtures/newsroom/newsroom.jsonl";
        let run = deduplicated(path).unwrap();
        assert_eq!(run.clusters().len(), 15);
        let gone = |doc: &_| run.verdict(*doc) != Verdict::Kept;
        let removed = run.documents().filter(gone).count() as u64;
        assert_eq!(removed, run.counts().removed);
    }
}
