//! Which outlet runs what, when: pages before they are set.

use super::calendar::DAY;
use super::carrier::{self, Carried};
use super::draw::Draw;
use super::kind::Part;
use super::outlet::Outlet;
use super::plan::Planned;
use super::prose::Prose;
use super::takes::Filing;
use super::variant::Variant;
use crate::random::{Random, Zipf};

/// Streams of chance.
const CARRIERS: u64 = 4;
const LATER: u64 = 7;
const AGAIN: u64 = 8;

/// A page before it is set.
pub(crate) struct Draft {
    pub(crate) story: usize,
    pub(crate) outlet: usize,
    /// What the page says.
    pub(crate) minute: u32,
    /// What its record says: later where a page is fetched again.
    pub(crate) dated: u32,
    pub(crate) headline: String,
    pub(crate) carried: Carried,
    /// One of several fetches of a page.
    pub(crate) fetched: bool,
}

/// The pages of all stories, story by story.
pub(crate) fn all(
    all: &[Planned],
    outlets: &[Outlet],
    seed: u64,
    variant: &Variant,
    prose: &mut Prose,
) -> Vec<Draft> {
    let sizes = Zipf::new(variant.outlets, 2);
    let walled: Vec<usize> = (0..outlets.len())
        .filter(|&number| !outlets[number].paywall.is_empty())
        .collect();
    let mut drafts = Vec::new();
    for (number, planned) in all.iter().enumerate() {
        let mut taken = Vec::new();
        let again = &mut Random::new(seed, AGAIN, number as u64);
        let filing = Filing::of(planned, again);
        for carrier in 0..planned.carriers {
            let item = (number as u64) << 16 | carrier as u64;
            let random = &mut Random::new(seed, CARRIERS, item);
            let mut outlet = usize::from(sizes.draw(random));
            // A paper runs a story once, unless too few papers are left.
            for _ in 0..40 {
                if !taken.contains(&outlet) {
                    break;
                }
                outlet = usize::from(sizes.draw(random));
            }
            if planned.part == Part::Stub && !walled.is_empty() {
                outlet = *random.item(&walled);
            }
            if let (Filing::Agency(place), 0) = (filing, carrier) {
                outlet = usize::from(variant.outlets) + place;
            }
            taken.push(outlet);
            let outlet_itself = &outlets[outlet];
            let carried =
                carrier::carry(all, number, carrier, outlet_itself, variant, prose, random);
            let lag = match (carrier, carried.kind.update) {
                (_, true) => random.between(200, 1500),
                (0, false) => random.below(40),
                _ => random.log_normal(170, 1.1).min(4000),
            };
            let headline = match planned.part {
                Part::Ticker => format!("Live: {}", planned.story.headline(prose, random)),
                _ => planned.story.headline(prose, random),
            };
            let later = Random::new(seed, LATER, item).below(variant.days_later * DAY + 1);
            let minute = planned.story.minute + lag + later;
            let draft = Draft {
                story: number,
                outlet,
                minute,
                dated: minute,
                headline,
                carried,
                fetched: false,
            };
            match carrier {
                0 => drafts.extend(filing.pages(draft, planned, prose, again)),
                _ => drafts.push(draft),
            }
        }
    }
    drafts
}
