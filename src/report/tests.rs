//! What a page promises: inert, bounded, the same bytes.

use super::model::{Cluster, Comparison, Doubt, Drawn, Member, Outlet, Text};
use super::*;

const HOSTILE: &str = "</script><script>alert(1)</script> {{ 7 * 7 }} <img src=x onerror=alert(2)> \u{202E}\u{2069}\0 &amp;";

/// A report of so many clusters, two members each; the first `texts` clusters have texts.
fn report(clusters: u32, texts: u32) -> Report {
    let member = |id: String, text: Option<u32>| Member {
        id,
        outlet: Some(0),
        date: Some("2024-10-16T21:42:00Z".to_owned()),
        relation: Some("revised".to_owned()),
        agency: Some(HOSTILE.to_owned()),
        title: Some(format!("{HOSTILE} member")),
        text,
        comparison: text.filter(|text| text % 2 == 1).map(|text| text / 2),
        ..Member::default()
    };
    let cluster = |at: u32| Cluster {
        id: format!("c{at:016x}"),
        title: format!("{HOSTILE} story {at}"),
        opening: format!("{HOSTILE} opening {}", "of the text ".repeat(12)),
        agency: Some(HOSTILE.to_owned()),
        doubted: None,
        members: [0, 1]
            .map(|place| {
                member(
                    format!("{HOSTILE}-{at}-{place}"),
                    (at < texts).then_some(2 * at + place),
                )
            })
            .to_vec(),
    };
    let text = |at: u32| Text {
        id: format!("{HOSTILE}-{}-{}", at / 2, at % 2),
        outlet: Some(HOSTILE.to_owned()),
        title: Some(HOSTILE.to_owned()),
        text: format!("{HOSTILE} {}", "harbour pilots return to work ".repeat(40)),
        masked: vec![(0, 9)],
        ..Text::default()
    };
    let comparison = |at: u32| Comparison {
        a: 2 * at,
        b: 2 * at + 1,
        accepted: true,
        score: 0.8,
        runs: vec![(10, 20, 12, 22)],
        ..Comparison::default()
    };
    Report {
        folder: format!("it's {HOSTILE}"),
        inputs: vec![HOSTILE.to_owned()],
        in_words: vec![HOSTILE.to_owned()],
        recipe: HOSTILE.to_owned(),
        bounds: vec![(HOSTILE.to_owned(), 1)],
        outlets: vec![Outlet {
            name: HOSTILE.to_owned(),
            stories: 9,
            first: 3,
            ..Outlet::default()
        }],
        clusters: (0..clusters).map(cluster).collect(),
        texts: (0..2 * texts).map(text).collect(),
        comparisons: (0..texts).map(comparison).collect(),
        doubtful: (0..texts)
            .map(|comparison| Doubt {
                comparison,
                why: HOSTILE.to_owned(),
            })
            .collect(),
        sample: (0..texts)
            .map(|comparison| Drawn {
                comparison,
                stratum: HOSTILE.to_owned(),
                weight: 2.0,
            })
            .collect(),
        ..Report::default()
    }
}

/// What is between a tag and its end, for every occurrence.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    (page.split(begin).skip(1))
        .map(|rest| rest.split(end).next().unwrap_or_default())
        .collect()
}

fn of_size(budget: usize) -> View {
    View {
        budget,
        ..View::default()
    }
}

fn block(page: &str, id: &str) -> serde_json::Value {
    let tag = format!("<script type=\"application/json\" id=\"{id}\">");
    serde_json::from_str(between(page, &tag, "</script>")[0]).unwrap()
}

#[test]
fn hostile_text_stays_text() {
    let report = report(3, 3);
    for page in [page(&report, &View::default()), pair_page(&report)] {
        assert!(!page.contains("<img"), "an element of the corpus");
        assert!(!page.contains("<script>alert"), "a script of the corpus");
        assert!(
            !page.contains(">49<") && !page.contains(" 49 "),
            "a template of the corpus"
        );
        assert!(!page.contains('\0') && !page.contains('\u{2028}'));
        // Two scripts, seven blocks of data.
        assert_eq!(page.matches("<script").count(), 9);
        assert_eq!(page.matches("</script>").count(), 9);
        let markup: String = page
            .split("<script")
            .map(|part| part.split("</script>").last().unwrap_or_default())
            .collect();
        assert!(
            !markup.contains('\u{202E}') && !markup.contains('\u{2069}'),
            "a bidi control in markup"
        );
    }
}

