//! The program as people use it, and the promises of its source.
//!
//! - [`architecture`]: rooms import only what they may, and files are what the house rules say.
//! - [`curve`]: the S-curve as a table and as a picture.
//! - [`eval`]: figures of a clustering, against figures worked out by hand.

#![allow(clippy::unwrap_used)] // helpers of tests: a panic is a failed test

mod architecture;
mod curve;
mod eval;

use assert_cmd::Command;

/// The program with these arguments.
fn wirecopy<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(arguments);
    command
}

/// What the program printed, given that it succeeded.
fn stdout(mut command: Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What the program said went wrong, given that it failed without a panic.
fn failure(mut command: Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{command:?} should fail");
    assert!(
        matches!(output.status.code(), Some(1 | 2)),
        "{command:?}: {errors}"
    );
    errors
}
