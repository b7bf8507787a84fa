//! The S-curve as a picture: one self-contained SVG that follows the reader's light or dark theme.

use std::fmt::Write;

use wirecopy::similarity::Threshold;
use wirecopy::sketch::Banding;

use super::curve::even_odds;

/// The plot's edges within the picture of 640 × 420, in user units.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 616.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 364.0;
/// Straight pieces of the curve: less than three units wide each.
const PIECES: u32 = 200;

/// Plain rules, no variables: viewers other than browsers know no more.
const STYLE: &str = "\
.wirecopy-curve{font:13px system-ui,sans-serif}
.wirecopy-curve text{fill:#59636e}
.wirecopy-curve .name{fill:#1f2328;font-size:15px;font-weight:600}
.wirecopy-curve .page{fill:#ffffff}
.wirecopy-curve .grid{stroke:#d8dee4}
.wirecopy-curve .axis{stroke:#59636e}
.wirecopy-curve .curve{fill:none;stroke:#0b62c4;stroke-width:2.5;stroke-linejoin:round}
.wirecopy-curve .mark{stroke:#b35900;stroke-width:1.5;stroke-dasharray:5 4}
.wirecopy-curve .point{fill:#b35900}
.wirecopy-curve .reading{fill:#b35900;font-weight:600}
@media (prefers-color-scheme:dark){
.wirecopy-curve text{fill:#9aa4af}
.wirecopy-curve .name{fill:#e6edf3}
.wirecopy-curve .page{fill:#0d1117}
.wirecopy-curve .grid{stroke:#333b44}
.wirecopy-curve .axis{stroke:#9aa4af}
.wirecopy-curve .curve{stroke:#6cb2ff}
.wirecopy-curve .mark{stroke:#f0a04b}
.wirecopy-curve .point,.wirecopy-curve .reading{fill:#f0a04b}
}
";

fn x(similarity: f64) -> f64 {
    LEFT + similarity * (RIGHT - LEFT)
}

fn y(found: f64) -> f64 {
    BOTTOM - found * (BOTTOM - TOP)
}

/// Draws the probability of being found over the similarity, and the threshold.
pub(super) fn draw(banding: Banding, threshold: Threshold) -> String {
    let at = threshold.get();
    let found = banding.candidate_probability(at);
    let (bands, rows, slots) = (banding.bands(), banding.rows(), banding.slots());
    let even = even_odds(banding);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420" class="wirecopy-curve" role="img" aria-labelledby="wirecopy-curve-title wirecopy-curve-desc">
<title id="wirecopy-curve-title">Share of pairs found by {bands} bands of {rows} rows</title>
<desc id="wirecopy-curve-desc">An S-curve over the Jaccard similarity of a pair, from 0 to 1. Half of the pairs are found at similarity {even:.3}. At the threshold {at} the share is {found:.4}.</desc>
<style>
{STYLE}</style>
<rect class="page" width="640" height="420"/>
<text class="name" x="{LEFT}" y="26">{bands} bands of {rows} rows, {slots} slots</text>
"#
    );
    grid(&mut svg);
    mark(&mut svg, at, found);
    curve(&mut svg, banding);
    svg.push_str("</svg>\n");
    svg
}

/// Writing to a `String` cannot fail.
fn line(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = writeln!(svg, "{arguments}");
}

fn grid(svg: &mut String) {
    for tenth in (0..=10).step_by(2) {
        let share = f64::from(tenth) / 10.0;
        let (across, up) = (x(share), y(share));
        let class = if tenth == 0 { "axis" } else { "grid" };
        line(
            svg,
            format_args!(
                r#"<path class="{class}" d="M{across:.1} {TOP}V{BOTTOM}M{LEFT} {up:.1}H{RIGHT}"/>"#
            ),
        );
        line(
            svg,
            format_args!(
                r#"<text x="{across:.1}" y="{:.1}" text-anchor="middle">{share:.1}</text>"#,
                BOTTOM + 20.0
            ),
        );
        line(
            svg,
            format_args!(
                r#"<text x="{:.1}" y="{:.1}" text-anchor="end">{share:.1}</text>"#,
                LEFT - 10.0,
                up + 4.5
            ),
        );
    }
    line(
        svg,
        format_args!(
            r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">Jaccard similarity of the pair</text>"#,
            f64::midpoint(LEFT, RIGHT),
            BOTTOM + 44.0
        ),
    );
    let middle = f64::midpoint(TOP, BOTTOM);
    line(
        svg,
        format_args!(
            r#"<text transform="translate(20 {middle:.1}) rotate(-90)" text-anchor="middle">share of pairs found</text>"#
        ),
    );
}

/// The threshold as a line, and what is found there, on the side with more room.
fn mark(svg: &mut String, at: f64, found: f64) {
    let across = x(at);
    let (side, anchor) = if at > 0.5 {
        (-10.0, "end")
    } else {
        (10.0, "start")
    };
    line(
        svg,
        format_args!(r#"<path class="mark" d="M{across:.1} {TOP}V{BOTTOM}"/>"#),
    );
    line(
        svg,
        format_args!(
            r#"<circle class="point" cx="{across:.1}" cy="{:.1}" r="4.5"/>"#,
            y(found)
        ),
    );
    line(
        svg,
        format_args!(
            r#"<text class="reading" x="{:.1}" y="{:.1}" text-anchor="{anchor}">{found:.4} found at {at}</text>"#,
            across + side,
            TOP - 8.0
        ),
    );
}

fn curve(svg: &mut String, banding: Banding) {
    svg.push_str(r#"<path class="curve" d="M"#);
    for piece in 0..=PIECES {
        let similarity = f64::from(piece) / f64::from(PIECES);
        let found = banding.candidate_probability(similarity);
        let _ = write!(svg, "{:.1} {:.1} ", x(similarity), y(found));
    }
    svg.push_str("\"/>\n");
}
