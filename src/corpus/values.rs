//! A record from values that are text already: cells of CSV, text files, records in memory.

use wirecopy_formats::dates::Decision;

use super::date;
use super::publisher::Publishers;
use super::record::{Record, TextPlace};

/// The values of one record. An empty one counts as absent, except for the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Values<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) text: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) url: Option<&'a str>,
    pub(super) date: Option<&'a str>,
}

impl<'a> Values<'a> {
    /// The record at a place.
    pub(super) fn record(
        self,
        offset: u64,
        length: u32,
        dates: &Decision,
        publishers: &'a mut Publishers,
    ) -> Record<'a> {
        let filled = |value: Option<&'a str>| value.filter(|value| !value.is_empty());
        let (source, url) = (filled(self.source), filled(self.url));
        let date_text = filled(self.date);
        let date = date::of(date_text, url, dates);
        let (publisher, publisher_from) = publishers.of(url, source);
        Record {
            id: filled(self.id),
            text: self.text,
            title: filled(self.title),
            source,
            url,
            date,
            date_text,
            publisher,
            publisher_from,
            offset,
            length,
            text_place: TextPlace::default(),
        }
    }
}
