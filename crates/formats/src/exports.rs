//! Exports of news databases, feeds, and documents of office programs and mail: many articles in a file, or one.
//!
//! A file is made into lines or elements first, whatever it is written in, and one reader a layout makes articles of these. What is
//! known of the layouts is cited where they are read.

mod classed;
mod code_page;
pub(crate) mod documents;
mod factiva;
pub(crate) mod html;
mod labelled;
mod labels;
mod layout;
mod lines;
mod listed;
pub(crate) mod mail;
mod markup;
mod nexis;
mod nexis_uni;
mod numbered;
mod office;
mod out;
mod records;
mod rtf;
mod rule;
pub(crate) mod text;
mod tree;
mod vocabularies;
pub(crate) mod xml;
