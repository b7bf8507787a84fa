//! What a document is called where one line is to say which story it is.

use std::sync::atomic::AtomicBool;

use super::learning::PageReader;
use super::report::{kept_title, kept_title_of_text};
use super::run::Run;
use crate::doc_id::DocId;

impl Run {
    /// The title of a document or, without one, how its story begins. Its record is read again; none of a document
    /// that only the index of the run has, or that cannot be read any more.
    pub fn headline(&self, doc: DocId) -> Option<String> {
        if !self.documents.is_own(doc) {
            return None;
        }
        let never = AtomicBool::new(false);
        let pages = PageReader {
            corpus: &self.corpus,
            documents: &self.documents,
            shingling: self.job.recipe.shingling,
            kernel: self.job.instructions.text(),
            cancelled: &never,
        };
        let furniture = self.learned().map(|learned| &learned.furniture);
        let read =
            pages.page(
                doc,
                furniture,
                &mut pages.buffers(),
                |reading, record| match furniture {
                    Some(_) => kept_title(record, reading),
                    None => kept_title_of_text(record),
                },
            );
        read.ok().map(String::from)
    }
}
