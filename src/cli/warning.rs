//! Warnings: what a person would want to know about a finished run, with advice.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fmt;

use serde_json::{Value, json};
use wirecopy::Run;
use wirecopy::cluster::Keep;
use wirecopy::corpus::PassedOver;
use wirecopy::pipeline::{Masked, MaskedSource, Work};

use super::show::{Voice, count, number, percent, safe};

/// Characters shown of a source's name.
const WIDTH: usize = 60;

/// Something that makes results less than they could be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Warning {
    /// Nothing to compare.
    NoDocuments,
    /// Data that could not be read was left out, as asked.
    Skipped { files: Vec<String>, more: u64 },
    /// No document has an id.
    NoIds,
    /// Ids that stand more than once in their inputs.
    RepeatedIds {
        documents: u64,
        /// One such id, and what its first record is called.
        id: String,
        called: String,
    },
    /// Dates in an unknown form, a tenth of all or more.
    UnparsedDates { unparsed: u64, of: u64 },
    /// Documents without a word.
    WithoutWords { documents: u64 },
    /// No document says whose page it is, or all say the same.
    NoPublisher,
    /// No document has a date, known or not.
    NoDates,
    /// Publishers that are to be kept first, of which no document is.
    UnknownPublishers { names: Vec<String> },
    /// A cluster that is rather a form than a story.
    Form(Form),
    /// Sources of which nearly all was masked, with the share of each in percent.
    NearlyAllMasked { sources: Vec<String>, more: u64 },
    /// Sources most of whose documents are in clusters with others of theirs.
    Refiled { sources: Vec<String>, more: u64 },
    /// Bounds of the work were reached.
    CapsHit(Work),
}

/// Many documents of one publisher over a long time that are all alike: a paywall notice, a cookie
/// banner, a table with new figures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    documents: u64,
    publisher: String,
    days: i64,
    /// The ids of two of them.
    two: [String; 2],
}

impl Form {
    /// Fewest documents: fewer harm little, and are seen among the largest clusters or never.
    const DOCUMENTS: usize = 20;
    /// Fewest days: news is reprinted within days, so a story is not met for a month.
    const DAYS: i64 = 30;

    /// The largest such cluster of a run.
    fn of(run: &Run) -> Option<Form> {
        let forms = run.clusters().iter().filter_map(|cluster| {
            let docs = || cluster.members.iter().map(|member| member.doc);
            let publisher = run.publisher(cluster.representative())?;
            let seconds = || {
                docs()
                    .filter_map(|doc| run.date(doc))
                    .map(|date| date.seconds)
            };
            let days = (seconds().max()? - seconds().min()?) / 86_400;
            let is_form = cluster.members.len() >= Form::DOCUMENTS
                && days >= Form::DAYS
                && docs().all(|doc| run.publisher(doc) == Some(publisher));
            is_form.then_some((cluster, publisher, days))
        });
        let (cluster, publisher, days) =
            forms.max_by_key(|(cluster, ..)| (cluster.members.len(), Reverse(cluster.id)))?;
        let id = |at: usize| safe(&run.id(cluster.members[at].doc), usize::MAX);
        Some(Form {
            documents: cluster.members.len() as u64,
            publisher: safe(publisher, usize::MAX),
            days,
            two: [id(0), id(1)],
        })
    }
}

/// Names after `--keep source=` that no document has.
fn unknown_publishers(run: &Run) -> Vec<String> {
    let Keep::Source(names) = &run.removal_rule().keep else {
        return Vec::new();
    };
    let known: HashSet<&str> = (run.documents().filter_map(|doc| run.publisher(doc))).collect();
    let unknown = names.iter().filter(|name| !known.contains(name.as_str()));
    unknown.map(|name| safe(name, usize::MAX)).collect()
}

/// Sources that a warning names.
const NAMED: usize = 5;

/// Sources whose mask looks wrong, the largest ones by name.
fn about_masks(run: &Run) -> Vec<Warning> {
    let Some(masked) = run.masked() else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    let (sources, more) = named(masked, MaskedSource::is_nearly_all_masked, |source| {
        percent(source.masked.masked_words, source.masked.words)
    });
    if !sources.is_empty() {
        warnings.push(Warning::NearlyAllMasked { sources, more });
    }
    let (sources, more) = named(masked, MaskedSource::refiles, |source| {
        format!(
            "{} of {}",
            number(source.refiled),
            number(source.masked.documents)
        )
    });
    if !sources.is_empty() {
        warnings.push(Warning::Refiled { sources, more });
    }
    warnings
}

