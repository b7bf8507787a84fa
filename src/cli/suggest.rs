//! Did you mean …? Names that are like one that is not there.

/// Names that are suggested at most.
const MOST: usize = 3;

/// The names that somebody may have meant, in their order: those that contain what was typed or are contained in it, of at least three letters, without
/// regard to case; where there are none, those that are spelled most alike.
pub(super) fn like<'n>(typed: &str, names: impl Iterator<Item = &'n str> + Clone) -> Vec<&'n str> {
    const LEAST: usize = 3;
    let typed = typed.trim().to_lowercase();
    let holds = |name: &&str| {
        let name = name.to_lowercase();
        let (short, long) = match name.len() < typed.len() {
            true => (&name, &typed),
            false => (&typed, &name),
        };
        short.chars().count() >= LEAST && long.contains(short.as_str())
    };
    let found: Vec<&str> = names.clone().filter(holds).take(MOST).collect();
    if !found.is_empty() {
        return found;
    }
    // A letter in three may be wrong: beyond that everything is like everything.
    let most = typed.chars().count() / 3;
    let distances = names.map(|name| (distance(&typed, &name.to_lowercase()), name));
    let mut near: Vec<(usize, &str)> = distances
        .filter(|&(distance, _)| distance <= most)
        .collect();
    near.sort_by_key(|&(distance, _)| distance);
    let best = near.first().map(|&(distance, _)| distance);
    let best = near.iter().filter(|&&(distance, _)| Some(distance) == best);
    best.map(|&(_, name)| name).take(MOST).collect()
}

/// Letters to put in, take out, change or exchange with the next one, to make one of the other (optimal string
/// alignment: F. J. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7, 1964).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for at in 1..=a.len() {
        let mut row = vec![at; b.len() + 1];
        for to in 1..=b.len() {
            let changed = usize::from(a[at - 1] != b[to - 1]);
            row[to] = (last[to] + 1)
                .min(row[to - 1] + 1)
                .min(last[to - 1] + changed);
            if at > 1 && to > 1 && a[at - 1] == b[to - 2] && a[at - 2] == b[to - 1] {
                row[to] = row[to].min(before[to - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// `"A"`, `"A" or "B"`, `"A", "B" or "C"`.
pub(super) fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
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
        like(typed, OUTLETS.into_iter())
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

    #[test]
    fn distances_are_those_counted_by_hand() {
        for (a, b, between) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abcd", "acbd", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), between, "{a} {b}");
        }
    }
}
