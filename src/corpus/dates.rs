//! How the dates of each input are read: decided before the scan, by values from places all over it.
//!
//! The head alone would not do: a file that is sorted by date may begin with twelve days that are months as well. Inputs
//! whose dates have the same field are parts of one column, as shards are: what one leaves open another decides.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use serde_json::{Value, json};
use wirecopy_formats::dates::{Column, Decision, Finding, Format, Order};

use super::Corpus;
use super::columns::Names;
use super::csv::Table;
use super::date::UNDECIDED;
use super::date_column::Dates;
use super::error::CorpusError;
use super::fields::Fields;
use super::file_from::read_full_at;
use super::input::{Input, Origin, Part};
use super::json::{Reading, Scratch, Slots};
use super::kind::Compression;
use super::lines::{BYTE_ORDER_MARK, Lines, is_blank};
use super::options::ReadOptions;
use super::role::Role;
use super::rows::Rows;

/// Inputs of so many bytes are looked at as a whole, as far as [`MOST`] records.
const SMALL: usize = 1 << 20;
/// Records of an input that are looked at in one go, and of a place in the middle.
const MOST: usize = 1000;
const AT_A_PLACE: usize = 8;
/// Places of longer ones, and the bytes of each: some records.
const PLACES: usize = 64;
const PLACE_BYTES: usize = 128 << 10;

/// How dates of one field are read, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatesOfField {
    /// The field.
    pub field: String,
    /// How many inputs it is read so in.
    pub inputs: usize,
    /// How, and what says.
    pub finding: Finding,
}

impl Dates {
    /// Looks at the dates of lines of JSON. `bytes` are all of the input, or what is known of its beginning.
    pub(super) fn of_lines(
        input: &Input,
        bytes: &[u8],
        fields: &Fields,
        options: &ReadOptions,
    ) -> Dates {
        Looking::of(options).all(input, bytes, &Records::Lines(fields))
    }

    /// The same of rows of CSV.
    pub(super) fn of_rows(
        input: &Input,
        bytes: &[u8],
        table: &Table,
        options: &ReadOptions,
    ) -> Dates {
        Looking::of(options).all(input, bytes, &Records::Rows(table))
    }
}

/// What bytes hold.
enum Records<'r> {
    Lines(&'r Fields),
    Rows(&'r Table),
}

struct Looking<'o> {
    options: &'o ReadOptions,
    scratch: Scratch,
    column: Column,
}

impl<'o> Looking<'o> {
    fn of(options: &'o ReadOptions) -> Looking<'o> {
        Looking {
            options,
            scratch: Scratch::default(),
            column: Column::default(),
        }
    }

    fn all(mut self, input: &Input, bytes: &[u8], records: &Records<'_>) -> Dates {
        let header = match records {
            Records::Rows(table) => table.header.min(bytes.len()),
            Records::Lines(_) if bytes.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK.len(),
            Records::Lines(_) => 0,
        };
        let all = input.decoded().is_some();
        let head = bytes.len().min(header + SMALL);
        self.window(
            &bytes[header..head],
            records,
            (true, all && head == bytes.len()),
        );
        if all {
            for place in places(bytes.len()) {
                let end = bytes.len().min(place + PLACE_BYTES);
                self.window(&bytes[place..end], records, (false, end == bytes.len()));
            }
        }
        let is_complete = all || self.unmapped(input, records);
        Dates {
            column: self.column,
            decision: Decision::default(),
            is_complete,
        }
    }

    /// Places of a file that is read and not mapped. What cannot be read now is said where all is read.
    fn unmapped(&mut self, input: &Input, records: &Records<'_>) -> bool {
        let (Origin::File(stamp), Some(path), Compression::None) =
            (&input.origin, &input.path, input.compression)
        else {
            return false;
        };
        let length = usize::try_from(stamp.length).unwrap_or(usize::MAX);
        let (Ok(file), mut window) = (File::open(path), vec![0; PLACE_BYTES]) else {
            return true;
        };
        for place in places(length) {
            let Ok(read) = read_full_at(&file, &mut window, place as u64) else {
                return true;
            };
            self.window(&window[..read], records, (false, place + read == length));
        }
        true
    }

    /// The records that lie in a stretch of bytes, which begins with one or somewhere.
    fn window(&mut self, window: &[u8], records: &Records<'_>, (is_head, is_end): (bool, bool)) {
        let found = match (is_head, records) {
            (true, _) => Some(0),
            (false, Records::Lines(_)) => memchr::memchr(b'\n', window).map(|end| end + 1),
            (false, Records::Rows(table)) => table.first_sound(window),
        };
        let Some(start) = found else {
            return;
        };
        let most = if is_head { MOST } else { AT_A_PLACE };
        match records {
            Records::Lines(fields) => self.lines(&window[start..], fields, most, is_end),
            Records::Rows(table) => self.rows(&window[start..], table, most, is_end),
        }
    }

    fn lines(&mut self, bytes: &[u8], fields: &Fields, most: usize, is_end: bool) {
        let reading = Reading { fields };
        let (column, mut slots) = (&mut self.column, Slots::new());
        let lines = Lines::starting_in(bytes, 0..bytes.len());
        let whole = lines.filter(|line| is_end || line.end < bytes.len());
        for line in whole
            .map(|line| &bytes[line])
            .filter(|line| !is_blank(line))
            .take(most)
        {
            // What is no record is rejected by the scan.
            let _ = reading.json_line(line, 0, &mut slots, &mut self.scratch, |record| {
                if let Some(date) = record.date_text {
                    column.add(date);
                }
            });
        }
    }

    /// A line in the middle may begin within a quoted cell: values count up to the first row that does not fit.
    fn rows(&mut self, bytes: &[u8], table: &Table, most: usize, is_end: bool) {
        let part = Part {
            range: 0..bytes.len(),
            cut_at_start: false,
            cut_at_end: !is_end,
        };
        let (column, mut left, mut is_sound) = (&mut self.column, most, true);
        table.rows(
            bytes,
            &part,
            0..bytes.len(),
            self.options,
            &mut self.scratch,
            |row| {
                is_sound &= most == MOST || row.is_ok();
                if let (true, 1.., Ok(record)) = (is_sound, left, row) {
                    left -= 1;
                    record
                        .date_text
                        .into_iter()
                        .for_each(|date| column.add(date));
                }
            },
        );
    }
}

/// Places behind the head of an input that is longer than that.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let behind = length.saturating_sub(SMALL);
    let step = (behind / PLACES).max(PLACE_BYTES);
    (SMALL..length).step_by(step)
}

