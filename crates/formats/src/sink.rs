//! Where documents go, and what is said of those that could not be read.

use std::io;

/// Whoever takes the documents wants no more of them, for a reason it knows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stop;

/// Why a file was not read to its end.
pub(crate) enum Failed {
    Stop,
    Read(io::Error),
}

impl Failed {
    /// Says that a file was not read to its end.
    pub(crate) fn lost(self, sink: &mut dyn Sink) -> Result<(), Stop> {
        match self {
            Failed::Stop => Err(Stop),
            Failed::Read(error) => sink.lost(Loss {
                at: 0,
                what: error.to_string(),
                missing: None,
            }),
        }
    }
}

impl From<Stop> for Failed {
    fn from(_: Stop) -> Failed {
        Failed::Stop
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Failed {
        Failed::Read(error)
    }
}

/// A part of a file that could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Loss {
    /// Where it begins, in bytes of the file.
    pub at: u64,
    /// What was expected and what was found, for people: `row group 3: the page's checksum is wrong`.
    pub what: String,
    /// How many bytes of the file were not read; nothing where the file ends too early, so it is not known.
    pub missing: Option<u64>,
}

/// Takes the documents of a file in their order.
pub trait Sink {
    /// Takes a document: a JSON object without a line end. `at` is how far the file was read, in bytes.
    ///
    /// # Errors
    ///
    /// If no more are wanted. The form returns at once then.
    fn record(&mut self, at: u64, object: &[u8]) -> Result<(), Stop>;

    /// Takes note of a part that could not be read. What follows may still come.
    ///
    /// # Errors
    ///
    /// The same.
    fn lost(&mut self, loss: Loss) -> Result<(), Stop>;

    /// Whether to go on, at the same place as before: asked where a form reads long without handing anything over.
    ///
    /// # Errors
    ///
    /// The same.
    fn go_on(&mut self) -> Result<(), Stop> {
        Ok(())
    }
}
