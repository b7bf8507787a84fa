//! What a document is called: by its title or, without one, by how its story begins.

use super::shown::{on_one_line, title};
use crate::corpus::Record;
use crate::doc_id::DocId;
use crate::pipeline::documents::Documents;
use crate::pipeline::learning::Learned;
use crate::pipeline::story::PageReading;
use crate::pipeline::story_texts::beginning;
use crate::shingle::Shingling;
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

impl Beginnings<'_> {
    /// How a story begins, without boilerplate where that is masked.
    fn opening(&self, doc: DocId, text: &str, reading: &mut PageReading) -> String {
        let Some(learned) = self.learned else {
            return on_one_line(text, OPENING);
        };
        reading.set_kernel(self.kernel);
        reading.read(text);
        let publisher = self.documents.publisher_hash(doc);
        reading.mask(&learned.furniture, publisher, self.shingling);
        of_masked(reading, text)
    }

    /// How a story begins, and the title of its record.
    pub(super) fn of(
        &self,
        doc: DocId,
        record: &Record<'_>,
        reading: &mut PageReading,
    ) -> (String, Option<String>) {
        let opening = self.opening(doc, record.text, reading);
        (opening, record.title.and_then(title))
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