/// What the records in memory show.
fn of_records(records: &dyn Rows) -> Dates {
    let mut column = Column::default();
    let step = records.len().div_ceil(MOST).max(1);
    let dates = (0..records.len()).step_by(step);
    dates
        .filter_map(|at| records.row(at).date)
        .for_each(|date| column.add(date));
    Dates {
        column,
        is_complete: true,
        ..Dates::default()
    }
}

impl Input {
    /// What is known of its dates, once its fields are decided.
    fn dates(&self) -> Option<&Dates> {
        Some(&self.used_fields()?.dates)
    }

    fn dates_mut(&mut self) -> Option<&mut Dates> {
        let fields = self.table.as_mut().map(|table| &mut table.fields);
        Some(&mut fields.or(self.fields.as_mut())?.dates)
    }

    /// How its dates are read.
    pub(super) fn decision(&self) -> &Decision {
        self.dates().map_or(&UNDECIDED, |dates| &dates.decision)
    }

    /// The field of its dates.
    fn date_field(&self) -> &str {
        self.used_fields()
            .and_then(|fields| fields.found(Role::Date))
            .unwrap_or("date")
    }

    /// Looks at its dates again where so far only its beginning could be seen.
    pub(super) fn complete_dates(&mut self, options: &ReadOptions) {
        if let (Origin::Records(records), None) = (&self.origin, &self.fields) {
            let mut fields = Fields::decide(&Names::default(), |_, _| false);
            fields.dates = of_records(&**records);
            self.fields = Some(fields);
        }
        if self.dates().is_none_or(|dates| dates.is_complete) {
            return;
        }
        let dates = match (self.decoded(), &self.table, &self.fields) {
            (Some(bytes), Some(table), _) => Dates::of_rows(self, bytes, table, options),
            (Some(bytes), None, Some(fields)) => Dates::of_lines(self, bytes, fields, options),
            _ => return,
        };
        if let Some(own) = self.dates_mut() {
            *own = dates;
        }
    }
}

/// Decides how the dates of all inputs are read.
pub(super) fn decide(inputs: &mut [Input], options: &ReadOptions) -> Result<(), CorpusError> {
    let formats: Arc<[Format]> = formats(options)?.into();
    let mut all: BTreeMap<String, Column> = BTreeMap::new();
    for input in inputs.iter() {
        if let Some(dates) = input.dates() {
            let field = input.date_field().to_owned();
            all.entry(field).or_default().merge(&dates.column);
        }
    }
    for input in inputs {
        let all = all.get(input.date_field());
        if let (Some(all), Some(dates)) = (all, input.dates_mut()) {
            let decision = dates.column.decide_with(all);
            dates.decision = decision.with_formats(formats.clone());
        }
    }
    Ok(())
}

/// The forms that were given.
pub(super) fn formats(options: &ReadOptions) -> Result<Vec<Format>, CorpusError> {
    let of = |given: &String| {
        Format::new(given).map_err(|error| CorpusError::DateFormat {
            format: given.clone(),
            why: error.to_string(),
        })
    };
    options.date_formats.iter().map(of).collect()
}

impl DatesOfField {
    /// The same for a program.
    pub fn json(&self) -> Value {
        let finding = &self.finding;
        let order = finding.order.map(|order| match order {
            Order::DayFirst => "day/month",
            Order::MonthFirst => "month/day",
            Order::YearFirst => "year/month/day",
        });
        json!({
            "field": self.field,
            "inputs": self.inputs,
            "example": finding.example,
            "order": order,
            "languages": finding.languages,
            "values": finding.values,
            "deciding": finding.deciding,
            "against": finding.against,
            "open": finding.open,
            "formats": finding.formats(),
        })
    }
}

impl Corpus {
    /// How dates that can be several days are read, by field: what was decided, and what stays open.
    ///
    /// Nothing for dates that cannot be misread, and before the fields are decided.
    pub fn dates(&self) -> Vec<DatesOfField> {
        let mut groups: Vec<(&str, &Decision, Column, usize)> = Vec::new();
        for input in &self.inputs {
            let Some(dates) = input.dates() else {
                continue;
            };
            let field = input.date_field();
            let same = groups.iter_mut().find(|(known, decision, ..)| {
                *known == field && decision.reads_like(&dates.decision)
            });
            match same {
                Some((.., column, inputs)) => {
                    column.merge(&dates.column);
                    *inputs += 1;
                }
                None => groups.push((field, &dates.decision, dates.column.clone(), 1)),
            }
        }
        let of_group = |(field, decision, column, inputs): (&str, &Decision, Column, usize)| {
            let findings = column.findings_by(decision);
            findings
                .into_iter()
                .map(|finding| DatesOfField {
                    field: field.to_owned(),
                    inputs,
                    finding,
                })
                .collect::<Vec<_>>()
        };
        groups.into_iter().flat_map(of_group).collect()
    }
}
