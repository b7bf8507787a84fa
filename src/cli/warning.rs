//! Warnings: what a person would want to know about a finished run, with advice.

mod about;
mod dates;
mod outlets;
mod unread;

use std::fmt;

use wirecopy::{MaskedWords, Work};

use dates::{Dates, Outliers};
use outlets::KnownOutlets;
use unread::{AmbiguousDates, UnparsedDates};

use super::show::{Voice, bytes, count, number, percent};
use super::suggest;

/// Something that makes results less than they could be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Warning {
    /// Few of the pairs that are looked for will be found.
    LowRecall(LowRecall),
    /// The words look as if scanned pages had been read by a machine.
    Noisy { share: f64 },
    /// The disk may be full before the results are written.
    MayNotFit { needed: u64, free: u64 },
    /// Nothing to compare.
    NoDocuments,
    /// Fields that are taken for the text by their values.
    GuessedText { field: String, more: u64 },
    /// Texts hold HTML, and are read as they are.
    HtmlTexts { texts: u64, of: u64 },
    /// Data that could not be read was left out, as asked.
    Skipped { files: Vec<String>, more: u64 },
    /// No document has an id.
    NoIds,
    /// Ids that are more than once in their inputs.
    RepeatedIds {
        documents: u64,
        /// One such id, and what its first record is called.
        id: String,
        called: String,
    },
    /// Dates in an unknown form, a tenth of all or more.
    UnparsedDates(UnparsedDates),
    /// Dates that may be one of several days.
    AmbiguousDates(AmbiguousDates),
    /// Documents without a word.
    WithoutWords { documents: u64 },
    /// No document says whose page it is, or all say the same.
    NoPublisher,
    /// No document has a date, known or not.
    NoDates,
    /// Publishers that are to be kept first, of which no document is.
    UnknownPublishers {
        names: Vec<String>,
        known: KnownOutlets,
    },
    /// The report is to show an outlet that no document is of.
    UnknownFocus { name: String, like: Vec<String> },
    /// The report was narrowed to nothing.
    NothingShown { of: u64 },
    /// Stories whose first date is far before all others.
    DateOutliers(Outliers),
    /// A cluster that is rather a form than a story.
    Form(Form),
    /// One cluster that most documents are in.
    MostAlike { documents: u64, of: u64 },
    /// So much was masked that stories may be among it.
    MuchMasked(MaskedWords),
    /// Boilerplate that was given, and that these documents have as their story.
    Disputed { documents: u64 },
    /// Texts that stand in place of several articles.
    Stubs { documents: u64 },
    /// Dates that do not say when copies appeared.
    DatesSayNothing(Dates),
    /// Sources of which nearly all was masked, with the share of each in percent.
    NearlyAllMasked { sources: Vec<String>, more: u64 },
    /// Sources most of whose documents are in clusters with others of theirs.
    Refiled { sources: Vec<String>, more: u64 },
    /// Bounds of the work were reached.
    CapsHit(Work),
}

/// A banding that finds few pairs at the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LowRecall {
    recall: f64,
    /// Bands, rows and recall of the same signature with bands and rows exchanged, if that is better.
    exchanged: Option<(u32, u32, f64)>,
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

/// Names, and how many more.
fn listed(names: &[String], more: u64) -> String {
    let names = names.join(", ");
    match more {
        0 => names,
        more => format!("{names} and {} more", number(more)),
    }
}

