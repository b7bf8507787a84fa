//! Verdicts on pairs, as the report exports them: JSON Lines, a row a judged pair.
//!
//! A row says how many pairs of its stratum it stands for if all that were drawn were judged. How
//! many were drawn is in the run's `report.json`; without it, it is taken that all were.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow, ensure};
use serde::Deserialize;
use wirecopy::eval::{SampleScores, SampledStratum};
use wirecopy::report::{FILE, Report};

use super::read::{object, text};

/// What a person said of a pair.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Same,
    Different,
    Unsure,
}

/// Which list a pair was on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum List {
    Sample,
    Doubtful,
}

#[derive(Debug, Deserialize)]
struct Row {
    a: String,
    b: String,
    verdict: Verdict,
    list: List,
    #[serde(default)]
    stratum: Option<String>,
    #[serde(default)]
    weight: Option<f64>,
    accepted: bool,
}

/// Verdicts of one kind, counted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Counts {
    pub(super) same: u64,
    pub(super) different: u64,
    pub(super) unsure: u64,
}

/// A stratum of the sample with what was said of its pairs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stratum {
    pub(super) accepted: bool,
    /// Pairs that a drawn one stands for.
    weight: f64,
    pub(super) counts: Counts,
    /// Pairs drawn; `None` where the run is not at hand.
    drawn: Option<u64>,
}

/// All verdicts of a file.
#[derive(Debug)]
pub(super) struct Judged {
    /// By name.
    pub(super) strata: BTreeMap<String, Stratum>,
    /// Verdicts on doubtful pairs, accepted and refused.
    pub(super) doubtful: [Counts; 2],
    /// Whether it is known how many pairs were drawn.
    pub(super) drawn_known: bool,
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Same => self.same += 1,
            Verdict::Different => self.different += 1,
            Verdict::Unsure => self.unsure += 1,
        }
    }

    pub(super) fn all(self) -> u64 {
        self.same + self.different + self.unsure
    }
}

impl Stratum {
    /// Pairs that were compared.
    pub(super) fn population(&self) -> f64 {
        let drawn = self.drawn.unwrap_or_else(|| self.counts.all());
        self.weight * drawn as f64
    }
}

/// Whether a file of pairs is one of verdicts, and not of labels.
pub(super) fn is_judged(content: &str) -> bool {
    content
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{')
}

impl Judged {
    /// Reads verdicts; `run` is the folder of the run they are about, if it is at hand.
    pub(super) fn read(path: &Path, run: Option<&Path>) -> anyhow::Result<Judged> {
        let name = path.display().to_string();
        let content = text(path)?;
        let mut judged = Judged {
            strata: BTreeMap::new(),
            doubtful: [Counts::default(); 2],
            drawn_known: run.is_some(),
        };
        let mut seen = HashSet::new();
        let lines = content.trim_start_matches('\u{feff}').split('\n');
        for (line, content) in (1..).zip(lines) {
            if content.trim().is_empty() {
                continue;
            }
            let row: Row = object(content, &name, line).with_context(|| {
                "each row is a verdict as the report exports it: a, b, verdict (same, different \
                 or unsure), list (sample or doubtful), stratum, weight, accepted"
            })?;
            let place = format!("{name}:{line}");
            let pair = match row.a < row.b {
                true => (row.a.clone(), row.b.clone()),
                false => (row.b.clone(), row.a.clone()),
            };
            ensure!(
                seen.insert((pair, row.list == List::Sample)),
                "{place}: `{}` and `{}` are judged twice: keep one of the two rows",
                row.a,
                row.b
            );
            judged.add(row, &place)?;
        }
        ensure!(
            !seen.is_empty(),
            "{name}: no verdict in it: judge pairs in the report, under `Check by eye`, and \
             export them"
        );
        if let Some(run) = run {
            judged.take_drawn(run, &name)?;
        }
        Ok(judged)
    }

    fn add(&mut self, row: Row, place: &str) -> anyhow::Result<()> {
        if row.list == List::Doubtful {
            self.doubtful[usize::from(!row.accepted)].add(row.verdict);
            return Ok(());
        }
        let (Some(name), Some(weight)) = (row.stratum, row.weight) else {
            return Err(anyhow!(
                "{place}: a pair of the sample needs its `stratum` and `weight`: export the \
                 verdicts again"
            ));
        };
        ensure!(
            weight >= 1.0 && weight.is_finite(),
            "{place}: expected a `weight` of 1 or more, the pairs that this one stands for; \
             found {weight}"
        );
        let stratum = self.strata.entry(name.clone()).or_insert(Stratum {
            accepted: row.accepted,
            weight,
            counts: Counts::default(),
            drawn: None,
        });
        ensure!(
            (stratum.accepted, stratum.weight) == (row.accepted, weight),
            "{place}: `{name}` has another `weight` or `accepted` here than further up: verdicts \
             on two runs cannot be counted together, evaluate one file a run"
        );
        stratum.counts.add(row.verdict);
        Ok(())
    }

    /// Takes from the run's report how many pairs were drawn.
    fn take_drawn(&mut self, run: &Path, name: &str) -> anyhow::Result<()> {
        let path = run.join(FILE);
        let place = path.display();
        let json = fs::read_to_string(&path).with_context(|| {
            format!(
                "{place}: cannot read it; name the folder of the run that was judged, or leave \
                 it out if all drawn pairs were judged"
            )
        })?;
        let report = Report::from_json(&json).with_context(|| format!("{place}: cannot use it"))?;
        let mut drawn: BTreeMap<&str, (u64, f64, bool)> = BTreeMap::new();
        for pair in &report.sample {
            let accepted = report.comparisons[pair.comparison as usize].accepted;
            let new = (0, pair.weight, accepted);
            drawn.entry(&pair.stratum).or_insert(new).0 += 1;
        }
        for (stratum, own) in &mut self.strata {
            let found = drawn.remove(stratum.as_str());
            let fits = |&(count, weight, accepted): &(u64, f64, bool)| {
                (own.weight, own.accepted) == (weight, accepted) && own.counts.all() <= count
            };
            let Some((count, ..)) = found.filter(fits) else {
                return Err(anyhow!(
                    "{name}: `{stratum}` is not in {place} as it is judged here: these verdicts \
                     are about another run"
                ));
            };
            own.drawn = Some(count);
        }
        // Strata not looked at yet.
        for (stratum, (count, weight, accepted)) in drawn {
            self.strata.insert(
                stratum.to_owned(),
                Stratum {
                    accepted,
                    weight,
                    counts: Counts::default(),
                    drawn: Some(count),
                },
            );
        }
        Ok(())
    }

    /// The figures of the sample.
    pub(super) fn scores(&self) -> SampleScores {
        let strata = self.strata.values().map(|stratum| SampledStratum {
            accepted: stratum.accepted,
            population: stratum.population(),
            same: stratum.counts.same,
            different: stratum.counts.different,
        });
        SampleScores::new(&strata.collect::<Vec<_>>())
    }
}
