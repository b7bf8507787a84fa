//! Fewer, larger segments: small ones are merged as they come, and `compact` makes one of all, without
//! removed documents.
//!
//! The policy of [`merge_small`]: a segment is merged with those behind it as long as it has at most
//! as many documents as they have together, as in a binary counter. A year of equal days is then at most
//! nine segments, and a document is written again as often as there are doublings: eight times.

use std::collections::HashMap;
use std::path::Path;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::Index;
use super::band_keys::{ShortKey, short};
use super::catalog::Catalog;
use super::failures::{AGAIN, behind_commit, of_commit};
use super::layout::{
    ID_DOCS, ID_HASHES, IDS, KEY_DOCS, KEYS, NAME_ENDS, NAMES, NONE, ROWS, Row, SCREENS, TEXT_DOCS,
    TEXTS, TITLE_ENDS, TITLES,
};
use super::mapped::map_file;
use super::merged_pairs::merged_pairs;
use super::merged_words;
use super::new_pairs;
use super::part::Part;
use super::sample;
use super::segment_of::put_texts;
use super::turn::begin;
use crate::container::{DiskFault, FileKind, FileRef, SegmentWriter, Wait, Writing};
use crate::context::Context;
use crate::error::Error;
use crate::hash;
use crate::lsh::sort_filed;

impl Index {
    /// Makes one segment of all, without removed documents and their text. Document numbers are given
    /// anew; ids and cluster names stay.
    ///
    /// # Errors
    ///
    /// If the index cannot be read or written, or the caller cancels: then it is as before.
    pub fn compact(folder: &Path, context: Context<'_>) -> Result<Index, Error> {
        let writing = begin(folder, context)?;
        let catalog = Catalog::of(writing.snapshot().clone())?;
        let (files, next) = catalog.unless_lost(|| compact(&writing, &catalog, context))?;
        let commit = writing.commit(&files, next);
        let snapshot = commit.map_err(of_commit(AGAIN))?;
        let catalog = Catalog::of(snapshot).map_err(behind_commit(AGAIN))?;
        Ok(Index { catalog })
    }
}

/// Makes one segment of all. Hands back the files of the index, and the number of the next document.
fn compact(
    writing: &Writing<'_>,
    catalog: &Catalog,
    context: Context<'_>,
) -> Result<(Vec<FileRef>, u64), Error> {
    let first = catalog.snapshot.next_document();
    verify(&catalog.parts)?;
    let merging = Merging::of(catalog, 0, true, context)?;
    let segment = merging.write(writing.new_file(FileKind::Segment)?, first)?;
    let mut state = catalog.state.clone();
    let kept = merging.new.iter().zip(&state.cluster_of);
    let kept = kept.filter(|(new, _)| **new != NONE);
    state.cluster_of = kept.map(|(_, &cluster)| cluster).collect();
    state.removed.clear();
    state.batches.clear();
    let mut files = vec![segment];
    files.extend(catalog.learned_file());
    files.push(state.write(writing.new_file(FileKind::State)?)?);
    Ok((files, first + merging.documents))
}

/// Merges the last segments of an index if they are small, unless another process is writing. Hands back the index
/// if it has changed.
pub(super) fn merge_small(folder: &Path, context: Context<'_>) -> Result<Option<Catalog>, Error> {
    let writing = match Writing::begin(folder, &map_file, Wait::No) {
        Err(error) if matches!(error.fault, DiskFault::Locked) => return Ok(None),
        writing => writing?,
    };
    let catalog = Catalog::of(writing.snapshot().clone())?;
    let sizes: Vec<usize> = catalog.parts.iter().map(|part| part.documents).collect();
    let from = first_merged(&sizes);
    let follow = catalog.parts[from..]
        .windows(2)
        .all(|two| two[0].numbers().end == two[1].first);
    if from + 1 >= sizes.len() || !follow {
        return Ok(None);
    }
    verify(&catalog.parts[from..])?;
    let merging = Merging::of(&catalog, from, false, context)?;
    let first = catalog.parts[from].first;
    let segment = merging.write(writing.new_file(FileKind::Segment)?, first)?;
    let mut files: Vec<FileRef> = catalog.segments[..from].to_vec();
    files.push(segment);
    files.extend(catalog.learned_file());
    files.push(catalog.state_file);
    let snapshot = writing.commit(&files, catalog.snapshot.next_document())?;
    Ok(Some(Catalog::of(snapshot)?))
}

/// Checks the segments that [`merge_small`] will write again once so many documents more are in: what is wrong
/// with them is reported before that.
pub(super) fn check_merged(catalog: &Catalog, more: usize) -> Result<(), Error> {
    let mut sizes: Vec<usize> = catalog.parts.iter().map(|part| part.documents).collect();
    sizes.push(more);
    verify(&catalog.parts[first_merged(&sizes)..])
}

