//! What a story is called: by the headline that its members share.
//!
//! The title of a page need not be one: `POLITICO`, `A link has been posted to your feed`. A title is the
//! story's if pages of two outlets have it, without the names of the sites behind it, or if most of its words are
//! in the story. Where there is none such, the story is called by its opening.

use std::collections::{BTreeMap, HashSet};

/// A title of a member and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Titled<'a> {
    pub(super) title: &'a str,
    pub(super) outlet: Option<&'a str>,
}

/// Signs between a headline and the name of a site.
const BARS: [&str; 5] = [" | ", " :: ", " » ", " · ", " • "];
/// The same, but they stand within headlines, too.
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// The headline, `None` if no title is one. `titles` are those of the members in their order, `lead` is how the story
/// begins; an empty one is no headline.
pub(super) fn headline(titles: &[Titled<'_>], lead: &str) -> Option<String> {
    let known = Items::of(lead);
    let is_in_lead = |title: &str| known.hold_most_of(title);
    // By how it reads: how often, where it first stands, by which outlets.
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (at, titled) in titles.iter().enumerate() {
        let cut = without_site(titled.title, titled.outlet);
        if titled
            .outlet
            .is_some_and(|outlet| letters(outlet).contains(&letters(cut)))
        {
            continue; // the site names itself
        }
        let group = groups.entry(plain(cut)).or_insert_with(|| Group {
            title: cut,
            first: at,
            members: 0,
            outlets: HashSet::new(),
        });
        group.members += 1;
        group.outlets.extend(titled.outlet);
    }
    groups.remove("");
    // Where no outlet is known, two members may be of two.
    let is_shared = |group: &&Group| match group.outlets.len() {
        0 => group.members > 1 && is_in_lead(group.title),
        outlets => outlets > 1,
    };
    let most = groups.values().filter(is_shared);
    let most = most.max_by_key(|group| (group.members, std::cmp::Reverse(group.first)));
    if let Some(group) = most {
        return Some(group.title.to_owned());
    }
    let in_lead = groups.values().filter(|group| is_in_lead(group.title));
    // The representative's own, or the longest; the name of a section or a column is shorter than a headline.
    let best = in_lead.max_by_key(|group| {
        let is_long = Items::of(group.title).0.len() >= Items::HEADLINE;
        let order = std::cmp::Reverse(group.first);
        (is_long, group.first == 0, group.title.len(), order)
    });
    best.map(|group| group.title.to_owned())
}

struct Group<'a> {
    title: &'a str,
    first: usize,
    members: usize,
    outlets: HashSet<&'a str>,
}

/// A title without the name of its site, and of a section before that, at its end.
fn without_site<'t>(title: &'t str, outlet: Option<&str>) -> &'t str {
    let mut cut = title.trim();
    for _ in 0..3 {
        let bar = BARS.iter().filter_map(|bar| cut.rsplit_once(bar));
        let dash = DASHES.iter().filter_map(|dash| cut.rsplit_once(dash));
        let dash = dash.filter(|(_, site)| outlet.is_some_and(|outlet| is_name_of(site, outlet)));
        // The last sign, which leaves the longest headline.
        let Some((rest, _)) = bar.chain(dash).max_by_key(|(rest, _)| rest.len()) else {
            break;
        };
        // `Live | The strike at the port` loses nothing.
        if rest.split_whitespace().count() < 3 && rest.chars().count() < 12 {
            break;
        }
        cut = rest.trim_end();
    }
    cut
}

/// Whether the letters of one are in the other: `n-tv NACHRICHTEN` is no name of `n-tv.de`, `N-TV` is.
fn is_name_of(site: &str, outlet: &str) -> bool {
    let (site, outlet) = (letters(site), letters(outlet));
    !site.is_empty() && (outlet.contains(&site) || site.contains(&outlet))
}

/// Letters and figures of a name.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A title as it is compared with others.
fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// What words say: the beginnings of the longer ones, as endings change, all figures, and pairs of characters where words are not set
/// apart.
struct Items(HashSet<String>);

