//! Charts as inline SVG, drawn by hand: a frame with axes, and what is in it.
//!
//! A chart is an image with a sentence as its name (`aria-label`), bars carry their figures as
//! titles. Colours and sizes of letters come from the style sheet by class, so one drawing serves
//! light, dark and print.

mod curve;
mod days;
mod similarities;
mod sizes;

pub(super) use curve::curve;
pub(super) use days::days;
pub(super) use similarities::similarities;
pub(super) use sizes::sizes;

use super::words::count;

/// A chart and what it says.
#[derive(Debug, serde::Serialize)]
pub(super) struct Chart {
    /// What is drawn.
    pub(super) title: String,
    /// What one should see, as a sentence.
    pub(super) says: String,
    /// The drawing; empty if there is nothing to draw.
    pub(super) svg: String,
    /// Classes and names of what is drawn in colours.
    pub(super) legend: Vec<(&'static str, &'static str)>,
}

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 42.0;

/// The area between two axes, each from 0 to 1.
struct Frame {
    inside: String,
}

impl Frame {
    fn new() -> Frame {
        Frame {
            inside: String::new(),
        }
    }

    fn x(part: f64) -> f64 {
        LEFT + part * (WIDTH - LEFT - RIGHT)
    }

    fn y(part: f64) -> f64 {
        HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
    }

    /// Horizontal lines with what they stand for.
    fn rows(&mut self, ticks: &[(f64, String)]) {
        for (part, name) in ticks {
            let y = Frame::y(*part);
            let (left, right, edge) = (LEFT, WIDTH - RIGHT, LEFT - 8.0);
            self.inside += &format!(
                "<path class=\"grid\" d=\"M{left} {y:.1}H{right}\"/><text class=\"end\" x=\"{edge}\" y=\"{:.1}\">{name}</text>",
                y + 4.0
            );
        }
    }

    /// What stands below the horizontal axis, and what the axis is.
    fn columns(&mut self, ticks: &[(f64, String)], axis: &str) {
        for (part, name) in ticks {
            let class = match *part {
                part if part > 0.93 => "end",
                part if part < 0.07 => "start",
                _ => "middle",
            };
            let (x, y) = (Frame::x(*part), HEIGHT - BOTTOM + 17.0);
            self.inside += &format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y}\">{name}</text>");
        }
        let (left, right, base) = (LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM);
        self.inside += &format!(
            "<path class=\"axis\" d=\"M{left} {base}H{right}\"/><text class=\"name end\" x=\"{right}\" y=\"{}\">{axis}</text>",
            HEIGHT - 6.0
        );
    }

    /// A bar from one part of the width to another, from one height to another.
    fn bar(
        &mut self,
        class: &str,
        (from, until): (f64, f64),
        (low, high): (f64, f64),
        title: &str,
    ) {
        let (x, y) = (Frame::x(from), Frame::y(high));
        let (width, height) = (Frame::x(until) - x, Frame::y(low) - y);
        self.inside += &format!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\"><title>{title}</title></rect>",
            width.max(0.8),
            height.max(0.0)
        );
    }

    /// The same, of stories that the page's script lists when it is pressed.
    fn listed_bar(
        &mut self,
        class: &str,
        across: (f64, f64),
        heights: (f64, f64),
        title: &str,
        list: &str,
    ) {
        let list = list.replace('&', "&amp;");
        self.inside += &format!("<g data-stories=\"{list}\">");
        self.bar(class, across, heights, title);
        self.inside += "</g>";
    }

    /// A figure above a bar.
    fn above(&mut self, (x, y): (f64, f64), figure: &str) {
        let (x, y) = (Frame::x(x), Frame::y(y) - 6.0);
        self.inside +=
            &format!("<text class=\"middle marked\" x=\"{x:.1}\" y=\"{y:.1}\">{figure}</text>");
    }

    /// Names below bars, and what they are.
    fn names(&mut self, ticks: &[(f64, String)], axis: &str) {
        for (part, name) in ticks {
            let (x, y) = (Frame::x(*part), HEIGHT - BOTTOM + 17.0);
            self.inside += &format!("<text class=\"middle\" x=\"{x:.1}\" y=\"{y}\">{name}</text>");
        }
        self.columns(&[], axis);
    }

    fn line(&mut self, class: &str, points: &[(f64, f64)]) {
        let path: Vec<String> = (points.iter())
            .map(|&(x, y)| format!("{:.1} {:.1}", Frame::x(x), Frame::y(y)))
            .collect();
        self.inside += &format!("<path class=\"{class}\" d=\"M{}\"/>", path.join("L"));
    }

    /// An upright line with a name, such as a threshold.
    fn mark(&mut self, part: f64, name: &str) {
        let x = Frame::x(part);
        let (class, shift) = if part > 0.5 {
            ("end", -6.0)
        } else {
            ("start", 6.0)
        };
        self.inside += &format!(
            "<path class=\"mark\" d=\"M{x:.1} {TOP}V{}\"/><text class=\"marked {class}\" x=\"{:.1}\" y=\"{}\">{name}</text>",
            HEIGHT - BOTTOM,
            x + shift,
            TOP + 10.0
        );
    }

    fn svg(self, says: &str) -> String {
        let says = says
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;");
        format!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{says}\">{}</svg>",
            self.inside
        )
    }
}

