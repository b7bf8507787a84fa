//! The page people look at: who carried which story, when, and what they changed.
//!
//! [`page`] draws a saved [`Report`] as one self-contained HTML file, [`pair_page`] two texts side
//! by side. Both are pure functions with the same bytes for the same model: no clock, no network,
//! no file. What they do with hostile text is written in `escape.rs` and `policy.rs`.
//!
//! The HTML is in `page/*.html`, the style in `page/*.css`, the script in `page/*.js`; all are part
//! of the program. A page is its frame (readable without a script) and blocks of data behind it,
//! which the script reads when they are asked for.

pub mod carrying;
pub mod model;

mod budget;
mod carriers;
mod charts;
mod encode;
mod escape;
mod heading;
mod left_out;
mod noted;
mod overview;
mod part;
mod policy;
mod saved;
mod since;
mod view;
mod words;

pub use model::Report;
pub use saved::{FILE, PAGE, SavedError};
pub use since::{Since, SinceError};
pub use view::{DEFAULT_BUDGET, View};

use budget::Data;
use encode::Names;
use left_out::LeftOut;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use overview::Overview;

/// What the page says and does before its first line: theme, and that there is a script.
const EARLY: &str = include_str!("page/early.js");

/// The script. One function around all, so that nothing is global.
const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("page/dom.js"),
    include_str!("page/words.js"),
    include_str!("page/data.js"),
    include_str!("page/filter.js"),
    include_str!("page/table.js"),
    include_str!("page/controls.js"),
    include_str!("page/align.js"),
    include_str!("page/pair.js"),
    include_str!("page/carried.js"),
    include_str!("page/cluster.js"),
    include_str!("page/judged.js"),
    include_str!("page/check.js"),
    include_str!("page/export.js"),
    include_str!("page/route.js"),
    "})();\n"
);

const STYLE: &str = concat!(
    include_str!("page/base.css"),
    include_str!("page/overview.css"),
    include_str!("page/table.css"),
    include_str!("page/cluster.css"),
    include_str!("page/pair.css"),
    include_str!("page/print.css"),
);

const TEMPLATES: [(&str, &str); 6] = [
    ("frame.html", include_str!("page/frame.html")),
    ("report.html", include_str!("page/report.html")),
    ("overview.html", include_str!("page/overview.html")),
    ("clusters.html", include_str!("page/clusters.html")),
    ("check.html", include_str!("page/check.html")),
    ("pair.html", include_str!("page/pair.html")),
];

/// The report as one HTML file of at most `view.budget` bytes, if that holds the frame.
pub fn page(report: &Report, view: &View) -> String {
    let clusters = view.clusters(report);
    let names = Names::of(report);
    let head = names.head(report);
    let mut overview = Overview::of(report, view, &clusters);
    // What is left out is not known yet; the frame is measured with the longest that could be said.
    overview.left_out = LeftOut::everything().said(report, view);
    let frame = draw("report.html", &overview, &head, &Data::default());
    let room = view.budget.saturating_sub(frame.len());
    let data = budget::fill(report, &clusters, &names, room);
    overview.left_out = data.left_out.said(report, view);
    draw("report.html", &overview, &head, &data)
}

/// Two texts side by side: the first comparison of a report that holds nothing else.
pub fn pair_page(report: &Report) -> String {
    let names = Names::of(report);
    let everything = View {
        budget: usize::MAX,
        ..View::default()
    };
    let overview = Overview::of(report, &everything, &[]);
    let mut data = budget::fill(report, &[], &names, usize::MAX / 2);
    if let Some(pair) = report.comparisons.first() {
        let text = |number: u32| report.texts.get(number as usize).map(encode::text);
        if let (Some(a), Some(b)) = (text(pair.a), text(pair.b)) {
            data.texts = format!("[{a},{b}]");
            data.comparisons = format!("[{}]", encode::comparison(pair, 0, 1));
        }
    }
    draw("pair.html", &overview, &names.head(report), &data)
}

/// Fills a template. What is marked as safe is ours or was escaped.
fn draw(template: &str, overview: &Overview, head: &str, data: &Data) -> String {
    let mut templates = Environment::new();
    for (name, source) in TEMPLATES {
        (templates.add_template(name, source))
            .expect("the templates of the program are well-formed");
    }
    let safe = |text: &str| Value::from_safe_string(text.to_owned());
    let page = templates.get_template(template).and_then(|template| {
        template.render(context! {
            overview => Serde(overview),
            policy => safe(&policy::policy(&[EARLY, SCRIPT], STYLE)),
            early => safe(EARLY),
            script => safe(SCRIPT),
            style => safe(STYLE),
            head => safe(head),
            rows => safe(&data.rows),
            members => safe(&data.members),
            shown => safe(&data.shown),
            texts => safe(&data.texts),
            comparisons => safe(&data.comparisons),
            check => safe(&data.check),
        })
    });
    page.expect("the templates of the program name what they are given")
}

#[cfg(test)]
mod tests;
