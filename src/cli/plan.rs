//! From arguments to checked library values: what a run will do, before it does anything.

use std::path::{Path, PathBuf};

use wirecopy::corpus::{ReadOptions, TextHeader};
use wirecopy::output::FilteredCorpora;
use wirecopy::relation::Relation;
use wirecopy::{Files, Index, Instructions};
use wirecopy::{Job, Recipe};

use super::args::{
    ClusterArgs, DedupArgs, ExecuteArgs, InstructionsArg, Part, ReadArgs, RemoveArgs, RunArgs,
    TextHeaderArg, TextPart, WriteArgs,
};
use super::effective::Options;
use super::exit::Usage;
use super::recipe::recipe;
use super::show::Voice;
use super::table_forms::table_forms;
use super::view;

/// A run of `cluster` or `dedup`.
#[derive(Debug)]
pub(super) struct Plan {
    /// `cluster` or `dedup`.
    pub(super) command: &'static str,
    pub(super) job: Job,
    pub(super) inputs: Vec<PathBuf>,
    pub(super) output: PathBuf,
    /// Whether the user named that folder.
    pub(super) is_named: bool,
    pub(super) force: bool,
    /// An index that the documents are held against, and its folder.
    pub(super) against: Option<(PathBuf, Index)>,
    /// A file of learned boilerplate to start from.
    pub(super) boilerplate: Option<PathBuf>,
    /// 0 is one for every core.
    pub(super) threads: usize,
    /// Share of records, in `0.0..=1.0`.
    pub(super) max_rejected: f64,
    pub(super) dry_run: bool,
    pub(super) files: Files,
    pub(super) voice: Voice,
    /// The options that shape results, for `run.json`.
    pub(super) options: Options,
}

impl Plan {
    /// What `wirecopy cluster` is to do.
    ///
    /// # Errors
    ///
    /// If values do not fit together.
    pub(super) fn cluster(args: ClusterArgs, options: Options) -> Result<Plan, Usage> {
        let recipe = recipe(&args.run.compare, &args.run.read.preset)?;
        let mut plan = Plan::new("cluster", args.run, options, recipe)?;
        plan.story_text(args.text.write.contains(&TextPart::StoryText))?;
        Ok(plan)
    }

    /// What `wirecopy dedup` is to do, held against an index if there is one: then by its recipe.
    ///
    /// # Errors
    ///
    /// If values do not fit together.
    pub(super) fn dedup(
        args: DedupArgs,
        options: Options,
        index: Option<Index>,
    ) -> Result<Plan, Usage> {
        let RemoveArgs {
            keep,
            remove,
            min_coverage,
            against,
            write,
            merge,
        } = args.remove;
        let recipe = match &index {
            Some(index) => index.recipe().clone(),
            None => recipe(&args.run.compare, &args.run.read.preset)?,
        };
        let mut plan = Plan::new("dedup", args.run, options, recipe)?;
        let story_only = [Relation::Composite, Relation::Updated];
        if let Some(relation) = story_only.iter().find(|of_wire| remove.contains(of_wire))
            && !plan.job.recipe().profile().has_stories()
        {
            let remedy = match &index {
                Some(_) => "that is the index's profile; leave it out",
                None => "leave it out, or add --profile wire",
            };
            return Err(Usage(format!(
                "--remove {}: the `near` profile knows no such copy; {remedy}",
                relation.name()
            )));
        }
        let mut rule = plan.job.removal_rule().clone();
        rule.keep = keep;
        rule.relations = remove;
        rule.coverage = min_coverage.unwrap_or(rule.coverage);
        plan.job = plan.job.removal(rule);
        plan.against = against.zip(index);
        if plan.against.is_some() {
            plan.files.report = None; // it would show pages that are not in the corpus
            plan.job = plan.job.for_index();
        }
        plan.files.filtered = Some(FilteredCorpora {
            kept: write.contains(&Part::Kept),
            removed: write.contains(&Part::Removed),
            annotated: write.contains(&Part::Annotated),
            merge,
        });
        plan.story_text(write.contains(&Part::StoryText))?;
        Ok(plan)
    }

    /// Whether story texts are written.
    fn story_text(&mut self, asked: bool) -> Result<(), Usage> {
        if asked && !self.job.recipe().profile().has_stories() {
            return Err(Usage(
                "--write story-text is of the `wire` profile, which masks boilerplate; \
                 leave it out, or add --profile wire"
                    .into(),
            ));
        }
        self.files.story_text = asked;
        Ok(())
    }

