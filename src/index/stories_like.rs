//! One document against an index of the `wire` profile: its story, aligned with those of its candidates.

use super::catalog::{Catalog, Tables};
use super::looking_up::{LookedUp, candidates};
use super::matching::Query;
use crate::error::Error;
use crate::hash;
use crate::stages::{Compared, days_between};
use crate::story::{PageReading, story_hash};
use crate::text;
use crate::verify::{Between, Judge, Rule, Stories, StoryText};

/// The documents of the same story.
pub(super) fn look_up(
    catalog: &Catalog,
    tables: &Tables,
    query: &Query<'_>,
) -> Result<LookedUp, Error> {
    let recipe = &catalog.recipe;
    let learned = &tables.learned;
    let mut reading = PageReading::default();
    reading.set_kernel(text::Kernel::detect());
    reading.read(query.text);
    let outlet = query
        .publisher
        .filter(|_| catalog.state.publishers_distinguish);
    let publisher = outlet.map(|name| hash::bytes(name.as_bytes()));
    reading.mask(&learned.boilerplate, publisher, recipe.shingling());
    reading.find_kinds(query.text);
    let mut found = LookedUp::default();
    if reading.story_length() == 0 {
        found.equal = catalog.same_text(reading.page_hash(query.text))?;
        return Ok(found);
    }
    found.equal = catalog.same_text(story_hash(&reading.story_words))?;
    let words = u32::try_from(reading.story_words.len()).expect("a story is shorter than 4 GB");
    let candidates = candidates(catalog, (&reading.shingles, words), &found.equal)?;

    let weights = learned.words.weights_by(&tables.weights);
    let stock = learned.stock.as_ref();
    let mut batch = Stories::default();
    let mut push = |story: StoryText<'_>| {
        batch.push(
            story,
            |word| weights.weight(word),
            |shingle| stock.is_some_and(|stock| stock.contains(shingle)),
        );
    };
    push(StoryText {
        words: &reading.story_words,
        shingles: &reading.shingles,
        kinds: &reading.kinds,
    });
    let (mut words, mut kinds, mut shingles) = (Vec::new(), Vec::new(), Vec::new());
    for &at in &candidates {
        let (part, row) = catalog.row(at)?;
        part.story(row, &mut words, &mut kinds)?;
        recipe.shingling().shingles(&words, &mut shingles);
        push(StoryText {
            words: &words,
            shingles: &shingles,
            kinds: &kinds,
        });
    }
    let rule = Rule {
        threshold: recipe.threshold().get(),
        ..Rule::WIRE
    };
    let mut judge = Judge::new();
    judge.hold(&batch, 0);
    for (other, &at) in (1..).zip(&candidates) {
        let (part, row) = catalog.row(at)?;
        let between = Between {
            days_apart: query.date.zip(row.date()).map(|(a, b)| days_between(a, b)),
            is_one_outlet: outlet.is_some() && outlet == part.name(row.publisher)?,
        };
        let decision = judge.decide_next(&batch, other, &rule, between);
        if decision.refused.is_none() {
            let likeness = Compared::of(decision, judge.alignment()).likeness();
            found.add(catalog, at, likeness)?;
        }
    }
    Ok(found)
}
