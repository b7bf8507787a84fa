//! `Catalog`: an index opened for reading, all of its parts seen as one row of documents.
//!
//! A document has a *number*, given once, and a *position*, its place among all documents there are.
//! A removed document keeps its position until `compact`: its story and keys still stand for the
//! copies that it shares them with.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::Arc;

use super::band_keys::Seeker;
use super::failures::damaged;
use super::figures::{FigureRow, Impossible};
use super::layout::{FACTS, LEARNED, NONE, Row};
use super::mapped::map_file;
use super::part::Part;
use super::recipe_line::recipe_of;
use super::seeking::equal;
use super::state::State;
use crate::container::{FileKind, FileRef, Segment, Snapshot};
use crate::error::Error;
use crate::error::IndexError;
use crate::learned::Learned;
use crate::likeness::Likeness;
use crate::recipe::Recipe;

/// An open index.
#[derive(Clone, Debug)]
pub(super) struct Catalog {
    pub(super) snapshot: Snapshot,
    pub(super) parts: Vec<Part>,
    pub(super) state: State,
    /// In `wire`.
    pub(super) learned: Option<Tables>,
    pub(super) recipe: Recipe,
    /// The files of segments, in their order.
    pub(super) segments: Vec<FileRef>,
    pub(super) state_file: FileRef,
}

impl Catalog {
    pub(super) fn open(folder: &Path) -> Result<Catalog, Error> {
        Catalog::of(Snapshot::open(folder, &map_file)?)
    }

    pub(super) fn of(snapshot: Snapshot) -> Result<Catalog, Error> {
        unless_lost(&snapshot.clone(), || Catalog::read(snapshot))
    }

    fn read(snapshot: Snapshot) -> Result<Catalog, Error> {
        let recipe = recipe_of(&snapshot)?;
        let mut parts = Vec::new();
        let mut segments = Vec::new();
        let mut position = 0;
        for (file, segment) in snapshot.files_of(FileKind::Segment) {
            let part = Part::open(Arc::clone(segment), position, recipe.banding())?;
            position += part.documents;
            parts.push(part);
            segments.push(*file);
        }
        if u32::try_from(position).is_err() || !parts.is_sorted_by(follows) {
            return Err(damaged(
                snapshot.folder(),
                "its segments do not follow each other",
            ));
        }
        let find = |kind: u32| {
            let mut states = snapshot.files_of(FileKind::State);
            let found = states.find(|(_, segment)| segment.has(kind));
            found.ok_or_else(|| damaged(snapshot.folder(), "it names no file with its state"))
        };
        let learned = match recipe.profile().has_stories() {
            true => Some(Tables::read(find(LEARNED)?)?),
            false => None,
        };
        let (state_file, state) = find(FACTS)?;
        let state_file = *state_file;
        Ok(Catalog {
            parts,
            state: State::read(state, position)?,
            learned,
            recipe,
            segments,
            state_file,
            snapshot,
        })
    }

    /// What came of reading the index, unless a part could not be read: it was taken for zeros, and whatever
    /// came of that, an answer, another error or a panic, this is the error.
    pub(super) fn unless_lost<T>(
        &self,
        read: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        unless_lost(&self.snapshot, read)
    }

    /// The file of what was learned, if anything was.
    pub(super) fn learned_file(&self) -> Option<FileRef> {
        self.learned.as_ref().map(|tables| tables.file)
    }

    /// How many documents there are, removed ones counted.
    pub(super) fn documents(&self) -> usize {
        self.parts
            .last()
            .map_or(0, |part| part.position + part.documents)
    }

    /// Whether so many documents more can be numbered.
    pub(super) fn has_room_for(&self, more: usize) -> Result<(), Error> {
        match self.documents() as u64 + more as u64 {
            few if few < u64::from(NONE) => Ok(()),
            documents => Err(IndexError::TooMany {
                folder: self.snapshot.folder().to_owned(),
                documents,
            }
            .into()),
        }
    }

