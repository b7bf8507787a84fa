//! What a value leaves open and its column decides.

use super::{column, shown};
use crate::dates::{Basis, Column, Decision, Format, Order, Separator, read};

fn by(values: &[&str], text: &str) -> String {
    shown(read(text, &column(values).decide()))
}

#[test]
fn one_value_decides_the_order_of_all() {
    assert_eq!(by(&["4/3/2021", "25/3/2021"], "4/3/2021"), "2021-03-04");
    assert_eq!(by(&["4/3/2021", "3/25/2021"], "4/3/2021"), "2021-04-03");
    assert_eq!(
        by(&["04-03-2021", "25-03-2021"], "05-03-2021"),
        "2021-03-05"
    );
    assert_eq!(by(&["04032021", "25032021"], "05032021"), "2021-03-05");
    // A day of the week decides as well.
    assert_eq!(by(&["4/3/2021", "Thu 4/3/2021"], "5/3/2021"), "2021-03-05");
    // Another sign is another form, in part another program.
    assert_eq!(by(&["4/3/2021", "25-3-2021"], "4/3/2021"), "Ambiguous");
    // The same program may shorten years.
    assert_eq!(by(&["25/3/2021"], "4/3/21"), "2021-03-04");
}

#[test]
fn a_value_that_contradicts_is_read_rightly() {
    let mut values = vec!["25/3/2021"; 20];
    values.push("3/26/2021");
    values.push("4/3/2021");
    assert_eq!(by(&values, "4/3/2021"), "2021-03-04");
    assert_eq!(by(&values, "3/26/2021"), "2021-03-26");
    assert_eq!(by(&values, "March 27, 2021"), "2021-03-27");
    let findings = column(&values).findings();
    assert_eq!(
        (findings[0].against, findings[0].order),
        (1, Some(Order::DayFirst))
    );
    assert_eq!(
        findings[0].to_string(),
        "is read as day/month, decided by 20 of 22 values (1 against)"
    );
}

#[test]
fn a_column_of_both_is_not_guessed() {
    let values = ["25/3/2021", "3/25/2021", "4/3/2021"];
    assert_eq!(by(&values, "4/3/2021"), "Ambiguous");
    assert_eq!(by(&values, "25/3/2021"), "2021-03-25");
    assert_eq!(column(&values).findings()[0].basis, Basis::Mixed);
}

#[test]
fn what_stays_open_is_asked_for_with_both_forms() {
    for (text, forms) in [
        ("4/3/2021", &["%d/%m/%Y", "%m/%d/%Y"][..]),
        ("04-03-2021 10:00", &["%d-%m-%Y", "%m-%d-%Y"]),
        ("04/03/21", &["%d/%m/%y", "%m/%d/%y"]),
        ("04-03-21", &["%d-%m-%y", "%m-%d-%y", "%y-%m-%d"]),
        ("04032021", &["%d%m%Y", "%m%d%Y"]),
    ] {
        let findings = column(&[text]).findings();
        assert!(findings[0].is_open(), "{text}: {findings:?}");
        assert_eq!(findings[0].formats(), forms, "{text}");
        // Each of them reads it, also with something behind.
        for form in forms {
            let decision = Decision::default().with_formats([Format::new(form).unwrap()].into());
            assert!(read(text, &decision).date().is_some(), "{text} by {form}");
        }
    }
}

