//! Records that could not be read, in bounded number.
//!
//! Ten megabytes of `{` lines are five million rejected records: listed one by one they were 1.4 GB of
//! tables. So of every megabyte of an input the first [`LISTED`] are listed, and those behind them as
//! *runs*: all that follow on one another without a document between them are one entry, at the place and
//! with the reason of the first, and their number. The sum stays: kept + removed + rejected = read.
//!
//! What is listed depends on the bytes alone, and neither on threads nor on how an input is cut into
//! blocks: whoever puts blocks together counts once more, and every block lists at least as many as it may.

use crate::corpus::Rejection;

/// Rejected records of a megabyte that are listed one by one: more than twice the pages that a megabyte of
/// news has. An entry takes some 150 bytes in memory and in each of two tables, so at most a third of the
/// input in all.
pub(super) const LISTED: u32 = 1_000;

/// Bytes of an input among which they are counted.
const STRETCH: u64 = 1 << 20;

/// A record that is no document, or a run of them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Rejected {
    pub(crate) offset: u64,
    pub(crate) reason: String,
    /// Whether bytes of its file are missing, which is no fault of the record.
    pub(crate) is_damage: bool,
    /// How many, with no document between them.
    pub(crate) records: u32,
}

impl Rejected {
    /// One record.
    pub(crate) fn one(offset: u64, reason: String) -> Rejected {
        Rejected {
            offset,
            reason,
            is_damage: false,
            records: 1,
        }
    }
}

/// How many records were rejected, runs of them counted.
pub(super) fn records(rejections: &[(u32, Rejected)]) -> u64 {
    let records = rejections.iter().map(|(_, one)| u64::from(one.records));
    records.sum()
}

/// What was rejected of one block.
#[derive(Debug, Default)]
pub(crate) struct BlockRejections {
    entries: Vec<Entry>,
    counter: Counter,
}

#[derive(Debug)]
struct Entry {
    rejection: Rejection,
    /// Documents of the block before it.
    rows: usize,
    is_run: bool,
    records: u32,
}

impl BlockRejections {
    /// Adds the next one, behind so many documents.
    pub(super) fn push(&mut self, rejection: Rejection, rows: usize) {
        let stretch = rejection.offset / STRETCH;
        let is_run = !self.counter.lists(0, stretch);
        if let Some(last) = self.entries.last_mut()
            && is_run
            && last.is_run
            && last.rows == rows
            && last.rejection.reason.is_damage() == rejection.reason.is_damage()
            && last.rejection.offset / STRETCH == stretch
        {
            last.records += 1;
            return;
        }
        self.entries.push(Entry {
            rejection,
            rows,
            is_run,
            records: 1,
        });
    }
}

/// What was rejected of a corpus, while its blocks are put together.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    all: Vec<(u32, Rejected)>,
    /// Documents before the last entry, if that is a run.
    run: Option<usize>,
    counter: Counter,
}

impl Gathering {
    /// Adds what was rejected of the next block of an input, before which there are so many documents.
    pub(super) fn add(&mut self, input: u32, block: BlockRejections, rows_before: usize) {
        for entry in block.entries {
            let Rejection { offset, reason, .. } = entry.rejection;
            let (stretch, rows) = (offset / STRETCH, rows_before + entry.rows);
            let is_run = !self.counter.lists(input, stretch) || entry.is_run;
            let is_damage = reason.is_damage();
            if let Some((last_input, last)) = self.all.last_mut()
                && is_run
                && self.run == Some(rows)
                && last.is_damage == is_damage
                && (*last_input, last.offset / STRETCH) == (input, stretch)
            {
                last.records += entry.records;
                continue;
            }
            self.run = is_run.then_some(rows);
            let rejected = Rejected {
                offset,
                reason: reason.to_string(),
                is_damage,
                records: entry.records,
            };
            self.all.push((input, rejected));
        }
    }

    /// All of them, by input, then offset.
    pub(super) fn finish(self) -> Vec<(u32, Rejected)> {
        self.all
    }
}

/// Counts those of one stretch of one input.
#[derive(Debug, Default)]
struct Counter {
    place: (u32, u64),
    listed: u32,
}

impl Counter {
    /// Whether one more, in this stretch, is to be listed.
    fn lists(&mut self, input: u32, stretch: u64) -> bool {
        if self.place != (input, stretch) {
            (self.place, self.listed) = ((input, stretch), 0);
        }
        self.listed = (self.listed + 1).min(LISTED + 1);
        self.listed <= LISTED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Reason;

    /// What is listed of records of two bytes, of which those at some places are documents, in blocks of so
    /// many records.
    fn gathered(records: u64, documents: &[u64], block: usize) -> Vec<(u64, u32)> {
        let mut all = Gathering::default();
        let mut before = 0;
        let places: Vec<u64> = (0..records).collect();
        for block in places.chunks(block) {
            let (mut own, mut rows) = (BlockRejections::default(), 0);
            for at in block {
                if documents.contains(at) {
                    rows += 1;
                    continue;
                }
                let rejection = Rejection {
                    offset: 2 * at,
                    length: 1,
                    reason: Reason::NotAnObject,
                };
                own.push(rejection, rows);
            }
            all.add(0, own, before);
            before += rows;
        }
        let all = all.finish();
        all.into_iter()
            .map(|(_, one)| (one.offset, one.records))
            .collect()
    }

    #[test]
    fn the_first_of_a_megabyte_are_listed_and_the_others_are_runs_however_blocks_are_cut() {
        let listed = u64::from(LISTED);
        let stretch = STRETCH / 2; // records of it
        let documents = [5, 700, 3_000, 3_001, stretch + 2];
        let found = gathered(stretch + 1_500, &documents, usize::MAX);
        let runs: Vec<_> = found.iter().filter(|(_, records)| *records > 1).collect();
        let [first, second, third] = runs[..] else {
            panic!("{runs:?}")
        };
        // Two documents stand among the first thousand.
        assert_eq!(
            *first,
            (2 * (listed + 2), u32::try_from(3_000 - listed - 2).unwrap())
        );
        assert_eq!((second.0, third.0), (2 * 3_002, 2 * (stretch + listed + 1)));
        assert_eq!(found.len() as u64, 2 * listed + 3);
        let sum: u64 = found.iter().map(|(_, records)| u64::from(*records)).sum();
        assert_eq!(sum + documents.len() as u64, stretch + 1_500);
        for block in [1, 7, 999, 1_000, 50_000] {
            assert!(
                gathered(stretch + 1_500, &documents, block) == found,
                "{block}"
            );
        }
    }

    #[test]
    fn every_input_lists_its_own() {
        let mut all = Gathering::default();
        for input in 0..3 {
            let mut own = BlockRejections::default();
            for at in 0..1_200 {
                let reason = Reason::NotAnObject;
                own.push(
                    Rejection {
                        offset: at,
                        length: 1,
                        reason,
                    },
                    0,
                );
            }
            all.add(input, own, 0);
        }
        let all = all.finish();
        assert_eq!(all.len(), 3 * 1_001);
        assert!(all.iter().filter(|(_, one)| one.records == 200).count() == 3);
    }
}
