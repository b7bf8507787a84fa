//! Which warnings a run deserves: the same for `cluster`, `dedup`, and every use of an index.
//!
//! A warning that is always there teaches to skip warnings: in `near` publishers and dates are only
//! shown, so that they are missed only where a flag asks for them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use wirecopy::cluster::Keep;
use wirecopy::corpus::{PassedOver, Preflight as CorpusPreflight};
use wirecopy::report::View;
use wirecopy::sketch::Banding;
use wirecopy::{Masked, MaskedSource, Needs};
use wirecopy::{Recipe, Run};

use super::dates::{Dates, Outliers};
use super::outlets;
use super::unread::{AmbiguousDates, UnparsedDates};
use super::{Form, LowRecall, Warning, caps_hit};
use crate::cli::show::{Voice, number, percent, safe};
use crate::cli::suggest;

/// Characters shown of a source's name.
pub(super) const WIDTH: usize = 60;

/// Documents from which on half of them in one cluster are doubted: a press release and its copies are fewer.
const MOST_OF: u64 = 8;

/// Below this share of the pairs at the threshold a run misses more than it finds there.
const LOW_RECALL: f64 = 0.5;

impl Warning {
    /// Reports what can be said before anything is read.
    pub(in crate::cli) fn report_before(
        recipe: &Recipe,
        seen: Option<&CorpusPreflight>,
        voice: Voice,
    ) {
        let noise = seen.and_then(|seen| seen.noise);
        if let Some(guessed) = seen.and_then(guessed_text) {
            guessed.show(voice);
        }
        if let Some(html) = seen.and_then(html_texts) {
            html.show(voice);
        }
        if let Some(low) = LowRecall::of(recipe) {
            Warning::LowRecall(low).show(voice);
        }
        // Runs of characters are what is advised.
        let by_words = recipe.profile().has_stories() || recipe.shingling().is_of_words();
        if let Some(share) = noise.filter(|_| by_words) {
            Warning::Noisy { share }.show(voice);
        }
    }

    /// Results that may fill the disk.
    pub(in crate::cli) fn may_not_fit(needs: &Needs) -> Warning {
        Warning::MayNotFit {
            needed: needs.total(),
            free: needs.free.unwrap_or(u64::MAX),
        }
    }

    /// Reports what there is to say about a run, and of what its page was to show.
    ///
    /// `shown` is how many stories that page has.
    pub(in crate::cli) fn report_all(
        run: &Run,
        view: Option<&View>,
        shown: Option<u64>,
        voice: Voice,
    ) {
        let mut warnings = Warning::about(run, view);
        warnings.extend(view.and_then(|view| unknown_focus(run, view)));
        if view.is_some_and(View::narrows) && shown == Some(0) {
            warnings.push(Warning::NothingShown {
                of: run.counts().clusters,
            });
        }
        for warning in warnings {
            warning.show(voice);
        }
    }

