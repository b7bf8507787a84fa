//! Each of two documents of the `wire` profile from its first word to its last, passage by passage, with what was
//! said of each.

use wirecopy::{Passage, PassageKind, Side, StorySide};

use super::show::{BOLD, DIM, Marks, PLAIN, abridged};
use crate::cli::show::{count, safe};

/// How many words a document has, and what they are.
pub(super) fn words(figures: &StorySide) -> String {
    format!(
        "{}, {} of them story text; {} masked by its own lines, {} as learned boilerplate",
        count(figures.words as u64, "word"),
        figures.story_words,
        figures.masked_by_lines,
        figures.masked_as_boilerplate
    )
}

/// One of the two.
pub(super) fn page(name: &str, side: &Side, figures: &StorySide, marks: Marks) -> String {
    let Marks { color, open, close } = marks;
    let mut text = format!("\n{BOLD}The {name}{PLAIN}: {}\n", words(figures));
    if let Some(id) = &figures.compared_as {
        let id = safe(id, 80);
        text.push_str(&format!(
            "Compared through {id}, whose story text is equal\n"
        ));
    }
    text.push('\n');
    if side.passages.is_empty() {
        text.push_str("  (no words)\n");
    }
    for passage in &side.passages {
        let words = abridged(&side.record.text[passage.range.clone()], passage);
        let label = label(passage);
        text.push_str(&match passage.kind {
            PassageKind::Own => format!("  {label:<15}{color}{open}{words}{close}{PLAIN}\n"),
            kind if kind.is_masked() => format!("  {label:<15}{DIM}{words}{PLAIN}\n"),
            _ => format!("  {label:<15}{words}\n"),
        });
    }
    text
}

fn label(passage: &Passage) -> String {
    match passage.is_stock {
        true => format!("{}, stock", passage.kind.name()),
        false => passage.kind.name().to_owned(),
    }
}
