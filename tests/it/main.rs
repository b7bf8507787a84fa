//! wirecopy as people use it: commands as they are typed, files as they are found.

mod batch;
mod cluster;
mod cmd;
mod dedup;
