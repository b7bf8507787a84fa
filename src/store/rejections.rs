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
use crate::text;

/// Rejected records of a megabyte that are listed one by one: more than twice the pages that a megabyte of
/// news has. An entry takes some 150 bytes in memory and in each of two tables, so at most a third of the
/// input in all.
pub(crate) const LISTED: u32 = 1_000;

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

    /// Bytes it takes: its reason, its place in a block and, twice while that grows, among all.
    fn held(&self) -> u64 {
        (self.reason.capacity() + size_of::<Entry>() + 2 * size_of::<(u32, Rejected)>()) as u64
    }
}

/// Bytes of a reason that are kept: the fields of a record, which may be thousands, are named in it.
const REASON: usize = 500;

/// A reason, cut if it is long.
fn shortened(mut reason: String) -> String {
    if reason.len() > REASON {
        reason.truncate(text::boundary(&reason, REASON));
        reason.push('…');
    }
    reason.shrink_to_fit();
    reason
}

/// How many bytes they take.
pub(crate) fn held(rejections: &[(u32, Rejected)]) -> u64 {
    rejections.iter().map(|(_, one)| one.held()).sum()
}

/// How many records were rejected, runs of them counted.
pub(crate) fn records(rejections: &[(u32, Rejected)]) -> u64 {
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
    rejected: Rejected,
    /// Documents of the block before it.
    rows: usize,
    is_run: bool,
}

impl BlockRejections {
    /// Adds the next one, behind so many documents. Returns how many bytes that takes.
    pub(crate) fn push(&mut self, rejection: Rejection, rows: usize) -> u64 {
        let is_damage = rejection.reason.is_damage();
        let stretch = rejection.offset / STRETCH;
        let is_run = !self.counter.lists(0, stretch);
        if let Some(last) = self.entries.last_mut()
            && is_run
            && last.is_run
            && last.rows == rows
            && last.rejected.is_damage == is_damage
            && last.rejected.offset / STRETCH == stretch
        {
            last.rejected.records += 1;
            return 0;
        }
        let reason = shortened(rejection.reason.to_string());
        let rejected = Rejected {
            is_damage,
            ..Rejected::one(rejection.offset, reason)
        };
        let held = rejected.held();
        self.entries.push(Entry {
            rejected,
            rows,
            is_run,
        });
        held
    }
}

/// What was rejected of a corpus, while its blocks are put together.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    all: Vec<(u32, Rejected)>,
    /// Documents before the last entry, if that is a run.
    run: Option<usize>,
    counter: Counter,
}

impl Gathering {
    /// Adds what was rejected of the next block of an input, before which there are so many documents.
    pub(crate) fn add(&mut self, input: u32, block: BlockRejections, rows_before: usize) {
        for entry in block.entries {
            let rejected = entry.rejected;
            let (stretch, rows) = (rejected.offset / STRETCH, rows_before + entry.rows);
            let is_run = !self.counter.lists(input, stretch) || entry.is_run;
            if let Some((last_input, last)) = self.all.last_mut()
                && is_run
                && self.run == Some(rows)
                && last.is_damage == rejected.is_damage
                && (*last_input, last.offset / STRETCH) == (input, stretch)
            {
                last.records += rejected.records;
                continue;
            }
            self.run = is_run.then_some(rows);
            self.all.push((input, rejected));
        }
    }

    /// All of them, by input, then offset.
    pub(crate) fn finish(self) -> Vec<(u32, Rejected)> {
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
        // Two documents are among the first thousand.
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
    fn what_one_takes_is_bounded_whatever_its_record_names() {
        let rejection = |fields: usize| Rejection {
            offset: 0,
            length: 1,
            reason: Reason::MissingText {
                fields: vec!["text".into()],
                found: (0..fields).map(|n| format!("field é {n}")).collect(),
            },
        };
        let mut block = BlockRejections::default();
        let small = block.push(rejection(2), 0);
        let large = block.push(rejection(100_000), 0);
        assert!(small < large && large < small + 600, "{small} {large}");
        let mut all = Gathering::default();
        all.add(0, block, 0);
        let all = all.finish();
        assert!(all[1].1.reason.ends_with('…'), "{}", all[1].1.reason);
        assert_eq!(held(&all), small + large);
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
