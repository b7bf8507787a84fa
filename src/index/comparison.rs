//! What an index does in one profile and not in the other: how a batch is taken in, how texts are compared, and
//! what is reported last. All the rest of it is the same for both.

use crate::error::Error;
use crate::learned::Learned;
use crate::run::index_fields::IndexFields;
use crate::run::near_stages::NearStages;
use crate::run::wire_stages::WireStages;
use crate::stages::{
    AligningMethod, Clustered, Comparer, Finalizer, JaccardMethod, Method, StoryTexts, Timing, link,
};
use crate::store::documents::Documents;
use crate::store::story_store::StoryStore;

/// The way of a profile.
pub(super) trait Comparison: Sync {
    /// How its texts are compared.
    type Method<'m>: Method
    where
        Self: 'm;

    /// Spills the texts of a batch that was read, and files them. Fields are taken if the index keeps them.
    fn take_in(
        &self,
        batch: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(StoryStore, Vec<IndexFields>), Error>;

    /// Compares documents, whose texts are these.
    fn comparer<'m>(
        &'m self,
        documents: &'m Documents,
        stories: &'m dyn StoryTexts,
    ) -> Comparer<'m, Self::Method<'m>>;

    /// Adds what can be known once all clusters are known.
    fn link<'m>(
        &'m self,
        clustered: Clustered,
        finalizer: Finalizer<'_>,
        comparer: &Comparer<'m, Self::Method<'m>>,
    ) -> Result<Clustered, Error>;
}

/// Story texts, aligned by what the index learned.
pub(super) struct OfStories<'a> {
    pub(super) stages: WireStages<'a>,
    pub(super) learned: &'a Learned,
}

impl Comparison for OfStories<'_> {
    type Method<'m>
        = AligningMethod<'m>
    where
        Self: 'm;

    fn take_in(
        &self,
        batch: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(StoryStore, Vec<IndexFields>), Error> {
        self.stages.mask(&self.learned.boilerplate, batch, timing)
    }

    fn comparer<'m>(
        &'m self,
        documents: &'m Documents,
        stories: &'m dyn StoryTexts,
    ) -> Comparer<'m, AligningMethod<'m>> {
        self.stages.comparer(documents, self.learned, stories)
    }

    fn link<'m>(
        &'m self,
        clustered: Clustered,
        finalizer: Finalizer<'_>,
        comparer: &Comparer<'m, AligningMethod<'m>>,
    ) -> Result<Clustered, Error> {
        Ok(link(clustered, finalizer, comparer)?)
    }
}

/// Whole texts, by the shingles they share.
impl Comparison for NearStages<'_> {
    type Method<'m>
        = JaccardMethod
    where
        Self: 'm;

    fn take_in(
        &self,
        batch: &mut Documents,
        timing: &mut Timing,
    ) -> Result<(StoryStore, Vec<IndexFields>), Error> {
        self.spill(batch, timing)
    }

    fn comparer<'m>(
        &'m self,
        documents: &'m Documents,
        stories: &'m dyn StoryTexts,
    ) -> Comparer<'m, JaccardMethod> {
        NearStages::comparer(*self, documents, stories)
    }

    fn link<'m>(
        &'m self,
        clustered: Clustered,
        _: Finalizer<'_>,
        _: &Comparer<'m, JaccardMethod>,
    ) -> Result<Clustered, Error> {
        Ok(clustered)
    }
}
