//! Cluster names that stay: which new cluster keeps which name?
//!
//! A cluster keeps its name while it grows. Where clusters merge, the older name stays; where one
//! is split, its largest part keeps it, and of equal ones that with the earliest document. What has
//! no name yet is called by its smallest content hash, as in a run, or if a cluster of this index
//! ever had that name, by the next number that none had.

use std::collections::{BTreeMap, HashSet};

use super::layout::{ChangeRow, ClusterRow, NONE};
use super::state::State;

/// A cluster of the documents that were looked at again.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Positions, ascending; without members whose clusters are frozen.
    pub(super) members: Vec<u32>,
    /// The frozen cluster of a member: it is joined, whatever else is in it.
    pub(super) frozen: Option<u32>,
    /// The name that a run would give it.
    pub(super) proposed: u64,
}

impl State {
    /// Puts clusters in the place of those that `looked_at`, positions in ascending order, were in.
    /// Says for each which it is in the list.
    pub(super) fn name(&mut self, looked_at: &[u32], new: &[Named], commit: u64) -> Vec<u32> {
        // (old cluster, new one) -> documents, and the first of them.
        let mut shares: BTreeMap<(u32, usize), (usize, u32)> = BTreeMap::new();
        for (at, named) in new
            .iter()
            .enumerate()
            .filter(|(_, named)| named.frozen.is_none())
        {
            for &member in &named.members {
                let old = self.cluster_of.get(member as usize).copied();
                if let Some(old) = old.filter(|&old| old != NONE) {
                    shares.entry((old, at)).or_insert((0, member)).0 += 1;
                }
            }
        }
        // The part of each old cluster that keeps its name; of several a cluster takes the oldest.
        let mut kept_by: BTreeMap<u32, usize> = BTreeMap::new();
        let of_old: Vec<_> = shares.iter().collect();
        for parts in of_old.chunk_by(|x, y| x.0.0 == y.0.0) {
            let most = parts.iter().max_by_key(|((_, at), (documents, first))| {
                (*documents, std::cmp::Reverse(*first), *at)
            });
            if let Some(((old, at), _)) = most {
                kept_by.insert(*old, *at);
            }
        }
        let mut names: Vec<Option<u32>> = vec![None; new.len()];
        for (&old, &at) in &kept_by {
            let age = |place: u32| (self.clusters[place as usize].born, place);
            if names[at].is_none_or(|other| age(old) < age(other)) {
                names[at] = Some(old);
            }
        }
        let mut taken: Option<HashSet<u64>> = None;
        let names: Vec<u32> = names
            .into_iter()
            .zip(new)
            .map(|(name, named)| {
                named.frozen.or(name).unwrap_or_else(|| {
                    let taken = taken.get_or_insert_with(|| {
                        self.clusters.iter().map(|cluster| cluster.id).collect()
                    });
                    let mut id = named.proposed;
                    while !taken.insert(id) {
                        id = id.wrapping_add(1);
                    }
                    self.clusters.push(ClusterRow { id, born: commit });
                    u32::try_from(self.clusters.len() - 1).expect("fewer clusters than documents")
                })
            })
            .collect();
        for &(old, at) in shares.keys() {
            let (from, to) = (old, names[at]);
            if from != to {
                let is_merge = kept_by.get(&old) == Some(&at);
                self.changes.push(ChangeRow {
                    commit,
                    kind: match is_merge {
                        true => ChangeRow::MERGED,
                        false => ChangeRow::SPLIT,
                    },
                    from: self.clusters[from as usize].id,
                    to: self.clusters[to as usize].id,
                });
            }
        }
        for &position in looked_at {
            self.cluster_of[position as usize] = NONE;
        }
        for (named, &name) in new.iter().zip(&names) {
            for &member in &named.members {
                self.cluster_of[member as usize] = name;
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(members: &[u32], proposed: u64) -> Named {
        Named {
            members: members.to_vec(),
            frozen: None,
            proposed,
        }
    }

    fn ids(state: &State, names: &[u32]) -> Vec<u64> {
        names
            .iter()
            .map(|&name| state.clusters[name as usize].id)
            .collect()
    }

    #[test]
    fn names_stay_through_growth_merges_and_splits() {
        let mut state = State {
            cluster_of: vec![NONE; 12],
            ..State::default()
        };
        let first = state.name(&[], &[named(&[0, 1], 10), named(&[2, 3, 4], 20)], 1);
        assert_eq!(ids(&state, &first), [10, 20]);
        // Growth: the name stays, whatever a run would call it.
        let grown = state.name(&[2, 3, 4], &[named(&[2, 3, 4, 5], 5)], 2);
        assert_eq!(ids(&state, &grown), [20]);
        // A merge: the older of two stays. Both are of the first commit: the first in the list.
        let merged = state.name(&[0, 1, 2, 3, 4, 5], &[named(&[0, 1, 2, 3, 4, 5, 6], 5)], 3);
        assert_eq!(ids(&state, &merged), [10]);
        let change = state.changes[0];
        assert_eq!(
            (change.kind, change.from, change.to),
            (ChangeRow::MERGED, 20, 10)
        );
        // A split: the largest part keeps the name; the other's proposal is taken already.
        let all = [0, 1, 2, 3, 4, 5, 6];
        let split = state.name(&all, &[named(&[0, 1], 20), named(&[2, 3, 4, 5], 7)], 4);
        assert_eq!(ids(&state, &split), [21, 10]);
        let change = state.changes[1];
        assert_eq!(
            (change.kind, change.from, change.to),
            (ChangeRow::SPLIT, 10, 21)
        );
        assert_eq!(state.cluster_of[6], NONE);
        assert_eq!(state.changes.len(), 2);
        // What joins a frozen cluster has its name, and nothing else changes.
        let joins = Named {
            frozen: Some(split[1]),
            ..named(&[7, 8], 30)
        };
        assert_eq!(state.name(&[7, 8], &[joins], 5), [split[1]]);
        assert_eq!(state.cluster_of[7], state.cluster_of[2]);
        assert_eq!(state.changes.len(), 2);
    }
}
