//! What a run says of documents that hold the story of another cluster besides their own.

use crate::clusters::ClusterId;
use crate::doc_id::DocId;
use crate::relation::Relation;
use crate::run::finished::Run;

impl Run {
    /// The clusters whose story a document holds besides its own, by name; see
    /// [`Relation::Composite`].
    pub fn also_in(&self, doc: DocId) -> &[ClusterId] {
        self.links.of(self.texts.first(doc))
    }

    /// Members that are composite, documents that hold stories of other clusters, and clusters
    /// that were not looked at because a document had too many.
    pub fn link_counts(&self) -> (u64, u64, u64) {
        let members = self.clusters().iter().flat_map(|cluster| &cluster.members);
        let composite = members.filter(|member| member.relation == Some(Relation::Composite));
        let linked = self
            .documents()
            .filter(|&doc| !self.also_in(doc).is_empty());
        (
            composite.count() as u64,
            linked.count() as u64,
            self.links.dropped,
        )
    }
}
