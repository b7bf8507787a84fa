//! What the fields of a record are wanted for.

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
