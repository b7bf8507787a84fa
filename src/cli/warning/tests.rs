//! What warnings say.

use super::*;

#[test]
fn every_warning_gives_advice() {
    let mut work = Work::default();
    (work.capped_keys, work.capped_alignments) = (2, 1);
    let all = [
        Warning::NoIds,
        Warning::RepeatedIds {
            documents: 2,
            id: "0".into(),
            called: "in.jsonl#1".into(),
        },
        Warning::UnparsedDates(UnparsedDates {
            unparsed: 3,
            of: 4,
            example: Some("soon".into()),
            relative: 1,
        }),
        Warning::AmbiguousDates(AmbiguousDates {
            ambiguous: 3,
            of: 4,
            example: Some(("4/3/2021".into(), vec!["%d/%m/%Y".into()])),
        }),
        Warning::WithoutWords { documents: 1 },
        Warning::NoPublisher,
        Warning::NoDates,
        Warning::UnknownPublishers {
            names: vec!["a.example".into()],
            known: outlets::KnownOutlets::default(),
        },
        Warning::UnknownFocus {
            name: "Deccan".into(),
            like: vec!["The Deccan Ledger".into()],
        },
        Warning::NothingShown { of: 15 },
        Warning::DateOutliers(Outliers {
            stories: 2,
            id: "a".into(),
            days: 617,
        }),
        Warning::MostAlike {
            documents: 8,
            of: 9,
        },
        Warning::MuchMasked(MaskedWords::default()),
        Warning::Stubs { documents: 4 },
        Warning::DatesSayNothing(Dates::OneDay),
        Warning::NearlyAllMasked {
            sources: vec!["a.example (83.1 %)".into()],
            more: 0,
        },
        Warning::Refiled {
            sources: vec!["a.example (34 of 50)".into()],
            more: 2,
        },
        Warning::CapsHit(work),
    ];
    let low = [Some((60, 13, 0.967)), None].map(|exchanged| {
        let recall = 0.000_020_4;
        Warning::LowRecall(LowRecall { recall, exchanged })
    });
    let said = low.each_ref().map(ToString::to_string);
    assert!(
        said[0].starts_with("recall 0.002 % at the threshold: "),
        "{}",
        said[0]
    );
    assert!(
        said[0].ends_with("--bands 60 --rows 13 has a recall of 97 %"),
        "{}",
        said[0]
    );
    let full = Warning::MayNotFit {
        needed: 2 << 30,
        free: 1 << 30,
    };
    assert!(
        full.to_string().contains("2.0 GB, and 1.0 GB are free"),
        "{full}"
    );
    for warning in all.into_iter().chain(low) {
        assert!(warning.to_string().contains("--"), "{warning}");
    }
    assert!(Warning::CapsHit(work).to_string().contains("2 keys"));
}
