//! The page people look at: who carried which story, when, and what they changed.
//!
//! [`page`] draws a saved [`Report`] as one self-contained HTML file, [`pair_page`] two texts side
//! by side. Both are pure functions with the same bytes for the same model: no clock, no network,
//! no file.

pub mod model;

mod escape;
mod view;

pub use model::Report;
pub use view::{DEFAULT_BUDGET, View};