/// The first of the sources that are meant, each with a figure, and how many more there are.
fn named(
    masked: &Masked,
    is_meant: fn(&MaskedSource) -> bool,
    figure: impl Fn(&MaskedSource) -> String,
) -> (Vec<String>, u64) {
    let meant: Vec<&MaskedSource> = masked.sources.iter().filter(|one| is_meant(one)).collect();
    let name =
        |source: &&MaskedSource| format!("{} ({})", safe(&source.publisher, WIDTH), figure(source));
    let names: Vec<String> = meant.iter().take(NAMED).map(name).collect();
    let more = meant.len().saturating_sub(NAMED) as u64;
    (names, more)
}

/// Names, and how many more.
fn listed(names: &[String], more: u64) -> String {
    let names = names.join(", ");
    match more {
        0 => names,
        more => format!("{names} and {} more", number(more)),
    }
}

impl Warning {
    /// What there is to say about a run.
    pub(super) fn about(run: &Run) -> Vec<Warning> {
        let counts = run.counts();
        let documents = counts.kept + counts.removed;
        let dates = counts.dated + counts.unparsed_dates;
        let mut warnings: Vec<Warning> = Warning::skipped(run.corpus().passed_over())
            .into_iter()
            .collect();
        if documents == 0 {
            warnings.push(Warning::NoDocuments);
            return warnings;
        }
        if counts.with_id == 0 {
            warnings.push(Warning::NoIds);
        }
        if let Some(doc) = run.first_repeated_id() {
            warnings.push(Warning::RepeatedIds {
                documents: counts.repeated_ids,
                id: safe(run.own_id(doc).unwrap_or_default(), WIDTH),
                called: safe(&run.id(doc), WIDTH),
            });
        }
        if counts.unparsed_dates > 0 && counts.unparsed_dates * 10 >= dates {
            warnings.push(Warning::UnparsedDates {
                unparsed: counts.unparsed_dates,
                of: dates,
            });
        }
        if counts.without_words > 0 {
            warnings.push(Warning::WithoutWords {
                documents: counts.without_words,
            });
        }
        if counts.with_publisher == 0 {
            warnings.push(Warning::NoPublisher);
        }
        if dates == 0 {
            warnings.push(Warning::NoDates);
        }
        let names = unknown_publishers(run);
        if !names.is_empty() {
            warnings.push(Warning::UnknownPublishers { names });
        }
        warnings.extend(Form::of(run).map(Warning::Form));
        warnings.extend(about_masks(run));
        if caps_hit(&run.work()) {
            warnings.push(Warning::CapsHit(run.work()));
        }
        warnings
    }

    /// What there is to say of data that is not read, whatever became of the rest.
    pub(super) fn skipped(passed: &PassedOver) -> Option<Warning> {
        let skipped = usize::try_from(passed.unreadable).unwrap_or(usize::MAX);
        let names = passed.files.iter().take(skipped.min(NAMED));
        let files: Vec<String> = names.map(|name| safe(name, WIDTH)).collect();
        let more = passed.unreadable - files.len() as u64;
        (passed.unreadable > 0).then_some(Warning::Skipped { files, more })
    }

    fn kind(&self) -> &'static str {
        match self {
            Warning::NoDocuments => "no_documents",
            Warning::Skipped { .. } => "skipped",
            Warning::NoIds => "no_ids",
            Warning::RepeatedIds { .. } => "repeated_ids",
            Warning::UnparsedDates { .. } => "unparsed_dates",
            Warning::WithoutWords { .. } => "without_words",
            Warning::NoPublisher => "no_publisher",
            Warning::NoDates => "no_dates",
            Warning::UnknownPublishers { .. } => "unknown_publishers",
            Warning::Form(_) => "form",
            Warning::NearlyAllMasked { .. } => "nearly_all_masked",
            Warning::Refiled { .. } => "refiled",
            Warning::CapsHit(_) => "caps_hit",
        }
    }

    /// Tells it; loss also where it should be quiet.
    pub(super) fn tell(&self, voice: Voice) {
        let text = match voice.is_json() {
            true => format!("{}\n", self.json()),
            false => format!("wirecopy: warning: {self}\n"),
        };
        match self {
            Warning::Skipped { .. } => voice.fail(&text),
            _ => voice.tell(&text),
        }
    }

    /// For a program.
    fn json(&self) -> Value {
        json!({ "event": "warning", "kind": self.kind(), "message": self.to_string() })
    }
}