    fn new(
        command: &'static str,
        args: RunArgs,
        options: Options,
        recipe: Recipe,
    ) -> Result<Plan, Usage> {
        let RunArgs {
            inputs,
            write,
            report,
            compare,
            read,
            execute,
        } = args;
        let WriteArgs {
            output,
            force,
            format,
        } = write;
        let is_named = output.is_some();
        let output = output.unwrap_or_else(|| usual_output(&inputs));
        let report = view::of_run(report, compare.profile)?;
        let voice = Voice::new(execute.quiet, execute.progress, execute.color);
        let max_rejected = read.max_rejected;
        let job = Job::new(recipe).read_options(read_options(read, &execute, &output)?);
        let job = on_sources(job, &inputs, &execute);
        Ok(Plan {
            command,
            job,
            inputs,
            output,
            is_named,
            force,
            against: None,
            boilerplate: compare.boilerplate,
            threads: execute.threads,
            max_rejected,
            dry_run: execute.dry_run,
            files: Files {
                tables: table_forms(&format)?,
                report,
                ..Files::default()
            },
            voice,
            options,
        })
    }
}

/// The folder of a run that is given none: called as its one input, without what says its form.
fn usual_output(inputs: &[PathBuf]) -> PathBuf {
    let whole = match inputs {
        [one] if one.as_os_str() != "-" => std::path::absolute(one).unwrap_or_else(|_| one.clone()),
        _ => PathBuf::new(),
    };
    let name = whole.file_name().map(|name| name.to_string_lossy());
    // `.news.jsonl.gz` is called `.news`: a dot in front is no extension.
    let stem = name.as_deref().map(|name| {
        let from = name.len() - name.trim_start_matches('.').len();
        match whole.is_dir() {
            true => name,
            false => &name[..name[from..].find('.').map_or(name.len(), |at| from + at)],
        }
    });
    match stem {
        Some(stem) if !stem.is_empty() => PathBuf::from(format!("{stem}-copies")),
        _ => PathBuf::from("copies"),
    }
}

/// A job on these inputs, carried out as asked.
pub(super) fn on_sources(job: Job, inputs: &[PathBuf], execute: &ExecuteArgs) -> Job {
    let mut job = job.instructions(match execute.instructions {
        InstructionsArg::Widest => Instructions::Widest,
        InstructionsArg::Avx2 => Instructions::Avx2,
        InstructionsArg::Scalar => Instructions::Scalar,
    });
    if let Some(bytes) = execute.memory {
        job = job.memory(bytes);
    }
    for input in inputs {
        job = if input == Path::new("-") {
            job.stdin()
        } else {
            job.path(input)
        };
    }
    job
}

pub(super) fn read_options(
    args: ReadArgs,
    execute: &ExecuteArgs,
    output: &Path,
) -> Result<ReadOptions, Usage> {
    if args.max_record > u64::from(u32::MAX) {
        return Err(Usage(format!(
            "--max-record {}: a record is shorter than 4G; name a limit below",
            args.max_record
        )));
    }
    let usual = ReadOptions::default();
    let or = |given: Vec<String>, usual| if given.is_empty() { usual } else { given };
    Ok(ReadOptions {
        text_fields: or(args.text_field, usual.text_fields),
        id_fields: or(args.id_field, usual.id_fields),
        title_fields: or(args.title_field, usual.title_fields),
        source_fields: or(args.source_field, usual.source_fields),
        url_fields: or(args.url_field, usual.url_fields),
        date_fields: or(args.date_field, usual.date_fields),
        date_formats: args.date_format,
        text_header: match args.text_header {
            TextHeaderArg::Auto => TextHeader::Auto,
            TextHeaderArg::None => TextHeader::None,
        },
        metadata: args.metadata,
        encoding: args.encoding,
        html: args.html,
        delimiter: args.delimiter,
        globs: args.glob,
        skip_unreadable: args.skip_unreadable,
        max_record: args.max_record,
        accept_damaged: args.accept_damaged,
        allow_empty: args.allow_empty,
        max_decoded: args.max_decoded,
        window_memory: usual.window_memory,
        mmap: !execute.no_mmap,
        temp_dir: Some(temp_dir(execute, output)),
        block_bytes: usual.block_bytes,
    })
}

/// The folder for temporary files: the one given, or where the output goes.
pub(super) fn temp_dir(execute: &ExecuteArgs, output: &Path) -> PathBuf {
    let given = execute.temp_dir.clone();
    given.unwrap_or_else(|| existing_parent(output))
}

