//! The pass over all texts: what the index and the tables need of each, and nothing more.

use std::cell::RefCell;

use crate::corpus::{BlockVisitor, DateField, Record, Rejection};
use crate::hash;
use crate::recipe::{Profile, Recipe};
use crate::run::gauge::{Gauge, Pending};
use crate::shingle::Shingling;
use crate::sketch::{Banding, Sketcher, screen};
use crate::stages::Instructions;
use crate::store::documents::{BlockTable, NO_ID, NO_PUBLISHER, Name, Row};
use crate::story::{TextReading, normal_of};
use crate::text;

thread_local! {
    static READING: RefCell<(TextReading, Vec<u32>)> = RefCell::default();
}

/// How sketches are made; shared by all threads.
pub(crate) struct Sketching {
    profile: Profile,
    pub(crate) shingling: Shingling,
    text: text::Kernel,
    pub(crate) sketcher: Sketcher,
    pub(crate) banding: Banding,
}

impl Sketching {
    pub(crate) fn new(recipe: &Recipe, instructions: Instructions) -> Sketching {
        Sketching {
            profile: recipe.profile(),
            shingling: recipe.shingling(),
            text: instructions.text(),
            sketcher: Sketcher::with_kernel(
                recipe.banding().slots(),
                recipe.seed(),
                instructions.sketch(),
            ),
            banding: recipe.banding(),
        }
    }
}

/// Fills the table of one block.
pub(crate) struct BlockSketcher<'a> {
    sketching: &'a Sketching,
    gauge: &'a Gauge<'a>,
    pending: Pending,
    pub(crate) table: BlockTable,
}

impl<'a> BlockSketcher<'a> {
    pub(crate) fn new(sketching: &'a Sketching, gauge: &'a Gauge<'a>) -> BlockSketcher<'a> {
        BlockSketcher {
            sketching,
            gauge,
            pending: Pending::default(),
            table: BlockTable::default(),
        }
    }
}

impl BlockVisitor for BlockSketcher<'_> {
    fn record(&mut self, record: &Record<'_>) {
        if !self.gauge.admits(record.text.len(), &mut self.pending) {
            return; // the run fails
        }
        READING.with_borrow_mut(|(reading, signature)| {
            reading.set_kernel(self.sketching.text);
            // In `wire` what is sketched is known only when boilerplate is: words wait until then.
            match self.sketching.profile.has_stories() {
                false => reading.read(record.text, self.sketching.shingling),
                true => reading.forget(),
            }
            self.file(record, reading, signature);
        });
    }

    fn rejected(&mut self, rejection: Rejection) {
        self.table.records += 1;
        let rows = self.table.rows.len();
        let held = self.table.rejections.push(rejection, rows);
        self.gauge.holds(held);
    }
}

impl BlockSketcher<'_> {
    fn file(&mut self, record: &Record<'_>, reading: &TextReading, signature: &mut Vec<u32>) {
        let Sketching {
            sketcher, banding, ..
        } = self.sketching;
        let table = &mut self.table;
        let slots = banding.slots() as usize;
        let bands = banding.bands() as usize;
        let (keys, screens) = (table.keys.len(), table.screens.len());
        if !self.sketching.profile.has_stories() {
            table.keys.resize(keys + bands, 0);
            table.screens.resize(screens + slots, 0);
        }
        if !reading.shingles.is_empty() && !self.sketching.profile.has_stories() {
            signature.resize(sketcher.slots(), 0);
            sketcher.sign(&reading.shingles, signature);
            banding.keys(signature, &mut table.keys[keys..]);
            screen::bytes(signature, &mut table.screens[screens..]);
        }
        table.records += 1;
        let id = (
            table.ids.len() as u64,
            record.id.map_or(NO_ID, |id| length(id.len())),
        );
        table.ids.push_str(record.id.unwrap_or_default());
        if let DateField::Unparsed(why) = record.date {
            table.unread_dates.add(why, record.date_text);
        }
        table.text_bytes += record.text.len() as u64;
        let publisher = record
            .publisher
            .map_or(NO_PUBLISHER, |name| publisher_number(table, name));
        table.one_host.take(record, publisher);
        let content = hash::bytes(record.text.as_bytes());
        table.text_places.push(record.text_place);
        table.rows.push(Row {
            input: 0, // known when the blocks are put together
            record: table.records,
            offset: record.offset,
            length: record.length,
            words: length(reading.units.len()),
            page_words: length(reading.units.len()),
            masked: 0,
            masked_by_form: 0,
            masked_by_others: 0,
            content,
            normal: normal_of(content, &reading.units),
            date: record.date.date(),
            publisher,
            id,
            name: match record.id {
                Some(_) => Name::Id,
                None => Name::Number,
            },
            rejected: false,
        });
    }
}

fn publisher_number(table: &mut BlockTable, name: &str) -> u32 {
    if let Some(&number) = table.publisher_numbers.get(name) {
        return number;
    }
    let number = length(table.publishers.len());
    table.publishers.push(name.to_owned());
    table.publisher_numbers.insert(name.to_owned(), number);
    number
}

/// A length within a record, whose own length is a `u32`.
fn length(length: usize) -> u32 {
    u32::try_from(length).expect("a record is shorter than 4 GB")
}
