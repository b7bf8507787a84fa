//! How dates are read: what the columns decide, what stays open and the flag that says it, and what is none.

use wirecopy::corpus::DatesOfField;

use super::{Lines, Seen, WIDTH};
use crate::cli::show::{count, number, safe};

/// Forms that are shown.
const SHOWN: usize = 4;

/// A line for each thing to know.
pub(super) fn put(lines: &mut Lines, dates: &[DatesOfField], seen: &Seen) {
    let mut facts: Vec<String> = dates.iter().take(SHOWN).map(of_field).collect();
    if let Some(more) = dates.len().checked_sub(SHOWN).filter(|&more| more > 0) {
        facts.push(format!("and {} more", count(more as u64, "form")));
    }
    if seen.dates_from_places > 0 {
        let from = number(seen.dates_from_places);
        facts.push(format!(
            "{from} are the day in the path or address, as no field gives one"
        ));
    }
    if seen.relative_dates > 0 {
        let relative = number(seen.relative_dates);
        facts.push(format!(
            "{relative} say only how long ago it was: they count as none"
        ));
    }
    if let Some(date) = &seen.unparsed_date {
        facts.push(format!(
            "{} in no known form, such as `{}`: they count as none; \
             name theirs, such as --date-format '%d/%m/%Y'",
            number(seen.unparsed_dates),
            safe(date, WIDTH)
        ));
    }
    for (at, fact) in facts.iter().enumerate() {
        lines.put(if at == 0 { "dates" } else { "" }, fact);
    }
}

/// `4/3/2021` is read as day/month, decided by 31 of 500 values.
fn of_field(dates: &DatesOfField) -> String {
    let finding = &dates.finding;
    let mut fact = format!("`{}` {finding}", safe(&finding.example, WIDTH));
    if finding.is_open() {
        fact.push_str(&say_it(&finding.formats()));
    }
    fact
}

/// The flags that would say it.
pub(in crate::cli) fn say_it(formats: &[String]) -> String {
    let flags: Vec<String> = formats
        .iter()
        .map(|form| format!("--date-format '{}'", safe(form, WIDTH)))
        .collect();
    match flags.is_empty() {
        true => "; say it with --date-format".to_owned(),
        false => format!("; say it: {}", flags.join(" or ")),
    }
}
