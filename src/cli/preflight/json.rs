//! The facts of a preflight for a program, as one JSON object.

use serde_json::{Value, json};
use wirecopy::corpus::{DatesOfField, InputPreflight, PassedOver, Role};
use wirecopy::{Needs, Preflight};

use super::outlets::outlets_json;
use super::{Known, Seen, form, needs, role_name, spool_folder};

/// What of the folders is not read.
pub(in crate::cli) fn passed_over_json(passed: &PassedOver) -> Value {
    json!({
        "files": passed.files,
        "count": passed.count,
        "unreadable": passed.unreadable,
    })
}

/// What was seen, and what the run will need.
pub(in crate::cli) fn preflight_json(preflight: &Preflight, results: Option<&Needs>) -> Value {
    let corpus = &preflight.corpus;
    let seen = Seen::of(&corpus.inputs);
    let input = |input: &InputPreflight| {
        let fields = Role::ALL.map(|role| (role_name(role).to_owned(), input.field(role).into()));
        json!({
            "name": input.name,
            "form": form(input),
            "bytes": input.bytes,
            "estimated_documents": input.records,
            "fields": serde_json::Map::from_iter(fields),
        })
    };
    json!({
        "event": "preflight",
        "inputs": corpus.inputs.iter().map(input).collect::<Vec<_>>(),
        "damaged": corpus.damaged().map(ToString::to_string).collect::<Vec<_>>(),
        "passed_over": passed_over_json(&corpus.passed_over),
        "estimated_documents": corpus.records,
        "complete": corpus.complete,
        "sample": {
            "records": seen.records,
            "with_text": seen.with_text,
            "with_id": seen.with_id,
            "repeated_ids": seen.repeated_ids,
            "repeated_id": seen.repeated_id,
            "with_publisher": seen.with_publisher,
            "with_date": seen.with_date,
            "dates_from_places": seen.dates_from_places,
            "ambiguous_dates": seen.ambiguous_dates,
            "relative_dates": seen.relative_dates,
            "unparsed_dates": seen.unparsed_dates,
            "unparsed_date": seen.unparsed_date,
            "rejected": seen.rejected,
            "first_rejection": seen.first_rejection,
        },
        "profile": preflight.profile.name(),
        "known": Known::of(preflight, &seen).name(),
        "learns_boilerplate": preflight.learns,
        "only_publisher": corpus.only_publisher,
        "dates": corpus.dates.iter().map(DatesOfField::json).collect::<Vec<_>>(),
        "outlets": outlets_json(&corpus.outlets),
        "memory_needed_bytes": preflight.memory,
        "memory_allowed_bytes": preflight.allowed,
        "spool_bytes": corpus.spool_bytes,
        "spool_folder": spool_folder(preflight),
        "spool_free_bytes": corpus.spool_free,
        "output": results.map(needs::json),
    })
}
