//! Ctrl-C and `kill`: the first asks for a clean end, the second ends at once.
//!
//! A clean end removes what was staged. Which signal it was decides the exit code, 128 + its
//! number. A hangup keeps its usual meaning, and a closed pipe is an error like any other.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether somebody asked to stop, and how.
#[derive(Debug, Default)]
pub(super) struct Interrupt {
    cancelled: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Listens from now on.
    ///
    /// # Errors
    ///
    /// If the system does not let us.
    pub(super) fn listen() -> io::Result<Interrupt> {
        let interrupt = Interrupt::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag down and passes by here.
            flag::register_conditional_shutdown(
                signal,
                128 + signal,
                Arc::clone(&interrupt.cancelled),
            )?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&interrupt.signal), number)?;
            flag::register(signal, Arc::clone(&interrupt.cancelled))?;
        }
        Ok(interrupt)
    }

    /// True once somebody asked to stop.
    pub(super) fn cancelled(&self) -> &AtomicBool {
        &self.cancelled
    }

    /// What a program stopped like that exits with.
    pub(super) fn exit_code(&self) -> u8 {
        128 + u8::try_from(self.signal.load(Ordering::Relaxed)).unwrap_or_default()
    }
}
