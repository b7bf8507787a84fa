//! All forms, and which one a file has.

use std::path::Path;

use crate::form::Form;
use crate::{archive, exports, html, json, mhtml, spreadsheet, warc};

/// All forms, the most particular first: of those that recognise a file the first one reads it.
pub static FORMS: &[&Form] = &[
    #[cfg(feature = "parquet")]
    &crate::parquet_file::FORM,
    #[cfg(feature = "parquet")]
    &crate::arrow_file::FORM,
    &warc::FORM,
    &warc::ARC,
    &json::FORM,
    &mhtml::FORM,
    &spreadsheet::FORM,
    &exports::documents::RTF_EXPORT,
    &exports::documents::OFFICE_EXPORT,
    &exports::documents::RTF,
    &exports::documents::OFFICE,
    &exports::html::FORM,
    &html::FORM,
    &exports::xml::RECORDS,
    &exports::xml::ARTICLE,
    &exports::mail::MAILBOX,
    &exports::mail::MAIL,
    &exports::text::DATABASE,
    &exports::text::RECORDS,
    // What holds files is known by its first bytes, or by a name that nothing else has.
    &archive::ZIP,
    &archive::TAR,
];

impl Form {
    /// The form of a file, by its path and its first bytes.
    pub fn of(path: &Path, head: &[u8]) -> Option<&'static Form> {
        FORMS
            .iter()
            .copied()
            .find(|form| (form.recognise)(path, head))
    }
}
