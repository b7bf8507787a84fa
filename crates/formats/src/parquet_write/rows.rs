//! Rows of a table that are gathered value by value: several threads may gather, and one writes.

use std::io;

use arrow_array::ArrayRef;

use super::column::{Builder, Column};

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Nothing is known.
    Null,
    /// For a column of texts.
    Text(&'a str),
    /// For one of lists.
    Texts(&'a [String]),
    /// For one of whole numbers, days or moments.
    Whole(i64),
    /// For one of floats.
    Number(f64),
    /// For one of true or false.
    Truth(bool),
}

/// Rows that are gathered.
pub struct TableRows {
    builders: Vec<Builder>,
    /// Values that came by [`put`](TableRows::put).
    cells: usize,
    /// The first of them that was of the wrong kind.
    wrong: Option<usize>,
}

impl std::fmt::Debug for TableRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableRows")
            .field("rows", &self.count())
            .finish_non_exhaustive()
    }
}

impl TableRows {
    /// None yet.
    pub fn new(columns: &[Column]) -> TableRows {
        TableRows {
            builders: columns
                .iter()
                .map(|column| Builder::new(column.kind))
                .collect(),
            cells: 0,
            wrong: None,
        }
    }

    /// Takes the next value: row by row, the columns in their order. That one is of the wrong kind is said when the rows are
    /// written.
    pub fn put(&mut self, cell: Cell<'_>) {
        let column = self.cells % self.builders.len().max(1);
        let taken = self
            .builders
            .get_mut(column)
            .is_some_and(|builder| builder.put(cell));
        if !taken {
            self.wrong.get_or_insert(self.cells);
        }
        self.cells += 1;
    }

    /// Rows that are complete.
    pub(super) fn count(&self) -> usize {
        self.builders.last().map_or(0, Builder::count)
    }

    /// The columns, for a row that comes at once.
    pub(super) fn builders(&mut self) -> &mut [Builder] {
        &mut self.builders
    }

    /// The columns, filled.
    pub(crate) fn arrays(mut self, columns: &[Column]) -> io::Result<Vec<ArrayRef>> {
        let wide = columns.len().max(1);
        if let Some(wrong) = self.wrong {
            let (row, column) = (wrong / wide + 1, columns.get(wrong % wide));
            let (name, kind) = column.map_or(("none", String::new()), |column| {
                (&column.name, column.kind.to_string())
            });
            let what = format!(
                "row {row}, column `{name}`: expected {kind}, found another kind, or more than 2 GiB"
            );
            return Err(super::invalid(what));
        }
        Ok(self.builders.iter_mut().map(Builder::finish).collect())
    }
}
