//! How many documents a story has: a bar for each number of documents, or for a range of them where they are many.

use super::super::model::Report;
use super::super::words::{address, count, counted};
use super::{Chart, Frame};

/// Sizes that begin a bar: each of the small ones, then 1, 2, 5 times every power of ten.
const EACH: u64 = 9;

/// A bar: the least and the most documents, and how many stories.
struct Bar {
    least: u64,
    most: u64,
    stories: u64,
}

pub(in super::super) fn sizes(report: &Report, clusters: &[usize]) -> Chart {
    let sizes = clusters
        .iter()
        .map(|&at| report.clusters[at].members.len() as u64);
    let mut sizes: Vec<u64> = sizes.collect();
    sizes.sort_unstable();
    let says = says(&sizes);
    let bars = bars(&sizes);
    let svg = match bars.is_empty() {
        true => String::new(),
        false => draw(&bars).svg(&says),
    };
    Chart {
        title: "How many documents tell a story".to_owned(),
        says,
        svg,
        legend: Vec::new(),
    }
}

fn says(sizes: &[u64]) -> String {
    let (Some(least), Some(most)) = (sizes.first(), sizes.last()) else {
        return "There is no story with copies.".to_owned();
    };
    let stories = counted(sizes.len() as u64, "story", "stories");
    let half = sizes[(sizes.len() - 1) / 2];
    match least == most {
        true => format!("{stories} of {} documents.", count(*most)),
        false => format!(
            "{stories} of {} to {} documents; half of them have {}{}.",
            count(*least),
            count(*most),
            count(half),
            if half > 2 { " or fewer" } else { "" }
        ),
    }
}

/// The bars from the smallest size to the largest.
fn bars(sizes: &[u64]) -> Vec<Bar> {
    let Some(&largest) = sizes.last() else {
        return Vec::new();
    };
    let mut begins: Vec<u64> = (2..=EACH.min(largest)).collect();
    if largest > EACH {
        // 2, 3, 4, 5, 6 to 9, 10 to 19, 20 to 49, 50 to 99, …
        begins.retain(|&begin| begin <= 6);
        let tens = std::iter::successors(Some(10_u64), |tens| tens.checked_mul(10));
        let rounds = tens.flat_map(|tens| [tens, tens.saturating_mul(2), tens.saturating_mul(5)]);
        begins.extend(rounds.take_while(|&begin| begin <= largest));
    }
    let ends = begins
        .iter()
        .skip(1)
        .map(|begin| begin - 1)
        .chain([largest]);
    let bar = |(&least, most): (&u64, u64)| Bar {
        least,
        most,
        stories: sizes
            .iter()
            .filter(|&&size| least <= size && size <= most)
            .count() as u64,
    };
    begins.iter().zip(ends).map(bar).collect()
}

fn draw(bars: &[Bar]) -> Frame {
    let highest = bars.iter().map(|bar| bar.stories).max().unwrap_or(1).max(1);
    // A bar is as wide as one of six would be at most, and is in the middle of its place.
    let slots = bars.len().max(6) as f64;
    let mut frame = Frame::new();
    let mut ticks = Vec::new();
    for (at, bar) in bars.iter().enumerate() {
        let (from, until) = ((at as f64 + 0.14) / slots, (at as f64 + 0.86) / slots);
        let middle = f64::midpoint(from, until);
        // Its figure stands above the highest one.
        let up = 0.9 * bar.stories as f64 / highest as f64;
        let range = match bar.least == bar.most {
            true => count(bar.least),
            false => format!("{} to {}", count(bar.least), count(bar.most)),
        };
        let title = format!(
            "{} of {range} documents",
            counted(bar.stories, "story", "stories")
        );
        let list = address(&[
            ("least", &bar.least.to_string()),
            ("most", &bar.most.to_string()),
        ]);
        frame.listed_bar("full", (from, until), (0.0, up), &title, &list);
        if bar.stories > 0 {
            frame.above((middle, up), &count(bar.stories));
        }
        let short = match bar.least == bar.most {
            true => count(bar.least),
            false => format!("{}–{}", short(bar.least), short(bar.most)),
        };
        ticks.push((middle, short));
    }
    frame.names(&ticks, "documents");
    frame
}

/// A size with few letters: a place is narrow.
fn short(size: u64) -> String {
    match size {
        ..10_000 => size.to_string(),
        _ => format!("{}k", size / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_is_in_one_bar() {
        for sizes in [
            vec![2],
            vec![2, 2, 3, 5],
            vec![2, 9, 10, 11, 19, 20, 4_999, 50_000],
            (2..400).collect(),
        ] {
            let bars = bars(&sizes);
            assert_eq!(
                bars.iter().map(|bar| bar.stories).sum::<u64>(),
                sizes.len() as u64
            );
            assert!(bars.windows(2).all(|two| two[0].most + 1 == two[1].least));
            assert_eq!(
                (bars[0].least, bars[bars.len() - 1].most),
                (2, sizes[sizes.len() - 1])
            );
        }
        assert!(bars(&[]).is_empty());
    }

    #[test]
    fn half_is_reported_right() {
        assert_eq!(
            says(&[2, 2, 2, 3, 5]),
            "5 stories of 2 to 5 documents; half of them have 2."
        );
        assert_eq!(
            says(&[2, 4, 4, 5]),
            "4 stories of 2 to 5 documents; half of them have 4 or fewer."
        );
        assert_eq!(says(&[2]), "1 story of 2 documents.");
    }
}
