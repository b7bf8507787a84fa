//! What the values of a column show together.

use std::collections::BTreeMap;

use super::calendar::{is_plausible, year_of};
use super::decision::{Decision, Order};
use super::iso;
use super::report::{Basis, Finding};
use super::shape::{Separator, Shape, Year, written};

/// What the values of a column show, of one input or of many.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Of numbers: by what stands between them, and whether the year is short.
    forms: BTreeMap<(Separator, bool), Form>,
    /// How many names of months are of each language.
    languages: BTreeMap<u32, u64>,
    /// Names that are different months in different languages.
    doubtful_names: u64,
    /// The first of these.
    doubtful_name: Option<String>,
    /// The first and last full year.
    years: Option<(i64, i64)>,
    /// Numbers that may be days of a spreadsheet, and the first of them.
    serials: u64,
    /// Other values.
    others: u64,
}

/// What numbers with the same signs show.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    /// How many there are.
    pub(super) values: u64,
    /// How many of these can be no date of each order.
    pub(super) against: [u64; 3],
    /// How many can be a date in several.
    pub(super) open: u64,
    /// The first of these.
    pub(super) example: Option<String>,
    /// Which numbers stand at each place, up to 99.
    seen: [u128; 3],
}

impl Column {
    /// Takes the next value.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        if let Some(when) = iso::read(text) {
            self.others += 1;
            return self.year(year_of(when.seconds.div_euclid(86_400)));
        }
        let Some(written) = written(text) else {
            return;
        };
        if let Shape::Serial { .. } = written.shape {
            self.serials += 1;
            return;
        }
        self.others += u64::from(!matches!(written.shape, Shape::Nothing | Shape::Relative));
        match written.shape {
            Shape::Day(days) => self.year(year_of(days)),
            Shape::Moment(when) => self.year(year_of(when.seconds.div_euclid(86_400))),
            Shape::Named { months, year, .. } => {
                if let Year::Full(year) = year {
                    self.year(year);
                }
                self.name(months, text);
            }
            Shape::Numeric {
                separator,
                short_year,
                parts,
            } => {
                if !short_year {
                    self.year(parts[2]);
                }
                let mut days = Decision::default().all_days(&written.shape);
                if days.iter().any(|(_, days)| written.fits(*days)) {
                    days.retain(|(_, days)| written.fits(*days));
                }
                let form = self.forms.entry((separator, short_year)).or_default();
                form.add(&days, parts, text);
            }
            Shape::Serial { .. } | Shape::Nothing | Shape::Relative | Shape::Calendar => {}
        }
    }

    fn year(&mut self, year: i64) {
        if is_plausible(year) && year != 1970 {
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
    }

    fn name(&mut self, months: &[(i64, u64)], text: &str) {
        match months {
            [(_, u64::MAX)] => {}
            [(_, languages)] => {
                for language in (0..64).filter(|at| languages & (1 << at) != 0) {
                    *self.languages.entry(language).or_default() += 1;
                }
            }
            _ => {
                self.doubtful_names += 1;
                self.doubtful_name.get_or_insert_with(|| text.to_owned());
            }
        }
    }

    /// Takes what another part of the same column shows.
    pub fn merge(&mut self, other: &Column) {
        for (key, form) in &other.forms {
            self.forms.entry(*key).or_default().merge(form);
        }
        for (language, count) in &other.languages {
            *self.languages.entry(*language).or_default() += count;
        }
        self.doubtful_names += other.doubtful_names;
        self.doubtful_name = self
            .doubtful_name
            .take()
            .or_else(|| other.doubtful_name.clone());
        if let Some((first, last)) = other.years {
            self.year(first);
            self.year(last);
        }
        self.serials += other.serials;
        self.others += other.others;
    }

    /// What they decide.
    pub fn decide(&self) -> Decision {
        let mut decision = Decision {
            years: self.years,
            // A column of day numbers holds nothing else.
            serials: self.serials > 0 && self.others == 0,
            languages: self.likely_languages(),
            ..Decision::default()
        };
        for (&(separator, short_year), form) in &self.forms {
            let decided = form.decide(separator, short_year).0;
            decision.orders[separator as usize][usize::from(short_year)] = decided;
        }
        // Without values of its own the other width of years decides.
        for orders in &mut decision.orders {
            let [full, short] = *orders;
            *orders = [full.or(short), short.or(full)];
        }
        decision
    }

    /// The same where another part of the same column, which may be all of it, says what this one does not.
    pub fn decide_with(&self, all: &Column) -> Decision {
        let (own, all) = (self.decide(), all.decide());
        let mut decision = own.clone();
        for (orders, of_all) in decision.orders.iter_mut().zip(all.orders) {
            for (order, of_all) in orders.iter_mut().zip(of_all) {
                *order = order.or(of_all);
            }
        }
        decision.years = own.years.or(all.years);
        decision.languages = if own.languages == 0 {
            all.languages
        } else {
            own.languages
        };
        decision
    }

    /// Whether values of its own need no other part to be read.
    pub fn is_decided(&self) -> bool {
        let decision = self.decide();
        let open = |(&(separator, short), form): (&(Separator, bool), &Form)| {
            form.open > 0 && decision.order(separator, short).is_none()
        };
        !self.forms.iter().any(open) && (self.doubtful_names == 0 || decision.languages != 0)
    }

    /// The languages that most names are of.
    fn likely_languages(&self) -> u64 {
        let most = self.languages.values().max();
        let likely = self
            .languages
            .iter()
            .filter(|(_, count)| Some(*count) == most);
        likely.fold(0, |all, (language, _)| all | 1 << language)
    }

    /// What is to be said of it: how numbers are read, and what stays open.
    pub fn findings(&self) -> Vec<Finding> {
        self.findings_by(&self.decide())
    }

    /// The same, of a decision that was made with more than these values.
    pub fn findings_by(&self, decision: &Decision) -> Vec<Finding> {
        let numbers = self.forms.iter().filter(|(_, form)| form.open > 0);
        let numbers = numbers.map(|(&(separator, short_year), form)| {
            let (order, basis) = form.decide(separator, short_year);
            let given = decision.order(separator, short_year);
            let elsewhere = order.is_none() && given.is_some();
            let order = given.or(order);
            let against = order.map_or(0, |order| form.against[order as usize]);
            Finding {
                example: form.example.clone().unwrap_or_default(),
                separator,
                order,
                languages: Vec::new(),
                basis: if elsewhere { Basis::Elsewhere } else { basis },
                values: form.values,
                deciding: form.values - form.open - against.min(form.values - form.open),
                against,
                open: form.open,
            }
        });
        let mut findings: Vec<Finding> = numbers.collect();
        if let Some(example) = &self.doubtful_name {
            let languages = super::names::languages(decision.languages);
            findings.push(Finding {
                example: example.clone(),
                separator: Separator::Blank,
                order: None,
                basis: Basis::Names,
                values: self.doubtful_names + self.languages.values().max().copied().unwrap_or(0),
                deciding: self.languages.values().max().copied().unwrap_or(0),
                languages,
                against: 0,
                open: self.doubtful_names,
            });
        }
        findings
    }
}

