//! Did you mean …? Names that are like one that is not there.

use std::cmp::Ordering;

use strsim::osa_distance;

/// Names that are given at most.
const MOST: usize = 3;
/// Fewest letters that a name must have in common with one that holds it: two are in too many.
const LEAST: usize = 3;

/// The names that may have been meant, in their order: those that contain what was typed or are contained in it, of at
/// least three letters, without regard to case; where there are none, those that are spelled most alike (optimal string
/// alignment).
///
/// Time: linear in the names; of those of about its length, in the product of the two lengths.
pub fn like<T: AsRef<str>>(typed: &str, names: impl IntoIterator<Item = T>) -> Vec<T> {
    let typed = typed.trim().to_lowercase();
    let length = typed.chars().count();
    // A letter in three may be wrong: beyond that everything is like everything.
    let most = length / 3;
    let (mut holding, mut near, mut best) = (Vec::new(), Vec::new(), most);
    for name in names {
        let lower = name.as_ref().to_lowercase();
        if holds(&typed, &lower) {
            holding.push(name);
            if holding.len() == MOST {
                break;
            }
        } else if holding.is_empty() && lower.chars().count().abs_diff(length) <= best {
            let distance = osa_distance(&typed, &lower);
            match distance.cmp(&best) {
                Ordering::Less => (near, best) = (vec![name], distance),
                Ordering::Equal if near.len() < MOST => near.push(name),
                _ => {}
            }
        }
    }
    if most == 0 {
        near.clear();
    }
    if holding.is_empty() { near } else { holding }
}

/// The first of them.
pub fn nearest<T: AsRef<str>>(typed: &str, names: impl IntoIterator<Item = T>) -> Option<T> {
    like(typed, names).into_iter().next()
}

/// Whether one of the two is in the other.
fn holds(typed: &str, name: &str) -> bool {
    let (short, long) = match name.len() < typed.len() {
        true => (name, typed),
        false => (typed, name),
    };
    short.chars().count() >= LEAST && long.contains(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLETS: [&str; 5] = [
        "The Deccan Ledger",
        "Port Herald",
        "faz.net",
        "n-tv.de",
        "focus.de",
    ];

    fn of(typed: &str) -> Vec<&'static str> {
        like(typed, OUTLETS)
    }

    #[test]
    fn a_part_of_a_name_finds_it() {
        assert_eq!(of("Deccan"), ["The Deccan Ledger"]);
        assert_eq!(of("www.faz.net"), ["faz.net"]);
        assert_eq!(of(".de"), ["n-tv.de", "focus.de"]);
    }

    #[test]
    fn a_slip_finds_it_and_another_name_does_not() {
        assert_eq!(of("Prot Hreald"), ["Port Herald"]);
        assert_eq!(of("fzanet"), ["faz.net"]);
        assert!(of("nytimes.com").is_empty());
        assert!(of("").is_empty() && of("x").is_empty());
    }
}
