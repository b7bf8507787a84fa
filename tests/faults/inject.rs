//! Faults: a system call that fails, or before which the process dies or is asked to stop.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::process::{Command, Stdio};

use crate::commands::Scene;

/// A system call, and what happens at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    call: &'static str,
    what: What,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum What {
    /// The call fails with this error.
    Fails(&'static str),
    /// The process is killed.
    Killed,
    /// The process is asked to stop.
    Stopped,
}

const fn fails(call: &'static str, error: &'static str) -> Fault {
    let what = What::Fails(error);
    Fault { call, what }
}

/// A full disk, a disk that fails, no memory, no more files; death and a signal wherever something is written, named or flushed.
pub(crate) const FAULTS: &[Fault] = &[
    fails("write", "ENOSPC"),
    fails("write", "EIO"),
    fails("pwrite64", "ENOSPC"),
    fails("ftruncate", "ENOSPC"),
    fails("fsync", "EIO"),
    fails("fdatasync", "EIO"),
    fails("syncfs", "EIO"),
    fails("rename", "EIO"),
    fails("renameat2", "EIO"),
    fails("mkdir", "ENOSPC"),
    fails("unlink", "EIO"),
    fails("flock", "EINTR"),
    fails("openat", "EMFILE"),
    fails("read", "EIO"),
    fails("pread64", "EIO"),
    fails("mmap", "ENOMEM"),
    Fault {
        call: "write",
        what: What::Killed,
    },
    Fault {
        call: "fsync",
        what: What::Killed,
    },
    Fault {
        call: "rename",
        what: What::Killed,
    },
    Fault {
        call: "renameat2",
        what: What::Killed,
    },
    Fault {
        call: "write",
        what: What::Stopped,
    },
    Fault {
        call: "fsync",
        what: What::Stopped,
    },
    Fault {
        call: "rename",
        what: What::Stopped,
    },
];

impl Fault {
    /// Whether the process dies without a chance to say so or to clear up.
    pub(crate) fn kills(&self) -> bool {
        self.what == What::Killed
    }

    /// Whether it is of a call that readers make.
    pub(crate) fn is_of_reading(&self) -> bool {
        matches!(self.call, "openat" | "read" | "pread64" | "mmap")
    }

    /// Whether it keeps the program from clearing up: files cannot be removed or, once the change `is_done`, the folder
    /// that it replaced cannot be opened to be removed.
    pub(crate) fn is_of_clearing(&self, is_done: bool) -> bool {
        self.call == "unlink" || (self.call == "openat" && is_done)
    }

    fn injection(&self, place: usize) -> String {
        let what = match self.what {
            What::Fails(error) => format!("error={error}"),
            What::Killed => "signal=KILL".to_owned(),
            What::Stopped => "signal=TERM".to_owned(),
        };
        format!("inject={}:{what}:when={place}", self.call)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            What::Fails(error) => error,
            What::Killed => "KILL",
            What::Stopped => "TERM",
        };
        f.pad(&format!("{}-{what}", self.call))
    }
}

/// How a command ended.
pub(crate) struct Ended {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// Whether its own message was what could not be written.
    pub(crate) was_silenced: bool,
}

/// Whether system calls can be made to fail here.
pub(crate) fn is_possible() -> bool {
    let tried = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "-e", "trace=write", "true"])
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

fn traced(scene: &Scene<'_>, words: &[&str], events: &[String]) -> (Ended, String) {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o"])
        .arg(scene.dir.path("trace"));
    for event in events {
        command.args(["-e", event]);
    }
    command
        .arg(env!("CARGO_BIN_EXE_wirecopy"))
        .args(words)
        .current_dir(scene.dir.path(""))
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    let trace = fs::read(scene.dir.path("trace")).unwrap_or_default();
    let _ = fs::remove_file(scene.dir.path("trace"));
    let trace = String::from_utf8_lossy(&trace).into_owned();
    let is_own = |line: &str| line.contains("write(2,") && line.contains("INJECTED");
    let ended = Ended {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        was_silenced: trace.lines().any(is_own),
    };
    (ended, trace)
}

/// How often a command makes the call, in the thread that makes it most (places are counted by thread), and how many of
/// these the system makes before the program begins.
pub(crate) fn places(scene: &Scene<'_>, fault: &Fault) -> Range<usize> {
    let count = |words: &[&str]| {
        let (_, trace) = traced(scene, words, &[format!("trace={}", fault.call)]);
        let mut calls: HashMap<&str, usize> = HashMap::new();
        let named = format!(" {}(", fault.call);
        for line in trace.lines().filter(|line| line.contains(&named)) {
            if let Some((thread, _)) = line.split_once(' ') {
                *calls.entry(thread).or_default() += 1;
            }
        }
        calls.into_values().max().unwrap_or(0)
    };
    let of_loader = if fault.is_of_reading() {
        count(&["--version"])
    } else {
        0
    };
    scene.reset();
    of_loader..count(scene.command.words).max(of_loader)
}

/// Runs the command with a fault.
pub(crate) fn run(scene: &Scene<'_>, fault: &Fault, place: usize) -> Ended {
    let events = [format!("trace={}", fault.call), fault.injection(place)];
    traced(scene, scene.command.words, &events).0
}
