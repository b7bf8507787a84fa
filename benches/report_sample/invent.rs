//! A whole report, invented: clusters by a power law over sixty days and outlets.

use std::collections::BTreeMap;

use wirecopy::report::model::{
    Bin, Cluster, Comparison, Counts, Day, Doubt, Drawn, FORMAT, Masked, Member, Outlet, Report,
};

use crate::story::{Dice, Page, headline, paragraphs, runs, sentence};

/// Clusters whose texts are in the model.
const WITH_TEXTS: u64 = 120;
/// Members of a cluster whose texts are in the model.
const TEXTS_EACH: usize = 24;

const TOWNS: &[&str] = &[
    "Ebersand",
    "Sarrel",
    "Caldera",
    "Northfield",
    "Tessamar",
    "Lindau",
    "Marrow",
    "Ostwick",
    "Pellin",
    "Quarrie",
    "Rothmere",
    "Sundholm",
    "Tarang",
    "Ulvik",
    "Verden",
];
const KINDS: &[&str] = &["Courier", "Post", "Ledger", "Observer"];
const AGENCIES: &[&str] = &["Reuters", "AP", "dpa", "AFP"];
const RELATIONS: &[&str] = &[
    "exact",
    "normalized",
    "excerpt",
    "extended",
    "updated",
    "revised",
    "composite",
];

/// Titles that attack the page. A test looks whether any of them did something.
const HOSTILE: &[&str] = &[
    "</script><script>window.attacked = 1</script>",
    "<img src=x onerror=\"window.attacked = 2\"> hostile image",
    "{{ 7 * 7 }} hostile template <!-- <script>",
    "\u{202E}hostile override\u{2066} never closed \u{2069}\u{2069}\u{2069}",
    "hostile nul \0 and bell \u{7} and \u{2028} separator",
    "=HYPERLINK(\"http://example.invalid/\";\"hostile formula\")",
    "\u{627}\u{644}\u{645}\u{64A}\u{646}\u{627}\u{621} \u{64A}\u{639}\u{648}\u{62F} \u{625}\u{644}\u{649} \u{627}\u{644}\u{639}\u{645}\u{644}",
];

