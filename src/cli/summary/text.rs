//! The summary as a page of plain text: headings, then a name and a figure a line, aligned.

use std::fmt::Write;
use std::path::Path;

use anstyle::Style;
use wirecopy::report::PAGE;
use wirecopy::{Counts, MaskedWords};

use super::Summary;
use super::figures::{Figures, Largest, days};
use crate::cli::effective;
use crate::cli::preflight::passed_over;
use crate::cli::show::{bytes, count, number, path as show, percent, safe, seconds};
use crate::cli::warning::caps_hit;
use crate::cli::wrap::{cell, columns, command};

/// Width of the names of figures.
const NAME: usize = 16;
/// Width of figures.
const FIGURE: usize = 12;
/// Columns of a line that does not go to a terminal, and the fewest and most that a headline has.
const LINE: usize = 100;
const LEAST: usize = 20;
const WIDEST: usize = 200;

/// A page in the making. Writing to a string cannot fail.
pub(super) struct Page<'a> {
    summary: &'a Summary<'a>,
    figures: &'a Figures,
    counts: Counts,
    /// Columns of the terminal, if it goes to one.
    width: Option<usize>,
    text: String,
}

impl<'a> Page<'a> {
    pub(super) fn of(
        summary: &'a Summary<'a>,
        figures: &'a Figures,
        width: Option<usize>,
    ) -> Page<'a> {
        Page {
            summary,
            figures,
            counts: summary.run.counts(),
            width,
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
        self.line("stories", &number(clusters), &sizes);
        if self.summary.is_against_index {
            let counted = "those that the index holds are counted";
            self.line("in stories", &number(clustered), counted);
        } else {
            let share = percent(clustered, documents);
            self.line("in stories", &number(clustered), &share);
            let copies = clustered - clusters;
            let share = percent(copies, documents);
            let meaning = format!("{share}, all but one of each story");
            self.line("copies", &number(copies), &meaning);
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
            "short, or twice in the document",
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
                "{}, of which too little is left: only equals are found",
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
        self.heading("Largest stories");
        let rows: Vec<[String; 4]> = self.figures.largest.iter().map(row).collect();
        let widest = |column: usize| {
            let cells = rows.iter().map(|row| columns(&row[column]));
            cells.max().unwrap_or(0)
        };
        let (sizes, outlets, days) = (widest(0), widest(1), widest(3));
        // Two columns of indent, and two between any two.
        let others = 2 + [sizes, outlets, days]
            .map(|column| column + 2)
            .iter()
            .sum::<usize>();
        let room = self.width.unwrap_or(LINE).saturating_sub(others);
        let headlines = widest(2).min(room.max(LEAST));
        for [size, outlet, headline, day] in &rows {
            let line = format!(
                "  {size:>sizes$}  {outlet:>outlets$}  {}  {day}",
                cell(headline, headlines)
            );
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn bounds(&mut self) {
        let work = self.summary.run.work();
        if !caps_hit(&work) {
            return;
        }
        self.heading("Bounds reached");
        for (name, value) in [
            ("keys", work.capped_keys),
            ("stories split", work.split_components),
            ("many copies", work.two_hop_capped),
            ("left in stories", work.frozen_documents),
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
            let at = format!("of pairs exactly at {}, more above", recipe.threshold());
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
        let has_page = self.figures.files.iter().any(|file| file == PAGE);
        let has_copies = self.counts.clusters > 0;
        if has_page || has_copies {
            self.heading("Next");
        }
        if has_page {
            let page = show(&self.summary.dir.join(PAGE));
            writeln!(self.text, "  open {page}").expect("a string takes all");
        }
        if has_copies {
            let next = command(&next, self.width, 2);
            writeln!(self.text, "  {next}").expect("a string takes all");
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

/// Documents, outlets, headline and days of a story.
fn row(story: &Largest) -> [String; 4] {
    let outlets = match story.publishers {
        0 => String::new(),
        some => count(some, "outlet"),
    };
    let headline = match &story.headline {
        Some(headline) => safe(headline, WIDEST),
        None => safe(&story.representative, WIDEST),
    };
    let days = days(story.first, story.last).unwrap_or_default();
    [count(story.size, "document"), outlets, headline, days]
}
