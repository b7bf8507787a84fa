//! File systems and machines that refuse what others do: a close that fails, no locks, no maps, no threads.
//!
//! `failing_calls.c` stands before the C library; where it cannot be compiled or loaded, nothing is tested.

use std::process::{Command, Stdio};

use crate::cmd::{Cmd, Dir, fixture, skipped};

/// A folder with the library in it, and how a command is run behind it.
struct Behind {
    dir: Dir,
}

impl Behind {
    fn new() -> Option<Behind> {
        let dir = Dir::new();
        dir.write("calls.c", include_str!("failing_calls.c"));
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(dir.path("calls.so"))
            .arg(dir.path("calls.c"))
            .arg("-ldl");
        let compiled = cc.stderr(Stdio::null()).status();
        if !compiled.is_ok_and(|status| status.success()) {
            skipped("no C compiler");
            return None;
        }
        let behind = Behind { dir };
        // A program without the C library's calls, as of another libc, is not reached.
        let tried = behind.run("threads", &["cluster", "none.jsonl", "-o", "out"]);
        if !tried.stderr.contains("cannot start threads") {
            skipped("calls of this program cannot be replaced");
            return None;
        }
        Some(behind)
    }

    /// A command of which some calls fail.
    fn run(&self, failing: &str, words: &[&str]) -> Cmd {
        let mut command = self.dir.command(words);
        command.env("FAILING", failing);
        command.env("LD_PRELOAD", self.dir.path("calls.so"));
        Cmd::of(command.output().unwrap())
    }
}

#[test]
fn what_close_says_is_heard_and_what_it_does_not_say_is_seen() {
    let Some(behind) = Behind::new() else { return };
    let dir = &behind.dir;
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "-o", "run", "-q"])
        .exits(0);
    dir.wirecopy(&["index", "build", &input, "--index", "ix", "-q"])
        .exits(0);
    dir.write("ids.txt", "strike-mirror\n");
    dir.write("page.html", "the page before");
    let (run, index, names) = (dir.tree("run"), dir.tree("ix"), dir.names());
    let commands: [&[&str]; 8] = [
        &["cluster", &input, "-o", "out", "-q"],
        &["dedup", &input, "-o", "run", "-q", "--force"],
        &["index", "remove", "--ids", "ids.txt", "--index", "ix"],
        &["index", "compact", "--index", "ix"],
        &["index", "rebuild-keys", "--index", "ix", "-q"],
        &["report", "run", "-o", "page.html"],
        &[
            "explain",
            "strike-deccan",
            "strike-mirror",
            "--run",
            "run",
            "--html",
            "page.html",
        ],
        &["curve", "--svg", "page.html"],
    ];
    for words in commands {
        let said = behind.run("close", words).exits(1).stderr;
        assert!(
            said.contains("disk full") || said.contains("quota"),
            "{words:?}: {said}"
        );
        let cmd = behind.run("silent", words);
        assert!(matches!(cmd.code, Some(1 | 4)), "{words:?}: {:?}", cmd.code);
        let lost = ["are there", "expected"]
            .iter()
            .any(|word| cmd.stderr.contains(word));
        assert!(lost, "{words:?}: {}", cmd.stderr);
        assert_eq!(dir.names(), names, "{words:?}");
        assert!(
            dir.tree("run") == run && dir.tree("ix") == index,
            "{words:?}"
        );
        assert_eq!(dir.read("page.html"), "the page before", "{words:?}");
    }
}