impl Warning {
    fn kind(&self) -> &'static str {
        match self {
            Warning::LowRecall(_) => "low_recall",
            Warning::Noisy { .. } => "noisy",
            Warning::MayNotFit { .. } => "may_not_fit",
            Warning::NoDocuments => "no_documents",
            Warning::GuessedText { .. } => "guessed_text",
            Warning::HtmlTexts { .. } => "html_texts",
            Warning::Skipped { .. } => "skipped",
            Warning::NoIds => "no_ids",
            Warning::RepeatedIds { .. } => "repeated_ids",
            Warning::UnparsedDates(_) => "unparsed_dates",
            Warning::AmbiguousDates(_) => "ambiguous_dates",
            Warning::WithoutWords { .. } => "without_words",
            Warning::NoPublisher => "no_publisher",
            Warning::NoDates => "no_dates",
            Warning::UnknownPublishers { .. } => "unknown_publishers",
            Warning::UnknownFocus { .. } => "unknown_focus",
            Warning::NothingShown { .. } => "nothing_shown",
            Warning::DateOutliers(_) => "date_outliers",
            Warning::Form(_) => "form",
            Warning::MostAlike { .. } => "most_alike",
            Warning::MuchMasked(_) => "much_masked",
            Warning::Disputed { .. } => "disputed_boilerplate",
            Warning::Stubs { .. } => "stubs",
            Warning::DatesSayNothing(_) => "dates_say_nothing",
            Warning::NearlyAllMasked { .. } => "nearly_all_masked",
            Warning::Refiled { .. } => "refiled",
            Warning::CapsHit(_) => "caps_hit",
        }
    }

    /// Reports it; loss also where it should be quiet.
    pub(super) fn show(&self, voice: Voice) {
        let always = matches!(self, Warning::Skipped { .. });
        voice.warn(self.kind(), &self.to_string(), always);
    }
}

