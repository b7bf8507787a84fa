//! A document of an export, a page or an archive, and how it is written as JSON.

use serde::Serialize;

/// What is known of a document. What is not known is left out of the object.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Article {
    /// An id that no other document of the file has, if the file gives one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Its outlet: the newspaper, the agency, the site, as the file names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// When it was published, as the file writes it: dates are read by column, later.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// When a crawler fetched it, which is no date of publication.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub crawl_date: String,
    /// Its headline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Who wrote it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Part of the paper, or page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// BCP 47, or as the file writes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The text, paragraphs separated by an empty line. Without a headline unless it is part of the text itself.
    pub text: String,
}

impl Article {
    /// The JSON object, on one line, in place of what the buffer held.
    pub fn write(&self, into: &mut Vec<u8>) {
        into.clear();
        serde_json::to_writer(into, self).expect("strings are JSON");
    }
}