    /// What there is to say about a run.
    fn about(run: &Run, view: Option<&View>) -> Vec<Warning> {
        let counts = run.counts();
        let documents = counts.kept + counts.removed;
        let dates = counts.dated + counts.unparsed_dates;
        let used = Used::of(run, view);
        let mut warnings: Vec<Warning> = Warning::skipped(run.corpus().passed_over())
            .into_iter()
            .collect();
        if documents == 0 {
            // What an index has already was read.
            warnings.extend((counts.known == 0).then_some(Warning::NoDocuments));
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
        warnings.extend(UnparsedDates::of(run).map(Warning::UnparsedDates));
        warnings.extend(AmbiguousDates::of(run).map(Warning::AmbiguousDates));
        if counts.without_words > 0 {
            warnings.push(Warning::WithoutWords {
                documents: counts.without_words,
            });
        }
        if counts.with_publisher == 0 && used.publishers {
            warnings.push(Warning::NoPublisher);
        }
        if dates == 0 && used.dates {
            warnings.push(Warning::NoDates);
        }
        warnings.extend(outlets::unknown(run));
        if dates > 0 && used.dates {
            let nothing = Dates::of(run).map(Warning::DatesSayNothing);
            // Where no date says anything, a few say no less.
            warnings.extend(nothing.or_else(|| Outliers::of(run).map(Warning::DateOutliers)));
        }
        warnings.extend(Form::of(run).map(Warning::Form));
        if documents >= MOST_OF && 2 * counts.largest_cluster > documents {
            warnings.push(Warning::MostAlike {
                documents: counts.largest_cluster,
                of: documents,
            });
        }
        if run.work().disputed_pages > 0 {
            warnings.push(Warning::Disputed {
                documents: run.work().disputed_pages,
            });
        }
        if run.work().stubs > 0 {
            warnings.push(Warning::Stubs {
                documents: run.work().stubs,
            });
        }
        warnings.extend(about_masks(run));
        if caps_hit(&run.work()) {
            warnings.push(Warning::CapsHit(run.work()));
        }
        warnings
    }

    /// What there is to say of data that is not read, whatever became of the rest.
    pub(in crate::cli) fn skipped(passed: &PassedOver) -> Option<Warning> {
        let skipped = usize::try_from(passed.unreadable).unwrap_or(usize::MAX);
        let names = passed.files.iter().take(skipped.min(NAMED));
        let files: Vec<String> = names.map(|name| safe(name, WIDTH)).collect();
        let more = passed.unreadable - files.len() as u64;
        (passed.unreadable > 0).then_some(Warning::Skipped { files, more })
    }
}

/// What of a document besides its text shapes results.
struct Used {
    publishers: bool,
    dates: bool,
}

impl Used {
    fn of(run: &Run, view: Option<&View>) -> Used {
        let keep = &run.removal_rule().keep;
        // In `wire` both distinguish boilerplate from stories, and who carried one is what is asked.
        let always = run.recipe().profile().has_stories();
        Used {
            publishers: always
                || matches!(keep, Keep::Source(_))
                || view.is_some_and(|view| view.focus.is_some() || view.min_outlets > 0),
            dates: always
                || matches!(keep, Keep::Earliest | Keep::Representative)
                || view.is_some_and(|view| view.since.is_some()),
        }
    }
}

impl LowRecall {
    fn of(recipe: &Recipe) -> Option<LowRecall> {
        let recall = recipe.recall().filter(|&recall| recall < LOW_RECALL)?;
        let (bands, rows) = (recipe.banding().rows(), recipe.banding().bands());
        let exchanged = Banding::new(bands, rows).ok().and_then(|banding| {
            let better = banding.candidate_probability(recipe.threshold().get());
            (better >= LOW_RECALL).then_some((bands, rows, better))
        });
        Some(LowRecall { recall, exchanged })
    }
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

/// An outlet that the page is to show, and no document is of.
fn unknown_focus(run: &Run, view: &View) -> Option<Warning> {
    let name = view.focus.as_deref()?;
    let asked = name.to_lowercase();
    let names: BTreeSet<&str> = (run.documents().filter_map(|doc| run.publisher(doc))).collect();
    if names.iter().any(|name| name.to_lowercase() == asked) {
        return None;
    }
    let like = suggest::like(name, names.iter().copied());
    Some(Warning::UnknownFocus {
        name: safe(name, WIDTH),
        like: like.into_iter().map(|name| safe(name, WIDTH)).collect(),
    })
}

/// Sources that a warning names.
const NAMED: usize = 5;

/// Sources whose mask looks wrong, the largest ones by name.
fn about_masks(run: &Run) -> Vec<Warning> {
    let Some(masked) = run.masked() else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    if masked.total.is_much() {
        warnings.push(Warning::MuchMasked(masked.total));
    }
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

/// Texts that were guessed.
fn guessed_text(seen: &CorpusPreflight) -> Option<Warning> {
    let inputs = seen.inputs.iter();
    let mut guessed = inputs.filter_map(|input| input.guessed_text.as_ref());
    let first = guessed.next()?;
    Some(Warning::GuessedText {
        field: first.clone(),
        more: guessed.filter(|field| *field != first).count() as u64,
    })
}

/// Texts that are mostly HTML.
fn html_texts(seen: &CorpusPreflight) -> Option<Warning> {
    let samples = seen.inputs.iter().map(|input| &input.sample);
    let (texts, of) = samples.fold((0, 0), |(texts, of), sample| {
        (texts + sample.with_html, of + sample.with_text)
    });
    (texts * 2 > of).then_some(Warning::HtmlTexts { texts, of })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy::similarity::Threshold;

    #[test]
    fn a_banding_that_finds_little_is_reported_with_the_one_that_was_meant() {
        let recipe = |bands, rows| {
            let threshold = Threshold::new(0.8).unwrap();
            let banding = Banding::new(bands, rows).unwrap();
            Recipe::near_with_banding(threshold, banding).unwrap()
        };
        let low = LowRecall::of(&recipe(13, 60)).unwrap();
        let (bands, rows, better) = low.exchanged.unwrap();
        assert_eq!((bands, rows), (60, 13));
        assert!(low.recall < 1e-4 && better > 0.9, "{low:?}");
        assert_eq!(LowRecall::of(&recipe(60, 13)), None);
        assert_eq!(LowRecall::of(&Recipe::default_near()), None);
        assert_eq!(LowRecall::of(&Recipe::default_wire()), None);
        // Either way round it finds little.
        assert_eq!(LowRecall::of(&recipe(30, 30)).unwrap().exchanged, None);
    }
}
