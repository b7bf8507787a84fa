//! wirecopy as people use it, against brute force, and the promises of its source.
//!
//! - [`annotated`]: annotating what was annotated before; [`parquet_corpora`]: rows of Parquet as Parquet;
//!   [`table_types`]: one type a column; [`table_forms`]: tables as
//!   Parquet and for Excel.
//! - [`architecture`], [`rooms`]: rooms import only what they may, and files are what the house rules say; [`circles`]: and in no large circle.
//! - [`batch`], [`config`]: as an unwatched job: exit codes, locks, signals, files of flags.
//! - [`cluster`], [`dedup`]: the commands as they are typed, files as they are found.
//! - [`curve`]: the S-curve as a table and as a picture.
//! - [`damaged_inputs`]: inputs of every kind, cut at ten places, in every command.
//! - [`disk_needs`]: what results are announced to take.
//! - [`embedded`]: what programs use that embed wirecopy.
//! - [`eval`]: figures of a clustering, against figures worked out by hand; [`eval_pairs`]: those of a
//!   run, from verdicts on its pairs.
//! - [`explain`], [`explain_wire`], [`explain_wire_json`]: why two documents are, or are not, a pair.
//! - [`faults_input`], [`faults_streams`], [`faults_output`], [`faults_stop`], [`faults_signals`],
//!   [`faults_system`]: everything that goes
//!   wrong, with its place and its remedy; [`faults_same`]: the same bytes however it is run.
//! - [`index`], [`index_near`], [`index_uses`], [`index_report`]: an index from day to day, in either profile, what
//!   it is used for, and its page; [`index_faults`], [`index_lost`], [`index_fuzz`]: everything that goes wrong
//!   with one, what cannot be read of it, and forged ones; [`index_figures`], [`index_stories`], [`index_rebuild`], [`index_versions`]: what is stored of
//!   pairs and of texts, learning anew, and frozen indexes of format 1.
//! - [`index_known`]: what an index has already, and tables that were not written.
//! - [`learned`]: what one run has learned, and another starts from.
//! - [`masked`], [`story_text`]: how much was taken for boilerplate, and what is left.
//! - [`names`]: how documents are called, whatever their ids.
//! - [`preflight`]: what people are shown before a run.
//! - [`newsroom_wire`], [`newsroom_relations`], [`newsroom_dedup`]: copies and traps of [`newsroom`] by
//!   name, as `wire` finds them.
//! - [`recipes`]: recipes that can be made.
//! - [`rejects`]: more rejected records than are allowed.
//! - [`relations`]: what copies are to each other in `wire`, digests, and agencies.
//! - [`report`], [`report_pairs`]: the page, the model it is drawn from, and the pairs in it.
//! - [`terminal`]: words of others on a terminal.
//! - [`warnings`]: what is warned of, by which command.
//! - [`wire_user`]: the default profile on inputs of every sort.
//! - [`limits`]: limits at their edge, and those that show only once everything is read.
//! - [`caps`]: runs in which a bound binds; [`crowds`]: and the same from an index in any order; [`hostile`]: corpora made to cost as much as they can.
//! - [`oracle`]: a run against brute force, in any order, with every cap.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod annotated;
mod architecture;
mod batch;
mod caps;
mod certified;
mod circles;
mod cluster;
mod cmd;
mod config;
mod corpus;
mod crowds;
mod curve;
mod damaged_inputs;
mod dates;
mod dedup;
mod disk_needs;
mod embedded;
mod eval;
mod eval_pairs;
mod events;
mod explain;
mod explain_wire;
mod explain_wire_json;
mod faults_input;
mod faults_output;
mod faults_same;
mod faults_signals;
mod faults_stop;
mod faults_streams;
mod faults_system;
mod folders;
mod folders_refused;
mod forged;
mod hostile;
mod html_texts;
mod index;
mod index_faults;
mod index_figures;
mod index_fuzz;
mod index_known;
mod index_lost;
mod index_near;
mod index_rebuild;
mod index_report;
mod index_stories;
mod index_uses;
mod index_versions;
mod layouts;
mod learned;
mod limits;
mod masked;
mod names;
mod newsroom;
mod newsroom_dedup;
mod newsroom_relations;
mod newsroom_wire;
mod on_a_terminal;
mod online;
mod oracle;
mod outlets;
mod page;
mod parquet_corpora;
mod preflight;
mod recipes;
mod rejects;
mod relations;
mod report;
mod report_pairs;
mod report_parts;
mod rooms;
mod scanned;
mod story_text;
mod table_forms;
mod table_types;
mod terminal;
mod warnings;
mod wire_user;

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
