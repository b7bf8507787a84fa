//! Rows of Arrow's columns as JSON objects, and how they are handed over: made by all cores, given in order.

mod batch;
mod cell;
mod iso;
mod queue;
mod rows;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use batch::Batch;
pub(crate) use queue::{Part, Parts, hand_over};
pub(crate) use rows::{Lines, Rows};
#[cfg(test)]
pub(crate) use tests::every_type;
