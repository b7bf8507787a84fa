//! How documents and their passages are shown on a terminal.

use wirecopy::relation::Relation;
use wirecopy::{Passage, PassageKind, Side};

use crate::cli::show::safe;

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
pub(super) const PLAIN: &str = "\u{1b}[0m";

/// How what only one of two documents has is marked.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub(super) color: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
}

impl Marks {
    pub(super) const FIRST: Marks = Marks {
        color: "\u{1b}[31m",
        open: "[-",
        close: "-]",
    };
    pub(super) const SECOND: Marks = Marks {
        color: "\u{1b}[32m",
        open: "{+",
        close: "+}",
    };
}

/// What the second document is to the first, as a sentence.
pub(super) fn relation(relation: Option<Relation>) -> &'static str {
    match relation {
        None => "no copies",
        Some(Relation::Exact) => "copies: the second is the same text as the first",
        Some(Relation::Normalized) => "copies: the second has the same words as the first",
        Some(Relation::Composite) => "copies: the second holds the story of the first and others",
        Some(Relation::Excerpt) => "copies: the second is an excerpt of the first",
        Some(Relation::Extended) => "copies: the second holds most of the first, and much more",
        Some(Relation::Updated) => "copies: the second is an update of the first",
        Some(Relation::Revised) => "copies: the second is a revised version of the first",
    }
}

/// Id, outlet, headline.
pub(super) fn headline(side: &Side) -> String {
    let mut text = safe(&side.id, 80);
    if let Some(publisher) = &side.publisher {
        text.push_str(&format!(", {}", safe(publisher, 40)));
    }
    if let Some(title) = &side.record.title {
        text.push_str(&format!(": {}", safe(title, 80)));
    }
    text
}

/// Words shown of each end of a long passage, and of one that is shown whole.
const END: usize = 12;
const WHOLE: usize = 60;

/// A passage on one line; of a long one that is not the document's own, its ends.
pub(super) fn abridged(text: &str, passage: &Passage) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let join = |words: &[&str]| safe(&words.join(" "), usize::MAX);
    if passage.kind != PassageKind::Own && words.len() > WHOLE {
        let left_out = words.len() - 2 * END;
        return format!(
            "{} […{left_out} words…] {}",
            join(&words[..END]),
            join(&words[words.len() - END..])
        );
    }
    join(&words)
}
