//! The commands whose outputs are held: runs, an index from its first day to its last, and what is asked of both.

use std::fs;

use serde_json::Value;

use crate::cmd::{Cmd, Dir, fixture};
use crate::list::List;

/// A corpus in a folder, and how it is gone through.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) dir: &'a Dir,
    pub(crate) profile: &'a str,
    pub(crate) threads: &'a str,
}

impl Scene<'_> {
    /// All commands, and what each leaves.
    pub(crate) fn play(self, list: &mut List) {
        self.runs(list);
        self.index(list);
    }

    /// Keys of so many documents in the run over all that not all pairs of them were compared.
    pub(crate) fn crowded_keys(self) -> u64 {
        let work = &self.dir.json("cluster/run.json")["work"];
        work["capped_keys"].as_u64().unwrap()
    }

    fn run(self, command: &str, flags: &[&str]) -> Cmd {
        let words: Vec<&str> = command.split(' ').chain(flags.iter().copied()).collect();
        self.dir.wirecopy(&words).exits(0)
    }

    fn runs(self, list: &mut List) {
        let how = ["--profile", self.profile, "--threads", self.threads];
        self.run(
            "cluster all.jsonl -o cluster --report --format jsonl,csv",
            &how,
        );
        list.add_folder(self.dir, "cluster");
        let writes = "dedup all.jsonl -o dedup --no-report --write kept,removed,annotated";
        self.run(writes, &how);
        list.add_folder(self.dir, "dedup");
        self.run("report cluster -o page.html --min-outlets 3", &[]);
        list.add_file(self.dir, "page.html");
        self.explain("explain", "--run cluster", list);
    }

    /// Explains the first pair and the last.
    fn explain(self, name: &str, from: &str, list: &mut List) {
        let pairs = self.dir.rows("cluster/pairs.jsonl");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for (at, pair) in [(0, pairs.first()), (1, pairs.last())] {
            let pair = pair.unwrap();
            let (a, b) = (text(&pair["a"]), text(&pair["b"]));
            let said = self.run(&format!("explain {from} --json --"), &[&a, &b]);
            list.add(&format!("{name}-{at}.json"), said.stdout.as_bytes());
        }
    }

    fn index(self, list: &mut List) {
        let [profile, threads] = [["--profile", self.profile], ["--threads", self.threads]];
        self.run(
            "index build 0.jsonl --index ix",
            &[profile, threads].concat(),
        );
        self.index_is("build", list);

        self.run("index query 1.jsonl --index ix -o asked", &threads);
        list.add_folder(self.dir, "asked");
        let said = self.run("index query 2.jsonl --index ix", &threads);
        list.add("query.jsonl", said.stdout.as_bytes());
        self.run("dedup 1.jsonl --against ix -o against", &threads);
        list.add_folder(self.dir, "against");

        self.run(
            "index add 1.jsonl --index ix -o added --format jsonl,csv",
            &threads,
        );
        list.add_folder(self.dir, "added");
        self.index_is("add", list);

        self.dir.write("going.txt", &self.going());
        self.run("index remove --ids going.txt --index ix", &threads);
        self.index_is("remove", list);
        self.run("index add 2.jsonl --index ix -o last", &threads);
        list.add_folder(self.dir, "last");
        self.index_is("add-again", list);

        self.run("index compact --index ix", &threads);
        self.index_is("compact", list);
        self.run("report --index ix -o index.html", &[]);
        list.add_file(self.dir, "index.html");
        if self.profile == "wire" {
            self.run("index rebuild-keys --index ix", &threads);
            self.index_is("rebuild-keys", list);
        }
    }

    /// What is in the index now, its files and its stories.
    fn index_is(self, when: &str, list: &mut List) {
        for (name, bytes) in self.dir.tree("ix") {
            list.add(&format!("ix-{when}/{name}"), &bytes);
        }
        let stories = self.run(
            "index export-clusters --index ix",
            &["--threads", self.threads],
        );
        list.add(
            &format!("ix-{when}.clusters.jsonl"),
            stories.stdout.as_bytes(),
        );
    }

    /// Every ninth document of those that were there first, a line each.
    fn going(self) -> String {
        let first = self.dir.rows("0.jsonl");
        let ids = first
            .iter()
            .step_by(9)
            .map(|page| page["id"].as_str().unwrap());
        ids.map(|id| format!("{id}\n")).collect()
    }
}

/// `dedup` over inputs of every form.
pub(crate) fn formats(threads: &str, list: &mut List) {
    const INPUTS: [&str; 9] = [
        "formats/bad-records.jsonl",
        "formats/bom.jsonl",
        "formats/crlf.jsonl",
        "formats/frames.jsonl.zst",
        "formats/members.jsonl.gz",
        "formats/no-final-newline.jsonl",
        "formats/quoted.csv",
        "formats/tabs.tsv",
        "newsroom/pages",
    ];
    let dir = Dir::new();
    for input in INPUTS {
        let (from, name) = (fixture(input), input.rsplit('/').next().unwrap());
        let to = dir.path(name);
        if !fs::metadata(&from).unwrap().is_dir() {
            fs::copy(from, to).unwrap();
            continue;
        }
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let page = entry.unwrap();
            fs::copy(page.path(), to.join(page.file_name())).unwrap();
        }
    }
    let names = INPUTS.map(|input| input.rsplit('/').next().unwrap());
    for profile in ["wire", "near"] {
        let how = ["--profile", profile, "--threads", threads, "-o", profile];
        let writes = ["--write", "kept,removed,annotated", "--format", "jsonl,csv"];
        let words = [&["dedup", "--max-rejected", "1"], &how[..], &writes, &names].concat();
        dir.wirecopy(&words).exits(0);
        list.add_folder(&dir, profile);
    }
}
