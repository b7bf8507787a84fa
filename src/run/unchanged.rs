//! What was read again counts only if the inputs are still what they were: if one has changed, that is the error.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

use crate::corpus::Corpus;
use crate::error::Error;

/// Does what reads records again. If it fails or panics and an input has changed, that is the error.
pub(crate) fn reading_again<T>(
    corpus: &Corpus,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let result = catch_unwind(AssertUnwindSafe(work));
    unless_changed(corpus, unless_rewritten(corpus, result))
}

/// The result of reading records again, if the inputs are still what they were. A record of an
/// input that changed fails in many ways; the change is the cause, and names the file.
pub(crate) fn unless_changed<T>(corpus: &Corpus, result: Result<T, Error>) -> Result<T, Error> {
    if !matches!(result, Err(Error::Cancelled)) {
        corpus.check_unchanged()?;
    }
    result
}

/// The result of reading records for the first time: where that fails and an input has changed, the
/// change is the cause.
pub(crate) fn cause_of<T>(corpus: &Corpus, result: Result<T, Error>) -> Result<T, Error> {
    match result {
        Ok(read) => Ok(read),
        failed => unless_changed(corpus, failed),
    }
}

/// The result of reading records, if nothing panicked. A mapped file that is rewritten while a
/// record of it is read may make one: then the change is the cause.
pub(crate) fn unless_rewritten<T>(
    corpus: &Corpus,
    result: thread::Result<Result<T, Error>>,
) -> Result<T, Error> {
    result.unwrap_or_else(|panic| match corpus.check_unchanged() {
        Err(changed) => Err(changed.into()),
        Ok(()) => resume_unwind(panic),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_reported_as_the_change_that_led_to_it_and_else_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.jsonl");
        std::fs::write(&path, "{\"text\": \"one\"}\n").unwrap();
        let sources = vec![crate::corpus::Source::Path(path.clone())];
        let corpus = Corpus::open(sources, crate::corpus::ReadOptions::default()).unwrap();
        let panicked = || -> thread::Result<Result<(), Error>> { Err(Box::new("torn character")) };
        let goes_on = catch_unwind(AssertUnwindSafe(|| unless_rewritten(&corpus, panicked())));
        assert_eq!(goes_on.unwrap_err().downcast_ref(), Some(&"torn character"));
        std::fs::write(&path, "{\"text\": \"another one\"}\n").unwrap();
        let error = unless_rewritten(&corpus, panicked())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("day.jsonl") && error.contains("changed"),
            "{error}"
        );
    }
}
