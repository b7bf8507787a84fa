//! `story-text.jsonl`: what the `wire` profile compared of every document.
//!
//! The story text with the characters of the page: words that follow each other keep what stands
//! between them, punctuation that touches a kept word stays with it, and where something was
//! masked there is a line break. It is written for people who doubt a mask, and for programs that
//! want pages without boilerplate. The corpus itself stays as it is.

use crate::context::Context;
use crate::store::beginnings::beginning;

use crate::doc_id::DocId;
use crate::error::Error;
use crate::output::{OutputFolder, StoryTextRow, Table, TableForms};
use crate::results::tables::going_on;
use crate::run::finished::Run;
use crate::run::pages::PageReader;
use crate::store::documents::Documents;
use crate::story::PageReading;

/// Bytes of records whose rows are made at a time. A longer record is a part of its own.
const PART: u64 = 16 << 20;

impl Run {
    /// Writes the story text of every document, in the order of the corpus.
    ///
    /// Memory: that of the rows of one part.
    pub(crate) fn write_story_texts(
        &self,
        folder: &OutputFolder,
        forms: TableForms,
        context: Context<'_>,
    ) -> Result<(), Error> {
        let Some(learned) = self.learned() else {
            return Ok(());
        };
        let pages = PageReader {
            corpus: &self.corpus,
            documents: &self.documents,
            shingling: self.job.recipe.shingling(),
            kernel: self.job.instructions.text(),
            context,
        };
        // Cells of a spreadsheet hold no more than 32,767 characters.
        let forms = TableForms { csv: None, ..forms };
        let mut table = Table::create::<StoryTextRow<'_>>(folder, "story-text", forms)?;
        let docs: Vec<DocId> = self.documents.own().collect();
        for part in parts(&docs, &self.documents) {
            let stories =
                pages.each_page(part, Some(&learned.boilerplate), |doc, page, text| {
                    StoryText::of(doc, page, text)
                })?;
            table.put_all(&stories, going_on(context), |story, part| {
                part.put(&StoryTextRow {
                    id: &self.id(story.doc),
                    words: story.words,
                    masked_words: story.masked_words,
                    text: &story.text,
                });
            })?;
            context.go_on()?;
        }
        table.finish()?;
        Ok(())
    }
}

/// What is left of a document.
struct StoryText {
    doc: DocId,
    words: u32,
    masked_words: u32,
    text: String,
}

impl StoryText {
    fn of(doc: DocId, reading: &PageReading, text: &str) -> StoryText {
        let count = |words: usize| u32::try_from(words).expect("a record is shorter than 4 GB");
        StoryText {
            doc,
            words: count(reading.story.len()),
            masked_words: count(reading.words.len() - reading.story.len()),
            text: story_text(reading, text),
        }
    }
}

/// Cuts documents into parts of about [`PART`] bytes.
fn parts<'d>(docs: &'d [DocId], documents: &Documents) -> Vec<&'d [DocId]> {
    let (mut parts, mut rest, mut bytes, mut length) = (Vec::new(), docs, 0, 0);
    for &doc in docs {
        let own = u64::from(documents.row(doc).length);
        if length > 0 && bytes + own > PART {
            let (part, behind) = rest.split_at(length);
            parts.push(part);
            (rest, bytes, length) = (behind, 0, 0);
        }
        bytes += own;
        length += 1;
    }
    if length > 0 {
        parts.push(rest);
    }
    parts
}

/// The kept stretches of a page, a line break between two.
pub(crate) fn story_text(reading: &PageReading, text: &str) -> String {
    beginning(reading, text, usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::OwnedRecord;
    use crate::recipe::Recipe;
    use crate::run::job::Job;

    /// The story text of a page of which the words with an `x` in them are masked.
    fn without_x(text: &str) -> String {
        let mut reading = PageReading::default();
        reading.read(text);
        reading.story = (0..)
            .zip(&reading.words)
            .filter(|(_, word)| !text[word.range()].contains('x'))
            .map(|(at, _)| at)
            .collect();
        story_text(&reading, text)
    }

    #[test]
    fn kept_words_keep_what_stands_between_and_touches_them() {
        assert_eq!(
            without_x("\u{201c}One, two\u{2014}three!\u{201d} \n"),
            "\u{201c}One, two\u{2014}three!\u{201d}"
        );
        assert_eq!(
            without_x("xa; (one\n two). xb xc \u{ab}Three"),
            "(one\n two).\n\u{ab}Three"
        );
        assert_eq!(without_x("one-xa, xb/two"), "one\ntwo");
        assert_eq!(without_x("xa xb."), "");
        assert_eq!(without_x(""), "");
    }

    #[test]
    fn words_of_scripts_without_spaces_are_not_torn() {
        assert_eq!(
            without_x("\u{6771}\u{4eac}x\u{5927}\u{5b66}\u{3002}"),
            without_x("\u{6771}\u{4eac}x\u{5927}\u{5b66}\u{3002}")
        );
        assert_eq!(
            without_x("\u{30ab}\u{30bf}\u{30ab}\u{30ca} xa \u{ff76}\u{ff80}"),
            "\u{30ab}\u{30bf}\u{30ab}\u{30ca}\n\u{ff76}\u{ff80}"
        );
    }

    #[test]
    fn it_stops_when_asked_to() {
        let page = OwnedRecord {
            text: "The ferry is late again today, said a man at the pier.".into(),
            ..OwnedRecord::default()
        };
        let run = Job::new(Recipe::default_wire()).records(vec![page]);
        let run = run.run().unwrap();
        let room = tempfile::tempdir().unwrap();
        let folder = OutputFolder::create(&room.path().join("out"), false, &[]).unwrap();
        let asked = |stop: bool| {
            run.write_story_texts(
                &folder,
                TableForms::default(),
                Context::silent(&stop.into()),
            )
        };
        assert!(matches!(asked(true), Err(Error::Cancelled)));
        assert!(asked(false).is_ok());
    }

    proptest! {
        /// What is kept are stretches of the page, in its order, and all its kept words.
        #[test]
        fn kept_stretches_are_the_pages_own(text in "([a-cxäカ½] ?|[-.,—\n«]){0,40}") {
            let story = without_x(&text);
            let mut rest = text.as_str();
            for stretch in story.lines().filter(|line| !line.is_empty()) {
                let at = rest.find(stretch);
                prop_assert!(at.is_some(), "{stretch:?} not in {rest:?}");
                rest = &rest[at.unwrap() + stretch.len()..];
            }
        }
    }
}
