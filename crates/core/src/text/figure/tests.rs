//! Figures as they are written.

use proptest::prelude::*;

use super::*;

/// The figures of a text, and what is between them.
fn figures(text: &str) -> Vec<String> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        if begins(text, at) {
            let mut value = Vec::new();
            let minus = minus(text, at);
            value.extend((minus > 0).then_some(b'-'));
            at = read(text, at + minus, &mut value);
            found.push(String::from_utf8(value).unwrap());
        } else {
            at += c.len_utf8();
        }
    }
    found
}

proptest! {
    #[test]
    fn a_figure_with_one_group_is_read_as_any_other(
        text in "[0-9]{1,4}[.,][0-9]{2,4}([.,: 'x–٣]{0,2}[0-9]{0,4}){0,2}",
    ) {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        prop_assert_eq!(read(&text, 0, &mut one), read_any(&text, 0, &mut other));
        prop_assert_eq!(one, other);
    }
}

#[test]
fn one_figure_however_it_is_grouped() {
    for written in [
        "12000",
        "12,000",
        "12.000",
        "12 000",
        "12'000",
        "12’000",
        "12\u{a0}000",
        "12\u{202f}000",
        "12\u{2009}000",
        "１２，０００",
        "১২,০০০",
        "१२०००",
        "١٢٬٠٠٠",
        "۱۲۰۰۰",
        "၁၂၀၀၀",
        "๑๒,๐๐๐",
        "១២.០០០",
    ] {
        assert_eq!(figures(written), ["12000"], "{written}");
    }
    for (written, value) in [
        ("4.800.000", "4800000"),
        ("4 800 000", "4800000"),
        ("12,34,567", "1234567"),
        ("1,00,000", "100000"),
        ("1,200.75", "1200.75"),
        ("1.200,75", "1200.75"),
        ("1 200,75", "1200.75"),
        ("1'200.75", "1200.75"),
    ] {
        assert_eq!(figures(written), [value], "{written}");
    }
}

#[test]
fn decimals_dates_and_lists_are_not_groups() {
    for (written, values) in [
        ("2.5", &["2.5"][..]),
        ("2,5", &["2.5"]),
        ("25", &["25"]),
        ("0.125 0,125", &["0.125", "0.125"]),
        ("1,2000", &["1.2000"]),
        ("24.12.2020", &["24.12.2020"]),
        ("192.168.1.1", &["192.168.1.1"]),
        ("2019 100", &["2019", "100"]),
        ("12 34", &["12", "34"]),
        ("12 0000", &["12", "0000"]),
        ("5 300.000", &["5", "300000"]),
        ("0 800 123", &["0", "800123"]),
        ("12  000", &["12", "000"]),
        ("12\n000", &["12", "000"]),
        ("5'10", &["5", "10"]),
        ("1,200 300", &["1200", "300"]),
        ("1;5", &["1", "5"]),
        ("11:00 11.00", &["11.00", "11.00"]),
        ("12:30:45 2:3", &["12.30", "45", "2", "3"]),
    ] {
        assert_eq!(figures(written), values, "{written}");
    }
}

#[test]
fn digits_behind_a_letter_belong_to_its_word() {
    for (written, values) in [
        ("G20 covid19 é5 H5N1", &[][..]),
        (
            "46억 4x4 19th 제5차 第5 foo_5 v1.5",
            &["46", "4", "19", "5", "5", "5", "5"],
        ),
    ] {
        assert_eq!(figures(written), values, "{written}");
    }
}

#[test]
fn a_minus_belongs_to_a_figure_and_a_hyphen_does_not() {
    for minus in ["-", "−", "–", "‑", "－"] {
        let text = format!("{minus}5 a {minus}12 000 ({minus}0,3) ${minus}4");
        assert_eq!(figures(&text), ["-5", "-12000", "-0.3", "-4"], "{minus}");
        let text = format!("covid{minus}19 10{minus}5 1999{minus}2004 a) {minus} 7");
        assert_eq!(
            figures(&text),
            ["19", "10", "5", "1999", "2004", "7"],
            "{minus}"
        );
    }
    assert_eq!(figures("-$5 --6 )-7 +8"), ["-", "5", "6", "7", "8"]);
}

#[test]
fn digits_have_their_value_in_every_script() {
    let mut scripts = 0;
    for c in ('\0'..=char::MAX).filter(|&c| is_decimal(c)) {
        let value = digit(c).unwrap();
        assert!(value < 10);
        let next = char::from_u32(c as u32 + 1).unwrap();
        match value {
            9 => scripts += 1,
            _ => assert_eq!(digit(next), Some(value + 1), "{c}"),
        }
    }
    assert!(scripts > 70);
    assert!(('\u{80}'..DIGITS_FROM).all(|c| !is_decimal(c)));
    assert_eq!(
        ["٣", "७", "๙", "𝟡"].map(figures).concat(),
        ["3", "7", "9", "9"]
    );
}
