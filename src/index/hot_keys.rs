//! Keys that very many documents share: how much of an index its caps leave uncompared.
//!
//! Looked at is the first band. The bands cut one signature at other places and are filled alike, so one shows
//! as much as all, and costs 10 bytes a document in place of 1.3 KB.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Index;
use crate::error::Error;

/// The crowded keys of the first band.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Serialize)]
pub struct HotKeys {
    /// Keys of so many documents that these are compared with leaders and neighbours only.
    pub keys: u64,
    /// Documents of these keys together.
    pub documents: u64,
    /// Documents of the key that has most, crowded or not.
    pub largest: u64,
    /// Most documents of a key that are all compared.
    pub limit: u64,
}

impl Index {
    /// Its crowded keys; equal texts count once in each segment, and removed documents count.
    ///
    /// Time: one pass over the first band.
    ///
    /// # Errors
    ///
    /// If the index is damaged.
    pub fn hot_keys(&self) -> Result<HotKeys, Error> {
        self.catalog.unless_lost(|| self.count_hot_keys())
    }

    fn count_hot_keys(&self) -> Result<HotKeys, Error> {
        let limit = self.catalog.recipe.caps().group as u64;
        let mut counts: HashMap<u64, u64, FixedState> = HashMap::default();
        let mut largest = 0;
        for part in &self.catalog.parts {
            let (keys, _) = part.band(0)?;
            let mut keys = keys.iter().peekable();
            while let Some(key) = keys.next() {
                let mut documents = 1;
                while keys.next_if_eq(&key).is_some() {
                    documents += 1;
                }
                largest = largest.max(documents);
                // A key that one document of a segment has adds too little to be worth its place.
                if documents > 1 {
                    *counts.entry(key).or_default() += documents;
                }
            }
        }
        let crowded = || counts.values().copied().filter(|&count| count > limit);
        Ok(HotKeys {
            keys: crowded().count() as u64,
            documents: crowded().sum(),
            largest: counts.values().copied().max().unwrap_or(0).max(largest),
            limit,
        })
    }
}
