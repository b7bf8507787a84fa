//! What is held of the documents of a run: rows, ids, what was rejected, and spilled stories.

pub(crate) mod beginnings;
pub(crate) mod doc_facts;
pub(crate) mod documents;
pub(crate) mod ids;
pub(crate) mod inputs;
pub(crate) mod large;
pub(crate) mod one_host;
pub(crate) mod rejections;
pub(crate) mod row;
pub(crate) mod story_store;
pub(crate) mod unread_dates;