/// Whether a bound of the work was reached.
pub(super) fn caps_hit(work: &Work) -> bool {
    !bounds(work).is_empty()
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::NoDocuments => f.write_str(
                "no document was read, so all results are empty: check the inputs, and \
                 rejected.jsonl for records that were refused",
            ),
            Warning::Skipped { files, more } => write!(
                f,
                "not read, as --skip-unreadable allows: {}; convert them, or leave them out with --glob",
                listed(files, *more)
            ),
            Warning::NoIds => f.write_str(
                "no document has an id, so each is called by its file and number, which change \
                 with the file: name the field with --id-field",
            ),
            Warning::RepeatedIds {
                documents,
                id,
                called,
            } => write!(
                f,
                "the ids of {} stand more than once in their file, such as `{id}`: each is called by file \
                 and number, such as {called}; name another field with --id-field, or none with \
                 --id-field none",
                count(*documents, "document")
            ),
            Warning::UnparsedDates { unparsed, of } => write!(
                f,
                "{} of {} dates have an unknown form and count as none: say it, \
                 such as --date-format '%d/%m/%Y %H:%M', or name another field with --date-field",
                number(*unparsed),
                number(*of)
            ),
            Warning::WithoutWords { documents } => write!(
                f,
                "{} without a word, of which only equal ones are found: if there should be text, \
                 name its field with --text-field",
                count(*documents, "document")
            ),
            Warning::NoPublisher => f.write_str(
                "no publisher: documents name no url and no source, or the same throughout, so \
                 results do not say who carried what: name a field with --url-field or \
                 --source-field",
            ),
            Warning::NoDates => f.write_str(
                "no date: results do not say which copy was first: name a field with --date-field",
            ),
            Warning::UnknownPublishers { names } => write!(
                f,
                "no document is of {}, which --keep names: publishers are called as in \
                 clusters.jsonl, such as reuters.com",
                names.join(", ")
            ),
            Warning::Form(form) => write!(
                f,
                "{} of {}, over {} days, are one cluster: rather a notice or a form than a story, \
                 and removing by it may lose pages; look at two with: \
                 wirecopy explain {} {} --run DIR",
                count(form.documents, "document"),
                form.publisher,
                form.days,
                form.two[0],
                form.two[1]
            ),
            Warning::NearlyAllMasked { sources, more } => write!(
                f,
                "most of what these print was masked as boilerplate, so stories of theirs may be \
                 missed: {}; read what is left of them in story-text.jsonl, with --write story-text",
                listed(sources, *more)
            ),
            Warning::Refiled { sources, more } => write!(
                f,
                "more than half of the documents of these are in clusters with others of theirs, so \
                 they file stories again, or a form of theirs passes for one: {}; read what was \
                 compared in story-text.jsonl, with --write story-text",
                listed(sources, *more)
            ),
            Warning::CapsHit(work) => {
                f.write_str("bounds of the work were reached, so some copies may be missed: ")?;
                write!(
                    f,
                    "{}; a higher --threshold makes less work",
                    bounds(work).join(", ")
                )
            }
        }
    }
}

/// The bounds of the work that were reached, in words.
pub(super) fn bounds(work: &Work) -> Vec<String> {
    let each = [
        (work.capped_keys, "key", "held too many documents"),
        (work.capped_documents, "document", "had too many candidates"),
        (work.dropped_pairs, "pair", "not compared"),
        (
            work.split_components,
            "component",
            "taken apart at a raised threshold",
        ),
        (
            work.capped_friends,
            "text",
            "had too many copies to compare all with each other",
        ),
        (
            work.standing_documents,
            "document",
            "of the index left in their clusters, unparted",
        ),
        (work.capped_alignments, "pair", "aligned in part"),
        (
            work.unjudged_page_sets,
            "set",
            "of pages with text in common not judged for boilerplate",
        ),
    ];
    let reached = each.into_iter().filter(|&(value, ..)| value > 0);
    reached
        .map(|(value, what, became)| format!("{} {became}", count(value, what)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warning_gives_advice() {
        let work = Work {
            capped_keys: 2,
            dropped_pairs: 1,
            ..Work::default()
        };
        let all = [
            Warning::NoIds,
            Warning::RepeatedIds {
                documents: 2,
                id: "0".into(),
                called: "in.jsonl#1".into(),
            },
            Warning::UnparsedDates { unparsed: 3, of: 4 },
            Warning::WithoutWords { documents: 1 },
            Warning::NoPublisher,
            Warning::NoDates,
            Warning::UnknownPublishers {
                names: vec!["a.example".into()],
            },
            Warning::NearlyAllMasked {
                sources: vec!["a.example (83.1 %)".into()],
                more: 0,
            },
            Warning::Refiled {
                sources: vec!["a.example (34 of 50)".into()],
                more: 2,
            },
            Warning::CapsHit(work),
        ];
        for warning in all {
            assert!(warning.to_string().contains("--"), "{warning}");
        }
        assert!(Warning::CapsHit(work).to_string().contains("2 keys"));
    }
}
