//! Results go to standard output: locked, buffered, and nobody has to read them to the end.

use std::io::{self, BufWriter, ErrorKind, Write};

use anyhow::Context;

/// Lets `write` write to standard output.
///
/// A reader that has seen enough (`wirecopy … | head`) is success.
///
/// # Errors
///
/// If standard output cannot be written to for any other reason.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
