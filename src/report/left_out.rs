//! What a page leaves out to keep its size, and how that is said.

use serde::Serialize;

use super::escape::shown;
use super::model::Report;
use super::view::View;
use super::words::{argument, counted};

/// What is left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    /// Clusters without a row.
    pub(super) clusters: u64,
    /// Clusters whose members are not listed.
    pub(super) members: u64,
    /// Texts of the model that are not in the page.
    pub(super) texts: u64,
    /// Pairs to check that are not in the page.
    pub(super) pairs: u64,
    /// Openings are cut to so many characters, if they are.
    pub(super) openings: Option<usize>,
    /// Bytes that a page with everything has, about.
    pub(super) needed: usize,
}

impl LeftOut {
    /// So much that nothing is said in more words.
    pub(super) fn everything() -> LeftOut {
        LeftOut {
            clusters: u64::MAX,
            members: u64::MAX,
            texts: u64::MAX,
            pairs: u64::MAX,
            openings: Some(80),
            needed: usize::MAX / 8,
        }
    }
}

/// What a page says of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Said {
    sentences: Vec<String>,
    /// The command that draws a report with all of it.
    larger: Option<String>,
}

impl LeftOut {
    /// The same in words.
    pub(super) fn said(&self, report: &Report, view: &View) -> Said {
        let mut said = Vec::new();
        let mut say = |many: u64, one: &str, more: &str| {
            if many > 0 {
                said.push(counted(many, one, more));
            }
        };
        say(self.clusters, "story has no row", "stories have no row");
        say(
            self.members,
            "story is without its list of documents",
            "stories are without their lists of documents",
        );
        say(self.texts, "text", "texts");
        say(self.pairs, "pair to check", "pairs to check");
        if let Some(letters) = self.openings {
            said.push(match letters {
                0 => "the openings of the texts".to_owned(),
                letters => format!("openings beyond {letters} characters"),
            });
        }
        let folder = argument(&shown(&report.folder, 4000));
        let mut sentences = Vec::new();
        let mut larger = None;
        if !said.is_empty() {
            let most = view.budget as f64 / 1e6;
            let megabytes = self.needed.max(view.budget) / 1_000_000 * 5 / 4 + 2;
            sentences.push(format!(
                "To stay below {most} MB, this report leaves out: {}.",
                said.join("; ")
            ));
            larger = Some(match report.of_index {
                false => format!("wirecopy report {folder} --report-budget {megabytes}MB"),
                true => format!(
                    "wirecopy report --index {folder} -o page.html --report-budget {megabytes}MB"
                ),
            });
        }
        if report.of_index {
            sentences.push(
                "The texts of the documents: an index does not keep them. To read two side by side, \
                 cluster the files they came from: wirecopy cluster FILES -o DIR"
                    .to_owned(),
            );
            return Said { sentences, larger };
        }
        if report.without_texts > 0 {
            let clusters = counted(report.without_texts, "story has", "stories have");
            sentences.push(format!("{clusters} no texts in the saved model."));
        }
        if !sentences.is_empty() {
            sentences.push(format!(
                "Any two documents: wirecopy explain A B --run {folder} --html pair.html"
            ));
        }
        Said { sentences, larger }
    }
}
