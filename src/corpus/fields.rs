//! Which fields of a record are wanted, and what for.
//!
//! Every *role* (text, id, …) has a list of names. Once the first records of an input have been
//! seen, the first name that occurs there is the one used for all of that input. A role of which
//! no name was seen keeps all its names, in their order: a field that turns up late is not lost.
//!
//! Each distinct name has a *slot*; a reader fills the slots, and a role looks into its slots in
//! order. One field may serve two roles (`url` is also an id of last resort).

use super::options::ReadOptions;

/// What a field is wanted for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// The text.
    Text,
    /// The id.
    Id,
    /// The headline.
    Title,
    /// The outlet.
    Source,
    /// The address of the page.
    Url,
    /// The date of publication.
    Date,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 6] = [
        Role::Text,
        Role::Id,
        Role::Title,
        Role::Source,
        Role::Url,
        Role::Date,
    ];

    /// The names to try for this role, in order.
    pub(super) fn names(self, options: &ReadOptions) -> &[String] {
        match self {
            Role::Text => &options.text_fields,
            Role::Id => &options.id_fields,
            Role::Title => &options.title_fields,
            Role::Source => &options.source_fields,
            Role::Url => &options.url_fields,
            Role::Date => &options.date_fields,
        }
    }
}

/// The wanted fields of one input.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The name of each slot.
    names: Vec<String>,
    /// The slots of each role, best first.
    slots: [Vec<usize>; 6],
    /// The same as a tree of keys, for nested objects.
    keys: Vec<Key>,
}

/// A key of an object that is wanted, or on the way to one that is.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key.
    pub(super) name: Box<str>,
    /// The slot its value belongs into.
    pub(super) slot: Option<usize>,
    /// The wanted keys of the object it holds.
    pub(super) inner: Vec<Key>,
}

impl Fields {
    /// The wanted fields, where `occurs` tells what has been seen.
    pub(super) fn decide(options: &ReadOptions, occurs: impl Fn(Role, &str) -> bool) -> Fields {
        let mut fields = Fields {
            names: Vec::new(),
            slots: Default::default(),
            keys: Vec::new(),
        };
        for role in Role::ALL {
            let names = role.names(options);
            match names.iter().find(|name| occurs(role, name)) {
                Some(name) => fields.want(role, name),
                None => names.iter().for_each(|name| fields.want(role, name)),
            }
        }
        fields
    }

    fn want(&mut self, role: Role, name: &str) {
        let slot = self
            .names
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| {
                let slot = self.names.len();
                self.names.push(name.to_owned());
                insert(&mut self.keys, name, slot);
                if name.contains('.') {
                    insert_path(&mut self.keys, name, slot);
                }
                slot
            });
        self.slots[role as usize].push(slot);
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

    /// The one field that serves a role; nothing if that was not decided.
    pub(super) fn decided(&self, role: Role) -> Option<&str> {
        match self.slots(role) {
            [slot] => Some(&self.names[*slot]),
            _ => None,
        }
    }

    /// The names of a role, for people: `text`, or `text, content, body` while undecided.
    pub(super) fn describe(&self, role: Role) -> String {
        let names: Vec<&str> = self
            .slots(role)
            .iter()
            .map(|&s| self.names[s].as_str())
            .collect();
        names.join(", ")
    }

    /// The wanted keys of a record.
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }
}

/// The entry of a key, made if it is not there.
fn entry<'k>(keys: &'k mut Vec<Key>, name: &str) -> &'k mut Key {
    let at = keys
        .iter()
        .position(|key| *key.name == *name)
        .unwrap_or_else(|| {
            keys.push(Key {
                name: name.into(),
                slot: None,
                inner: Vec::new(),
            });
            keys.len() - 1
        });
    &mut keys[at]
}

fn insert(keys: &mut Vec<Key>, name: &str, slot: usize) {
    entry(keys, name).slot = Some(slot);
}

fn insert_path(keys: &mut Vec<Key>, path: &str, slot: usize) {
    match path.split_once('.') {
        Some((first, rest)) => insert_path(&mut entry(keys, first).inner, rest, slot),
        None => insert(keys, path, slot),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_that_occurs_is_the_only_one_used() {
        let options = ReadOptions::default();
        let fields = Fields::decide(&options, |_, name| {
            ["body", "content", "url"].contains(&name)
        });
        assert_eq!(fields.decided(Role::Text), Some("content"));
        assert_eq!(fields.decided(Role::Id), Some("url"));
        assert_eq!(fields.slots(Role::Id), fields.slots(Role::Url));
        assert_eq!(
            fields.slots(Role::Title).len(),
            2,
            "not seen: all names are kept"
        );
    }

    #[test]
    fn a_dotted_name_is_a_key_and_a_path() {
        let options = ReadOptions {
            url_fields: vec!["meta.page.url".into()],
            ..ReadOptions::default()
        };
        let fields = Fields::decide(&options, |role, _| role != Role::Id);
        let meta = fields
            .keys()
            .iter()
            .find(|key| &*key.name == "meta")
            .unwrap();
        assert_eq!(meta.slot, None);
        assert_eq!(&*meta.inner[0].inner[0].name, "url");
        assert!(
            fields
                .keys()
                .iter()
                .any(|key| &*key.name == "meta.page.url")
        );
    }
}