/// Round steps from 0 to the top of an axis that holds `most`, and that top.
fn steps(most: u64) -> (Vec<u64>, u64) {
    let most = most.max(1);
    // 1, 2, 5, 10, 20, 50, …
    let mut step = 1;
    while most > step * 4 {
        step = if step.to_string().starts_with('2') {
            step / 2 * 5
        } else {
            step * 2
        };
    }
    let top = most.div_ceil(step) * step;
    ((0..=top / step).map(|at| at * step).collect(), top)
}

/// Steps as ticks of a vertical axis.
fn counted_rows(most: u64) -> (Vec<(f64, String)>, f64) {
    let (steps, top) = steps(most);
    let ticks = steps
        .iter()
        .map(|&at| (at as f64 / top as f64, count(at)))
        .collect();
    (ticks, top as f64)
}

#[cfg(test)]
mod tests {
    use super::super::model::{Bin, Day, Report};
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(steps(0), (vec![0, 1], 1));
        assert_eq!(steps(9), (vec![0, 5, 10], 10));
        assert_eq!(steps(70), (vec![0, 20, 40, 60, 80], 80));
        assert_eq!(steps(1_234), (vec![0, 500, 1000, 1500], 1500));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let report = Report::default();
        for chart in [
            sizes(&report, &[]),
            days(&report.days),
            similarities(&report),
            curve(&report),
        ] {
            assert_eq!(chart.svg, "");
            assert!(!chart.says.is_empty());
        }
    }

    #[test]
    fn a_bar_ends_where_its_figure_is() {
        let bin = |from, accepted, refused| Bin {
            from,
            accepted,
            refused,
        };
        let report = Report {
            threshold: 0.7,
            similarities: vec![bin(0.5, 0, 4), bin(1.95, 8, 0)],
            ..Report::default()
        };
        let svg = similarities(&report).svg;
        // The axis ends at 8, so 8 pairs fill the height and 4 fill half of it.
        assert!(svg.contains("y=\"12.0\""), "{svg}");
        assert!(
            svg.contains("height=\"176.0\"") && svg.contains("height=\"88.0\""),
            "{svg}"
        );
    }

    #[test]
    fn many_days_are_drawn_as_weeks_or_months() {
        let day = |day: i64| Day {
            day: format!(
                "{}-{:02}-{:02}",
                2000 + day / 336,
                day / 28 % 12 + 1,
                day % 28 + 1
            ),
            documents: 2,
            stories: 1,
        };
        let drawn = |many: i64| {
            let report = Report {
                days: (0..many).map(day).collect(),
                ..Report::default()
            };
            let chart = days(&report.days);
            (chart.title, chart.svg.matches("<rect").count())
        };
        assert_eq!(
            drawn(20),
            ("Documents and distinct stories a day".to_owned(), 60)
        );
        assert!(drawn(336).0.ends_with("a week"));
        assert!(drawn(3360).0.ends_with("a month"));
        assert!(drawn(3360).1 < 600);
    }
}