/// Whether every byte of some segments is as it was written: what is written again gets a right checksum, be it
/// right or wrong.
pub(super) fn verify(parts: &[Part]) -> Result<(), Error> {
    let verified = parts
        .par_iter()
        .try_for_each(|part| part.segment().verify());
    Ok(verified?)
}

/// The first of the last segments that are to be one.
fn first_merged(sizes: &[usize]) -> usize {
    let mut from = sizes.len().saturating_sub(1);
    let mut together = sizes.last().copied().unwrap_or(0);
    while let Some(before) = from.checked_sub(1)
        && sizes[before] <= together
    {
        together += sizes[before];
        from = before;
    }
    from
}

/// Segments on their way to be one.
pub(super) struct Merging<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) parts: &'a [Part],
    /// By position from that of the first part on: the document in the new segment, or [`NONE`].
    new: Vec<u32>,
    documents: u64,
    /// Whether removed documents are left out, and the others numbered anew.
    pub(super) drops: bool,
    context: Context<'a>,
}

impl<'a> Merging<'a> {
    fn of(
        catalog: &'a Catalog,
        from: usize,
        drops: bool,
        context: Context<'a>,
    ) -> Result<Merging<'a>, Error> {
        let parts = &catalog.parts[from..];
        let start = parts.first().map_or(0, |part| part.position);
        let mut documents = 0;
        let new = (start..catalog.documents()).map(|at| {
            if drops && catalog.state.is_removed(at) {
                return NONE;
            }
            documents += 1;
            documents - 1
        });
        Ok(Merging {
            catalog,
            parts,
            new: new.collect(),
            documents: documents.into(),
            drops,
            context,
        })
    }

    fn go_on(&self) -> Result<(), Error> {
        self.context.go_on()
    }

    fn start(&self) -> usize {
        self.parts.first().map_or(0, |part| part.position)
    }

    /// The document of the new segment that a document became.
    pub(super) fn new_of(&self, part: &Part, doc: u32) -> Result<u32, Error> {
        let at = part.position - self.start() + doc as usize;
        let new = self.new.get(at).copied();
        new.ok_or_else(|| part.wrong("a document has a number that is too large"))
    }

    /// The same, or of a removed one the copy that replaces it.
    pub(super) fn alive(&self, part: &Part, doc: u32) -> Result<Option<u32>, Error> {
        let new = self.new_of(part, doc)?;
        if new != NONE {
            return Ok(Some(new));
        }
        let same = self.catalog.same_text(part.row(doc)?.normal())?;
        Ok(same.first().map(|&at| self.new[at as usize - self.start()]))
    }

    fn write(&self, mut file: SegmentWriter<'_>, first: u64) -> Result<FileRef, Error> {
        self.put_stories_and_rows(&mut file)?;
        self.go_on()?;
        self.put_filed(&mut file, (TEXTS, TEXT_DOCS), |part, doc| {
            Ok(part.row(doc)?.normal[0])
        })?;
        self.put_filed(&mut file, (ID_HASHES, ID_DOCS), |part, doc| {
            Ok(hash::bytes(part.id(part.row(doc)?)?.as_bytes()))
        })?;
        self.put_keys(&mut file)?;
        self.put_screens(&mut file)?;
        self.go_on()?;
        sample::merge(&mut file, (self.catalog, self.parts), |part, doc| {
            let new = self.new_of(part, doc)?;
            Ok((new != NONE).then_some(new))
        })?;
        let pairs = merged_pairs(self, first)?;
        new_pairs::put(&mut file, pairs.iter().copied())?;
        Ok(file.finish(first..first + self.documents)?)
    }

    fn put_stories_and_rows(&self, file: &mut SegmentWriter<'_>) -> Result<(), Error> {
        let mut names: Vec<&str> = Vec::new();
        let mut name_numbers: HashMap<&str, u32> = HashMap::new();
        let mut ids: Vec<u8> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        let mut stories: Vec<(usize, u32)> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let own = part.names()?;
            let mut number = |name: u32| match own.get(name as usize) {
                Some(&name) => *name_numbers.entry(name).or_insert_with(|| {
                    names.push(name);
                    u32::try_from(names.len() - 1).unwrap_or(NONE)
                }),
                None => NONE,
            };
            // A story without words starts where the next one does.
            let mut own_stories: HashMap<(u64, u32), usize, FixedState> = HashMap::default();
            for (row, doc) in part.rows()?.iter().zip(0..) {
                if self.new_of(part, doc)? == NONE {
                    continue;
                }
                let story = own_stories.entry((row.story, row.story_length));
                let story = *story.or_insert_with(|| {
                    stories.push((at, doc));
                    stories.len() - 1
                });
                places.push(story);
                let id = part.id(row)?;
                rows.push(Row {
                    id: ids.len() as u64,
                    publisher: number(row.publisher),
                    agency: number(row.agency),
                    ..*row
                });
                ids.extend_from_slice(id.as_bytes());
            }
        }
        let starts = merged_words::put(file, self.parts, &stories)?;
        for (row, story) in rows.iter_mut().zip(places) {
            row.story = starts[story];
        }
        file.section(ROWS, 80)?.put(&rows)?;
        file.section(IDS, 1)?.put(&ids)?;
        put_texts(file, (NAMES, NAME_ENDS), names.into_iter())?;
        self.put_titles(file)
    }

    fn put_titles(&self, file: &mut SegmentWriter<'_>) -> Result<(), Error> {
        let mut titles = Vec::with_capacity(self.new.len());
        for part in self.parts {
            for (_, doc) in part.rows()?.iter().zip(0..) {
                if self.new_of(part, doc)? != NONE {
                    titles.push(part.title(doc)?);
                }
            }
        }
        Ok(put_texts(file, (TITLES, TITLE_ENDS), titles.into_iter())?)
    }

    /// Writes a hash of every document that stays, ascending.
    fn put_filed(
        &self,
        file: &mut SegmentWriter<'_>,
        (hashes, docs): (u32, u32),
        hash: impl Fn(&Part, u32) -> Result<u64, Error>,
    ) -> Result<(), Error> {
        let mut filed: Vec<(u64, u32)> = Vec::new();
        for part in self.parts {
            for (_, doc) in part.rows()?.iter().zip(0..) {
                let new = self.new_of(part, doc)?;
                if new != NONE {
                    filed.push((hash(part, doc)?, new));
                }
            }
        }
        filed.par_sort_unstable();
        let (own, new): (Vec<u64>, Vec<u32>) = filed.into_iter().unzip();
        file.section(hashes, 8)?.put(&own)?;
        Ok(file.section(docs, 4)?.put(&new)?)
    }

    fn put_keys(&self, file: &mut SegmentWriter<'_>) -> Result<(), Error> {
        let bands = self.catalog.recipe.banding().bands() as usize;
        let mut of_docs: Vec<u32> = Vec::new();
        let mut section = file.section(KEYS, 6)?;
        let mut length = None;
        let bands: Vec<usize> = (0..bands).collect();
        for some in bands.chunks(rayon::current_num_threads()) {
            self.go_on()?;
            let filed: Result<Vec<_>, Error> =
                some.par_iter().map(|&band| self.filed(band)).collect();
            for (own, docs) in filed? {
                if *length.get_or_insert(own.len()) != own.len() {
                    return Err(self.catalog.wrong("a document is not filed in every band"));
                }
                section.put(&own)?;
                of_docs.extend(docs);
            }
        }
        Ok(file.section(KEY_DOCS, 4)?.put(&of_docs)?)
    }

    /// The keys of a band, ascending, and the document of each.
    fn filed(&self, band: usize) -> Result<(Vec<ShortKey>, Vec<u32>), Error> {
        let mut filed: Vec<(u64, u32)> = Vec::new();
        for part in self.parts {
            let (keys, docs) = part.band(band)?;
            filed.reserve(docs.len());
            for (key, &doc) in keys.iter().zip(docs) {
                filed.extend(self.alive(part, doc)?.map(|new| (key, new)));
            }
        }
        match self.drops {
            // Copies in the place of removed documents are out of order.
            true => filed.sort_unstable(),
            false => sort_filed(&mut filed),
        }
        filed.dedup();
        Ok(filed
            .into_iter()
            .map(|(key, doc)| (short(key), doc))
            .unzip())
    }

    /// Writes what the screen looks at.
    fn put_screens(&self, file: &mut SegmentWriter<'_>) -> Result<(), Error> {
        let mut section = file.section(SCREENS, 1)?;
        for part in self.parts {
            for (_, doc) in part.rows()?.iter().zip(0..) {
                if self.new_of(part, doc)? != NONE {
                    section.put(part.screen(doc)?)?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_equal_days_stays_a_handful_of_segments() {
        let (mut sizes, mut written, mut most) = (vec![100_000], 0, 0);
        for _ in 0..365 {
            sizes.push(100);
            let from = first_merged(&sizes);
            let together = sizes.drain(from..).sum();
            written += together;
            sizes.push(together);
            most = most.max(sizes.len());
        }
        assert!(most <= 10, "{most}");
        assert!(written <= 365 * 100 * 10, "{written}");
        assert_eq!(sizes[0], 100_000, "the large one is left alone");
        assert_eq!(first_merged(&[]), 0);
        assert_eq!(first_merged(&[5]), 0);
        assert_eq!(first_merged(&[5, 5]), 0);
        assert_eq!(first_merged(&[6, 5]), 1);
    }
}