#[test]
fn what_is_in_the_model_is_in_the_page() {
    let report = report(3, 2);
    let page = page(&report, &View::default());
    assert_eq!(
        block(&page, "rows")["title"][2],
        format!("{HOSTILE} story 2")
    );
    assert_eq!(block(&page, "members")[2][1][0], format!("{HOSTILE}-2-1"));
    let text = block(&page, "texts")[0][4].as_str().unwrap().to_owned();
    assert_eq!(text, report.texts[0].text);
    // Of the second pair: its texts, and its run as distances.
    let comparison = &block(&page, "comparisons")[1];
    assert_eq!((&comparison[0], &comparison[1]), (&2.into(), &3.into()));
    assert_eq!(comparison[10], serde_json::json!([10, 10, 12, 10]));
    assert_eq!(
        block(&page, "shown"),
        serde_json::json!([[0, 0, 0, -1], [0, 1, 1, 0], [1, 0, 2, -1], [1, 1, 3, 1]])
    );
}

#[test]
fn the_policy_names_every_script_and_style_that_runs() {
    let report = report(3, 3);
    for page in [page(&report, &View::default()), pair_page(&report)] {
        let policies = between(
            &page,
            "http-equiv=\"Content-Security-Policy\" content=\"",
            "\"",
        );
        let scripts = between(&page, "<script>", "</script>");
        let styles = between(&page, "<style>", "</style>");
        assert_eq!((policies.len(), scripts.len(), styles.len()), (1, 2, 1));
        assert_eq!(policies[0], policy::policy(&scripts, styles[0]));
        assert!(policies[0].starts_with("default-src 'none'; script-src 'sha256-"));
        assert!(
            !page.contains("style=\"") && !page.contains("onclick="),
            "nothing the policy forbids"
        );
        assert!(
            !page.contains('\r'),
            "browsers read line ends as \\n before they hash"
        );
    }
}

#[test]
fn the_same_model_is_the_same_page() {
    let report = report(60, 20);
    assert_eq!(
        page(&report, &of_size(200_000)),
        page(&report, &of_size(200_000))
    );
    assert_eq!(pair_page(&report), pair_page(&report));
}

#[test]
fn a_page_keeps_its_budget_and_says_what_it_left_out() {
    let report = report(900, 60);
    let whole = page(&report, &View::default());
    assert!(!whole.contains("this report leaves out"));
    for budget in [180_000, 250_000, 400_000, 700_000] {
        let page = page(&report, &of_size(budget));
        assert!(page.len() <= budget, "{} bytes of {budget}", page.len());
        assert!(
            page.len() > budget * 9 / 10,
            "{} bytes of {budget} are used",
            page.len()
        );
        assert!(page.contains("this report leaves out"));
        assert!(page.contains("wirecopy report"));
    }
    assert!(whole.len() > 700_000);
}

#[test]
fn rows_come_before_members_and_members_before_texts() {
    let report = report(400, 60);
    let page = page(&report, &of_size(600_000));
    let rows = block(&page, "rows")["id"].as_array().unwrap().len();
    let members = block(&page, "members");
    let listed = members
        .as_array()
        .unwrap()
        .iter()
        .filter(|listed| listed.is_array())
        .count();
    assert_eq!(rows, 400);
    assert!(listed > 0, "{listed}");
    let check = block(&page, "check-lists");
    assert!(!check["doubtful"].as_array().unwrap().is_empty());
    assert!(!check["sample"].as_array().unwrap().is_empty());
}

/// Were long pairs passed over, the short ones behind them would be no random sample.
#[test]
fn a_sample_ends_where_a_pair_does_not_fit() {
    let mut report = report(20, 20);
    report.doubtful.clear();
    report.texts[6].text = "harbour ".repeat(100_000);
    let page = page(&report, &of_size(600_000));
    let check = block(&page, "check-lists");
    assert_eq!(check["sample"].as_array().unwrap().len(), 3);
    assert!(page.contains("17 pairs to check"));
}

