//! What is told before a run.
