//! Which fields of a record are wanted, and what for.
//!
//! Every *role* (text, id, …) has a list of names. In every record they are tried in turn, so that what is read
//! of a record does not depend on the records around it. Once the first records of an input have been seen,
//! it is known which names occur: those are looked for first, and reported to the user.
//!
//! Each distinct name has a *slot*; a reader fills the slots, and a role looks into its slots in
//! order. One field may serve two roles (`url` is also an id of last resort).

use super::columns::Names;
use super::date_column::Dates;
use super::role::Role;

/// The wanted fields of one input.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The name of each slot.
    names: Vec<String>,
    /// The slots of each role, best first.
    slots: [Vec<usize>; 6],
    /// The first name of each role that occurs in the first records.
    first: [Option<usize>; 6],
    /// The same as a tree of keys, for nested objects.
    keys: Keys,
    /// The field that is taken for the text by its values, and not by its name.
    pub(super) guessed_text: Option<String>,
    /// Other roles of which that is so.
    pub(super) guessed: Vec<Role>,
    /// How dates are read.
    pub(super) dates: Dates,
}

/// The keys of an object that are wanted. Most keys of most records are not: a bit rules out nearly all of those.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    list: Vec<Key>,
    /// A bit for each length and first letter.
    bits: u64,
}

/// A key of an object that is wanted, or on the way to one that is.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key.
    pub(super) name: Box<str>,
    /// The slot its value belongs into.
    pub(super) slot: Option<usize>,
    /// The wanted keys of the object it holds.
    pub(super) inner: Keys,
}

impl Keys {
    /// A key that is wanted.
    pub(super) fn get(&self, name: &str) -> Option<&Key> {
        if self.bits & Keys::bit(name) == 0 {
            return None;
        }
        self.list.iter().find(|key| *key.name == *name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn bit(name: &str) -> u64 {
        let first = name.as_bytes().first().copied().unwrap_or_default();
        1 << ((usize::from(first) ^ (name.len() << 3)) % 64)
    }

    /// The entry of a key, made if it is not there.
    fn entry(&mut self, name: &str) -> &mut Key {
        let at = self.list.iter().position(|key| *key.name == *name);
        let at = at.unwrap_or_else(|| {
            self.bits |= Keys::bit(name);
            self.list.push(Key {
                name: name.into(),
                slot: None,
                inner: Keys::default(),
            });
            self.list.len() - 1
        });
        &mut self.list[at]
    }

    fn insert(&mut self, name: &str, slot: usize) {
        self.entry(name).slot = Some(slot);
    }

    fn insert_path(&mut self, path: &str, slot: usize) {
        match path.split_once('.') {
            Some((first, rest)) => self.entry(first).inner.insert_path(rest, slot),
            None => self.insert(path, slot),
        }
    }
}

impl Fields {
    /// The wanted fields, where `occurs` shows what has been seen.
    pub(super) fn decide(wanted: &Names, occurs: impl Fn(Role, &str) -> bool) -> Fields {
        let mut fields = Fields {
            names: Vec::new(),
            slots: Default::default(),
            first: [None; 6],
            keys: Keys::default(),
            guessed_text: wanted.guessed_text.clone(),
            guessed: wanted.guessed.clone(),
            dates: Dates::default(),
        };
        // What occurs is looked for first.
        for role in Role::ALL {
            let mut names = wanted.of_role(role).iter();
            let first = names.find(|name| occurs(role, name));
            fields.first[role as usize] = first.map(|name| fields.slot(name));
        }
        for role in Role::ALL {
            let slots = wanted.of_role(role).iter().map(|name| fields.slot(name));
            fields.slots[role as usize] = slots.collect();
        }
        fields
    }

    /// The slot of a name, made if there is none.
    fn slot(&mut self, name: &str) -> usize {
        let slot = self.names.iter().position(|known| known == name);
        slot.unwrap_or_else(|| {
            let slot = self.names.len();
            self.names.push(name.to_owned());
            self.keys.insert(name, slot);
            if name.contains('.') {
                self.keys.insert_path(name, slot);
            }
            slot
        })
    }

    /// How many slots there are.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// The name of each slot.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The slots of a role, best first.
    pub(super) fn slots(&self, role: Role) -> &[usize] {
        &self.slots[role as usize]
    }

    /// The first name of a role that occurs in the first records.
    pub(super) fn found(&self, role: Role) -> Option<&str> {
        Some(&self.names[self.first[role as usize]?])
    }

    /// The names of a role, in order.
    pub(super) fn names_of(&self, role: Role) -> Vec<String> {
        let slots = self.slots(role).iter();
        slots.map(|&slot| self.names[slot].clone()).collect()
    }

    /// The wanted keys of a record.
    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::options::ReadOptions;

    #[test]
    fn what_occurs_is_reported_and_all_names_are_tried_in_turn() {
        let options = ReadOptions::default();
        let fields = Fields::decide(&Names::of(&options, &[]), |_, name| {
            ["body", "content", "url"].contains(&name)
        });
        assert_eq!(fields.found(Role::Text), Some("content"));
        assert_eq!(fields.found(Role::Id), Some("url"));
        assert_eq!(fields.found(Role::Title), None);
        assert_eq!(fields.names_of(Role::Text), options.text_fields);
        assert_eq!(
            fields.slots(Role::Id).last(),
            fields.slots(Role::Url).first()
        );
        assert_eq!(&*fields.keys().list[0].name, "content", "looked for first");
        assert!(fields.keys().get("headline").is_some() && fields.keys().get("lead").is_none());
    }

    #[test]
    fn a_dotted_name_is_a_key_and_a_path() {
        let options = ReadOptions {
            url_fields: vec!["meta.page.url".into()],
            ..ReadOptions::default()
        };
        let fields = Fields::decide(&Names::of(&options, &[]), |_, _| false);
        let meta = fields.keys().get("meta").unwrap();
        assert_eq!(meta.slot, None);
        let page = meta.inner.get("page").unwrap();
        assert!(page.inner.get("url").is_some_and(|key| key.slot.is_some()));
        assert!(fields.keys().get("meta.page.url").is_some());
    }
}
