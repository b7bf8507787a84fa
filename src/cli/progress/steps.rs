//! The steps of a command as a person counts them: `[3/6] comparing stories`.
//!
//! The library reports stages, some of them twice. A person is shown what happens, and a count that only goes up.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use wirecopy::Stage;
use wirecopy::recipe::Profile;

use super::position;

/// The stages that a command goes through, and how far it is.
pub(in crate::cli) struct Steps {
    stages: Vec<Stage>,
    profile: Profile,
    /// Whether boilerplate and stock are learned.
    learns: bool,
    /// Times that each stage has begun.
    passes: [AtomicU32; Stage::ALL.len()],
    /// The step that was reported last, from 1.
    reached: AtomicUsize,
}

/// A step that begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) stage: Stage,
    /// How often the stage has begun, this time among them.
    pub(super) pass: u32,
    /// What happens, with its number.
    pub(super) title: String,
}

impl Steps {
    fn new(profile: Profile, learns: bool, stages: &[Stage]) -> Steps {
        Steps {
            stages: stages.to_vec(),
            profile,
            learns,
            passes: Default::default(),
            reached: AtomicUsize::new(0),
        }
    }

    /// Those of `cluster` and `dedup`.
    pub(in crate::cli) fn of_run(profile: Profile, learns: bool) -> Steps {
        let learns = learns && profile.has_stories();
        let left_out = |stage: Stage| match stage {
            Stage::Learn => !learns,
            Stage::Sketch => !profile.has_stories(),
            _ => false,
        };
        let stages: Vec<Stage> = (Stage::ALL.into_iter())
            .filter(|&stage| !left_out(stage))
            .collect();
        Steps::new(profile, learns, &stages)
    }

    /// Those of a new index.
    pub(in crate::cli) fn of_build(profile: Profile, learns: bool) -> Steps {
        let learns = learns && profile.has_stories();
        let stages = &Stage::ALL[..Stage::ALL.len() - 1];
        let reported: Vec<Stage> = (stages.iter().copied())
            .filter(|&stage| learns || stage != Stage::Learn)
            .collect();
        Steps::new(profile, learns, &reported)
    }

    /// Those of documents that are held against an index; with tables if they are `written`.
    pub(in crate::cli) fn against_index(profile: Profile, written: bool) -> Steps {
        let stages = [
            Stage::Read,
            Stage::Sketch,
            Stage::Index,
            Stage::Verify,
            Stage::Cluster,
            Stage::Write,
        ];
        let reported = if written { &stages[..] } else { &stages[..5] };
        Steps::new(profile, false, reported)
    }

    /// Those of an index that learns anew.
    pub(in crate::cli) fn of_rebuild() -> Steps {
        let stages = [
            Stage::Learn,
            Stage::Sketch,
            Stage::Index,
            Stage::Verify,
            Stage::Cluster,
        ];
        Steps::new(Profile::Wire, true, &stages)
    }

    /// Those of a report of an index.
    pub(in crate::cli) fn of_report() -> Steps {
        Steps::new(Profile::Wire, false, &[Stage::Cluster])
    }

    /// A stage begins.
    pub(super) fn begin(&self, stage: Stage) -> Step {
        let pass = 1 + self.passes[position(stage)].fetch_add(1, Ordering::Relaxed);
        let at = self.stages.iter().position(|&known| known == stage);
        let own = at.map_or(0, |at| at + 1);
        let reached = self.reached.fetch_max(own, Ordering::Relaxed).max(own);
        let name = self.name(stage, pass);
        Step {
            stage,
            pass,
            title: format!("[{}/{}] {name}", reached.max(1), self.stages.len()),
        }
    }

    /// What happens.
    fn name(&self, stage: Stage, pass: u32) -> &'static str {
        let has_stories = self.profile.has_stories();
        match stage {
            Stage::Read => "reading",
            Stage::Learn if pass == 1 => "learning boilerplate",
            Stage::Learn => "counting how common words are",
            Stage::Sketch if has_stories => "masking boilerplate",
            Stage::Sketch => "preparing texts",
            Stage::Index => "finding candidates",
            Stage::Verify if self.learns && pass == 1 => "learning stock paragraphs",
            Stage::Verify if has_stories => "comparing stories",
            Stage::Verify => "comparing texts",
            Stage::Cluster => "grouping copies",
            Stage::Write => "writing results",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_only_goes_up_and_ends_at_its_end() {
        let steps = Steps::of_run(Profile::Wire, true);
        let order = [
            (Stage::Read, 1, "[1/7] reading"),
            (Stage::Learn, 1, "[2/7] learning boilerplate"),
            (Stage::Sketch, 1, "[3/7] masking boilerplate"),
            (Stage::Learn, 2, "[3/7] counting how common words are"),
            (Stage::Index, 1, "[4/7] finding candidates"),
            (Stage::Verify, 1, "[5/7] learning stock paragraphs"),
            (Stage::Verify, 2, "[5/7] comparing stories"),
            (Stage::Cluster, 1, "[6/7] grouping copies"),
            (Stage::Write, 1, "[7/7] writing results"),
        ];
        for (stage, pass, title) in order {
            let step = steps.begin(stage);
            assert_eq!((step.pass, &*step.title), (pass, title));
        }
    }

    #[test]
    fn what_is_not_learned_is_not_counted() {
        let titles = |steps: Steps, stages: &[Stage]| {
            let titles: Vec<String> = stages
                .iter()
                .map(|&stage| steps.begin(stage).title)
                .collect();
            titles
        };
        assert_eq!(
            titles(
                Steps::of_run(Profile::Near, true),
                &[Stage::Read, Stage::Index]
            ),
            ["[1/5] reading", "[2/5] finding candidates"]
        );
        assert_eq!(
            titles(Steps::against_index(Profile::Wire, false), &[Stage::Verify]),
            ["[4/5] comparing stories"]
        );
    }
}
