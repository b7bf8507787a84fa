//! One document against an index of the `wire` profile: its story, aligned with those of its candidates.

use super::catalog::{Catalog, Tables};
use super::looking_up::{LookedUp, QueryText, candidates};
use super::matching::Query;
use crate::date::Date;
use crate::error::Error;
use crate::hash;
use crate::stages::{Compared, Dates, rank};
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
    let normal = story_hash(&reading.story_words);
    found.equal = catalog.same_text(normal)?;
    let text = QueryText {
        shingles: &reading.shingles,
        words: u32::try_from(reading.story_words.len()).expect("a story is shorter than 4 GB"),
        rank: rank(normal),
    };
    let candidates = candidates(catalog, &text)?;

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
    let own_dates = dates(catalog, &found.equal)?.into_iter().chain(query.date);
    let own_dates = Dates::of(own_dates);
    let is_own_outlet = |docs: &[u32]| -> Result<bool, Error> {
        for &at in docs {
            let (part, row) = catalog.row(at)?;
            if outlet != part.name(row.publisher)? {
                return Ok(false);
            }
        }
        Ok(outlet.is_some())
    };
    let is_of_one_outlet = is_own_outlet(&found.equal)?;
    let mut judge = Judge::new();
    judge.hold(&batch, 0);
    for (other, &at) in (1..).zip(&candidates) {
        let (_, row) = catalog.row(at)?;
        // As of all documents of the two texts.
        let same = catalog.same_text(row.normal())?;
        let dates = Dates::of(dates(catalog, &same)?.into_iter());
        let between = Between {
            days_apart: own_dates.days_apart(&dates),
            is_one_outlet: is_of_one_outlet && is_own_outlet(&same)?,
        };
        let decision = judge.decide_next(&batch, other, &rule, between);
        if decision.refused.is_none() {
            let likeness = Compared::of(decision, judge.alignment()).likeness();
            found.add(catalog, at, likeness)?;
        }
    }
    Ok(found)
}

/// The dates of documents.
fn dates(catalog: &Catalog, docs: &[u32]) -> Result<Vec<Date>, Error> {
    let mut dates = Vec::with_capacity(docs.len());
    for &at in docs {
        dates.extend(catalog.row(at)?.1.date());
    }
    Ok(dates)
}
