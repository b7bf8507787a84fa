//! A digest votes once: for the story it holds most of.
//!
//! A digest holds pieces of several stories, and is alike to the copies of each. Average linkage
//! weighs its links as any others, so where a story has few carriers, one page joined it with
//! another one. So: where the accepted partners of a text hold passages of it that are apart, and
//! none of these partners is a copy of one of those, they are of different stories, and the text
//! keeps its links with the one that it holds most of. Its other links count as refused.
//!
//! Partners hold one story if they hold a part of the text in common or are copies of each other,
//! or if a chain of such partners leads from one to the other: the opening and the end of a report
//! are one story as soon as a third page holds both. A partner that holds too little of the text
//! for a part of it keeps its link.
//!
//! Every text looks at the links as they came, so the order of texts decides nothing. Which story
//! is held most of is known by parts, then by the smallest content hash among its carriers.
//!
//! Time: a walk over the links; the links of a partner are looked at only where partners seem to
//! hold different stories. Measured in `docs/measured.md`.

use std::cmp::Reverse;

use super::link::{Link, Text, Weight};
use super::ties::Ties;
use crate::doc_id::DocId;
use crate::parts::Parts;

/// An accepted partner of a text.
#[derive(Clone, Copy)]
struct Partner {
    other: DocId,
    /// What it holds of the text.
    parts: Parts,
    /// The place of the link.
    link: usize,
}

/// Takes their other votes from digests: links of a text with stories that it holds less of count
/// as refused. `parts` says of every link what the two hold of its first text, and of its second.
///
/// # Panics
///
/// If a link names a place that is not in `texts`, or has no parts.
pub fn vote_once(texts: &[Text], links: &mut [Link], parts: &[(Parts, Parts)]) {
    let ties = Ties::of(texts.len(), links, |link| {
        link.weight.is_accepted() && link.a != link.b
    });
    let partners = |text: DocId| {
        ties.get(text).map(move |tie| {
            let (of_a, of_b) = parts[tie.number];
            Partner {
                other: tie.other,
                parts: if tie.link.a == text { of_a } else { of_b },
                link: tie.number,
            }
        })
    };
    let mut lost = Vec::new();
    // Which parts of the text at hand a text holds, and none of other texts.
    let mut held = vec![Parts::NONE; texts.len()];
    let mut own: Vec<Partner> = Vec::new();
    for text in (0..texts.len()).map(DocId::from_index) {
        own.clear();
        own.extend(partners(text));
        let mut stories: Vec<Parts> = Vec::new();
        own.iter()
            .for_each(|of| add_passage(&mut stories, of.parts));
        if stories.len() < 2 {
            continue;
        }
        own.iter().for_each(|of| held[of.other.index()] = of.parts);
        for one in own.iter().filter(|one| !one.parts.is_empty()) {
            for copy in partners(one.other) {
                let parts = held[copy.other.index()];
                if !parts.is_empty() && parts.is_apart_from(one.parts) {
                    add_passage(&mut stories, parts.and(one.parts));
                }
            }
        }
        own.iter()
            .for_each(|of| held[of.other.index()] = Parts::NONE);
        let rank = |story: Parts| {
            let carriers = own.iter().filter(|of| !of.parts.is_apart_from(story));
            carriers.map(|of| texts[of.other.index()].rank).min()
        };
        let most = stories
            .into_iter()
            .max_by_key(|&story| (story.count(), Reverse(rank(story))));
        let of_others = own.iter().filter(|of| {
            let is_apart = most.is_some_and(|most| most.is_apart_from(of.parts));
            is_apart && !of.parts.is_empty()
        });
        lost.extend(of_others.map(|of| of.link));
    }
    for at in lost {
        links[at].weight = Weight::REFUSED;
    }
}

