//! Standard output, read by a process that may have ended: `wirecopy … | head` is a success.

use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context;

use super::show::tame;

/// Writes all of it; styles go only where they are wanted, and nothing steers the terminal. A closed
/// pipe is no error.
pub(super) fn write(text: &str, color: ColorChoice) -> io::Result<()> {
    let mut out = BufWriter::new(AutoStream::new(io::stdout().lock(), color));
    match out
        .write_all(tame(text).as_bytes())
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // What is still buffered has no reader either.
            let _ = out.into_parts();
            Ok(())
        }
        written => written,
    }
}

/// Lets `print` write to standard output, unstyled.
///
/// # Errors
///
/// If it fails, or standard output cannot be written to for any reason but that its reader has ended.
pub(super) fn print(print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut text = Vec::new();
    print(&mut text)?;
    let text = String::from_utf8_lossy(&text); // whoever prints, prints text
    write(&text, ColorChoice::Never).context("cannot write to standard output")
}
