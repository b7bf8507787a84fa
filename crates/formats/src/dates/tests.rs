//! What must hold of any value, and how columns decide. The forms are in [`forms`].

mod columns;
mod forms;
mod more;
mod paths;

use proptest::prelude::*;

use super::*;

/// A value as it is shown: `2021-03-04`, `2021-03-04T10:00:00Z`, or why it is none.
fn shown(outcome: Outcome) -> String {
    match outcome {
        Outcome::Date(when) => {
            let moment = jiff::Timestamp::from_second(when.seconds).unwrap();
            let moment = moment.to_string();
            if when.has_clock {
                moment
            } else {
                moment[..10].to_owned()
            }
        }
        other => format!("{other:?}"),
    }
}

fn alone(text: &str) -> String {
    shown(read(text, &Decision::default()))
}

/// A column of these values, and how one of them is read by it.
fn column(values: &[&str]) -> Column {
    let mut column = Column::default();
    values.iter().for_each(|value| column.add(value));
    column
}

proptest! {
    #[test]
    fn no_value_ends_in_a_panic(text in "\\PC{0,60}") {
        let mut column = Column::default();
        column.add(&text);
        let decision = column.decide();
        read(&text, &decision);
        for finding in column.findings() {
            let _ = (finding.to_string(), finding.formats());
        }
        in_path(&text);
        in_url(&text);
    }

    #[test]
    fn no_value_of_parts_of_dates_ends_in_a_panic(
        parts in proptest::collection::vec(prop_oneof![
            "[0-9]{1,5}", "[0-9]{8,20}", "[-/.,: '年月日十]", Just("march".to_owned()), Just("tháng".to_owned()), Just("am".to_owned()),
            Just("h".to_owned()), Just("+".to_owned()), Just("t".to_owned()), Just("ago".to_owned()), Just("مارس".to_owned()), Just("iv".to_owned()),
        ], 0..12),
        format in "(%[YymdBbHMSpz]|[-/ .]){1,6}",
    ) {
        let text = parts.concat();
        let column = column(&[&text]);
        let decision = column.decide();
        let formats: Vec<Format> = Format::new(&format).into_iter().collect();
        read(&text, &decision.with_formats(formats.into()));
        let _ = column.findings().len();
    }

    /// What the reader of ISO forms alone gives, whatever was decided.
    #[test]
    fn iso_is_iso_in_every_column(seconds in 10_000_000_i64..4_000_000_000, day in any::<bool>(), offset in -12_i64..=14) {
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let text = moment.to_string();
        let mut decision = column(&["3/25/2021", "25.3.21"]).decide();
        decision = decision.with_formats([Format::new("%m/%d/%Y").unwrap()].into());
        if day {
            prop_assert_eq!(shown(read(&text[..10], &decision)), &text[..10]);
        } else {
            prop_assert_eq!(shown(read(&text, &decision)), text.clone());
            let local = jiff::Timestamp::from_second(seconds + offset * 3600).unwrap().to_string();
            let written = format!("{}{offset:+03}:00", local.trim_end_matches('Z'));
            prop_assert_eq!(shown(read(&written, &decision)), text);
        }
    }

    /// Days in four forms are the same day.
    #[test]
    fn a_day_is_the_same_in_all_forms(days in -100_000_i64..80_000) {
        let day = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
        let (y, m, d) = (day.year(), day.month(), day.day());
        let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
            "December"][usize::try_from(m - 1).unwrap()];
        let iso = day.to_string();
        for form in [format!("{name} {d}, {y}"), format!("{d} {name} {y}"), format!("{y}/{m}/{d}"), format!("{y:04}{m:02}{d:02}"),
            format!("{y}年{m}月{d}日"), format!("{d:02}-{}-{y}", &name[..3]), format!("{d}.{m}.{y}"), format!("Edition of {name} {d}, {y}; p. 3")] {
            let decision = column(&[&form]).decide();
            prop_assert_eq!(shown(read(&form, &decision)), &iso[..], "{}", form);
        }
    }
}
