//! Why bytes are not what was learned, or cannot be used here.

/// What may be wrong with bytes that should be learned boilerplate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LearnedFault {
    /// It is a file of another kind.
    #[error(
        "expected boilerplate that wirecopy has learned, found a file that begins with `{found}`; \
         name the boilerplate.bin of a run"
    )]
    NotOurs {
        /// Its first bytes, escaped.
        found: String,
    },
    /// It was written by a version of wirecopy that has changed the format.
    #[error(
        "expected format {expected}, found format {found}; take the version of wirecopy that wrote \
         it, or learn anew: run without --boilerplate"
    )]
    OtherVersion {
        /// The newest format that is known here.
        expected: u32,
        /// The file's.
        found: u32,
    },
    /// Its length is not what its head says: it was cut, or something was added.
    #[error(
        "damaged: expected {expected} bytes, found {found}; copy it again, or learn anew: run \
         without --boilerplate"
    )]
    Length {
        /// Bytes by its head.
        expected: u64,
        /// Bytes of the file.
        found: u64,
    },
    /// Its bytes are not those that were written.
    #[error(
        "damaged: expected the checksum {expected:016x}, found {found:016x}; copy it again, or \
         learn anew: run without --boilerplate"
    )]
    Checksum {
        /// The checksum in its head.
        expected: u64,
        /// That of its content.
        found: u64,
    },
    /// Its bytes are as they were written, but nothing that wirecopy writes.
    #[error("not written by wirecopy: {what}; learn anew: run without --boilerplate")]
    Content {
        /// What does not fit.
        what: &'static str,
    },
    /// It was learned from pages read in another way.
    #[error(
        "learned in another way than this version works\n  file: {found}\n  here: {expected}\n  \
         Take the version of wirecopy that wrote it, or learn anew: run without --boilerplate"
    )]
    OtherRecipe {
        /// How this version reads and masks.
        expected: String,
        /// How the pages were read and masked.
        found: String,
    },
}
