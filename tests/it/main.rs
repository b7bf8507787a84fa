//! wirecopy as people use it: commands as they are typed, files as they are found.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod batch;
mod cluster;
mod cmd;
mod config;
mod dedup;
