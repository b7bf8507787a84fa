//! What goes into a page of a given size.
//!
//! In this order, each as long as it fits: a row of every cluster (openings are shortened before a
//! row is left out); the pairs to check by eye, with their texts, in a quarter of what is left;
//! the members of the clusters, largest first; the texts of the clusters, largest first. What is
//! left out is counted, so that the page can say so.

use super::encode::{self, COLUMNS, Names};
use super::escape::json;
use super::left_out::LeftOut;
use super::model::{Cluster, Report};

/// Lengths of openings that are tried, in characters.
const OPENINGS: [usize; 3] = [160, 80, 0];

/// Bytes of the brackets and names around all blocks, and a little more.
const BRACKETS: usize = 128;

/// The data of a page, each block as JSON, and what is not in it.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// Columns of clusters.
    pub(super) rows: String,
    /// Members of each row, or 0.
    pub(super) members: String,
    /// Row, member, text and comparison (-1 if there is none) of every shown text of a member.
    pub(super) shown: String,
    /// Texts, by number.
    pub(super) texts: String,
    /// Comparisons, by number.
    pub(super) comparisons: String,
    /// The two lists of pairs to check.
    pub(super) check: String,
    /// What is left out.
    pub(super) left_out: LeftOut,
}

/// Fills what the frame of a page leaves of its budget with the clusters of a view.
pub(super) fn fill(report: &Report, clusters: &[usize], names: &Names, mut room: usize) -> Data {
    let everything = room;
    let strata = strata(report);
    room = room.saturating_sub(BRACKETS + json(&strata).len() + 16 * strata.len());
    let mut data = Data::default();
    let clusters: Vec<&Cluster> = clusters.iter().map(|&at| &report.clusters[at]).collect();
    let (rows, kept) = rows(&clusters, names, &mut room, &mut data.left_out);
    data.rows = rows;
    data.left_out.clusters = (clusters.len() - kept) as u64;

    let mut budgeted = TextBudget::new(report);
    let mut for_pairs = room / 4;
    let before = for_pairs;
    data.check = budgeted.check(&strata, &mut for_pairs, &mut data.left_out.pairs);
    room -= before - for_pairs;

    let mut needed = 0;
    let mut members = Vec::with_capacity(kept);
    for cluster in &clusters[..kept] {
        let listed = names.members(cluster);
        needed += listed.len();
        if take(&mut room, listed.len()) {
            members.push(listed);
        } else {
            data.left_out.members += 1;
            members.push("0".to_owned());
        }
    }
    data.members = array(&members);

    let mut shown = Vec::new();
    for (row, cluster) in clusters[..kept].iter().enumerate() {
        if members[row] == "0" {
            continue;
        }
        for (place, member) in cluster.members.iter().enumerate() {
            let Some(number) = member.text else { continue };
            // A row of `shown` with five digits a number.
            if room < 32 {
                continue;
            }
            let Some(text) = budgeted.text(number, &mut room) else {
                continue;
            };
            let comparison = member
                .comparison
                .and_then(|number| budgeted.comparison(number, &mut room));
            let comparison = comparison.map_or(-1, |at| i64::try_from(at).expect("few"));
            room = room.saturating_sub(32);
            shown.push(format!("[{row},{place},{text},{comparison}]"));
        }
    }
    data.shown = array(&shown);
    let (texts, all) = (budgeted.texts.len(), report.texts.len());
    data.left_out.texts = (all - texts) as u64;
    data.left_out.needed = everything.max(needed + budgeted.everything());
    data.texts = array(&budgeted.texts);
    data.comparisons = array(&budgeted.comparisons);
    data
}

/// The names of the strata of the sample, sorted.
fn strata(report: &Report) -> Vec<&str> {
    let mut names: Vec<&str> = (report.sample.iter())
        .map(|drawn| &*drawn.stratum)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Columns of as many clusters as there is room for, and how many these are.
fn rows(
    clusters: &[&Cluster],
    names: &Names,
    room: &mut usize,
    left_out: &mut LeftOut,
) -> (String, usize) {
    let size = |row: &[String; COLUMNS.len()]| row.iter().map(|cell| cell.len() + 1).sum::<usize>();
    let mut best = Vec::new();
    for letters in OPENINGS {
        best = clusters
            .iter()
            .map(|cluster| names.row(cluster, letters))
            .collect();
        let all: usize = best.iter().map(size).sum();
        left_out.openings = (letters != OPENINGS[0]).then_some(letters);
        // Rows alone are half a report: members and texts want room too.
        if all <= *room / 2 {
            break;
        }
    }
    let mut columns = vec![String::new(); COLUMNS.len()];
    let mut kept = 0;
    *room = room.saturating_sub(16 * COLUMNS.len());
    for row in &best {
        // And the two bytes of a row whose members are left out.
        if !take(room, size(row) + 2) {
            break;
        }
        for (column, cell) in columns.iter_mut().zip(row) {
            if kept > 0 {
                column.push(',');
            }
            column.push_str(cell);
        }
        kept += 1;
    }
    let columns: Vec<String> = (COLUMNS.iter().zip(&columns))
        .map(|(name, column)| format!("\"{name}\":[{column}]"))
        .collect();
    (format!("{{{}}}", columns.join(",")), kept)
}

fn take(room: &mut usize, bytes: usize) -> bool {
    let fits = bytes <= *room;
    if fits {
        *room -= bytes;
    }
    fits
}

fn array(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}

/// Texts and comparisons that are in the page already, numbered as they came.
struct TextBudget<'a> {
    report: &'a Report,
    texts: Vec<String>,
    text_numbers: Vec<Option<usize>>,
    comparisons: Vec<String>,
    comparison_numbers: Vec<Option<usize>>,
}

