//! What a finished run says: how it was started, and where it put two documents.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{CommandFactory, FromArgMatches};
use serde_json::Value;

use wirecopy::Learned;
use wirecopy::LearnedFile;
use wirecopy::relation::Relation;

use crate::cli::args::{Cli, Command};
use crate::cli::exit::Usage;
use crate::cli::plan::Plan;

/// The plan of a finished run.
pub(super) fn plan_of(dir: &Path) -> anyhow::Result<Plan> {
    let path = dir.join("run.json");
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "{}: no finished run: it holds no run.json; --run takes the folder that `wirecopy cluster` or \
             `wirecopy dedup` wrote with -o",
            dir.display()
        ),
        read => read.with_context(|| format!("{}: cannot read it", path.display()))?,
    };
    let unfit = || {
        format!(
            "{}: not written by this version of wirecopy: run again",
            path.display()
        )
    };
    let run: Value = serde_json::from_str(&text).with_context(unfit)?;
    if let Some(index) = run["index"].as_str() {
        bail!(Usage(format!(
            "{}: its documents were held against the index {index}, and `explain` compares those of \
             one corpus: cluster them together with what they are copies of",
            dir.display()
        )));
    }
    let (Some(command), Some(options), Some(sources)) = (
        run["command"].as_str(),
        run["options"].as_object(),
        run["sources"].as_array(),
    ) else {
        bail!(unfit());
    };
    if sources.iter().any(|source| source == "-") {
        bail!(Usage(format!(
            "{}: this run read standard input, which is gone: run again on a file",
            dir.display()
        )));
    }
    let mut words = vec![
        "wirecopy".to_owned(),
        command.to_owned(),
        format!("--output={}", dir.display()),
    ];
    // What was known of boilerplate, or learned, is in the folder.
    let without = |(name, _): &(&String, &Value)| *name != "boilerplate";
    for (name, value) in options.iter().filter(without) {
        let word = |value: &Value| match value {
            Value::String(text) => format!("--{name}={text}"),
            other => format!("--{name}={other}"),
        };
        match value {
            Value::Bool(true) => words.push(format!("--{name}")),
            Value::Bool(false) | Value::Null => {}
            Value::Array(values) => words.extend(values.iter().map(word)),
            value => words.push(word(value)),
        }
    }
    words.push("--".to_owned());
    words.extend(sources.iter().filter_map(Value::as_str).map(str::to_owned));
    let matches = Cli::command()
        .try_get_matches_from(words)
        .with_context(unfit)?;
    let mut plan = match Cli::from_arg_matches(&matches)?.command {
        Command::Cluster(args) => Plan::cluster(args, options.clone())?,
        Command::Dedup(args) => Plan::dedup(args, options.clone(), None)?,
        _ => bail!(unfit()),
    };
    if plan.job.recipe().profile().has_stories() {
        let learned = Learned::load(&dir.join("boilerplate.bin")).with_context(|| {
            let dir = dir.display();
            format!("{dir}: cannot explain this run without what it learned: run again")
        })?;
        plan.job = plan.job.learned(learned);
    }
    Ok(plan)
}

/// The cluster of each of two documents, as the run wrote it.
pub(super) fn clusters_of(dir: &Path, ids: [&str; 2]) -> anyhow::Result<[Option<String>; 2]> {
    #[derive(serde::Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        id: Cow<'a, str>,
        cluster_id: String,
    }
    let path = dir.join("clusters.jsonl");
    let unread = || format!("{}: cannot read it; run again", path.display());
    let mut clusters = [None, None];
    for line in BufReader::new(File::open(&path).with_context(unread)?).lines() {
        let line = line.with_context(unread)?;
        let row: Row<'_> = serde_json::from_str(&line).with_context(unread)?;
        for (id, cluster) in ids.iter().zip(&mut clusters) {
            if row.id == *id {
                *cluster = Some(row.cluster_id.clone());
            }
        }
    }
    Ok(clusters)
}

/// What `pairs.jsonl` says of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reported {
    /// Whether the run took the two for copies.
    pub(super) accepted: bool,
    /// Whether it put them into one cluster.
    pub(super) same_cluster: bool,
    /// What the second document is to the first; `None` where it was not accepted, or the row
    /// has the two the other way round.
    pub(super) relation: Option<Relation>,
}

/// The row of a pair, if the run compared the two and they came near the threshold.
pub(super) fn reported(dir: &Path, [a, b]: [&str; 2]) -> anyhow::Result<Option<Reported>> {
    #[derive(serde::Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        a: Cow<'a, str>,
        #[serde(borrow)]
        b: Cow<'a, str>,
        accepted: bool,
        same_cluster: bool,
        relation: Option<Cow<'a, str>>,
    }
    let path = dir.join("pairs.jsonl");
    let unread = || format!("{}: cannot read it; run again", path.display());
    for line in BufReader::new(File::open(&path).with_context(unread)?).lines() {
        let line = line.with_context(unread)?;
        let row: Row<'_> = serde_json::from_str(&line).with_context(unread)?;
        if row.a == a && row.b == b || row.a == b && row.b == a {
            return Ok(Some(Reported {
                accepted: row.accepted,
                same_cluster: row.same_cluster,
                relation: (row.relation.filter(|_| row.a == a))
                    .and_then(|name| Relation::from_name(&name)),
            }));
        }
    }
    Ok(None)
}
