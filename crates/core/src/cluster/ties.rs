//! The links of every text of a component, side by side.
//!
//! A story with a hundred thousand carriers has five million links, and each is seen from both of its texts: a list a
//! text, of whatever is wanted of a link, took 24 to 50 bytes for each. Here it is the number of the link, 8 bytes
//! in all.

use super::link::Link;
use crate::doc_id::DocId;

/// Which links every text has.
pub(super) struct Ties<'l> {
    links: &'l [Link],
    /// By text, where its links begin; one more for the end.
    starts: Vec<usize>,
    numbers: Vec<u32>,
}

/// A link as one of its texts sees it.
#[derive(Clone, Copy)]
pub(super) struct Tie<'l> {
    pub(super) other: DocId,
    /// Its place among the links.
    pub(super) number: usize,
    pub(super) link: &'l Link,
}

impl<'l> Ties<'l> {
    /// Of the links that are wanted, in their order. A link of a text with itself is seen twice.
    pub(super) fn of(texts: usize, links: &'l [Link], wanted: impl Fn(&Link) -> bool) -> Ties<'l> {
        let mut starts = vec![0usize; texts + 1];
        let each = || links.iter().enumerate().filter(|(_, link)| wanted(link));
        for (_, link) in each() {
            starts[link.a.index() + 1] += 1;
            starts[link.b.index() + 1] += 1;
        }
        for at in 0..texts {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[texts]];
        for (at, link) in each() {
            for text in [link.a, link.b] {
                numbers[next[text.index()]] =
                    u32::try_from(at).expect("fewer links than fit into memory");
                next[text.index()] += 1;
            }
        }
        Ties {
            links,
            starts,
            numbers,
        }
    }

    /// The links of a text.
    pub(super) fn get(&self, text: DocId) -> impl Iterator<Item = Tie<'l>> + Clone + '_ {
        let own = &self.numbers[self.starts[text.index()]..self.starts[text.index() + 1]];
        own.iter().map(move |&number| {
            let link = &self.links[number as usize];
            Tie {
                other: if link.a == text { link.b } else { link.a },
                number: number as usize,
                link,
            }
        })
    }
}
