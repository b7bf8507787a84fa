//! How much was published when, and how much of it was new: documents and distinct stories a day,
//! a week or a month, so that there are never more bars than one can see.

use std::collections::BTreeMap;

use super::super::model::Day;
use super::super::words::{address, count, counted, day, day_number, day_of, iso_day, percent};
use super::{Chart, Frame, counted_rows};

/// Most bars.
const BARS: i64 = 120;

pub(in super::super) fn days(days: &[Day]) -> Chart {
    let known: Vec<(i64, &str, u64, u64)> = (days.iter())
        .filter_map(|at| Some((day_number(&at.day)?, &*at.day, at.documents, at.stories)))
        .collect();
    let (known, outside) = without_outliers(known);
    let title = |unit: &str| format!("Documents and distinct stories a {unit}");
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Chart {
            title: title("day"),
            says: "No document has a date, so nobody can say who was first.".to_owned(),
            svg: String::new(),
            legend: Vec::new(),
        };
    };
    let (span, begin) = (last.0 - first.0 + 1, first.0);
    let (unit, length) = match span {
        ..=BARS => ("day", 1),
        span if span <= 7 * BARS => ("week", 7),
        span => ("month", (span / BARS + 1).max(30)),
    };
    let (from, until) = (day(first.1), day(last.1));
    let mut bars: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for (number, _, documents, stories) in known {
        let bar = bars.entry((number - begin) / length).or_default();
        bar.0 += documents;
        bar.1 += stories;
    }
    let most = bars.values().map(|bar| bar.0).max().unwrap_or(0);
    let all: u64 = bars.values().map(|bar| bar.0).sum();
    let repeats = all - bars.values().map(|bar| bar.1).sum::<u64>();
    let mut says = format!(
        "{} from {from} to {until}, at most {} a {unit}; {} of them repeat a story ({}).",
        counted(all, "dated document", "dated documents"),
        count(most),
        count(repeats),
        percent(repeats, all)
    );
    if outside > 0 {
        says += &format!(" Not drawn: {} far before or after.", count(outside));
    }
    let mut frame = Frame::new();
    let (rows, top) = counted_rows(most);
    frame.rows(&rows);
    let slots = (span + length - 1) / length;
    let part = |slot: i64| slot as f64 / slots as f64;
    // Three names have room on a narrow screen too: the middles of three thirds.
    let every = (slots + 2) / 3;
    let name = |slot: i64| day_of(begin + slot * length);
    let ticks: Vec<_> = (0..slots)
        .filter(|slot| slot % every == every / 2)
        .map(|slot| (part(slot), name(slot)))
        .collect();
    frame.columns(&ticks, &format!("a bar is a {unit}"));
    let gap = 0.12 / slots as f64;
    for (&slot, (documents, stories)) in &bars {
        let across = (part(slot) + gap, part(slot + 1) - gap);
        let title = format!(
            "{}: {} documents, {} distinct stories",
            name(slot),
            count(*documents),
            count(*stories)
        );
        let up = |many: u64| many as f64 / top;
        let from = begin + slot * length;
        let (from, until) = (iso_day(from), iso_day(from + length - 1));
        let list = address(&[("from", &from), ("until", &until)]);
        frame.bar("pale", across, (0.0, up(*documents)), &title);
        frame.bar("full", across, (0.0, up(*stories)), &title);
        // Low bars are hard to hit: what is pressed reaches to the top.
        frame.listed_bar(
            "hit",
            (part(slot), part(slot + 1)),
            (0.0, 1.0),
            &title,
            &list,
        );
    }
    Chart {
        title: title(unit),
        svg: frame.svg(&says),
        says,
        legend: vec![("pale", "documents"), ("full", "distinct stories")],
    }
}

/// Days without the first and last ones that hold less than one in 200 documents together, if they
/// make the span more than twice as long; and how many documents these have.
fn without_outliers(days: Vec<(i64, &str, u64, u64)>) -> (Vec<(i64, &str, u64, u64)>, u64) {
    let all: u64 = days.iter().map(|day| day.2).sum();
    let far = |ends: &mut dyn Iterator<Item = u64>| {
        let mut passed = 0;
        let far = ends.take_while(|documents| {
            passed += documents;
            passed * 200 < all
        });
        far.count()
    };
    let early = far(&mut days.iter().map(|day| day.2));
    let late = far(&mut days.iter().rev().map(|day| day.2));
    let span = |days: &[(i64, &str, u64, u64)]| match days {
        [first, .., last] => last.0 - first.0,
        _ => 0,
    };
    let near = days.get(early..days.len() - late).unwrap_or_default();
    if near.is_empty() || span(&days) <= 2 * span(near) {
        return (days, 0);
    }
    let outside = all - near.iter().map(|day| day.2).sum::<u64>();
    (near.to_vec(), outside)
}