#[test]
fn file_systems_that_lack_something_are_used_or_named_with_a_way_out() {
    let Some(behind) = Behind::new() else { return };
    let dir = &behind.dir;
    let input = fixture("newsroom/newsroom.jsonl");
    let member = fixture("formats/members.jsonl.gz");
    dir.wirecopy(&["index", "build", &input, "--index", "ix", "-q"])
        .exits(0);
    dir.wirecopy(&["cluster", &input, "-o", "run", "-q"])
        .exits(0);
    let export = ["index", "export-clusters", "--index", "ix"];
    let clusters = dir.wirecopy(&export).exits(0).stdout;
    for failing in [
        "mmap",
        "syncfs",
        "foldersync",
        "flock",
        "mmap syncfs foldersync flock",
    ] {
        behind
            .run(failing, &["cluster", &input, "-o", "out", "-q"])
            .exits(0);
        assert!(dir.tree("out") == dir.tree("run"), "{failing}");
        std::fs::remove_dir_all(dir.path("out")).unwrap();
        let words = ["dedup", &input, &member, "-o", "out", "-q"];
        behind.run(failing, &words).exits(0);
        std::fs::remove_dir_all(dir.path("out")).unwrap();
        assert_eq!(
            behind.run(failing, &export).exits(0).stdout,
            clusters,
            "{failing}"
        );
        let compact = behind.run(failing, &["index", "compact", "--index", "ix"]);
        match failing.contains("flock") {
            true => {
                _ = compact
                    .exits(1)
                    .stderr_has(&["ix: the file system", "local disk", "nolock"])
            }
            false => _ = compact.exits(0),
        }
    }
    // Without locks the file is the lock, and a person must say that its owner is gone.
    dir.write(".out.wirecopy-lock", "");
    behind
        .run("flock", &["cluster", &input, "-o", "out", "-q"])
        .exits(1)
        .stderr_has(&["cannot lock files", "delete ", ".out.wirecopy-lock"]);
    assert!(dir.path(".out.wirecopy-lock").exists());
}

#[test]
fn where_no_thread_can_be_had_every_command_says_so() {
    let Some(behind) = Behind::new() else { return };
    let dir = &behind.dir;
    let input = fixture("newsroom/newsroom.jsonl");
    dir.wirecopy(&["cluster", &input, "-o", "run", "-q"])
        .exits(0);
    dir.wirecopy(&["index", "build", &input, "--index", "ix", "-q"])
        .exits(0);
    dir.write("ids.txt", "strike-mirror\n");
    let commands: [&[&str]; 12] = [
        &["cluster", &input, "-o", "out", "-q"],
        &["dedup", &input, "-o", "out", "-q"],
        &["dedup", &input, "--against", "ix", "-o", "out", "-q"],
        &["index", "build", &input, "--index", "new", "-q"],
        &["index", "add", &input, "--index", "ix", "-q"],
        &["index", "query", &input, "--index", "ix", "-q"],
        &["index", "export-clusters", "--index", "ix"],
        &["index", "compact", "--index", "ix"],
        &["index", "rebuild-keys", "--index", "ix", "-q"],
        &["index", "remove", "--ids", "ids.txt", "--index", "ix"],
        &["report", "--index", "ix", "-o", "index.html"],
        &["explain", "strike-deccan", "strike-mirror", "--run", "run"],
    ];
    for words in commands {
        behind
            .run("threads", words)
            .exits(1)
            .stderr_has(&["cannot start threads", "--threads"]);
        // The way out: all of it in the thread there is. (Records that are in the index are reported with 3.)
        let alone = behind.run("threads", &[words, &["--threads", "1"]].concat());
        assert!(
            matches!(alone.code, Some(0 | 3)),
            "{words:?}: {:?} {}",
            alone.code,
            alone.stderr
        );
        for name in ["out", "new"] {
            let _ = std::fs::remove_dir_all(dir.path(name));
        }
    }
    // What does nothing in parallel needs none.
    for words in [
        &["index", "info", "--index", "ix"][..],
        &["index", "verify", "--index", "ix"],
        &["report", "run", "-o", "page.html"],
        &["eval", "run", "--truth", &fixture("newsroom/truth.tsv")],
        &["curve"],
    ] {
        let cmd = behind.run("threads", words);
        assert!(
            cmd.code == Some(0),
            "{words:?}: {:?} {}",
            cmd.code,
            cmd.stderr
        );
    }
}
