//! The summary as a page of plain text: headings, then a name and a figure a line, aligned.

use std::fmt::Write;
use std::path::Path;

use anstyle::Style;
use wirecopy::pipeline::{Counts, MaskedWords};
use wirecopy::report::PAGE;

use super::Summary;
use super::figures::{Figures, Largest};
use crate::cli::effective;
use crate::cli::preflight::passed_over;
use crate::cli::show::{bytes, count, number, path as show, percent, safe, seconds};
use crate::cli::warning::caps_hit;

/// Width of the names of figures.
const NAME: usize = 16;
/// Width of figures, and of ids.
const FIGURE: usize = 12;
const ID: usize = 40;

/// A page in the making. Writing to a string cannot fail.
pub(super) struct Page<'a> {
    summary: &'a Summary<'a>,
    figures: &'a Figures,
    counts: Counts,
    text: String,
}

impl<'a> Page<'a> {
    pub(super) fn of(summary: &'a Summary<'a>, figures: &'a Figures) -> Page<'a> {
        Page {
            summary,
            figures,
            counts: summary.run.counts(),
            text: String::new(),
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.found();
        self.masked();
        self.removed();
        self.largest();
        self.bounds();
        self.effort();
        self.next();
        self.text
    }

    fn found(&mut self) {
        let Counts {
            read,
            rejected,
            clusters,
            clustered,
            largest_cluster,
            qualified_ids,
            ..
        } = self.counts;
        let documents = read - rejected;
        self.heading("Found");
        self.line("documents", &number(documents), "");
        let sizes = match largest_cluster {
            0 => String::new(),
            2 => "of 2 documents each".into(),
            most if clusters == 1 => format!("of {} documents", number(most)),
            most => format!("of 2 to {} documents", number(most)),
        };
        self.line("clusters", &number(clusters), &sizes);
        if self.summary.is_against_index {
            let counted = "those that the index holds are counted";
            self.line("in clusters", &number(clustered), counted);
        } else {
            let share = percent(clustered, documents);
            self.line("in clusters", &number(clustered), &share);
            // All but one of a cluster.
            let duplicates = clustered - clusters;
            let share = percent(duplicates, documents);
            let meaning = format!("{share}, all but one of each cluster");
            self.line("duplicates", &number(duplicates), &meaning);
        }
        if qualified_ids > 0 {
            let meaning = "their ids stand on several records: called by file and id, or number";
            self.line("renamed", &number(qualified_ids), meaning);
        }
        if rejected > 0 {
            let file = self.summary.dir.join("rejected.jsonl");
            let place = format!(
                "{} of the records; why: {}",
                percent(rejected, read),
                show(&file)
            );
            self.line("rejected", &number(rejected), &place);
        }
        let passed = self.summary.run.corpus().passed_over();
        if passed.count > 0 {
            self.line("passed over", "", &passed_over(passed));
        }
    }

    /// What of the pages was taken for boilerplate.
    fn masked(&mut self) {
        let Some(masked) = self.summary.run.masked() else {
            return;
        };
        let MaskedWords {
            documents,
            words,
            masked_words,
            by_form,
            by_others,
            thin,
            ..
        } = masked.total;
        self.heading("Masked as boilerplate");
        let share = format!(
            "{} of {}",
            percent(masked_words, words),
            count(words, "word")
        );
        self.line("words", &number(masked_words), &share);
        let own = masked_words - by_form - by_others;
        self.line(
            "by their lines",
            &number(by_form),
            "short, or twice on the page",
        );
        if own > 0 {
            let by = "what outlets print around different stories of theirs";
            self.line("of the outlet", &number(own), by);
        }
        if by_others > 0 {
            let by = match self.summary.run.counts().with_publisher {
                0 => "what stands around different stories; outlets are not known",
                _ => "what other outlets print around different stories",
            };
            self.line("of all pages", &number(by_others), by);
        }
        if thin > 0 {
            let share = format!(
                "{}, left with fewer than 12 words: only equals are found",
                percent(thin, documents)
            );
            self.line("thin documents", &number(thin), &share);
        }
    }

    fn removed(&mut self) {
        let Counts { kept, removed, .. } = self.counts;
        let documents = kept + removed;
        self.heading(match self.summary.command {
            "dedup" => "Deduplicated",
            _ => "Deduplicated, there would be",
        });
        self.line("kept", &number(kept), &percent(kept, documents));
        self.line("removed", &number(removed), &percent(removed, documents));
        for &(relation, count) in &self.figures.removed {
            self.line(&format!("  {}", relation.name()), &number(count), "");
        }
    }

    fn largest(&mut self) {
        if self.figures.largest.is_empty() {
            return;
        }
        self.heading("Largest clusters");
        for cluster in &self.figures.largest {
            let size = number(cluster.size);
            let id = safe(&cluster.representative, ID);
            let mut line = format!(
                "  {size:>7}  {id:<width$}",
                width = ID.min(self.widest_id())
            );
            for part in [publishers(cluster), days(cluster)].into_iter().flatten() {
                write!(line, "  {part}").expect("a string takes all");
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn widest_id(&self) -> usize {
        let width = |cluster: &Largest| safe(&cluster.representative, ID).chars().count();
        self.figures.largest.iter().map(width).max().unwrap_or(0)
    }

    fn bounds(&mut self) {
        let work = self.summary.run.work();
        if !caps_hit(&work) {
            return;
        }
        self.heading("Bounds reached");
        for (name, value) in [
            ("keys", work.capped_keys),
            ("documents", work.capped_documents),
            ("pairs dropped", work.dropped_pairs),
            ("clusters split", work.split_components),
            ("many copies", work.capped_friends),
            ("left in clusters", work.standing_documents),
            ("aligned in part", work.capped_alignments),
            ("page sets unjudged", work.unjudged_page_sets),
        ] {
            if value > 0 {
                self.line(name, &number(value), "");
            }
        }
    }

    fn effort(&mut self) {
        let recipe = self.summary.run.recipe();
        let Figures {
            bytes: length,
            seconds: time,
            ..
        } = *self.figures;
        self.heading("How");
        if let Some(recall) = recipe.recall() {
            let at = format!("of pairs exactly at {}, more above", recipe.threshold);
            self.line("recall", &format!("{:.1} %", recall * 100.0), &at);
        }
        let rate = if time > 0.0 {
            length as f64 / time / f64::from(1 << 20)
        } else {
            0.0
        };
        let threads = count(rayon::current_num_threads() as u64, "thread");
        let rate = format!("{}, {rate:.1} MB/s, {threads}", bytes(length));
        self.line("time", &seconds(time), &rate);
    }

    fn next(&mut self) {
        let dir = show(self.summary.dir);
        let next = if self.summary.command == "dedup" {
            format!(
                "grep '\"verdict\":\"removed\"' {}",
                show(&self.summary.dir.join("documents.jsonl"))
            )
        } else {
            let inputs: Vec<String> = self.summary.inputs.iter().map(|path| show(path)).collect();
            let inputs = if inputs.len() > 3 {
                "INPUT…".into()
            } else {
                inputs.join(" ")
            };
            let stream = self
                .summary
                .inputs
                .iter()
                .any(|path| path == Path::new("-"));
            let mut next = String::from(if stream { "… | " } else { "" });
            write!(next, "wirecopy dedup {inputs} -o {dir}-dedup").expect("a string takes all");
            // Other options would find other copies than those that are summed up here.
            let changed = effective::changed(self.summary.command, self.summary.options);
            // What is written is another question, and `dedup` has an answer of its own.
            for (flag, value) in changed.into_iter().filter(|(flag, _)| flag != "--write") {
                write!(next, " {flag}").expect("a string takes all");
                if let Some(value) = value {
                    write!(next, "={}", show(Path::new(&value))).expect("a string takes all");
                }
            }
            next
        };
        self.heading("Written");
        let files = self.figures.files.join(" ");
        writeln!(self.text, "  {dir}: {files}").expect("a string takes all");
        if self.figures.files.iter().any(|file| file == PAGE) {
            let page = show(&self.summary.dir.join(PAGE));
            writeln!(self.text, "  look: {page}").expect("a string takes all");
        }
        if self.counts.clusters > 0 {
            writeln!(self.text, "  next: {next}").expect("a string takes all");
        }
    }

    fn heading(&mut self, text: &str) {
        let style = Style::new().bold();
        let gap = if self.text.is_empty() { "" } else { "\n" };
        writeln!(self.text, "{gap}{style}{text}{style:#}").expect("a string takes all");
    }

    fn line(&mut self, name: &str, figure: &str, beside: &str) {
        let line = format!("  {name:<NAME$}{figure:>FIGURE$}   {beside}");
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

fn publishers(cluster: &Largest) -> Option<String> {
    match (&cluster.publisher, cluster.publishers) {
        (Some(name), _) => Some(safe(name, ID)),
        (None, 0) => None,
        (None, many) => Some(count(many, "publisher")),
    }
}

fn days(cluster: &Largest) -> Option<String> {
    match (&cluster.first, &cluster.last) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
        (first, _) => first.clone(),
    }
}
