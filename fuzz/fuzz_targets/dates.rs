//! Whatever a date says, reading it ends with an answer, in any column; and what is ISO stays what it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wirecopy_formats::dates::{Column, Decision, Format, Outcome, in_path, in_url, iso, read};

fuzz_target!(|input: &str| {
    // Values are lines; the first may be a form.
    let mut column = Column::default();
    input.lines().for_each(|value| column.add(value));
    let decided = column.decide();
    let given = input.lines().next().and_then(|form| Format::new(form).ok());
    let formats: Vec<Format> = given.into_iter().collect();
    let with_form = Decision::default().with_formats(formats.into());
    for value in input.lines() {
        let outcome = read(value, &decided);
        if let Some(when) = iso(value.trim()) {
            assert!(outcome == Outcome::Date(when) || outcome == Outcome::Nothing);
        }
        let _ = (read(value, &with_form), in_path(value), in_url(value));
    }
    for finding in column.findings_by(&decided) {
        let _ = (finding.to_string(), finding.formats());
    }
});
