//! A labelled newsroom: pages of invented news, and who copied whom. What is planted is listed in `benches/README.md`.

mod calendar;
mod carrier;
mod cut;
mod drafts;
mod draw;
mod edit;
mod frame;
mod grammar;
mod kind;
mod labels;
pub mod making;
mod names;
mod outlet;
mod page;
mod plan;
mod prose;
mod rules;
mod skeletons;
mod story;
mod takes;
mod template;
pub mod variant;
mod words;
pub mod write;
