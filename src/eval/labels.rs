//! What the label of a pair means.
//!
//! *Human* labels are the levels of reuse `cut`, `light` and `heavy`, and `non`. *Silver* labels,
//! which a program gave, are `copy`, `contained`, `edited` and `partial`, and any others for what
//! is no copy (`low`, `template`).
//!
//! Human levels: P. Clough, M. Stevenson, *Developing a corpus of plagiarised short answers*,
//! Language Resources and Evaluation 45 (2011).

/// Silver labels of pairs that should be together.
pub(super) const STRICT: [&str; 3] = ["copy", "contained", "edited"];
/// The silver label of pairs that may be together or not.
pub(super) const PARTIAL: &str = "partial";
/// Human labels of pairs that should be together.
pub(super) const REUSE: [&str; 3] = ["cut", "light", "heavy"];
/// The human label of pairs that should not.
const NO_REUSE: &str = "non";

/// Whether these labels are all human ones.
pub(super) fn is_human<'a>(mut labels: impl Iterator<Item = &'a str>) -> bool {
    labels.all(|label| is_reuse(label) || label == NO_REUSE)
}

/// Whether this is a human label of a pair that should be together.
pub(super) fn is_reuse(label: &str) -> bool {
    REUSE.contains(&label)
}

/// Whether this is a silver label of a pair that is a copy of some kind.
pub(super) fn is_some_copy(label: &str) -> bool {
    STRICT.contains(&label) || label == PARTIAL
}
