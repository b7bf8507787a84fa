//! Which of these names was meant? For errors that say *did you mean*.
//!
//! A name is near to what was asked if it is the same but for capitals, holds it, or is a slip away: so many letters
//! wrong, missing or too many as a fifth of it has, at least two. Source of the distance: V. Levenshtein, *Binary codes
//! capable of correcting deletions, insertions, and reversals*, Soviet Physics Doklady 10 (1966).

/// Fewest letters that a name must hold to be near for that: two stand in too many.
const HELD: usize = 3;
/// A slip for so many letters, and the fewest that are forgiven: two letters changed places.
const SLIP: usize = 5;
const SLIPS: usize = 2;

/// The name that is nearest to what was asked, if one is near; of several, the first.
///
/// Time: linear in the names, and for each in its length times the slips.
pub fn nearest<T: AsRef<str>>(asked: &str, names: impl IntoIterator<Item = T>) -> Option<T> {
    let asked: Vec<char> = asked.to_lowercase().chars().collect();
    let most = SLIPS.max(asked.len() / SLIP);
    let text: String = asked.iter().collect();
    let ranked = names.into_iter().filter_map(|name| {
        let lower = name.as_ref().to_lowercase();
        if lower == text {
            return Some(((0, 0), name));
        }
        if asked.len() >= HELD && lower.contains(&text) {
            return Some(((1, lower.len()), name));
        }
        let distance = distance(&asked, &lower, most)?;
        // Of two letters nothing is left when both are wrong.
        (2 * distance < asked.len()).then_some(((2, distance), name))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, name)| name)
}

/// Letters wrong, missing or too many, if they are at most so many.
fn distance(asked: &[char], name: &str, most: usize) -> Option<usize> {
    let length = name.chars().count();
    if length.abs_diff(asked.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=asked.len()).collect();
    for (at, letter) in name.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, &other) in asked.iter().enumerate() {
            let changed = diagonal + usize::from(other != letter);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
        if row.iter().all(|&slips| slips > most) {
            return None;
        }
    }
    row.last().copied().filter(|&slips| slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_forgiven_and_another_name_is_not_offered() {
        let ids = ["strike-deccan", "strike-mirror", "lido", "7"];
        for (asked, meant) in [
            ("strike-decan", Some("strike-deccan")),
            ("STRIKE-MIRROR", Some("strike-mirror")),
            ("lidp", Some("lido")),
            ("deccan", Some("strike-deccan")),
            ("8", None),
            ("nobody-knows", None),
            ("", None),
        ] {
            assert_eq!(nearest(asked, ids), meant, "{asked}");
        }
    }

    #[test]
    fn what_holds_the_name_goes_before_what_looks_like_it() {
        let outlets = ["Decca", "The Deccan Ledger", "Deccan"];
        assert_eq!(nearest("Deccan", outlets), Some("Deccan"));
        assert_eq!(nearest("deccan l", outlets), Some("The Deccan Ledger"));
        assert_eq!(
            nearest("Reuters", ["Zürich", "reuters.com"]),
            Some("reuters.com")
        );
    }

    #[test]
    fn distances_are_those_of_levenshtein() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars("kitten"), "sitting", 3), Some(3));
        assert_eq!(distance(&chars("kitten"), "sitting", 2), None);
        assert_eq!(distance(&chars(""), "", 0), Some(0));
        assert_eq!(distance(&chars("zürich"), "zurich", 2), Some(1));
    }
}
