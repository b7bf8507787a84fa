//! Ctrl-C and `kill`: whatever the program is doing, it ends within a second, and leaves nothing half done.
//!
//! A signal asks for a clean end: every long computation looks at the flag now and then. What does not look, or waits
//! for another process to write into a pipe, is not waited for longer than [`GRACE`]: then a thread that does nothing
//! else takes away what is unfinished on disk ([`wirecopy::unfinished`]) and ends the program. Either way the exit
//! code is 128 + the number of the signal, and one line says what became of the work. Once something is committed,
//! that would be untrue: then the program gets the same time again to come to its end, and says so.
//!
//! A second signal ends the program at once if it comes more than a second after the first: programs like `timeout`
//! send two in a row, to the process and to its group. A hangup keeps its usual meaning, and a closed pipe is an error
//! like any other. So is a file that grows over its limit: the system would end the process for that too.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::json;
use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::{flag, low_level};
use wirecopy::{Context, Error, RunProgress, unfinished};

use super::{event, exit};

/// How long a clean end may take: half of the second that was promised, the other half for what is to be removed.
const GRACE: Duration = Duration::from_millis(500);
/// Time between two looks at the flag: a thread that wakes twenty times a second costs nothing, and a pipe to wake it
/// would take files that a program under a tight limit needs.
const PAUSE: Duration = Duration::from_millis(50);
/// From when on a second signal is meant as one.
const ON_PURPOSE: Duration = Duration::from_secs(1);

/// Whether a stop was asked for, and how.
#[derive(Clone, Debug)]
pub(super) struct Interrupt {
    cancelled: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
    /// What to say of the work when it is stopped. Held by whoever ends the program, to its end.
    becomes: Arc<Mutex<Option<&'static str>>>,
    /// What was committed in this process before.
    commits: u64,
}

impl Interrupt {
    fn new(cancelled: Arc<AtomicBool>, signal: usize) -> Interrupt {
        Interrupt {
            cancelled,
            signal: Arc::new(AtomicUsize::new(signal)),
            becomes: Arc::default(),
            commits: unfinished::commits(),
        }
    }

    /// Of a command within another program, which sets `cancelled` to stop it: as by Ctrl-C.
    pub(super) fn by(cancelled: &Arc<AtomicBool>) -> Interrupt {
        let signal = usize::try_from(SIGINT).unwrap_or_default();
        Interrupt::new(Arc::clone(cancelled), signal)
    }

    /// Listens from now on. Where no thread can be had, signals keep their usual meaning: they end the
    /// process.
    ///
    /// # Errors
    ///
    /// If the system does not let us.
    pub(super) fn listen() -> io::Result<Interrupt> {
        let interrupt = Interrupt::new(Arc::default(), 0);
        // A signal that is listened to no longer ends the process; the write that raised it fails instead.
        flag::register(SIGXFSZ, Arc::default())?;
        let on_purpose = Arc::default();
        let (watching, armed) = (interrupt.clone(), Arc::clone(&on_purpose));
        let watcher = thread::Builder::new().name("signals".to_owned());
        if watcher.spawn(move || watching.watch(armed)).is_err() {
            return Ok(interrupt);
        }
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&on_purpose))?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&interrupt.signal), number)?;
            flag::register(signal, Arc::clone(&interrupt.cancelled))?;
        }
        Ok(interrupt)
    }

    /// For a run that reports to `progress`, and is cancelled once a stop was asked for.
    pub(super) fn context<'a>(&'a self, progress: &'a dyn RunProgress) -> Context<'a> {
        Context::new(progress, &self.cancelled)
    }

    /// For one that reports nothing.
    pub(super) fn silent(&self) -> Context<'_> {
        Context::silent(&self.cancelled)
    }

    /// What a program stopped like that exits with.
    fn exit_code(&self) -> u8 {
        128 + u8::try_from(self.signal.load(Ordering::Relaxed)).unwrap_or_default()
    }

    /// What to say of the work if it is stopped before anything is committed, such as "the index is as before".
    pub(super) fn leaves(&self, what: &'static str) {
        *self.becomes() = Some(what);
    }

    /// What a command came to, which is now at its end: nothing else ends it from here on. If it was stopped, the exit
    /// code says so.
    pub(super) fn end(&self, result: anyhow::Result<u8>) -> anyhow::Result<u8> {
        let becomes = self.becomes();
        let stopped =
            self.cancelled.load(Ordering::Relaxed) && unfinished::commits() == self.commits;
        let result = match result {
            Err(error) if stopped && is_cancelled(&error) => {
                report(*becomes, self.exit_code());
                Ok(self.exit_code())
            }
            result => result,
        };
        std::mem::forget(becomes);
        result
    }

    fn becomes(&self) -> MutexGuard<'_, Option<&'static str>> {
        self.becomes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a signal, and sees to it that the program ends.
    fn watch(&self, on_purpose: Arc<AtomicBool>) {
        while !self.cancelled.load(Ordering::Relaxed) {
            thread::sleep(PAUSE);
        }
        let arming = thread::Builder::new().spawn(move || {
            thread::sleep(ON_PURPOSE);
            on_purpose.store(true, Ordering::Relaxed);
        });
        drop(arming); // where no thread can be had, the first signal must do
        thread::sleep(GRACE);
        {
            let becomes = self.becomes();
            if unfinished::abandon(self.commits) {
                report(*becomes, self.exit_code());
                low_level::exit(self.exit_code().into());
            }
        }
        thread::sleep(GRACE);
        let _becomes = self.becomes();
        unfinished::abandon(u64::MAX);
        let becomes =
            "what was done is in place; what was to be done after it was not, or not all of it";
        report(Some(becomes), exit::COMMITTED);
        low_level::exit(exit::COMMITTED.into());
    }
}

/// Whether it is no failure, but what was asked for.
fn is_cancelled(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::Cancelled))
}

/// Says that the program was stopped. Also where it should be quiet: the exit code is not 0.
fn report(becomes: Option<&str>, code: u8) {
    let message = match becomes {
        Some(becomes) => format!("interrupted; {becomes}"),
        None => "interrupted".to_owned(),
    };
    let text = match event::is_spoken() {
        true => event::line(json!({
            "event": "error", "kind": "interrupted", "path": null, "message": message, "exit_code": code,
        })),
        // Whoever was drawing may not have come to take its line away.
        false if io::stderr().is_terminal() => format!("\r\u{1b}[2Kwirecopy: {message}\n"),
        false => format!("wirecopy: {message}\n"),
    };
    let _ = io::Write::write_all(&mut io::stderr(), text.as_bytes()); // a closed standard error is no failure
}