impl<'a> TextBudget<'a> {
    fn new(report: &'a Report) -> TextBudget<'a> {
        TextBudget {
            report,
            texts: Vec::new(),
            text_numbers: vec![None; report.texts.len()],
            comparisons: Vec::new(),
            comparison_numbers: vec![None; report.comparisons.len()],
        }
    }

    /// The number of a text in the page, put there now if it fits.
    fn text(&mut self, number: u32, room: &mut usize) -> Option<usize> {
        let number = number as usize;
        if self.text_numbers.get(number)?.is_none() {
            // What cannot fit for its text alone is not even encoded.
            let text = &self.report.texts[number];
            if text.text.len() > *room {
                return None;
            }
            let text = encode::text(text);
            if take(room, text.len() + 1) {
                self.text_numbers[number] = Some(self.texts.len());
                self.texts.push(text);
            }
        }
        self.text_numbers[number]
    }

    /// The number of a comparison in the page, put there now, with its texts, if all of it fits.
    fn comparison(&mut self, number: u32, room: &mut usize) -> Option<usize> {
        let pair = self.report.comparisons.get(number as usize)?;
        if self.comparison_numbers[number as usize].is_none() {
            let (a, b) = (self.text(pair.a, room)?, self.text(pair.b, room)?);
            let comparison = encode::comparison(pair, a, b);
            if take(room, comparison.len() + 1) {
                self.comparison_numbers[number as usize] = Some(self.comparisons.len());
                self.comparisons.push(comparison);
            }
        }
        self.comparison_numbers[number as usize]
    }

    /// The lists to check by eye, filled by turns, so that neither starves the other.
    fn check(&mut self, strata: &[&str], room: &mut usize, left_out: &mut u64) -> String {
        let (mut doubtful, mut sample) = (Vec::new(), Vec::new());
        let report = self.report;
        let mut put = |list: &mut Vec<String>, row: Option<String>, room: &mut usize| match row {
            Some(row) if take(room, row.len() + 1) => list.push(row),
            _ => *left_out += 1,
        };
        for turn in 0..report.doubtful.len().max(report.sample.len()) {
            if let Some(doubt) = report.doubtful.get(turn) {
                let at = self.comparison(doubt.comparison, room);
                put(&mut doubtful, at.map(|at| json(&(at, &doubt.why))), room);
            }
            if let Some(drawn) = report.sample.get(turn) {
                let stratum = strata.binary_search(&&*drawn.stratum).ok();
                // The first pair without room ends the list: short pairs alone are no random sample.
                let at = (sample.len() == turn)
                    .then(|| self.comparison(drawn.comparison, room))
                    .flatten();
                put(
                    &mut sample,
                    at.map(|at| json(&(at, stratum, drawn.weight))),
                    room,
                );
            }
        }
        let (doubtful, sample) = (array(&doubtful), array(&sample));
        let drawn = |name: &&str| {
            (report.sample.iter())
                .filter(|drawn| &*drawn.stratum == *name)
                .count()
        };
        let drawn: Vec<usize> = strata.iter().map(drawn).collect();
        let (strata, drawn) = (json(strata), json(&drawn));
        format!(
            "{{\"doubtful\":{doubtful},\"sample\":{sample},\"strata\":{strata},\"drawn\":{drawn}}}"
        )
    }

    /// About as many bytes as all texts and comparisons have.
    fn everything(&self) -> usize {
        let texts = self.report.texts.iter().map(|text| text.text.len() + 160);
        let comparisons = (self.report.comparisons.iter()).map(|pair| pair.runs.len() * 16 + 100);
        texts.chain(comparisons).sum()
    }
}