/// Whether a bound of the work was reached.
pub(super) fn caps_hit(work: &Work) -> bool {
    !bounds(work).is_empty()
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::LowRecall(LowRecall { recall, exchanged }) => {
                write!(
                    f,
                    "recall {} at the threshold: most copies will not be found",
                    share(*recall)
                )?;
                match exchanged {
                    Some((bands, rows, better)) => write!(
                        f,
                        "; bands and rows exchanged? --bands {bands} --rows {rows} has a recall of {}",
                        share(*better)
                    ),
                    None => f.write_str(
                        "; leave out --bands and --rows, or ask for more with --recall ('wirecopy curve' \
                         shows what is found)",
                    ),
                }
            }
            Warning::Noisy { share } => write!(
                f,
                "{:.1} % of the longer words are one wrong letter from a common one, as in scanned text (OCR): \
                 words do not find its copies; --preset ocr compares runs of characters",
                100.0 * share
            ),
            Warning::MayNotFit { needed, free } => write!(
                f,
                "results may take {}, and {} are free: a run that fills the disk ends there and leaves \
                 nothing; free some space, or name a folder on another disk with -o",
                bytes(*needed),
                bytes(*free)
            ),
            Warning::NoDocuments => f.write_str(
                "no document was read, so all results are empty: check the inputs, and \
                 rejected.jsonl for records that were refused",
            ),
            Warning::GuessedText { field, more } => write!(
                f,
                "no field is called as texts are: `{field}` is taken for it by its values{}: say so with \
                 --text-field, or name another one",
                match more {
                    0 => String::new(),
                    more => format!(" (and others in {})", count(*more, "more input")),
                }
            ),
            Warning::HtmlTexts { texts, of } => write!(
                f,
                "{} of the first {} are HTML, whose tags and menus are compared like words: --html reads the article",
                number(*texts),
                count(*of, "text")
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
            Warning::UnparsedDates(dates) => dates.fmt(f),
            Warning::AmbiguousDates(dates) => dates.fmt(f),
            Warning::WithoutWords { documents } => write!(
                f,
                "{} without a word, of which only equal ones are found: if there should be text, \
                 name its field with --text-field",
                count(*documents, "document")
            ),
            Warning::NoPublisher => f.write_str(
                "no outlet: documents name no url and no source, or the same throughout, so \
                 results do not say who carried what: name a field with --url-field or \
                 --source-field",
            ),
            Warning::NoDates => f.write_str(
                "no date: results do not say which copy was first: name a field with --date-field",
            ),
            Warning::UnknownPublishers { names, known } => write!(
                f,
                "no document is of {}, which --keep names: {}",
                names.join(", "),
                known
            ),
            Warning::UnknownFocus { name, like } => match &like[..] {
                [] => write!(
                    f,
                    "--focus: no outlet is called \"{name}\": outlets are called as in clusters.jsonl (publisher)"
                ),
                like => write!(
                    f,
                    "--focus: no outlet is called \"{name}\"; did you mean {}?",
                    suggest::listed(like)
                ),
            },
            Warning::NothingShown { of } => write!(
                f,
                "0 of {} stories are in the report: ask for less with --focus, --since or --min-outlets",
                number(*of)
            ),
            Warning::DateOutliers(outliers) => write!(f, "{outliers}"),
            Warning::Form(form) => write!(
                f,
                "{} of {}, over {} days, are taken for one story, and rather are a notice or a form: \
                 removing by it may lose documents; look at two with: \
                 wirecopy explain {} {} --run DIR",
                count(form.documents, "document"),
                form.publisher,
                form.days,
                form.two[0],
                form.two[1]
            ),
            Warning::MostAlike { documents, of } => write!(
                f,
                "{} of {} documents are taken for one story: rather one text on all of them, such as a prompt, a notice or a \
                 letterhead; look at two of them with 'wirecopy explain A B --run DIR'",
                number(*documents),
                number(*of)
            ),
            Warning::MuchMasked(masked) => write!(
                f,
                "{} of the words were masked as boilerplate that was learned, and {} lost nine tenths and more: \
                 stories may be among it; read what is left in story-text.jsonl, with --write story-text, or \
                 compare whole texts with --profile near",
                percent(masked.learned(), masked.words),
                count(masked.emptied, "document")
            ),
            Warning::Disputed { documents } => write!(
                f,
                "{} lost half of their words or more to the boilerplate given, though four documents of this corpus or more \
                 have these words as one story, so copies may be missed: learn from this corpus, without --boilerplate, or \
                 see what is masked with 'wirecopy explain A --run DIR'",
                count(*documents, "document")
            ),
            Warning::Stubs { documents } => write!(
                f,
                "{} kept, though an equal one stays: one text stands under three headlines of its outlet or more, \
                 as an error page, a notice or a teaser does; get these articles again, or let equals go with --profile near",
                count(*documents, "document")
            ),
            Warning::DatesSayNothing(dates) => write!(
                f,
                "{dates}, so they do not say when a copy appeared: what is called first, delays and the verdicts \
                 'updated' are by chance; name another field with --date-field, or none with --date-field none"
            ),
            Warning::NearlyAllMasked { sources, more } => write!(
                f,
                "most of what these outlets print was masked as boilerplate, so stories of theirs may be \
                 missed: {}; read what is left of them in story-text.jsonl, with --write story-text",
                listed(sources, *more)
            ),
            Warning::Refiled { sources, more } => write!(
                f,
                "more than half of the documents of these outlets share a story with others of theirs, so \
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

/// A share in percent, to a digit or two wherever they are: `0.002 %`.
fn share(share: f64) -> String {
    let percent = share * 100.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small, saturates
    let decimals = (1.0 - percent.log10()).floor().clamp(0.0, 9.0) as usize;
    match percent {
        0.0 => "0 %".to_owned(),
        _ if percent > 99.0 => format!("{percent:.1} %"),
        _ => format!("{percent:.decimals$} %"),
    }
}

/// The bounds of the work that were reached, in words.
pub(super) fn bounds(work: &Work) -> Vec<String> {
    let each = [
        (work.capped_keys, "key", "held too many documents"),
        (
            work.split_components,
            "component",
            "taken apart at a raised threshold",
        ),
        (
            work.two_hop_capped,
            "text",
            "had too many copies to compare all with each other",
        ),
        (
            work.frozen_documents,
            "document",
            "of the index left in their clusters, not partitioned again",
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
mod tests;