    /// The part a position lies in, and the document's number there.
    pub(super) fn part(&self, position: u32) -> Result<(&Part, u32), Error> {
        let at = self
            .parts
            .partition_point(|part| part.position <= position as usize);
        let part = at.checked_sub(1).map(|at| &self.parts[at]);
        let found = part.and_then(|part| {
            let doc = u32::try_from(position as usize - part.position).ok()?;
            ((doc as usize) < part.documents).then_some((part, doc))
        });
        found.ok_or_else(|| self.wrong("a document has a position that is too large"))
    }

    pub(super) fn row(&self, position: u32) -> Result<(&Part, &Row), Error> {
        let (part, doc) = self.part(position)?;
        Ok((part, part.row(doc)?))
    }

    /// What is known of a stored pair, given by the positions of its documents, the earlier one first.
    pub(super) fn likeness(
        &self,
        (a, b): (u32, u32),
        figures: FigureRow,
    ) -> Result<Option<Likeness>, Error> {
        let ((part, left), (_, right)) = (self.row(a)?, self.row(b)?);
        let likeness = figures.likeness((left.words, right.words));
        let has_stories = self.recipe.profile().has_stories();
        match likeness {
            Ok(None) => Ok(None),
            Ok(Some(likeness)) if likeness.aligned.is_some() == has_stories => Ok(Some(likeness)),
            Ok(Some(_)) | Err(Impossible) => Err(part.wrong("a pair has figures that cannot be")),
        }
    }

    /// The number of a document.
    pub(super) fn number(&self, position: u32) -> Result<u64, Error> {
        let (part, doc) = self.part(position)?;
        Ok(part.first + u64::from(doc))
    }

    /// The position of the document with a number, if there is one.
    pub(super) fn position(&self, number: u64) -> Option<u32> {
        let at = self.parts.partition_point(|part| part.first <= number);
        let part = &self.parts[at.checked_sub(1)?];
        let doc = usize::try_from(number - part.first).ok()?;
        (doc < part.documents).then_some(())?;
        u32::try_from(part.position + doc).ok()
    }

    /// The documents of a normalised text that were not removed, ascending.
    pub(super) fn same_text(&self, normal: u128) -> Result<Vec<u32>, Error> {
        let mut same = Vec::new();
        self.texts()?.same(normal, &mut same)?;
        Ok(same)
    }

    /// To look up those of very many texts.
    pub(super) fn texts(&self) -> Result<TextTable<'_>, Error> {
        let parts = self.parts.iter().map(|part| {
            let (hashes, docs) = part.texts()?;
            Ok(PartTexts {
                part,
                rows: part.rows()?,
                hashes,
                docs,
            })
        });
        Ok(TextTable {
            catalog: self,
            parts: parts.collect::<Result<_, Error>>()?,
        })
    }

    /// The documents filed under a key of a band that were not removed, of every text one.
    pub(super) fn filed(&self, band: usize, key: u64, out: &mut Vec<u32>) -> Result<(), Error> {
        out.clear();
        for part in &self.parts {
            let (keys, docs) = part.band(band)?;
            self.take(part, &docs[keys.equal(key)], out)?;
        }
        self.once(out);
        Ok(())
    }

    /// The same for one key after the other, ascending.
    pub(super) fn filing(&self, band: usize) -> Result<Filing<'_>, Error> {
        let parts = self.parts.iter().map(|part| {
            let (keys, docs) = part.band(band)?;
            Ok((part, docs, Seeker::new(keys)))
        });
        Ok(Filing {
            catalog: self,
            parts: parts.collect::<Result<_, Error>>()?,
        })
    }

    /// Takes the documents that are under a key of a part, or copies in the place of removed ones.
    fn take(&self, part: &Part, docs: &[u32], out: &mut Vec<u32>) -> Result<(), Error> {
        for &doc in docs {
            let position = part.position + doc as usize;
            if !self.state.is_removed(position) {
                out.push(self.checked(position)?);
                continue;
            }
            let normal = part.row(doc)?.normal();
            out.extend(self.same_text(normal)?.first());
        }
        Ok(())
    }

    /// A copy may stand in for one that is there itself.
    fn once(&self, docs: &mut Vec<u32>) {
        if !self.state.removed.is_empty() {
            docs.sort_unstable();
            docs.dedup();
        }
    }

    /// The document of an id that was not removed.
    pub(super) fn document_of(&self, id: &str) -> Result<Option<u32>, Error> {
        for part in &self.parts {
            let position = |doc: u32| part.position + doc as usize;
            let is_there = |doc| !self.state.is_removed(position(doc));
            if let Some(doc) = part.document_of(id, is_there)? {
                return Ok(Some(self.checked(position(doc))?));
            }
        }
        Ok(None)
    }

    fn checked(&self, position: usize) -> Result<u32, Error> {
        match u32::try_from(position) {
            Ok(checked) if position < self.documents() => Ok(checked),
            _ => Err(self.wrong("a document has a position that is too large")),
        }
    }

    pub(super) fn wrong(&self, what: &'static str) -> Error {
        damaged(self.snapshot.folder(), what)
    }
}

