//! Whether the run removed one of the two because the other carries it, and what of it that one does not have.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};
use wirecopy::{Explanation, PassageKind, Side};

use crate::cli::show::{count, safe};

/// Words of a passage that only the removed one has, and passages, that are reported.
const SHOWN_WORDS: usize = 12;
const SHOWN: usize = 3;

/// What `documents.jsonl` says of a removed document.
#[derive(Clone, Debug)]
pub(super) struct Removal {
    /// Whether it is the second of the two.
    pub(super) is_second: bool,
    /// The kept document that was verified to carry it.
    pub(super) witness: String,
    /// Whether that is the other of the two.
    pub(super) is_by_other: bool,
    /// Share of its page that stays.
    pub(super) page_coverage: f64,
}

/// Which of two documents the run removed, in their order.
pub(super) fn removals(dir: &Path, ids: [&str; 2]) -> anyhow::Result<Vec<Removal>> {
    #[derive(serde::Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        id: Cow<'a, str>,
        verdict: Cow<'a, str>,
        #[serde(borrow)]
        duplicate_of: Option<Cow<'a, str>>,
        page_coverage: f64,
    }
    let path = dir.join("documents.jsonl");
    let unread = || format!("{}: cannot read it; run again", path.display());
    let mut found: [Option<Removal>; 2] = [None, None];
    for line in BufReader::new(File::open(&path).with_context(unread)?).lines() {
        let line = line.with_context(unread)?;
        // Most rows are of others, and are not looked at twice.
        if !line.contains("\"removed\"") {
            continue;
        }
        let row: Row<'_> = serde_json::from_str(&line).with_context(unread)?;
        for at in 0..2 {
            if row.id == ids[at] && row.verdict == "removed" {
                let witness = row.duplicate_of.as_deref().unwrap_or_default().to_owned();
                found[at] = Some(Removal {
                    is_second: at == 1,
                    is_by_other: witness == ids[1 - at],
                    witness,
                    page_coverage: row.page_coverage,
                });
            }
        }
    }
    Ok(found.into_iter().flatten().collect())
}

impl Removal {
    /// A line: which of the two, for what, and how much of it stays.
    pub(super) fn line(&self, dedup: bool) -> String {
        let (which, other) = match self.is_second {
            true => ("the second", "the first"),
            false => ("the first", "the second"),
        };
        let witness = match self.is_by_other {
            true => other.to_owned(),
            false => safe(&self.witness, 80),
        };
        let verb = if dedup { "was" } else { "would be" };
        let kind = if dedup { "carries" } else { "would carry" };
        let share = match self.page_coverage {
            all if all >= 1.0 => "all".to_owned(),
            // Rounded down: less than all is never reported as all.
            some => format!("{:.1} %", (some * 1000.0).floor() / 10.0),
        };
        format!("{which} {verb} removed, as {witness} {kind} it: {share} of its page stays")
    }

    /// What the removed one alone has of its story, if its witness is the other one.
    pub(super) fn alone(&self, found: &Explanation) -> Option<String> {
        if !self.is_by_other {
            return None;
        }
        let side = if self.is_second { &found.b } else { &found.a };
        let own = own(side);
        let words: usize = own.iter().map(|(_, words)| words).sum();
        if words == 0 {
            return Some("nothing of its story is its alone".to_owned());
        }
        let shown: Vec<String> = own
            .iter()
            .take(SHOWN)
            .map(|&(text, words)| quoted(text, words))
            .collect();
        let more = own.len().saturating_sub(SHOWN);
        let more = match more {
            0 => String::new(),
            more => format!(" and {}", count(more as u64, "shorter passage")),
        };
        Some(format!(
            "{} of its story are its alone: {}{more}",
            count(words as u64, "word"),
            shown.join(", ")
        ))
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "removed": if self.is_second { "b" } else { "a" },
            "duplicate_of": self.witness,
            "page_coverage": self.page_coverage,
        })
    }
}

/// Passages of the story that only this one has, the longest first.
fn own(side: &Side) -> Vec<(&str, usize)> {
    let passages = side.passages.iter();
    let mut own: Vec<(&str, usize)> = passages
        .filter(|passage| passage.kind == PassageKind::Own)
        .map(|passage| (&side.record.text[passage.range.clone()], passage.words))
        .collect();
    own.sort_by_key(|&(_, words)| std::cmp::Reverse(words));
    own
}

fn quoted(text: &str, words: usize) -> String {
    let all: Vec<&str> = text.split_whitespace().collect();
    let shown = safe(&all[..all.len().min(SHOWN_WORDS)].join(" "), usize::MAX);
    match all.len() > SHOWN_WORDS {
        true => format!("“{shown} …” ({})", count(words as u64, "word")),
        false => format!("“{shown}”"),
    }
}
