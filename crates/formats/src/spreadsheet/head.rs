//! Which sheets are tables, and where their heads are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::book::{Book, Value};
use crate::object::keys;

/// Rows that are looked at to find what a sheet is.
const LOOKED_AT: usize = 200;

/// A head is among so many rows.
const HEAD: usize = 50;

/// A name of a column is shorter; so is a title above a head.
const NAME: usize = 120;

/// Characters of a cell, on average, from which on a column is of texts.
const TEXT: usize = 100;

/// A sheet that is a table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) sheet: String,
    is_shown: bool,
    /// The number of its head; without one, all rows are data.
    head: Option<u32>,
    names: BTreeMap<u32, String>,
    keys: BTreeMap<u32, Vec<u8>>,
    /// Characters in the rows that were looked at.
    characters: usize,
    has_texts: bool,
}

type Row = (u32, Vec<(u32, Value)>);

/// Looks at the first rows of a sheet.
pub(super) fn look(book: &mut Book, sheet: &str, is_shown: bool) -> Result<Option<Table>, String> {
    let mut rows: Vec<Row> = Vec::new();
    let looked = book.each_row(sheet, &mut |number, cells| {
        rows.push((number, cells.to_vec()));
        match rows.len() < LOOKED_AT {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    // Damage further on is said when the rows are read.
    match (looked, rows.is_empty()) {
        (Err(what), true) => Err(what),
        (_, true) => Ok(None),
        _ => Ok(Table::of(sheet, is_shown, &rows)),
    }
}

impl Table {
    fn of(sheet: &str, is_shown: bool, rows: &[Row]) -> Option<Table> {
        let head = head_of(rows);
        let data = &rows[head.map_or(0, |head| head + 1)..];
        if data.is_empty() {
            return None;
        }
        let mut names = BTreeMap::new();
        for (_, cells) in data {
            for (column, _) in cells {
                names.entry(*column).or_insert_with(|| letters(*column));
            }
        }
        for (column, value) in head.map_or(&[][..], |head| &rows[head].1) {
            if let Value::Text(name) | Value::Time(name) = value {
                names.insert(
                    *column,
                    name.split_whitespace().collect::<Vec<_>>().join(" "),
                );
            }
        }
        if head.is_none() && names.len() == 1 {
            names
                .values_mut()
                .for_each(|name| *name = "text".to_owned());
        }
        let quoted = keys(names.values().map(String::as_str));
        Some(Table {
            sheet: sheet.to_owned(),
            is_shown,
            head: head.map(|head| rows[head].0),
            keys: names.keys().copied().zip(quoted).collect(),
            names,
            characters: data.iter().map(|(_, cells)| characters(cells)).sum(),
            has_texts: has_texts(data),
        })
    }

    /// Whether a row is below the head.
    pub(super) fn is_data(&self, row: u32) -> bool {
        self.head.is_none_or(|head| row > head)
    }

    /// Whether a row is the head once more.
    pub(super) fn is_head(&self, cells: &[(u32, Value)]) -> bool {
        self.head.is_some()
            && cells.iter().all(|(column, value)| match value {
                Value::Text(text) => self.names.get(column) == Some(text),
                _ => false,
            })
    }

    /// The name of a column as a key: its letter, if it has no name and nothing in the rows that were looked at.
    pub(super) fn key(&self, column: u32) -> Cow<'_, [u8]> {
        match self.keys.get(&column) {
            Some(key) => Cow::Borrowed(key),
            None => Cow::Owned(keys([letters(column).as_str()].into_iter()).concat()),
        }
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names.values().any(|own| own == name)
    }

    fn has_names_of(&self, other: &Table) -> bool {
        self.head.is_some() && other.head.is_some() && self.names.values().eq(other.names.values())
    }
}

/// The sheets that are read, in their order.
pub(super) fn choose(tables: Vec<Table>) -> Vec<Table> {
    let any_shown = tables.iter().any(|table| table.is_shown);
    let may = |table: &&Table| table.is_shown || !any_shown;
    let main = tables
        .iter()
        .filter(may)
        .max_by_key(|table| table.characters);
    let Some(main) = main.map(|main| main.sheet.clone()) else {
        return Vec::new();
    };
    let is_main = |table: &Table| table.sheet == main || may(&table) && table.has_texts;
    let chosen: Vec<bool> = tables
        .iter()
        .map(|table| {
            is_main(table)
                || tables
                    .iter()
                    .any(|other| is_main(other) && table.has_names_of(other))
        })
        .collect();
    let all = tables.into_iter().zip(chosen);
    all.filter_map(|(table, is_chosen)| is_chosen.then_some(table))
        .collect()
}

/// The first row of names under which data follow. Titles, sources and dates above it have fewer cells than the table.
fn head_of(rows: &[Row]) -> Option<usize> {
    let widths = rows.iter().map(|(_, cells)| cells.len());
    let mut widths: Vec<usize> = widths.collect();
    widths.sort_unstable();
    let usual = widths[widths.len() / 2];
    for (at, (_, cells)) in rows.iter().enumerate().take(HEAD) {
        if cells.len() * 2 < usual.max(2) {
            continue;
        }
        let is_name =
            |value: &Value| matches!(value, Value::Text(text) if text.chars().count() <= NAME);
        let is_data = cells
            .iter()
            .any(|(_, value)| matches!(value, Value::Text(_)) && !is_name(value));
        let names = cells.iter().filter(|(_, value)| is_name(value)).count();
        // A long text is data: there is no head, as nothing above it was one.
        if is_data {
            return None;
        }
        let is_wide = names >= 2 || usual == 1 && is_short_above_long(rows, at);
        if is_wide && names * 2 > cells.len() && at + 1 < rows.len() {
            return Some(at);
        }
    }
    None
}

/// A single column of texts under a name.
fn is_short_above_long(rows: &[Row], at: usize) -> bool {
    let below = &rows[at + 1..];
    let average = below
        .iter()
        .map(|(_, cells)| characters(cells))
        .sum::<usize>()
        / below.len().max(1);
    characters(&rows[at].1) * 3 < average
}

fn characters(cells: &[(u32, Value)]) -> usize {
    let of = |value: &Value| match value {
        Value::Text(text) => text.chars().count(),
        _ => 0,
    };
    cells.iter().map(|(_, value)| of(value)).sum()
}

fn has_texts(rows: &[Row]) -> bool {
    let mut columns: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (column, value) in rows.iter().flat_map(|(_, cells)| cells) {
        if let Value::Text(text) = value {
            let (cells, characters) = columns.entry(*column).or_default();
            *cells += 1;
            *characters += text.chars().count();
        }
    }
    columns
        .values()
        .any(|(cells, characters)| *characters >= cells * TEXT)
}

/// A column as a spreadsheet names it: A to Z, AA, AB.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}
