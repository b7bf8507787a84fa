//! A pair of the `wire` profile, for programs.

use serde_json::{Value, json};
use wirecopy::relation::Relation;
use wirecopy::verify::Rule;
use wirecopy::{Side, StorySide};

use super::removal::Removal;
use super::wire::{StoryPair, containment};

impl StoryPair<'_> {
    /// The pair as one object.
    pub(super) fn as_json(&self) -> Value {
        let StoryPair {
            found,
            story,
            recipe,
            reported,
            clusters,
            removals,
            is_dedup: _,
        } = self;
        let decision = &story.decision;
        let gated = decision.gated;
        json!({
            "profile": recipe.profile().name(),
            "a": side(&found.a, &story.a),
            "b": side(&found.b, &story.b),
            "accepted": self.accepted(),
            "outcome": story.outcome.name(),
            "relation": self.relation().map(Relation::name),
            "threshold": recipe.threshold().get(),
            "score": decision.score,
            "margin": self.margin(),
            "covered": decision.parts.covered,
            "jaccard": decision.parts.jaccard,
            "substituted": decision.parts.substituted,
            "aligned_words": decision.words.shared,
            "alignment_capped": decision.capped,
            "coverage_a": decision.words.left_coverage(),
            "coverage_b": decision.words.right_coverage(),
            "shared": found.overlap.shared,
            "gate": {
                "shared": gated.shared,
                "a": gated.left,
                "b": gated.right,
                "outside_stock": gated != found.overlap,
                "containment": containment(gated),
                "least_containment": story.rule.containment,
                "least_containment_of_two_hop": Rule::TWO_HOP.containment,
            },
            "facts": decision.facts,
            "figures": decision.figures,
            "figures_agreed": decision.agreed,
            "contradicted": decision.contradicted,
            "days_apart": story.days_apart,
            "candidate": found.is_candidate(),
            "equal_bands": found.equal_bands,
            "bands": recipe.banding().bands(),
            "agreeing_slots": story.agreeing_slots,
            "screen": story.screen,
            "found_probability": found.found_probability,
            "reported": reported.map(|row| json!({
                "accepted": row.accepted,
                "same_cluster": row.same_cluster,
            })),
            "cluster_a": clusters[0],
            "cluster_b": clusters[1],
            "removals": removals.iter().map(Removal::json).collect::<Vec<_>>(),
        })
    }
}

/// One of the two.
pub(super) fn side(side: &Side, figures: &StorySide) -> Value {
    let text = &side.record.text;
    let passages = side.passages.iter().map(|passage| {
        json!({
            "kind": passage.kind.name(),
            "stock": passage.is_stock,
            "words": passage.words,
            "text": &text[passage.range.clone()],
        })
    });
    let facts = figures.facts.iter().map(|place| &text[place.clone()]);
    json!({
        "id": side.id,
        "publisher": side.publisher,
        "title": side.record.title,
        "words": figures.words,
        "story_words": figures.story_words,
        "masked_by_lines": figures.masked_by_lines,
        "masked_as_boilerplate": figures.masked_as_boilerplate,
        "stock_words": figures.stock_words,
        "thin": figures.is_thin,
        "compared_as": figures.compared_as,
        "facts": facts.collect::<Vec<_>>(),
        "passages": passages.collect::<Vec<_>>(),
    })
}
