//! What a document is called: by its title or, without one, by how its story begins.

use super::shown::on_one_line;
use crate::corpus::Record;
use crate::doc_id::DocId;
use crate::learned::Learned;
use crate::pipeline::documents::Documents;
use crate::pipeline::story_texts::beginning;
use crate::shingle::Shingling;
use crate::stages::DocFacts;
use crate::story::PageReading;
use crate::text::Kernel;

/// Longest opening, in characters.
const OPENING: usize = 200;
/// Bytes of a story that are looked at for its opening: four a character, and once more for white space.
const ENOUGH: usize = 8 * OPENING;
/// Longest title made of an opening, in characters.
const TITLE: usize = 100;
/// Longest title that an index keeps, in characters: as many as the page shows
/// (`src/report/encode.rs`), so that nothing is missed. A character takes four bytes at most, and the
/// title 960.
const KEPT: usize = 240;

/// Looks at how documents begin.
pub(super) struct Beginnings<'a> {
    pub(super) documents: &'a Documents,
    /// What is masked, in `wire`.
    pub(super) learned: Option<&'a Learned>,
    pub(super) kernel: Kernel,
    pub(super) shingling: Shingling,
}

/// How a story begins.
#[derive(Default)]
pub(super) struct Beginning {
    /// On one line, to be shown.
    pub(super) opening: String,
    /// So much of it as a headline tells of.
    pub(super) lead: String,
}

impl Beginnings<'_> {
    /// How a story begins, without boilerplate where that is masked.
    pub(super) fn of(
        &self,
        doc: DocId,
        record: &Record<'_>,
        reading: &mut PageReading,
    ) -> Beginning {
        let text = record.text;
        let Some(learned) = self.learned else {
            return Beginning {
                opening: on_one_line(text, OPENING),
                lead: on_one_line(text, ENOUGH / 4),
            };
        };
        reading.set_kernel(self.kernel);
        reading.read(text);
        let publisher = self.documents.publisher_hash(doc);
        reading.mask(&learned.boilerplate, publisher, self.shingling);
        let lead = beginning(reading, text, ENOUGH);
        let opening = match on_one_line(&lead, OPENING) {
            none if none.is_empty() => on_one_line(text, OPENING),
            opening => opening,
        };
        Beginning { opening, lead }
    }
}

/// How the story of a masked page begins or, where nothing is left, the page.
fn of_masked(masked: &PageReading, text: &str) -> String {
    let story = on_one_line(&beginning(masked, text, ENOUGH), OPENING);
    match story.is_empty() {
        true => on_one_line(text, OPENING),
        false => story,
    }
}

/// What an index calls a document, of which it keeps no text, once its page is masked.
pub(in crate::pipeline) fn kept_title(record: &Record<'_>, masked: &PageReading) -> Box<str> {
    own_title_or(record, || of_masked(masked, record.text))
}

/// The same where nothing is masked.
pub(in crate::pipeline) fn kept_title_of_text(record: &Record<'_>) -> Box<str> {
    own_title_or(record, || on_one_line(record.text, OPENING))
}

fn own_title_or(record: &Record<'_>, opening: impl FnOnce() -> String) -> Box<str> {
    let own = record.title.map(|title| on_one_line(title, KEPT));
    let own = own.filter(|title| !title.is_empty());
    own.unwrap_or_else(|| of_opening(&opening()))
        .into_boxed_str()
}

/// The title of a story without one.
pub(super) fn of_opening(opening: &str) -> String {
    on_one_line(opening, TITLE)
}
