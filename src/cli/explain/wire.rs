//! A pair of the `wire` profile, for people.

use wirecopy::Recipe;
use wirecopy::likeness::Refusal;
use wirecopy::relation::Relation;
use wirecopy::similarity::Overlap;
use wirecopy::verify::{ENOUGH_SHARED, Rule, SUBSTITUTED};
use wirecopy::{Explanation, Outcome, Side, StoryFigures, StorySide, THIN};

use super::interleaved;
use super::pages::page;
use super::past::Reported;
use super::removal::Removal;
use super::show::{BOLD, Marks, PLAIN, headline, relation};
use crate::cli::show::{count, percent, safe};

/// A pair, and what the run says of it.
pub(super) struct StoryPair<'a> {
    pub(super) found: &'a Explanation,
    pub(super) story: &'a StoryFigures,
    pub(super) recipe: &'a Recipe,
    /// The row of `pairs.jsonl`.
    pub(super) reported: Option<Reported>,
    pub(super) clusters: &'a [Option<String>; 2],
    /// What of the two the run removed.
    pub(super) removals: &'a [Removal],
    /// Whether it wrote a corpus without them.
    pub(super) is_dedup: bool,
}

impl StoryPair<'_> {
    /// Whether the two are copies: as the run says, if it does, else as verification does.
    pub(super) fn accepted(&self) -> bool {
        match (self.story.outcome, self.reported) {
            (Outcome::Equal, _) | (_, None) => self.found.accepted,
            (_, Some(row)) => row.accepted,
        }
    }

    /// What the second is to the first, if they are copies.
    pub(super) fn relation(&self) -> Option<Relation> {
        // Only the run knows which other stories a digest holds. Equal texts have one row for all.
        let reported = self.reported.and_then(|row| row.relation);
        let reported = reported.filter(|_| self.story.outcome != Outcome::Equal);
        let relation = reported.or(self.found.relation).or(self.story.as_two_hop);
        relation.filter(|_| self.accepted())
    }

    /// How far the score is above the threshold; negative below.
    pub(super) fn margin(&self) -> f64 {
        self.story.decision.score - self.recipe.threshold().get()
    }

    /// The pair as lines to read; each document for itself if its `pages` are asked for.
    pub(super) fn as_text(&self, pages: bool, width: Option<usize>) -> String {
        let verdict = relation(self.relation());
        let mut text = format!("{BOLD}{verdict}{PLAIN}\n\n");
        let mut line = |name: &str, value: String| {
            text.push_str(&format!("  {name:<12}{value}\n"));
        };
        let StoryFigures { a, b, .. } = self.story;
        line("first", headline(&self.found.a));
        line("second", headline(&self.found.b));
        line("decided", self.decided());
        line("score", self.score());
        for part in self.parts() {
            line("", part);
        }
        line("coverage", self.coverage());
        line("gate", self.gate());
        line("facts", self.facts());
        line(
            "stock",
            format!(
                "{} of the first, {} of the second, in paragraphs that many stories have",
                count(a.stock_words as u64, "word"),
                b.stock_words
            ),
        );
        line("candidate", self.candidate());
        line("chance", self.chance());
        line("story", self.together());
        for removal in self.removals {
            line("removed", removal.line(self.is_dedup));
            if let Some(alone) = removal.alone(self.found) {
                line("", alone);
            }
        }
        if !pages {
            text.push_str(&interleaved::as_text(self.found, width));
            return text;
        }
        for (name, side, figures, marks) in [
            ("first", &self.found.a, a, Marks::FIRST),
            ("second", &self.found.b, b, Marks::SECOND),
        ] {
            text.push_str(&page(name, side, figures, marks));
        }
        text
    }

    /// Which stage decided, and by how much.
    fn decided(&self) -> String {
        let score = self.beside(self.story.decision.score, self.recipe.threshold().get());
        let by = match self.story.outcome {
            Outcome::Equal if self.found.relation == Some(Relation::Exact) => {
                return "equal: the same text, byte for byte".to_owned();
            }
            Outcome::Equal => return "equal: the same words once both are masked".to_owned(),
            Outcome::Thin => {
                return format!(
                    "thin: boilerplate leaves fewer than {THIN} words, or a tenth of a long document, of {}, which is a \
                     copy of its equals only",
                    match (self.story.a.is_thin, self.story.b.is_thin) {
                        (true, true) => "both",
                        (true, false) => "the first",
                        _ => "the second",
                    }
                );
            }
            Outcome::Accepted => format!("accepted: {score}"),
            Outcome::Refused(Refusal::Score) => format!("refused by the score: {score}"),
            Outcome::Refused(Refusal::Facts) => {
                format!("refused by the facts: {score}, but the two contradict each other")
            }
            Outcome::Refused(Refusal::Boilerplate) => format!(
                "refused as boilerplate: {score}, but both are of one outlet and begin with unrelated texts; what they share \
                 stands under both"
            ),
            Outcome::Refused(Refusal::Gate) => format!(
                "refused by the gate: {}",
                self.gate_fault().unwrap_or_default()
            ),
            Outcome::NoCommonKey | Outcome::Screened => format!(
                "never a candidate: {}; {}",
                match self.story.outcome {
                    Outcome::Screened => "the sketches are too unlike",
                    _ => "no key in common",
                },
                match self.story.decision.refused {
                    None => format!("if compared, accepted: {score}"),
                    Some(refusal) => format!("if compared, refused by the {}", refusal.name()),
                }
            ),
        };
        let was_none = matches!(self.story.outcome, Outcome::NoCommonKey | Outcome::Screened);
        match self.reported {
            Some(row) if row.accepted != self.found.accepted => format!(
                "{by}; compared again for a copy in common, and {}",
                if row.accepted { "accepted" } else { "refused" }
            ),
            Some(_) if was_none => {
                format!("{by}; compared for a copy in common")
            }
            // A pair that was compared and accepted has a row.
            None if self.story.outcome == Outcome::Accepted => {
                format!("{by}; but the run did not compare the two: a cap kept them apart")
            }
            _ => by,
        }
    }

    /// A figure with the one it is held against.
    fn beside(&self, score: f64, threshold: f64) -> String {
        format!("{}, threshold {threshold}", digits(score, threshold))
    }

    fn score(&self) -> String {
        let decision = &self.story.decision;
        format!(
            "{} = X {:.3} + J {:.3} − {SUBSTITUTED} × U {:.3}, from below 0 to 2 (identical)",
            digits(decision.score, self.recipe.threshold().get()),
            decision.parts.covered,
            decision.parts.jaccard,
            decision.parts.substituted,
        )
    }

    fn parts(&self) -> [String; 3] {
        let overlap = self.found.overlap;
        [
            "X: the share of the lighter story that is aligned, rare words weighing more"
                .to_owned(),
            format!(
                "J: {} of {} shingles in common",
                overlap.shared,
                overlap.union()
            ),
            "U: words substituted per word aligned".to_owned(),
        ]
    }

    fn coverage(&self) -> String {
        let words = self.story.decision.words;
        format!(
            "{} aligned: {} of the first’s story stands in the second, {} of the second’s in the \
             first{}",
            count(words.shared.into(), "word"),
            percent(words.shared.into(), words.left.into()),
            percent(words.shared.into(), words.right.into()),
            if self.story.decision.capped {
                " (there was more to align than is looked at)"
            } else {
                ""
            }
        )
    }

    fn gate(&self) -> String {
        match self.gate_fault() {
            Some(fault) => format!("refused: {fault}"),
            None => format!(
                "passed: {}, {} ≥ {}",
                self.in_common(),
                digits(
                    containment(self.story.decision.gated),
                    self.story.rule.containment
                ),
                self.story.rule.containment
            ),
        }
    }

    /// What the gate looked at.
    fn in_common(&self) -> String {
        let gated = self.story.decision.gated;
        format!(
            "{} of the smaller set’s {} shingles{} in common",
            gated.shared,
            gated.left.min(gated.right),
            match gated == self.story.decision.overlap {
                true => "",
                false => " outside stock",
            }
        )
    }

    /// What the gate holds against the pair.
    fn gate_fault(&self) -> Option<String> {
        let decision = &self.story.decision;
        decision
            .refused
            .filter(|refusal| *refusal == Refusal::Gate)?;
        let (gated, found) = (decision.gated, self.in_common());
        let smaller = u64::from(gated.left.min(gated.right));
        let few = gated.shared < ENOUGH_SHARED && 2 * u64::from(gated.shared) < smaller;
        let asked = self.story.rule.containment;
        Some(match few || smaller == 0 {
            true => format!("{found}, where {ENOUGH_SHARED} or half are asked"),
            false if asked > Rule::TWO_HOP.containment => format!(
                "{found}, {} < {asked} ({} for texts that have a copy in common)",
                digits(containment(gated), asked),
                Rule::TWO_HOP.containment
            ),
            false => format!("{found}, {} < {asked}", digits(containment(gated), asked)),
        })
    }

    fn facts(&self) -> String {
        let StoryFigures { a, b, decision, .. } = self.story;
        if a.facts.is_empty() && b.facts.is_empty() && !decision.contradicted {
            return "none stands against another".to_owned();
        }
        let words = |side: &Side, figures: &StorySide| {
            let words: Vec<String> = figures
                .facts
                .iter()
                .map(|place| safe(&side.record.text[place.clone()], 40))
                .collect();
            match words.is_empty() {
                true => "nothing".to_owned(),
                false => words.join(", "),
            }
        };
        let days = match self.story.days_apart {
            None => "not both dated".to_owned(),
            Some(days) => format!("{days:.1} days apart"),
        };
        format!(
            "{}: {} on the side of fewer; of figures, in longer gaps too, {} differ and {} agree; \
             for {} aligned, {days}; only the first says {}; only the second says {}",
            match decision.contradicted {
                true => "contradict",
                false => "do not contradict",
            },
            decision.facts,
            decision.figures,
            decision.agreed,
            count(decision.words.shared.into(), "word"),
            words(&self.found.a, a),
            words(&self.found.b, b),
        )
    }

    fn candidate(&self) -> String {
        match self.story.outcome {
            Outcome::Equal => "not needed: equal texts are one text".to_owned(),
            Outcome::Thin => "no: a thin document has no keys".to_owned(),
            _ => format!(
                "{}: {} of {} keys in common{}",
                if self.found.is_candidate() {
                    "yes"
                } else {
                    "no"
                },
                self.found.equal_bands,
                self.recipe.banding().bands(),
                match self.found.equal_bands {
                    0 => String::new(),
                    _ => format!(
                        ", {} of {} slots agree {} {}",
                        self.story.agreeing_slots,
                        self.recipe.banding().slots(),
                        sign(self.story.agreeing_slots >= self.story.screen),
                        self.story.screen,
                    ),
                }
            ),
        }
    }

    fn chance(&self) -> String {
        match self.story.outcome {
            Outcome::Equal => "100 %: no key is needed".to_owned(),
            Outcome::Thin => "none".to_owned(),
            _ => format!(
                "{:.2} % of pairs with this J become candidates",
                100.0 * self.found.found_probability
            ),
        }
    }

    /// Where the run put the two, and why, if that is not what the pair alone would say.
    fn together(&self) -> String {
        match self.clusters {
            [Some(a), Some(b)] if a == b && self.accepted() => format!("both in {a}"),
            [Some(a), Some(b)] if a == b => {
                format!("both in {a}: on average its members are one story")
            }
            [None, None] => "none: neither has copies in this run".to_owned(),
            [a, b] => {
                let name = |cluster: &Option<String>| cluster.clone().unwrap_or("none".into());
                format!(
                    "the first in {}, the second in {}{}",
                    name(a),
                    name(b),
                    match self.accepted() && self.reported.is_some() {
                        true => ": on average their members are not one story",
                        false => "",
                    }
                )
            }
        }
    }
}

/// The share of the smaller set that is in the other.
pub(super) fn containment(sets: Overlap) -> f64 {
    sets.left_coverage().max(sets.right_coverage())
}

/// A figure with three digits, or as many as show on which side of the other it is; `--json` has all of them.
pub(super) fn digits(figure: f64, other: f64) -> String {
    let shown = (3..=6).map(|digits| format!("{figure:.digits$}"));
    let is_clear = |text: &String| {
        let rounded: f64 = text.parse().unwrap_or(figure);
        (rounded < other) == (figure < other)
    };
    let mut shown = shown.filter(is_clear);
    shown.next().unwrap_or_else(|| format!("{figure}"))
}

fn sign(is_enough: bool) -> &'static str {
    if is_enough { "≥" } else { "<" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_show_the_side_of_the_threshold() {
        assert_eq!(digits(0.762_956, 0.74), "0.763");
        assert_eq!(digits(0.739_96, 0.74), "0.73996");
        assert_eq!(digits(0.74, 0.74), "0.740");
        assert_eq!(digits(0.739_999_99, 0.74), "0.73999999");
        assert_eq!(digits(2.0, 0.74), "2.000");
    }
}
