//! Dates that are not read, and what would have them read.

use std::fmt;

use wirecopy::Run;
use wirecopy::corpus::Finding;

use super::about::WIDTH;
use crate::cli::preflight::say_it;
use crate::cli::show::{number, safe};

/// Dates in an unknown form.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct UnparsedDates {
    pub(super) unparsed: u64,
    pub(super) of: u64,
    /// One of them.
    pub(super) example: Option<String>,
    /// Those that say only how long ago it was.
    pub(super) relative: u64,
}

/// Dates that may be one of several days.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct AmbiguousDates {
    pub(super) ambiguous: u64,
    pub(super) of: u64,
    /// One of them, and the forms that it may have.
    pub(super) example: Option<(String, Vec<String>)>,
}

impl UnparsedDates {
    /// Those of a run, if they are a tenth of all dates or more.
    pub(super) fn of(run: &Run) -> Option<UnparsedDates> {
        let counts = run.counts();
        let of = counts.dated + counts.unparsed_dates;
        let unparsed = counts.unparsed_dates - counts.ambiguous_dates;
        (unparsed > 0 && unparsed * 10 >= of).then(|| UnparsedDates {
            unparsed,
            of,
            example: run.first_unread_date().map(|date| safe(date, WIDTH)),
            relative: counts.relative_dates,
        })
    }
}

impl AmbiguousDates {
    /// Those of a run, if there are any.
    pub(super) fn of(run: &Run) -> Option<AmbiguousDates> {
        let counts = run.counts();
        let dates = run.corpus().dates().into_iter();
        let open = dates.map(|dates| dates.finding).find(Finding::is_open);
        (counts.ambiguous_dates > 0).then(|| AmbiguousDates {
            ambiguous: counts.ambiguous_dates,
            of: counts.dated + counts.unparsed_dates,
            example: open.map(|open| (safe(&open.example, WIDTH), open.formats())),
        })
    }
}

impl fmt::Display for UnparsedDates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} dates ", number(self.unparsed), number(self.of))?;
        if let Some(example) = &self.example {
            write!(f, "(such as `{example}`) ")?;
        }
        f.write_str("have an unknown form and count as none")?;
        if self.relative > 0 {
            write!(
                f,
                "; {} of them say only how long ago it was",
                number(self.relative)
            )?;
        }
        f.write_str(": say it, such as --date-format '%d/%m/%Y %H:%M', or name another field with --date-field")
    }
}

impl fmt::Display for AmbiguousDates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} dates ",
            number(self.ambiguous),
            number(self.of)
        )?;
        let (example, flags) = match &self.example {
            Some((example, forms)) => (format!("(such as `{example}`) "), say_it(forms)),
            None => (String::new(), say_it(&[])),
        };
        write!(
            f,
            "{example}may be one day or another, and no value tells which: they count as none{flags}"
        )
    }
}
