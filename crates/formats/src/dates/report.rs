//! What was decided of a column, for people: by how many values, and the flag that says it otherwise.

use std::fmt;

use super::decision::Order;
use super::fold::folded;
use super::names;
use super::shape::Separator;
use super::token::{Token, tokens};

/// How values that can be several days are read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The first such value.
    pub example: String,
    /// What stands between its numbers.
    pub separator: Separator,
    /// The order of its numbers; nothing if it stays open.
    pub order: Option<Order>,
    /// Of names, the languages that they are read in.
    pub languages: Vec<&'static str>,
    /// What decides.
    pub basis: Basis,
    /// Values of this form that were looked at.
    pub values: u64,
    /// Those that decide it.
    pub deciding: u64,
    /// Those that contradict it; each is read as it can only be.
    pub against: u64,
    /// Those that can be several days.
    pub open: u64,
}

/// What decides the order of numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Basis {
    /// Values that can be of one order only.
    Values,
    /// One number is nearly always the same: the days of one month.
    Spread,
    /// Nobody writes it otherwise.
    Usual,
    /// The same column of other inputs, or a form that was given.
    Elsewhere,
    /// The other names of months.
    Names,
    /// Values show one order, and others another.
    Mixed,
    /// Nothing.
    Nothing,
}

impl Finding {
    /// Whether such values are not read.
    pub fn is_open(&self) -> bool {
        self.order.is_none() && self.languages.is_empty()
    }

    /// The forms that would say it, the likely ones first: `%d/%m/%Y` and `%m/%d/%Y`.
    pub fn formats(&self) -> Vec<String> {
        formats(&self.example)
    }
}

impl fmt::Display for Finding {
    /// Without the example, which may be shown with care: `is read as day/month, decided by 31 of 500 values`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = match self.order {
            Some(Order::DayFirst) => "day/month",
            Some(Order::MonthFirst) => "month/day",
            Some(Order::YearFirst) => "year/month/day",
            None if !self.languages.is_empty() => {
                return write!(
                    f,
                    "is read in {}, decided by {} of {} values",
                    self.languages.join(" or "),
                    self.deciding,
                    self.values
                );
            }
            None if self.basis == Basis::Names => {
                return f.write_str("is not read: its month is another one in another language");
            }
            None if self.basis == Basis::Mixed => {
                return write!(
                    f,
                    "is not read: some of the {} values have the day first, others the month",
                    self.values
                );
            }
            None => {
                return write!(
                    f,
                    "is not read: none of the {} values tells what is the day",
                    self.values
                );
            }
        };
        match self.basis {
            Basis::Values => write!(
                f,
                "is read as {order}, decided by {} of {} values",
                self.deciding, self.values
            )?,
            Basis::Spread => write!(
                f,
                "is read as {order}, as the {} values are the days of a month",
                self.values
            )?,
            Basis::Elsewhere => write!(
                f,
                "is read as {order}, as in other inputs or as --date-format says"
            )?,
            _ => write!(f, "is read as {order}, as is usual")?,
        }
        match self.against {
            0 => Ok(()),
            against => write!(f, " ({against} against)"),
        }
    }
}

/// The languages that a name may be of, one for each month that it may be.
fn by_language(example: &str) -> Vec<String> {
    let folded = folded(example);
    let words = tokens(&folded).into_iter().filter_map(|token| match token {
        Token::Word(word) => names::months(word),
        _ => None,
    });
    let several = words.filter(|months| months.len() > 1).flatten();
    let codes = several.filter_map(|(_, bits)| names::languages(*bits).into_iter().next());
    codes.map(|code| format!("{code}:%d %B %Y")).collect()
}

/// The forms of an example with three numbers, both ways; of another with a name the languages to choose from.
pub(super) fn formats(example: &str) -> Vec<String> {
    let bytes = example.as_bytes();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && runs.len() < 3 {
        let end = at
            + bytes[at..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
        if end > at {
            runs.push((at, end));
        }
        at = end.max(at + 1);
    }
    if let [(from, to)] = runs[..]
        && to - from == 8
    {
        return vec!["%d%m%Y".to_owned(), "%m%d%Y".to_owned()];
    }
    let [a, b, c] = runs[..] else {
        return by_language(example);
    };
    let (first, second) = (&example[a.1..b.0], &example[b.1..c.0]);
    if !first
        .chars()
        .chain(second.chars())
        .all(|c| "/.-_ ,".contains(c))
    {
        return Vec::new();
    }
    let short = c.1 - c.0 < 3;
    let year = if short { "%y" } else { "%Y" };
    let write = |x: &str, y: &str, z: &str| format!("{x}{first}{y}{second}{z}");
    let mut forms = vec![write("%d", "%m", year), write("%m", "%d", year)];
    if short && first.trim() == "-" {
        forms.push(write("%y", "%m", "%d"));
    }
    forms
}