impl Form {
    fn add(&mut self, days: &[(Order, i64)], parts: [i64; 3], text: &str) {
        self.values += 1;
        for (seen, part) in self.seen.iter_mut().zip(parts) {
            *seen |= u32::try_from(part % 100).map_or(0, |part| 1 << part);
        }
        if days.is_empty() || days.iter().all(|(_, other)| *other == days[0].1) && days.len() > 1 {
            return;
        }
        for order in Order::ALL {
            let can = days.iter().any(|(own, _)| *own == order);
            self.against[order as usize] += u64::from(!can);
        }
        if days.len() > 1 {
            self.open += 1;
            self.example.get_or_insert_with(|| text.to_owned());
        }
    }

    fn merge(&mut self, other: &Form) {
        self.values += other.values;
        self.open += other.open;
        for (own, other) in self.against.iter_mut().zip(other.against) {
            *own += other;
        }
        for (own, other) in self.seen.iter_mut().zip(other.seen) {
            *own |= other;
        }
        self.example = self.example.take().or_else(|| other.example.clone());
    }

    /// The order of these numbers, and what decides it.
    fn decide(&self, separator: Separator, short_year: bool) -> (Option<Order>, Basis) {
        let against = |order: &Order| self.against[*order as usize];
        let mut orders: Vec<Order> = Order::ALL.to_vec();
        orders.retain(|order| short_year || *order != Order::YearFirst);
        if short_year {
            self.drop_by_years(&mut orders, separator);
        }
        orders.sort_by_key(against);
        let (first, second) = match orders[..] {
            [] => return (None, Basis::Nothing),
            [only] => return (Some(only), Basis::Values),
            [first, second, ..] => (first, second),
        };
        // One that nearly all values allow, and another that they do not.
        const SURE: u64 = 9;
        if against(&second) > against(&first) && against(&second) >= SURE * against(&first) {
            return (Some(first), Basis::Values);
        }
        if against(&first) > 0 {
            return (None, Basis::Mixed);
        }
        if let Some(order) = self.by_spread().filter(|order| orders.contains(order)) {
            return (Some(order), Basis::Spread);
        }
        match separator {
            // Nobody writes 3.4.2021 for 4 March.
            Separator::Dot if orders.contains(&Order::DayFirst) => {
                (Some(Order::DayFirst), Basis::Usual)
            }
            _ => (None, Basis::Nothing),
        }
    }

    /// Of short years: the end with fewer different numbers has them, and by use slashes and dots do not begin with one.
    fn drop_by_years(&self, orders: &mut Vec<Order>, separator: Separator) {
        let [a, _, c] = self.seen.map(u128::count_ones);
        let can = |order: Order| self.against[order as usize] * 9 <= self.values;
        let by_use = matches!(separator, Separator::Slash | Separator::Dot);
        let year_last = can(Order::DayFirst) || can(Order::MonthFirst);
        let year_first = can(Order::YearFirst);
        if year_last && year_first {
            if a > c + 1 || by_use && a + 1 >= c {
                orders.retain(|order| *order != Order::YearFirst);
            } else if c > a + 1 {
                orders.retain(|order| *order == Order::YearFirst);
            }
        }
    }

    /// Days of one month: the one number is always the same, the other is not. The first of many months, as magazines date
    /// their issues, is no such case.
    fn by_spread(&self) -> Option<Order> {
        const DAYS: u32 = 6;
        let [a, b, _] = self.seen;
        let only_first = |bits: u128| bits == 1 << 1;
        match (a.count_ones(), b.count_ones()) {
            (DAYS.., 1) if !only_first(b) => Some(Order::DayFirst),
            (1, DAYS..) if !only_first(a) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}
