//! The texts and comparisons of a report, numbered, as many as there is room for.
//!
//! Room is counted in bytes of the JSON that the page holds, in which `<` takes six.

use std::collections::HashMap;

use rayon::prelude::*;

use super::pairing::{Pairing, Prepared, Wanted};
use crate::doc_id::DocId;
use crate::error::Error;
use crate::report::model::{Comparison, Text};

/// Pairs that are read at a time.
const PART: usize = 64;

/// Bytes of a text's and a comparison's frame: names of fields, figures, marks.
const FRAME: usize = 240;
/// Bytes of a place: two numbers in brackets.
const PLACE: usize = 14;

/// What is shown so far.
#[derive(Default)]
pub(super) struct TextBudget {
    room: usize,
    numbers: HashMap<DocId, u32>,
    pairs: HashMap<(DocId, DocId), u32>,
    pub(super) texts: Vec<Text>,
    pub(super) comparisons: Vec<Comparison>,
}

impl TextBudget {
    /// Gives more room.
    pub(super) fn extend(&mut self, bytes: usize) {
        self.room += bytes;
    }

    /// Whether a short text might still fit.
    pub(super) fn has_room(&self) -> bool {
        self.room > 4 * FRAME
    }

    /// The number of a document's text.
    pub(super) fn text(&self, doc: DocId) -> Option<u32> {
        self.numbers.get(&doc).copied()
    }

    /// The number of a comparison of these two, in this order.
    pub(super) fn comparison(&self, a: DocId, b: DocId) -> Option<u32> {
        self.pairs.get(&(a, b)).copied()
    }

    /// Shows pairs in their order, each if it fits; all of them if `force` is set. Calls `shown`
    /// with the position and the number of each that is shown. Returns how many were not.
    pub(super) fn put_all(
        &mut self,
        pairing: &Pairing<'_>,
        wanted: &[Wanted],
        force: bool,
        mut shown: impl FnMut(usize, u32),
    ) -> Result<usize, Error> {
        let mut left_out = 0;
        for (part, wanted) in wanted.chunks(PART).enumerate() {
            let prepared: Result<Vec<Option<Prepared>>, Error> = wanted
                .par_iter()
                .map_init(
                    || pairing.buffers(),
                    |buffers, &wanted| match self.comparison(wanted.a, wanted.b) {
                        Some(_) => Ok(None),
                        None => pairing.prepare(wanted, buffers).map(Some),
                    },
                )
                .collect();
            for (at, (wanted, prepared)) in wanted.iter().zip(prepared?).enumerate() {
                let number = match prepared {
                    // Another pair of this part may have been the same.
                    Some(prepared) if self.comparison(wanted.a, wanted.b).is_none() => {
                        self.put(prepared, force)
                    }
                    _ => self.comparison(wanted.a, wanted.b),
                };
                match number {
                    Some(number) => shown(part * PART + at, number),
                    None => left_out += 1,
                }
            }
        }
        Ok(left_out)
    }

    fn put(&mut self, prepared: Prepared, force: bool) -> Option<u32> {
        let Prepared {
            wanted: Wanted { a, b, .. },
            shown: [of_a, of_b],
            mut comparison,
        } = prepared;
        let mut cost = cost_of_comparison(&comparison);
        for (doc, shown) in [(a, &of_a), (b, &of_b)] {
            if !self.numbers.contains_key(&doc) {
                cost += cost_of_text(&shown.text);
            }
        }
        if cost > self.room && !force {
            return None;
        }
        self.room = self.room.saturating_sub(cost);
        comparison.a = self.number(a, of_a.text);
        comparison.b = self.number(b, of_b.text);
        let number = u32::try_from(self.comparisons.len()).ok()?;
        self.comparisons.push(comparison);
        self.pairs.insert((a, b), number);
        Some(number)
    }

    fn number(&mut self, doc: DocId, text: Text) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(doc).or_insert_with(|| {
            self.texts.push(text);
            next
        })
    }
}

fn cost_of_text(text: &Text) -> usize {
    let optional = |text: &Option<String>| text.as_deref().map_or(0, escaped);
    FRAME
        + escaped(&text.id)
        + escaped(&text.text)
        + optional(&text.outlet)
        + optional(&text.title)
        + optional(&text.url)
        + text.masked.len() * PLACE
}

fn cost_of_comparison(comparison: &Comparison) -> usize {
    let Comparison {
        runs,
        facts_a,
        facts_b,
        ..
    } = comparison;
    FRAME + 2 * PLACE * runs.len() + PLACE * (facts_a.len() + facts_b.len())
}

/// Bytes of a string in the page.
pub(super) fn escaped(text: &str) -> usize {
    let more = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\t' | b'\r' => 1,
        0..0x20 | b'<' | b'>' | b'&' => 5,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_costs_what_it_takes_in_the_page() {
        assert_eq!(escaped("a<b\n\"é\u{0}"), 1 + 6 + 1 + 2 + 2 + 2 + 6);
    }
}
