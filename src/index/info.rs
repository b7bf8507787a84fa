//! What an index is: how many documents and clusters, how large, made how.

use super::Index;
use super::layout::{
    FIGURES, ID_DOCS, ID_HASHES, IDS, KEY_DOCS, KEYS, NAME_ENDS, NAMES, NONE, PAIRS, ROWS, SAMPLE,
    SAMPLE_WORDS, SCREENS, STORIES, TEXT_DOCS, TEXTS, TITLE_ENDS, TITLES, VOCABULARY,
};

/// What is known of an index as a whole.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Info {
    /// Every choice that shapes its results.
    pub recipe: String,
    /// The name of what it learned, 16 hex digits; `None` in the `near` profile.
    pub learned: Option<String>,
    /// How many documents there were when it learned; 0 if nothing is learned, or that was given.
    pub learned_of: u64,
    /// Commits so far.
    pub generation: u64,
    /// Documents, without removed ones.
    pub documents: u64,
    /// Removed documents that are still on disk.
    pub removed: u64,
    /// Clusters, of two documents or more.
    pub clusters: u64,
    /// Documents in clusters.
    pub clustered: u64,
    /// Clusters that became part of others, and parts that left theirs, so far.
    pub changes: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// The segments, in the order of their documents.
    pub segments: Vec<SegmentInfo>,
}

/// A segment of an index.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct SegmentInfo {
    /// The name of its file.
    pub file: String,
    /// Documents, removed ones counted.
    pub documents: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of every section.
    pub sections: Vec<(&'static str, u64)>,
}

impl Index {
    /// What is known of it as a whole.
    pub fn info(&self) -> Info {
        let catalog = &self.catalog;
        let state = &catalog.state;
        let clustered = state.cluster_of.iter().filter(|&&cluster| cluster != NONE);
        let mut clusters: Vec<u32> = clustered.copied().collect();
        let clustered = clusters.len() as u64;
        clusters.sort_unstable();
        clusters.dedup();
        let removed = state.removed.len() as u64;
        let segments = catalog.parts.iter().zip(&catalog.segments);
        Info {
            recipe: catalog.snapshot.recipe().to_owned(),
            learned: catalog
                .learned
                .as_ref()
                .map(|tables| format!("{:016x}", tables.learned.digest())),
            learned_of: state.learned_of,
            generation: catalog.snapshot.generation(),
            documents: catalog.documents() as u64 - removed,
            removed,
            clusters: clusters.len() as u64,
            clustered,
            changes: state.changes.len() as u64,
            bytes: catalog
                .snapshot
                .files()
                .map(|(file, _)| file.length())
                .sum(),
            segments: segments
                .map(|(part, file)| SegmentInfo {
                    file: file.name(),
                    documents: part.documents as u64,
                    bytes: file.length(),
                    sections: part
                        .segment()
                        .sections()
                        .iter()
                        .map(|section| (name(section.kind), section.length))
                        .collect(),
                })
                .collect(),
        }
    }
}

fn name(section: u32) -> &'static str {
    match section {
        ROWS => "rows",
        IDS => "ids",
        NAMES => "names",
        NAME_ENDS => "name_ends",
        KEYS => "keys",
        KEY_DOCS => "key_documents",
        TEXTS => "texts",
        TEXT_DOCS => "text_documents",
        ID_HASHES => "id_hashes",
        ID_DOCS => "id_documents",
        VOCABULARY => "vocabulary",
        STORIES => "stories",
        PAIRS => "pairs",
        FIGURES => "figures",
        SCREENS => "screens",
        SAMPLE => "sample",
        SAMPLE_WORDS => "sample_words",
        TITLES => "titles",
        TITLE_ENDS => "title_ends",
        _ => "other",
    }
}
