//! What a person should know before a run goes on for hours.

use serde_json::{Value, json};
use wirecopy::pipeline::Preflight;

use super::show::{bytes, count};

/// What was seen, and what the run will need, a line each.
pub(super) fn preflight_lines(preflight: &Preflight) -> Vec<String> {
    let mut lines = Vec::new();
    if preflight.corpus.records > 0 {
        lines.push(format!(
            "about {}",
            count(preflight.corpus.records, "document")
        ));
    }
    let needed = bytes(preflight.memory);
    lines.push(match preflight.allowed {
        Some(allowed) => format!("needs about {needed} of memory; may use {}", bytes(allowed)),
        None => format!("needs about {needed} of memory; how much is free is not known"),
    });
    lines
}

/// The same for a program.
pub(super) fn preflight_json(preflight: &Preflight) -> Value {
    json!({
        "event": "preflight",
        "estimated_documents": preflight.corpus.records,
        "memory_needed_bytes": preflight.memory,
        "memory_allowed_bytes": preflight.allowed,
    })
}
