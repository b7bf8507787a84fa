//! Where the outlets come from, where that is not what a reader of the fields expects.

use serde_json::{Value, json};
use wirecopy::corpus::{InputPreflight, Outlets};

use super::{Lines, Seen, WIDTH};
use crate::cli::show::{count, number, safe};

/// A sentence, if there is something to say.
pub(super) fn put(lines: &mut Lines, outlets: &Outlets, seen: &Seen) {
    if let Some(host) = &outlets.one_host {
        let host = safe(host, WIDTH);
        let fact = format!(
            "the source, as all addresses are of {host}, and the records name several sources"
        );
        lines.put("outlets", &fact);
        return;
    }
    let parts = [
        (
            outlets.inside,
            "by the address inside that of an archive, a proxy or a redirection",
        ),
        (
            outlets.source_behind,
            "by their source, as the address is of a database, a portal, an archive or a short link",
        ),
        (
            outlets.intermediary,
            "by the name of such a host, as nothing else names an outlet",
        ),
        (
            outlets.unknown,
            "not known, as nobody can tell where the address leads",
        ),
    ];
    let parts = parts.iter().filter(|(records, _)| *records > 0);
    let parts: Vec<String> = parts
        .map(|(records, what)| format!("{} {what}", number(*records)))
        .collect();
    if !parts.is_empty() {
        let of = count(seen.records, "record");
        lines.put("outlets", &format!("of {of}, {}", parts.join("; ")));
    }
}

/// Which folders of texts are taken for outlets, and which are not.
pub(super) fn put_folders(lines: &mut Lines, inputs: &[InputPreflight]) {
    for folders in inputs.iter().filter_map(|input| input.folders.as_ref()) {
        let doubted = folders.doubted.as_ref().map(|name| safe(name, WIDTH));
        let fact = match (&folders.outlet, doubted) {
            (Some(outlet), None) => format!("the folder, such as {}", safe(outlet, WIDTH)),
            (Some(outlet), Some(doubted)) => format!(
                "the folder, such as {}; {doubted} and the like look like days, numbers or labels",
                safe(outlet, WIDTH)
            ),
            (None, Some(doubted)) => format!(
                "not the folders: {doubted} and the like look like days, numbers or labels; a table of the files names outlets \
                 (--metadata FILE)"
            ),
            (None, None) => continue,
        };
        lines.put("outlets", &fact);
    }
}

/// The same for a program.
pub(super) fn outlets_json(outlets: &Outlets) -> Value {
    json!({
        "one_host": outlets.one_host,
        "inside": outlets.inside,
        "source_behind": outlets.source_behind,
        "intermediary": outlets.intermediary,
        "unknown": outlets.unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(outlets: &Outlets) -> Vec<String> {
        let mut lines = Lines(Vec::new());
        let seen = Seen {
            records: 10,
            ..Seen::default()
        };
        put(&mut lines, outlets, &seen);
        lines.0
    }

    #[test]
    fn nothing_is_said_where_outlets_are_those_of_the_addresses() {
        assert!(said(&Outlets::default()).is_empty());
    }

    #[test]
    fn what_was_unwrapped_or_taken_instead_is_said_in_one_line() {
        let several = Outlets {
            inside: 4,
            source_behind: 3,
            ..Outlets::default()
        };
        let lines = said(&several);
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0].contains("of 10 records, 4 by the address inside"),
            "{lines:?}"
        );
        assert!(lines[0].contains("; 3 by their source"), "{lines:?}");
        let one_host = Outlets {
            one_host: Some("library.example".into()),
            ..several
        };
        assert!(said(&one_host)[0].contains("all addresses are of library.example"));
    }
}
