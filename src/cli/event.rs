//! What is said to a program: one JSON object a line, each with the time at which it was said.
//!
//! Whether a program listens is known once the command line is understood, and asked by whoever ends the program: a
//! signal, or an unforeseen error.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

/// Whether what is said goes to a program (`--progress json`).
static TO_A_PROGRAM: AtomicBool = AtomicBool::new(false);

/// From now on a program listens, or does not.
pub(super) fn speak(to_a_program: bool) {
    TO_A_PROGRAM.store(to_a_program, Ordering::Relaxed);
}

/// Whether a program listens.
pub(super) fn is_spoken() -> bool {
    TO_A_PROGRAM.load(Ordering::Relaxed)
}

/// An event as its line, with `time` in UTC to the millisecond.
pub(super) fn line(mut event: Value) -> String {
    let now = jiff::Timestamp::now();
    event["time"] = now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().into();
    format!("{event}\n")
}

/// Whether words of a command line ask for events: for those that are not understood, or not yet.
pub(super) fn is_asked_by(words: &[std::ffi::OsString]) -> bool {
    let flag = |word: &std::ffi::OsString| word == "--progress=json";
    let two = |pair: &[std::ffi::OsString]| pair[0] == "--progress" && pair[1] == "json";
    words.iter().any(flag) || words.windows(2).any(two)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_says_when() {
        let line = line(json!({ "event": "stage" }));
        let parsed: Value = serde_json::from_str(&line).unwrap();
        let time: jiff::Timestamp = parsed["time"].as_str().unwrap().parse().unwrap();
        assert!(time <= jiff::Timestamp::now());
        assert_eq!(parsed["event"], "stage");
        assert!(line.ends_with("}\n"));
    }

    #[test]
    fn words_ask_for_events() {
        let asked = |words: &[&str]| {
            is_asked_by(
                &words
                    .iter()
                    .map(std::ffi::OsString::from)
                    .collect::<Vec<_>>(),
            )
        };
        assert!(asked(&["a", "--progress", "json"]) && asked(&["--progress=json"]));
        assert!(!asked(&["--progress", "plain"]) && !asked(&["json"]));
    }
}
