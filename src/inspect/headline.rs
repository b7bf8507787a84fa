//! What a story is called where one line is to say which it is.

use crate::clusters::Cluster;
use crate::inspect::report::story_title;
use crate::run::finished::Run;

impl Run {
    /// What the report calls a story: the headline that most of its outlets share or, where no member has one, how
    /// its text begins. Records of its members are read again; none of a story that has members only an index
    /// has, or that cannot be read any more.
    pub fn headline(&self, story: &Cluster) -> Option<String> {
        let is_own = |member: &crate::clusters::Member| self.documents.is_own(member.doc);
        if !story.members.iter().all(is_own) {
            return None;
        }
        story_title(self, story).ok()
    }
}