/// The folder that the output will lie in, or the nearest above that is there already.
fn existing_parent(output: &Path) -> PathBuf {
    let mut above = output.ancestors().skip(1).filter(|folder| folder.is_dir());
    above
        .next()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use clap::Parser;
    use wirecopy::cluster::Keep;

    fn plan(words: &[&str]) -> Result<Plan, Usage> {
        let words = ["wirecopy", "dedup", "in", "-o", "out"].iter().chain(words);
        match Cli::try_parse_from(words).unwrap().command {
            Command::Dedup(args) => Plan::dedup(args, Options::new(), None),
            _ => unreachable!(),
        }
    }

    #[test]
    fn the_defaults_are_those_of_the_library() {
        let read = format!(
            "{:?}",
            ReadOptions {
                temp_dir: Some(".".into()),
                ..Default::default()
            }
        );
        let job = format!("{:?}", plan(&[]).unwrap().job);
        assert!(job.contains(&read), "{job}");
        let library = Job::new(Recipe::default()).path("in");
        assert!(job.contains(&format!("{:?}", Recipe::default())), "{job}");
        assert!(
            job.contains(&format!("{:?}", library.removal_rule())),
            "{job}"
        );
    }

    #[test]
    fn a_run_without_a_folder_is_called_as_its_input() {
        let named = |inputs: &[&str]| {
            let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
            usual_output(&inputs).to_string_lossy().into_owned()
        };
        assert_eq!(named(&["in/news.jsonl.gz"]), "news-copies");
        assert_eq!(named(&["news"]), "news-copies");
        assert_eq!(named(&[".day.csv"]), ".day-copies");
        assert_eq!(named(&["src"]), "src-copies");
        assert_eq!(named(&["-"]), "copies");
        assert_eq!(named(&["a.jsonl", "b.jsonl"]), "copies");
        assert_eq!(named(&["/"]), "copies");
    }

    #[test]
    fn a_banding_by_hand_is_checked() {
        let near = |words: &[&str]| plan(&[&["--profile", "near"], words].concat());
        assert!(near(&["--bands", "20", "--rows", "5"]).is_ok());
        let refused = near(&["--bands", "1000", "--rows", "5"]).unwrap_err();
        assert!(refused.to_string().contains("1024"), "{refused}");
        assert!(near(&["--recall", "1"]).is_err());
        assert!(plan(&["--max-record", "5G"]).is_err());
    }

    #[test]
    fn what_only_stories_are_is_not_removed_in_near() {
        for name in ["updated", "composite"] {
            let refused = plan(&["--profile", "near", "--remove", name]).unwrap_err();
            assert!(refused.to_string().contains("--profile wire"), "{refused}");
            let rule = plan(&["--remove", name]).unwrap();
            let rule = rule.job.removal_rule().clone();
            assert_eq!(rule.relations, [Relation::from_name(name).unwrap()]);
            assert_eq!(rule.coverage.get(), 0.8);
        }
    }

    #[test]
    fn fields_replace_the_usual_ones() {
        let job = format!(
            "{:?}",
            plan(&["--text-field", "a,b.c", "--text-field", "d"])
                .unwrap()
                .job
        );
        assert!(job.contains(r#"text_fields: ["a", "b.c", "d"]"#), "{job}");
    }

    #[test]
    fn what_goes_is_as_asked() {
        let plan = plan(&[
            "--keep",
            "source=A,B",
            "--remove",
            "exact",
            "--write",
            "removed",
        ])
        .unwrap();
        let rule = plan.job.removal_rule();
        assert_eq!(rule.keep, Keep::Source(vec!["A".into(), "B".into()]));
        assert_eq!(rule.relations.len(), 1);
        let corpora = plan.files.filtered.unwrap();
        assert!(corpora.removed && !corpora.kept && !corpora.annotated);
    }

    #[test]
    fn what_shapes_near_is_refused_in_wire() {
        for (flag, value) in [("--recall", "0.9"), ("--shingle", "word:5")] {
            let refused = plan(&[flag, value]).unwrap_err().to_string();
            assert!(
                refused.contains(flag) && refused.contains("--profile near"),
                "{refused}"
            );
            assert!(plan(&["--profile", "near", flag, value]).is_ok());
        }
        let refused = plan(&["--bands", "20", "--rows", "5"]).unwrap_err();
        assert!(refused.to_string().contains("--bands"), "{refused}");
    }

    #[test]
    fn what_only_wire_can_do_is_refused_in_near() {
        for words in [
            &["--profile", "near", "--boilerplate", "a.bin"][..],
            &["--profile", "near", "--write", "kept,story-text"],
        ] {
            let refused = plan(words).unwrap_err();
            assert!(refused.to_string().contains("--profile wire"), "{refused}");
        }
        let plan = plan(&["--write", "story-text", "--boilerplate", "a.bin"]);
        let plan = plan.unwrap();
        assert!(plan.files.story_text && !plan.files.filtered.unwrap().kept);
        assert_eq!(plan.boilerplate.as_deref(), Some(Path::new("a.bin")));
    }
}