impl Items {
    /// Shorter words are in every text.
    const LONG: usize = 4;
    /// Fewer say too little to be preferred.
    const HEADLINE: usize = 3;
    /// Letters of a word that count.
    const BEGINNING: usize = 5;

    fn of(text: &str) -> Items {
        let mut items = HashSet::new();
        for word in plain(text).split(' ') {
            let letters: Vec<char> = word.chars().collect();
            if letters.iter().any(|&c| is_unspaced(c)) {
                items.extend(
                    letters
                        .windows(2)
                        .map(|pair| pair.iter().collect::<String>()),
                );
            } else if letters.len() >= Items::LONG || letters.iter().any(char::is_ascii_digit) {
                items.insert(letters.iter().take(Items::BEGINNING).collect());
            }
        }
        Items(items)
    }

    fn hold_most_of(&self, title: &str) -> bool {
        let title = Items::of(title).0;
        let known = title.intersection(&self.0).count();
        known > 0 && 2 * known >= title.len()
    }
}

/// Whether a character is of a script that sets no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "PORT SARREL, Oct 16 (Reuters) - Harbour pilots return to work after a strike of nine days closed the port, their union said";

    fn of(titles: &[(&str, &str)]) -> Option<String> {
        let titled: Vec<Titled> = titles
            .iter()
            .map(|&(title, outlet)| Titled {
                title,
                outlet: (!outlet.is_empty()).then_some(outlet),
            })
            .collect();
        headline(&titled, LEAD)
    }

    #[test]
    fn most_members_name_it_once_the_sites_are_cut_off() {
        let shared = [
            ("Strike over", "a.example"),
            ("Harbour pilots return to work - The Ledger", "The Ledger"),
            (
                "Harbour pilots return to work | World | Courier",
                "courier.example",
            ),
            ("HARBOUR PILOTS RETURN TO WORK", "c.example"),
        ];
        assert_eq!(
            of(&shared).as_deref(),
            Some("Harbour pilots return to work")
        );
    }

    #[test]
    fn names_of_sites_and_notices_are_no_headlines() {
        let in_lead = "Pilots end strike that closed the port";
        let politico = [
            ("PORT SARREL", "portsarrel.example"),
            ("POLITICO", "politico.com"),
            ("A link has been posted to your feed.", "b.example"),
            (in_lead, "c.example"),
        ];
        assert_eq!(of(&politico).as_deref(), Some(in_lead));
        // Twice by one outlet is no more true than once.
        let feed = "A link has been posted to your feed.";
        assert_eq!(of(&[(feed, "b.example"), (feed, "b.example")]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn the_representative_names_it_where_titles_differ() {
        let own = "Port strike ends";
        let longer = "Harbour pilots return to work after strike";
        assert_eq!(of(&[(own, "a"), (longer, "b")]).as_deref(), Some(own));
        let column = ("Harbour union", "a");
        assert_eq!(of(&[column, (longer, "b")]).as_deref(), Some(longer));
        assert_eq!(of(&[column]).as_deref(), Some(column.0));
        assert_eq!(
            of(&[("CBS News", "a"), (own, "b"), (longer, "c")]).as_deref(),
            Some(longer)
        );
    }

    #[test]
    fn a_dash_within_a_headline_stays() {
        let title = "Harbour pilots return - strike is over";
        assert_eq!(without_site(title, Some("ledger.example")), title);
        assert_eq!(
            without_site("Harbour pilots return - n-tv.de", Some("n-tv.de")),
            "Harbour pilots return"
        );
        assert_eq!(
            without_site("Live | The strike at the port", None),
            "Live | The strike at the port"
        );
    }

    #[test]
    fn words_without_spaces_are_compared_by_pairs() {
        let known = Items::of("港の水先人が九日間のストライキの後に仕事に戻った");
        assert!(known.hold_most_of("水先人のストライキ"));
        assert!(!known.hold_most_of("天気予報 東京"));
    }
}