#[test]
fn the_days_of_one_month_decide() {
    let values: Vec<String> = (1..=8).map(|day| format!("{day:02}/03/2021")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(by(&values, "05/03/2021"), "2021-03-05");
    // The first of every month is how magazines date their issues.
    let values: Vec<String> = (1..=8).map(|month| format!("{month:02}/01/2021")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    assert_eq!(by(&values, "05/01/2021"), "Ambiguous");
}

#[test]
fn short_years_are_of_the_century_of_the_full_ones() {
    assert_eq!(by(&["25.12.65"], "25.12.65"), "1965-12-25");
    assert_eq!(by(&["25.12.25"], "25.12.25"), "2025-12-25");
    assert_eq!(by(&["25.12.25", "1.5.1919"], "25.12.25"), "1925-12-25");
    assert_eq!(by(&["14.4.65", "14 April 1865"], "14.4.65"), "1865-04-14");
}

#[test]
fn short_years_may_stand_first() {
    let year_first = ["21-03-04", "21-03-05", "21-03-08", "21-03-30", "21-04-12"];
    assert_eq!(by(&year_first, "21-03-04"), "2021-03-04");
    let year_last = ["04-03-21", "05-03-21", "08-03-21", "30-03-21", "12-04-21"];
    assert_eq!(by(&year_last, "04-03-21"), "2021-03-04");
    assert_eq!(by(&["99/12/31", "98/11/30"], "99/10/11"), "1999-10-11");
}

#[test]
fn names_of_two_languages_are_read_in_that_of_the_column() {
    let polish = ["4 listopada 2021", "4 stycznia 2021"];
    assert_eq!(by(&polish, "4 listopada 2021"), "2021-11-04");
    let croatian = ["4. listopada 2021.", "4. siječnja 2021."];
    assert_eq!(by(&croatian, "4. listopada 2021."), "2021-10-04");
    assert_eq!(
        by(&["4. srp 2021", "1. led 2021"], "4. srp 2021"),
        "2021-08-04"
    );
    assert_eq!(
        by(&["4. srp 2021", "1. sij 2021"], "4. srp 2021"),
        "2021-07-04"
    );
    let findings = column(&polish).findings();
    assert_eq!(
        findings[0].to_string(),
        "is read in pl, decided by 1 of 2 values"
    );
    let open = column(&["4. listopada 2021"]).findings();
    assert!(open[0].is_open(), "{open:?}");
    let polish = Decision::default().with_formats([Format::new("pl:%d %B %Y").unwrap()].into());
    assert_eq!(shown(read("4 listopada 2021", &polish)), "2021-11-04");
    assert_eq!(
        shown(read("czwartek, 4 listopada 2021", &polish)),
        "2021-11-04"
    );
}

#[test]
fn five_digits_are_days_only_in_a_column_of_them() {
    assert_eq!(by(&["44259", "44260.5"], "44259"), "2021-03-04");
    assert_eq!(by(&["44259", "2021-03-04"], "44259"), "Unknown");
}

#[test]
fn parts_of_a_column_decide_together() {
    let (mut open, clear) = (column(&["4/3/2021"]), column(&["25/3/2021"]));
    assert!(!open.is_decided() && clear.is_decided());
    let mut all = Column::default();
    all.merge(&open);
    all.merge(&clear);
    let decision = open.decide_with(&all);
    assert_eq!(
        decision.order(Separator::Slash, false),
        Some(Order::DayFirst)
    );
    assert_eq!(open.findings_by(&decision)[0].basis, Basis::Elsewhere);
    // One that decides for itself keeps to it.
    open.add("3/25/2021");
    assert_eq!(
        open.decide_with(&all).order(Separator::Slash, false),
        Some(Order::MonthFirst)
    );
}

#[test]
fn given_forms_come_first_and_the_others_stay() {
    let given = |forms: &[&str]| {
        let formats: Vec<Format> = forms
            .iter()
            .map(|form| Format::new(form).unwrap())
            .collect();
        Decision::default().with_formats(formats.into())
    };
    let one = given(&["%m/%d/%Y", "%d.%m.%Y %H:%M"]);
    for (text, expected) in [
        ("4/3/2021", "2021-04-03"),
        ("4/3/2021, CITY EDITION", "2021-04-03"),
        ("25/3/2021", "2021-03-25"),
        ("4.3.2021 10:30", "2021-03-04T10:30:00Z"),
        ("2021-03-04", "2021-03-04"),
        ("4 mars 2021", "2021-03-04"),
    ] {
        assert_eq!(shown(read(text, &one)), expected, "{text}");
    }
    for (form, text, expected) in [
        ("%Y-%d-%m", "2021-04-03", "2021-03-04"),
        ("%d %B %Y", "4 März 2021", "2021-03-04"),
        ("%d de %B de %Y", "4 de marzo de 2021", "2021-03-04"),
        (
            "%A, %d. %B %Y, %H.%M Uhr",
            "Donnerstag, 4. März 2021, 10.30 Uhr",
            "2021-03-04T10:30:00Z",
        ),
        (
            "%d/%m/%y %I:%M %p",
            "4/3/21 3:30 PM",
            "2021-03-04T15:30:00Z",
        ),
        (
            "%d.%m.%Y %H:%M %z",
            "28.6.2023 12:20 +0200",
            "2023-06-28T10:20:00Z",
        ),
        ("%Y%j", "2021063", "2021-03-04"),
        ("%s", "86400000", "1972-09-27T00:00:00Z"),
        ("Nr. %d.%m.%Y", "Nr. 4.3.2021", "2021-03-04"),
        ("%b-%d-%Y", "mar-04-2021", "2021-03-04"),
    ] {
        assert_eq!(
            shown(read(text, &given(&[form]))),
            expected,
            "{text} by {form}"
        );
    }
    for form in ["%!", "%d/%!/%Y", "%d/%m", "%Y", "", "xx:%d %B %Y", "%"] {
        assert!(Format::new(form).is_err(), "{form}");
    }
}