/// A report of so many clusters.
pub(crate) fn report(clusters: u64, seed: u64) -> Report {
    let mut dice = Dice(seed);
    let mut report = Report {
        format: FORMAT,
        version: "0.0.0".to_owned(),
        recipe: "profile=wire text=v1 shingle=word:3 slots=256 bands=128 rows=2 threshold=0.7"
            .to_owned(),
        in_words: vec![
            "What belongs to the page and not to the story is masked before anything is compared."
                .to_owned(),
            "Pages are copies if their stories, aligned word by word, score at least 0.7."
                .to_owned(),
            "Other facts in the same form part a pair whatever its score.".to_owned(),
        ],
        profile: "wire".to_owned(),
        measure: "score".to_owned(),
        threshold: 0.7,
        inputs: vec!["invented.jsonl".to_owned()],
        folder: "copies".to_owned(),
        bounds: vec![("keys filed under more than 200 documents".to_owned(), 12)],
        masked: Some(Masked {
            words: clusters * 1600,
            masked: clusters * 510,
            doubted: vec![("Ulvik Ledger".to_owned(), 41, 0.78)],
        }),
        outlets: outlets(),
        curve: (0..=40)
            .map(|i| f64::from(i) / 40.0)
            .map(|s| (s, 1.0 - (1.0 - s * s).powi(128)))
            .collect(),
        ..Report::default()
    };
    let mut sizes: Vec<u64> = (0..clusters).map(|_| size(&mut dice)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    for (number, size) in (0..).zip(sizes) {
        let cluster = cluster(&mut dice, &mut report, number, size);
        report.clusters.push(cluster);
    }
    pairs_to_check(&mut dice, &mut report);
    count(&mut dice, &mut report);
    report
}

/// The model of a page about one pair: the first one that was compared.
pub(crate) fn one_pair(report: &Report) -> Report {
    let comparison = &report.comparisons[0];
    let text = |number: u32| report.texts[number as usize].clone();
    Report {
        texts: vec![text(comparison.a), text(comparison.b)],
        comparisons: vec![Comparison {
            a: 0,
            b: 1,
            ..comparison.clone()
        }],
        clusters: Vec::new(),
        doubtful: Vec::new(),
        sample: Vec::new(),
        ..report.clone()
    }
}

fn outlets() -> Vec<Outlet> {
    let name = |name: String| Outlet {
        name,
        ..Outlet::default()
    };
    let mut outlets: Vec<Outlet> = (TOWNS.iter())
        .flat_map(|town| KINDS.iter().map(move |kind| format!("{town} {kind}")))
        .map(name)
        .collect();
    outlets.push(name("<b>Bold</b> & Sons \u{202E}elbat".to_owned()));
    outlets.push(name(
        "\u{5D4}\u{5D0}\u{5E8}\u{5E5} \u{5D4}\u{5D9}\u{5D5}\u{5DD}".to_owned(),
    ));
    outlets
}

/// 2 or more, by a power law.
fn size(dice: &mut Dice) -> u64 {
    let mut size = 2;
    while size < 90 && dice.roll(100) < 62 - 20 / size {
        size += 1;
    }
    size
}

fn cluster(dice: &mut Dice, report: &mut Report, number: u64, size: u64) -> Cluster {
    let story = paragraphs(dice);
    let title = match number % 60 {
        at @ 3..10 if number < 600 => HOSTILE[usize::try_from(at - 3).expect("small")].to_owned(),
        _ => headline(dice),
    };
    let agency = (dice.roll(3) > 0).then(|| dice.pick(AGENCIES).to_owned());
    let begin = dice.roll(59 * 24);
    let whole = Page::carry(dice, &story, story.len(), 0);
    let mut lags: Vec<u64> = (1..size)
        .map(|_| dice.roll(10) * dice.roll(1000) * 9)
        .collect();
    lags.push(0);
    lags.sort_unstable();
    let mut members = Vec::new();
    for (place, lag) in (0..).zip(lags) {
        let dated = place == 0 || dice.roll(40) > 0;
        let outlet = u32::try_from(dice.roll(report.outlets.len() as u64)).expect("few");
        let mut member = Member {
            id: format!("doc-{number}-{place}"),
            outlet: Some(outlet),
            date: dated.then(|| date(begin * 3600 + lag)),
            lag: dated.then(|| i64::try_from(lag).expect("small")),
            score: 1.0,
            coverage: 1.0,
            representative_coverage: 1.0,
            words: whole.words(),
            title: Some(if place > 0 && dice.roll(2) == 0 {
                headline(dice)
            } else {
                title.clone()
            }),
            agency: agency.clone().filter(|_| dice.roll(3) > 0),
            // Of a forged model, one address would be run by a browser.
            url: Some(match number {
                3 => "javascript:window.attacked=9".to_owned(),
                _ => format!("https://outlet-{outlet}.example/news/{number}-{place}"),
            }),
            ..Member::default()
        };
        if place > 0 {
            member.relation = Some(dice.pick(RELATIONS).to_owned());
            member.coverage = (40 + dice.roll(61)) as f64 / 100.0;
            member.representative_coverage = (30 + dice.roll(71)) as f64 / 100.0;
        }
        if number < WITH_TEXTS && place < TEXTS_EACH {
            let first = members.first().and_then(|first: &Member| first.text);
            show(dice, report, &mut member, first, (&story, &whole));
        }
        member.score = 0.7 + 0.3 * member.coverage * member.representative_coverage;
        members.push(member);
    }
    Cluster {
        id: format!("c{number:04x}{:012x}", dice.roll(1 << 48)),
        title,
        opening: story[0].chars().take(200).collect(),
        agency,
        doubted: None,
        members,
    }
}

/// Gives a member its text and, if it is not the first, its comparison with the first.
fn show(
    dice: &mut Dice,
    report: &mut Report,
    member: &mut Member,
    first: Option<u32>,
    (story, whole): (&[String], &Page),
) {
    let number = u32::try_from(report.texts.len()).expect("few");
    let mut page = whole.clone();
    if let Some(first) = first {
        let kept = story.len() - usize::try_from(dice.roll(story.len() as u64 - 1)).expect("small");
        let edits = 6 + dice.roll(60);
        page = Page::carry(dice, story, kept, edits);
        let runs = runs(whole, &page);
        let shared: u32 = runs.iter().map(|&(a, b, ..)| (b - a) / 6).sum();
        member.words = page.words() + 20;
        member.coverage = (f64::from(shared) / f64::from(member.words)).min(1.0);
        member.representative_coverage = (f64::from(shared) / f64::from(whole.words())).min(1.0);
        let fact = runs.get(1).copied().filter(|_| dice.roll(3) == 0);
        member.comparison = Some(u32::try_from(report.comparisons.len()).expect("few"));
        report.comparisons.push(Comparison {
            a: first,
            b: number,
            accepted: true,
            same_cluster: true,
            relation: member.relation.clone(),
            score: 0.7 + 0.3 * member.coverage * member.representative_coverage,
            parts: Some((member.coverage, member.representative_coverage, 0.02)),
            coverage_a: member.representative_coverage,
            coverage_b: member.coverage,
            facts_a: fact.map(|(a, ..)| (a, a + 3)).into_iter().collect(),
            facts_b: fact.map(|(.., b, _)| (b, b + 3)).into_iter().collect(),
            runs,
            ..Comparison::default()
        });
    }
    member.text = Some(number);
    let outlet = member
        .outlet
        .map(|outlet| report.outlets[outlet as usize].name.clone());
    let title = member.title.clone().unwrap_or_default();
    report
        .texts
        .push(page.into_text(member.id.clone(), outlet, member.date.clone(), title));
}

/// The first comparisons are doubtful, some later ones are the sample; a few are refused.
fn pairs_to_check(dice: &mut Dice, report: &mut Report) {
    let few = u32::try_from(report.comparisons.len()).expect("few");
    for comparison in 0..few.min(24) {
        let why = dice.pick(&[
            "near the threshold",
            "weakest link of its cluster",
            "composite",
        ]);
        report.doubtful.push(Doubt {
            comparison,
            why: why.to_owned(),
        });
    }
    for comparison in (24..few).step_by(7).take(60) {
        let pair = &mut report.comparisons[comparison as usize];
        pair.accepted = dice.roll(3) > 0;
        pair.refused = (!pair.accepted).then(|| dice.pick(&["gate", "score", "facts"]).to_owned());
        let side = if pair.accepted { "accepted" } else { "refused" };
        let stratum = format!("{side}, score {:.1} to {:.1}", 0.7, 0.8);
        report.sample.push(Drawn {
            comparison,
            stratum,
            weight: 1.0 + dice.roll(400) as f64,
        });
    }
    let local = sentence(dice);
    if let Some(text) = report.texts.get_mut(1) {
        text.text.push_str(&format!(
            "\n{} </script><script>window.attacked = 3</script> {local}",
            HOSTILE[3]
        ));
    }
}

/// Everything that is counted over clusters.
fn count(dice: &mut Dice, report: &mut Report) {
    let clustered: u64 = report
        .clusters
        .iter()
        .map(|cluster| cluster.members.len() as u64)
        .sum();
    let clusters = report.clusters.len() as u64;
    report.counts = Counts {
        documents: clustered * 2,
        rejected: 3,
        thin: clustered / 50,
        clusters,
        clustered,
        duplicates: clustered - clusters,
        compared: clustered * 4,
        accepted: clustered,
    };
    let mut days = BTreeMap::new();
    for cluster in &report.clusters {
        let mut seen = Vec::new();
        for (place, member) in cluster.members.iter().enumerate() {
            let outlet = &mut report.outlets[member.outlet.expect("all have one") as usize];
            outlet.documents += 1;
            outlet.first += u64::from(place == 0);
            outlet.median_lag = Some(i64::try_from(dice.roll(90_000)).expect("small"));
            if !seen.contains(&member.outlet) {
                outlet.stories += 1;
                seen.push(member.outlet);
            }
            if let Some(date) = &member.date {
                let day = days.entry(date[..10].to_owned()).or_insert((0, 0));
                *day = (day.0 + 1, day.1 + u64::from(place == 0));
            }
        }
    }
    let alone = report.counts.documents / 160;
    report.days = (days.into_iter())
        .map(|(day, (documents, stories))| {
            let alone = alone + dice.roll(alone / 2 + 1);
            Day {
                day,
                documents: documents + alone,
                stories: stories + alone,
            }
        })
        .collect();
    report.similarities = (4..20)
        .map(|bin: u32| Bin {
            from: f64::from(bin) / 20.0,
            accepted: if bin < 14 { 0 } else { 200 + dice.roll(900) },
            refused: if bin < 14 {
                3000 / u64::from(bin)
            } else {
                dice.roll(40)
            },
        })
        .collect();
}

/// A moment so many seconds into September 2024.
fn date(seconds: u64) -> String {
    let (day, second) = (seconds / 86_400, seconds % 86_400);
    let (month, day) = [30, 31, 30, 31]
        .iter()
        .fold((9, day), |(month, day), &length| {
            if day >= length && month < 13 {
                (month + 1, day - length)
            } else {
                (month, day)
            }
        });
    format!(
        "2024-{month:02}-{:02}T{:02}:{:02}:{:02}Z",
        day + 1,
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}
