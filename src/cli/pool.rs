//! The threads of a command: a pool that is asked for, and whose absence is an error.
//!
//! Rayon would start threads by itself, and panics where none can be had, as under a limit of processes. So no command
//! does parallel work outside of [`in_pool`].

use anyhow::Context;
use rayon::ThreadPoolBuilder;

/// Does the work of a command in so many threads; 0 is one for every core. With 1 no thread is started.
///
/// # Errors
///
/// If the system gives no threads.
pub(super) fn in_pool<R: Send>(
    threads: usize,
    work: impl FnOnce() -> anyhow::Result<R> + Send,
) -> anyhow::Result<R> {
    let mut builder = ThreadPoolBuilder::new().num_threads(threads);
    if threads == 1 {
        builder = builder.use_current_thread();
    }
    let pool = builder
        .build()
        .context("cannot start threads: ask for fewer with --threads")?;
    pool.install(work)
}
