//! What a document is called: by its title or, without one, by how its story begins.

use crate::corpus::Record;
use crate::doc_id::DocId;
use crate::learned::Learned;
use crate::shingle::Shingling;
use crate::stages::DocFacts;
use crate::store::documents::Documents;
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
pub(crate) struct Beginnings<'a> {
    pub(crate) documents: &'a Documents,
    /// What is masked, in `wire`.
    pub(crate) learned: Option<&'a Learned>,
    pub(crate) kernel: Kernel,
    pub(crate) shingling: Shingling,
}

/// How a story begins.
#[derive(Default)]
pub(crate) struct Beginning {
    /// On one line, to be shown.
    pub(crate) opening: String,
    /// So much of it as a headline is made of.
    pub(crate) lead: String,
}

impl Beginnings<'_> {
    /// How a story begins, without boilerplate where that is masked.
    pub(crate) fn of(
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
pub(crate) fn kept_title(record: &Record<'_>, masked: &PageReading) -> Box<str> {
    own_title_or(record, || of_masked(masked, record.text))
}

/// The same where nothing is masked.
pub(crate) fn kept_title_of_text(record: &Record<'_>) -> Box<str> {
    own_title_or(record, || on_one_line(record.text, OPENING))
}

fn own_title_or(record: &Record<'_>, opening: impl FnOnce() -> String) -> Box<str> {
    let own = record.title.map(|title| on_one_line(title, KEPT));
    let own = own.filter(|title| !title.is_empty());
    own.unwrap_or_else(|| of_opening(&opening()))
        .into_boxed_str()
}

/// The title of a story without one.
pub(crate) fn of_opening(opening: &str) -> String {
    on_one_line(opening, TITLE)
}

/// The same, but for stretches that begin behind so many bytes.
pub(crate) fn beginning(reading: &PageReading, text: &str, most: usize) -> String {
    let mut story = String::new();
    let mut covered = 0; // characters of one Katakana word share its range
    for run in reading.story.chunk_by(|a, b| a + 1 == *b) {
        if story.len() >= most {
            break;
        }
        let (first, last) = (run[0] as usize, run[run.len() - 1] as usize);
        let word = |at: usize| reading.words.get(at).map(|word| word.range());
        let before = first.checked_sub(1).and_then(word).map(|word| word.end);
        let behind = word(last + 1).map(|word| word.start);
        let start = reading.words[first].start as usize;
        let end = reading.words[last].end as usize;
        let gap = &text[before.unwrap_or(0).min(start)..start];
        let start = match gap.rfind(char::is_whitespace) {
            Some(space) => start - gap[space..].trim_start().len(),
            // Without a space between them it may belong to the masked word.
            None if before.is_some() => start,
            None => start - gap.len(),
        };
        let gap = &text[end..behind.unwrap_or(text.len()).max(end)];
        let end = match gap.find(char::is_whitespace) {
            Some(space) => end + space,
            None if behind.is_some() => end,
            None => end + gap.len(),
        };
        let start = start.max(covered);
        if start >= end {
            continue;
        }
        covered = end;
        if !story.is_empty() {
            story.push('\n');
        }
        story.push_str(&text[start..end]);
    }
    story
}

/// The beginning of a text on one line, of so many characters at most.
pub(crate) fn on_one_line(text: &str, characters: usize) -> String {
    let mut line = String::new();
    let mut left = characters;
    for word in text.split_whitespace() {
        let space = usize::from(!line.is_empty());
        if left <= space {
            break;
        }
        if space > 0 {
            line.push(' ');
        }
        left -= space;
        let mut length = 0;
        line.extend(word.chars().take(left).inspect(|_| length += 1));
        left -= length;
    }
    line
}
