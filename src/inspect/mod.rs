//! What people look at of a finished run: two documents explained, and the model of a report.

pub(crate) mod explain;
pub(crate) mod headline;
pub(crate) mod near_page;
pub(crate) mod report;
pub(crate) mod story_pair;

pub use explain::{
    Explanation, Figures, NearFigures, Outcome, Passage, PassageKind, Side, StoryFigures, StorySide,
};
