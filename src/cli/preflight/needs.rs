//! Memory and disk: what the run will need, and what there is.

use serde_json::{Value, json};
use wirecopy::output::Need;
use wirecopy::{Needs, Preflight};

use super::{Lines, WIDTH, spool_folder};
use crate::cli::show::{bytes, safe};

/// A line for each.
pub(super) fn put(lines: &mut Lines, preflight: &Preflight, results: Option<&Needs>) {
    let corpus = &preflight.corpus;
    let needed = bytes(preflight.memory);
    let least = if corpus.complete { "about" } else { "at least" };
    let fact = match preflight.allowed {
        Some(allowed) => format!("{least} {needed} needed, {} allowed", bytes(allowed)),
        None => format!("{least} {needed} needed; how much is free is not known"),
    };
    lines.put("memory", &fact);
    if corpus.spool_bytes > 0 || !corpus.complete {
        let free = free(corpus.spool_free);
        let folder = spool_folder(preflight);
        let spooled = match corpus.spool_bytes {
            0 => "streams".to_owned(), // of no known length
            length => format!("{least} {}", bytes(length)),
        };
        let fact = format!("{spooled} spooled in {}{free}", safe(&folder, WIDTH));
        lines.put("disk", &fact);
    }
    let Some(results) = results else {
        return;
    };
    let mut free = free(results.free);
    for (at, need) in results.corpora.iter().enumerate() {
        let name = if at == 0 { "output" } else { "" };
        let fact = format!("{} written to {}", size(need, least), need.names);
        lines.put(name, &(fact + &std::mem::take(&mut free)));
    }
    let mut others = format!("{least} {}", bytes(results.tables));
    for (part, name) in [
        (results.report, "report"),
        (results.story_texts, "story texts"),
    ] {
        if part > 0 {
            others.push_str(&format!(", {name} {}", bytes(part)));
        }
    }
    lines.put("tables", &(others + &free));
}

/// `up to 7.0 MB`, or `about` it.
fn size(need: &Need, least: &str) -> String {
    match need.bytes {
        0 if least != "about" => "streams".to_owned(), // of no known length
        length if need.is_bound => format!("up to {}", bytes(length)),
        length => format!("{least} {}", bytes(length)),
    }
}

fn free(free: Option<u64>) -> String {
    free.map_or_else(String::new, |free| format!(", {} free", bytes(free)))
}

/// The results' part for a program.
pub(super) fn json(results: &Needs) -> Value {
    let corpus = |need: &Need| json!({ "names": need.names, "bytes": need.bytes, "is_bound": need.is_bound });
    json!({
        "corpora": results.corpora.iter().map(corpus).collect::<Vec<_>>(),
        "tables_bytes": results.tables,
        "report_bytes": results.report,
        "story_texts_bytes": results.story_texts,
        "free_bytes": results.free,
    })
}
