//! What is known of the dates of an input's field, and how they are read by it.

use wirecopy_formats::dates::{Column, Decision};

/// What is known of the dates of an input.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    /// What its values show.
    pub(super) column: Column,
    /// How they are read.
    pub(super) decision: Decision,
    /// Whether values from all over the input were looked at.
    pub(super) is_complete: bool,
}