/// What an index of `wire` learned.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    file: FileRef,
    pub(super) learned: Learned,
    /// What words weigh, by how common they are.
    pub(super) weights: Arc<[f32]>,
}

/// The texts of an index.
pub(super) struct TextTable<'a> {
    catalog: &'a Catalog,
    parts: Vec<PartTexts<'a>>,
}

/// Those of a part: their hashes, ascending, and the document of each.
struct PartTexts<'a> {
    part: &'a Part,
    rows: &'a [Row],
    hashes: &'a [u64],
    docs: &'a [u32],
}

impl TextTable<'_> {
    /// Adds the documents of a normalised text that were not removed, ascending.
    pub(super) fn same(&self, normal: u128, out: &mut Vec<u32>) -> Result<(), Error> {
        #[expect(clippy::cast_possible_truncation)] // the lower half
        let low = normal as u64;
        let before = out.len();
        for own in &self.parts {
            for at in equal(own.hashes, low) {
                let (doc, part) = (own.docs[at] as usize, own.part);
                let position = part.position + doc;
                let row = own.rows.get(doc);
                let row =
                    row.ok_or_else(|| part.wrong("a document has a number that is too large"))?;
                if row.normal() == normal && !self.catalog.state.is_removed(position) {
                    out.push(self.catalog.checked(position)?);
                }
            }
        }
        out[before..].sort_unstable();
        Ok(())
    }
}

/// A band of keys, sought in from the smallest key on.
pub(super) struct Filing<'a> {
    catalog: &'a Catalog,
    parts: Vec<(&'a Part, &'a [u32], Seeker<'a>)>,
}

impl Filing<'_> {
    /// Replaces `out` by the documents filed under a key, as [`Catalog::filed`] does.
    pub(super) fn all(&mut self, key: u64, out: &mut Vec<u32>) -> Result<(), Error> {
        out.clear();
        for (part, docs, keys) in &mut self.parts {
            self.catalog.take(part, &docs[keys.equal(key)], out)?;
        }
        self.catalog.once(out);
        Ok(())
    }
}

fn unless_lost<T>(
    snapshot: &Snapshot,
    read: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let result = catch_unwind(AssertUnwindSafe(read));
    if !matches!(result, Ok(Err(Error::Cancelled))) {
        snapshot.check_read()?;
    }
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

fn follows(before: &Part, after: &Part) -> bool {
    before.numbers().end <= after.first
}

impl Tables {
    fn read((file, segment): (&FileRef, &Arc<Segment>)) -> Result<Tables, Error> {
        segment.check(LEARNED)?;
        let bytes: &[u8] = segment.section(LEARNED)?;
        let learned = Learned::from_bytes(bytes)
            .map_err(|_| damaged(segment.path(), "what it learned is not as it was written"))?;
        Ok(Tables {
            file: *file,
            weights: learned.words.weight_table().into(),
            learned,
        })
    }
}
