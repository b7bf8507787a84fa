//! Dates of records that are not read, by why, with the first of each kind.

use crate::corpus::UnreadDate;

/// How many there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnreadDates {
    /// All of them.
    pub(crate) all: u64,
    /// Those that may be one of several days.
    pub(crate) ambiguous: u64,
    /// Those that say only how long ago it was.
    pub(crate) relative: u64,
    /// The first in a form that is not known.
    pub(crate) example: Option<String>,
}

/// Characters kept of an example.
const KEPT: usize = 60;

impl UnreadDates {
    /// The next one.
    pub(crate) fn add(&mut self, why: UnreadDate, text: Option<&str>) {
        self.all += 1;
        match why {
            UnreadDate::Ambiguous => self.ambiguous += 1,
            UnreadDate::Relative => self.relative += 1,
            UnreadDate::Unknown | UnreadDate::Calendar if self.example.is_none() => {
                self.example = text.map(|text| text.chars().take(KEPT).collect());
            }
            UnreadDate::Unknown | UnreadDate::Calendar => {}
        }
    }

    /// Those of later records.
    pub(crate) fn merge(&mut self, later: UnreadDates) {
        self.all += later.all;
        self.ambiguous += later.ambiguous;
        self.relative += later.relative;
        self.example = self.example.take().or(later.example);
    }
}
