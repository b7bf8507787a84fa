//! What a command on an index says while it goes on, also for whom it waits.

use std::path::Path;

use serde_json::json;
use wirecopy::{Progress, RunProgress, Stage};

use crate::cli::args::{Color, ProgressMode};
use crate::cli::event;
use crate::cli::progress::{self, Steps};
use crate::cli::show::Voice;

/// A listener that says for whom it waits, unless it is to be quiet.
pub(super) struct Listener {
    progress: Box<dyn RunProgress>,
    voice: Voice,
}

impl Listener {
    pub(super) fn of(voice: Voice, steps: Steps) -> Listener {
        Listener {
            progress: progress::listener(voice.progress, steps),
            voice,
        }
    }

    /// Of a command that has no progress to report.
    pub(super) fn of_waiting() -> Listener {
        Listener::of(
            Voice::new(false, ProgressMode::None, Color::Auto),
            Steps::of_rebuild(),
        )
    }
}

impl Progress for Listener {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        self.progress.begin(stage, total);
    }

    fn advance(&self, amount: u64) {
        self.progress.advance(amount);
    }

    fn end(&self, stage: Stage) {
        self.progress.end(stage);
    }
}

impl RunProgress for Listener {
    fn needs(&self, memory: u64, pairs: u64) {
        self.progress.needs(memory, pairs);
    }

    fn waits(&self, folder: &Path, process: Option<u32>) {
        let folder = folder.display();
        let text = match process {
            _ if self.voice.is_json() => event::line(
                json!({ "event": "waiting", "index": folder.to_string(), "process": process }),
            ),
            Some(process) => {
                format!(
                    "wirecopy: waiting for process {process}, which is changing the index {folder}\n"
                )
            }
            None => {
                format!(
                    "wirecopy: waiting for another program, which is changing the index {folder}\n"
                )
            }
        };
        self.voice.note(&text);
    }
}