#[test]
fn a_view_narrows_rows_and_says_so() {
    let mut report = report(5, 0);
    report.clusters[3].members[1].date = Some("2024-11-02".to_owned());
    let view = View {
        since: Some("2024-11-01".parse().unwrap()),
        ..View::default()
    };
    let page = page(&report, &view);
    assert_eq!(
        block(&page, "rows")["id"],
        serde_json::json!(["c0000000000000003"])
    );
    // The title, the heading and the figures are of the part.
    let part = "1 story with a document since 1 Nov 2024";
    assert!(page.contains(&format!("<h1 id=\"overview-title\">{part}</h1>")));
    assert!(page.contains(&format!("<title>{part} in ")));
    assert!(page.contains("A part of the report: 1 of 5 stories of the run."));
    assert!(page.contains("<dt>documents</dt><dd>2<small>"));
}

#[test]
fn a_report_of_nothing_is_a_page_that_says_so() {
    let page = page(&Report::default(), &View::default());
    for said in [
        "There were no documents",
        "There are no stories with copies",
        "No pairs were kept",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

/// A page of an index says what it is about, and that there are no texts.
#[test]
fn a_report_of_an_index_says_why_there_are_no_texts() {
    let mut report = report(5, 0);
    report.of_index = true;
    report.folder = "my index".to_owned();
    report.counts.clusters = 12;
    report.clusters[3].members[1].date = Some("2024-11-02".to_owned());
    let view = View {
        since: Some("2024-11-01".parse().unwrap()),
        ..View::default()
    };
    let page = page(&report, &view);
    for said in [
        "1 of 12 stories of the index",
        "an index does not keep them",
    ] {
        assert!(page.contains(said), "{said}");
    }
    for not_known in [
        "Pairs compared",
        "Rejected",
        "How alike compared pairs",
        "data-view=\"check\"",
    ] {
        assert!(!page.contains(not_known), "{not_known}");
    }
    assert_eq!(block(&page, "head")["ofIndex"], true);
}

/// What is unknown is not shown empty.
#[test]
fn without_outlets_and_dates_nothing_speaks_of_them() {
    let mut report = report(3, 3);
    report.outlets.clear();
    report.counts.documents = 6;
    report.counts.clusters = 3;
    for member in report
        .clusters
        .iter_mut()
        .flat_map(|story| &mut story.members)
    {
        (member.outlet, member.date) = (None, None);
    }
    let page = page(&report, &View::default());
    for said in ["Largest stories", "outlets unknown", "no document has one"] {
        assert!(page.contains(said), "{said}");
    }
    for not_known in [
        "Most carried",
        "Outlets as carriers",
        "in 2 outlets or more",
        "Documents and distinct stories a",
    ] {
        assert!(!page.contains(not_known), "{not_known}");
    }
}

/// A run that removed says what and why; another one has no word of it.
#[test]
fn what_was_removed_is_said_with_its_witness() {
    let mut report = report(2, 0);
    report.counts.documents = 4;
    let bare = page(&report, &View::default());
    assert!(!bare.contains("Removed documents"));
    report.removed = Some(1);
    report.clusters[1].members[1].witness = Some("the witness".to_owned());
    let page = page(&report, &View::default());
    assert_eq!(block(&page, "rows")["gone"], serde_json::json!([0, 1]));
    assert_eq!(block(&page, "members")[1][1][14], "the witness");
    assert!(
        page.contains("<dt>removed</dt><dd><a href=\"#clusters?removed=yes\">1</a><small>3 kept")
    );
}

/// `wirecopy` knows a page of its own by its first bytes (`src/output/foreign.rs`).
#[test]
fn a_page_says_early_who_made_it() {
    let page = page(&report(1, 1), &View::default());
    let at = page
        .find("<meta name=\"generator\" content=\"wirecopy ")
        .unwrap();
    assert!(at < 1_500, "{at}");
}

#[test]
fn a_text_without_end_costs_no_more_than_its_room() {
    let mut report = report(2, 2);
    report.texts[1].text = "x".repeat(10_000_000);
    report.clusters[1].title = "y".repeat(10_000_000);
    report.outlets[0].name = "z".repeat(10_000_000);
    let page = page(&report, &of_size(1_000_000));
    assert!(page.len() <= 1_000_000);
    assert_eq!(block(&page, "texts").as_array().unwrap().len(), 3);
}
