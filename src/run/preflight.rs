//! What is known before a run: which fields it will use, and what it will need.

use crate::recipe::Profile;

/// What a look at the first records of every source has shown.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Preflight {
    /// The sources, their fields, and how many records they hold by estimate.
    pub corpus: crate::corpus::Preflight,
    /// How documents will be compared.
    pub profile: Profile,
    /// Whether boilerplate will be learned from the corpus: in `wire`, unless it is known before.
    pub learns: bool,
    /// Bytes of memory the run will need, mapped files apart.
    pub memory: u64,
    /// Bytes of memory it may use, if known.
    pub allowed: Option<u64>,
}
