//! A file as JSON Lines: `as_lines FILE` prints them, `as_lines --count FILE` says how many there are and what it took.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use bytes::Bytes;
use wirecopy_formats::{Form, Loss, Sink, SourceFile, Stop};

struct Printed<W> {
    out: W,
    is_printed: bool,
    records: u64,
    bytes: u64,
    lost: u64,
}

impl<W: Write> Sink for Printed<W> {
    fn record(&mut self, _: u64, object: &[u8]) -> Result<(), Stop> {
        self.records += 1;
        self.bytes += object.len() as u64;
        if !self.is_printed {
            return Ok(());
        }
        let written = self
            .out
            .write_all(object)
            .and_then(|()| self.out.write_all(b"\n"));
        written.map_err(|_| Stop)
    }

    fn lost(&mut self, loss: Loss) -> Result<(), Stop> {
        self.lost += 1;
        eprintln!("at {}, {:?} bytes: {}", loss.at, loss.missing, loss.what);
        Ok(())
    }
}

fn main() -> io::Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_count = arguments.first().is_some_and(|first| first == "--count");
    let Some(path) = arguments.pop().map(PathBuf::from) else {
        eprintln!("as_lines [--count] FILE");
        return Ok(ExitCode::FAILURE);
    };
    let bytes = Bytes::from(std::fs::read(&path)?);
    let Some(form) = Form::of(&path, &bytes[..bytes.len().min(64 << 10)]) else {
        eprintln!("no form reads it");
        return Ok(ExitCode::FAILURE);
    };
    let mut printed = Printed {
        out: BufWriter::new(io::stdout().lock()),
        is_printed: !is_count,
        records: 0,
        bytes: 0,
        lost: 0,
    };
    let start = Instant::now();
    let file = SourceFile::new(&path, bytes.clone());
    let read = (form.read)(&file, &mut printed);
    printed.out.flush()?;
    let seconds = start.elapsed().as_secs_f64();
    if is_count {
        // Linux only: the most memory that was in use, with the file itself.
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or("VmHWM: ?");
        println!(
            "{}: {} records, {} losses, {} bytes of JSON from {} in {seconds:.2} s; {peak}",
            form.name,
            printed.records,
            printed.lost,
            printed.bytes,
            bytes.len(),
        );
    }
    Ok(match read {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop) => ExitCode::FAILURE,
    })
}