/// Adds a passage to the stories of a text, each all that is in one: those that it has a part
/// in common with become one. The stories are apart.
fn add_passage(stories: &mut Vec<Parts>, passage: Parts) {
    if passage.is_empty() {
        return;
    }
    let mut story = passage;
    stories.retain(|other| {
        let is_apart = other.is_apart_from(passage);
        if !is_apart {
            story = story.and(*other);
        }
        is_apart
    });
    stories.push(story);
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::cluster::{LEAST_AVERAGE, average};
    use crate::similarity::Threshold;

    const WORDS: u32 = 320;

    fn passage(words: std::ops::Range<u32>) -> Parts {
        Parts::of(std::iter::once(words), WORDS)
    }

    /// All of a text.
    fn all() -> Parts {
        passage(0..WORDS)
    }

    /// A link of the texts numbered so, and what it holds of each.
    type Given = (u32, u32, Parts, Parts);

    /// The links that are left after the vote.
    fn voted(given: &[Given]) -> Vec<(u32, u32)> {
        let (texts, mut links, parts) = room(given);
        vote_once(&texts, &mut links, &parts);
        let left = links.iter().filter(|link| link.weight.is_accepted());
        left.map(|link| (link.a.get(), link.b.get())).collect()
    }

    fn room(given: &[Given]) -> (Vec<Text>, Vec<Link>, Vec<(Parts, Parts)>) {
        let texts = (0..9).map(|at| Text { rank: 100 - at });
        let links = given.iter().map(|&(a, b, ..)| Link {
            a: DocId::new(a),
            b: DocId::new(b),
            weight: Weight::accepted(0.6),
        });
        let parts = given.iter().map(|&(.., of_a, of_b)| (of_a, of_b));
        (texts.collect(), links.collect(), parts.collect())
    }

    /// Text 0 is a digest with more of 1 than of 2.
    fn digest() -> [Given; 2] {
        [
            (0, 1, passage(0..200), passage(0..150)),
            (0, 2, passage(210..320), passage(0..150)),
        ]
    }

    #[test]
    fn a_digest_votes_for_the_story_it_holds_most_of() {
        assert_eq!(voted(&digest()), [(0, 1)]);
        let [one, other] = digest();
        assert_eq!(voted(&[other, one]), [(0, 1)], "in any order");
        // The same, seen from the other side.
        let turned = digest().map(|(a, b, of_a, of_b)| (b + 6, a, of_b, of_a));
        assert_eq!(voted(&turned), [(7, 0)]);
    }

    #[test]
    fn partners_that_are_copies_or_share_a_passage_are_one_story() {
        let copies = [
            digest()[0],
            digest()[1],
            (1, 2, passage(0..90), passage(0..90)),
        ];
        assert_eq!(voted(&copies), [(0, 1), (0, 2), (1, 2)]);
        let overlapping = [
            (0, 1, passage(0..200), all()),
            (0, 2, passage(150..320), all()),
        ];
        assert_eq!(voted(&overlapping), [(0, 1), (0, 2)]);
    }

    #[test]
    fn the_opening_and_the_end_are_one_story_if_a_third_page_holds_both() {
        let ends = [
            (0, 1, passage(0..100), all()),
            (0, 2, passage(220..320), all()),
        ];
        assert_eq!(voted(&ends).len(), 1);
        let whole = (0, 3, all(), all());
        assert_eq!(voted(&[ends[0], ends[1], whole]).len(), 3);
    }

    #[test]
    fn a_passage_that_is_no_part_keeps_its_vote() {
        let little = (0, 3, Parts::NONE, all());
        assert_eq!(voted(&[digest()[0], digest()[1], little]), [(0, 1), (0, 3)]);
    }

    #[test]
    fn of_two_stories_held_alike_the_smallest_content_hash_counts() {
        let even = [
            (0, 1, passage(0..160), all()),
            (0, 2, passage(160..320), all()),
        ];
        assert_eq!(voted(&even), [(0, 2)]);
    }

    #[test]
    fn a_digest_does_not_join_two_stories_of_two_carriers() {
        let mut given = digest().to_vec();
        given.push((1, 3, all(), all()));
        given.push((2, 4, all(), all()));
        let (texts, mut links, parts) = room(&given);
        let stop = Threshold::new(LEAST_AVERAGE).expect("between 0 and 1");
        let clusters = |links: &[Link]| {
            average(&texts, links, stop, texts.len(), &AtomicBool::new(false)).members
        };
        let of = |members: &[u32]| members.iter().map(|&at| DocId::new(at)).collect::<Vec<_>>();
        assert_eq!(clusters(&links), [of(&[0, 1, 2, 3, 4])]);
        vote_once(&texts, &mut links, &parts);
        assert_eq!(clusters(&links), [of(&[0, 1, 3]), of(&[2, 4])]);
    }
}
