//! Kinds of copies that need the stories of other clusters, dates and leads, and agencies: the
//! newsroom in the `wire` profile.

use crate::newsroom::PAGES;

#[test]
fn a_digest_of_three_stories_is_composite_and_linked_to_the_others() {
    let digest = PAGES.row("digest-evening");
    assert_eq!(digest["relation"], "composite");
    assert_eq!(digest["cluster_id"], PAGES.cluster("cables"));
    let also_in = digest["also_in"].as_str().unwrap();
    assert!(also_in.contains(PAGES.cluster("clinic")), "{also_in:?}");
    assert!(!also_in.contains(PAGES.cluster("cables")), "{also_in:?}");
}

#[test]
fn pages_of_one_story_are_linked_to_no_other() {
    for id in [
        "strike-harbour",
        "strike-pacific",
        "clinic-caldera",
        "cables-oneline",
    ] {
        let also_in = &PAGES.row(id)["also_in"];
        assert_eq!(also_in, "", "{id}");
        assert_ne!(PAGES.relation(id), "composite", "{id}");
    }
}

#[test]
fn a_write_through_with_a_new_lead_is_updated() {
    assert_eq!(PAGES.relation("cables-update"), "updated");
}

#[test]
#[ignore = "0.754 of it is aligned, and an update has less than 0.75"]
fn a_write_through_that_keeps_most_of_the_body_is_updated() {
    assert_eq!(PAGES.relation("strike-meridian"), "updated");
}

#[test]
fn a_reuters_dateline_names_the_agency() {
    for id in [
        "strike-mirror",
        "strike-harbour",
        "strike-northfield",
        "cables",
        "cables-update",
    ] {
        assert_eq!(PAGES.row(id)["agency"], "Reuters", "{id}");
    }
}

#[test]
fn a_credit_line_on_the_page_we_are_for_names_the_agency() {
    assert_eq!(PAGES.row("strike-deccan")["agency"], "Reuters");
}

#[test]
#[ignore = "a credit with the time of the update behind it is not read"]
fn a_credit_before_a_time_names_the_agency() {
    assert_eq!(PAGES.row("cables-tarangpur")["agency"], "Reuters");
}

#[test]
fn an_ap_line_names_the_agency() {
    for id in [
        "strike-ap-feed",
        "strike-ap-caldera",
        "clinic",
        "clinic-caldera",
    ] {
        assert_eq!(PAGES.row(id)["agency"], "AP", "{id}");
    }
}

#[test]
fn a_dpa_dateline_or_closing_line_names_the_agency() {
    for id in [
        "bruecke-see",
        "seilbahn-see",
        "seilbahn-sued",
        "seilbahn-anzeiger",
    ] {
        assert_eq!(PAGES.row(id)["agency"], "dpa", "{id}");
    }
}

#[test]
fn a_story_of_ones_own_has_no_agency() {
    for id in ["lido", "inquiry-accountant", "cases-tue"] {
        assert_eq!(PAGES.row(id)["agency"], "", "{id}");
    }
}
