//! Standard output, read by somebody who may have gone away: `wirecopy … | head` is a success.

use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};

/// Writes all of it; styles go only where they are wanted. A closed pipe is no error.
pub(super) fn write(text: &[u8], color: ColorChoice) -> io::Result<()> {
    let mut out = BufWriter::new(AutoStream::new(io::stdout().lock(), color));
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // What is still buffered has no reader either.
            let _ = out.into_parts();
            Ok(())
        }
        written => written,
    }
}
