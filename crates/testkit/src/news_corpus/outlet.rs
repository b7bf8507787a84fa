//! Outlets: who publishes, how they set text, and what their pages wrap around a story.

use super::language::Language;
use super::prose::{Author, Piece, Style};
use crate::random::Random;

/// A newspaper's site.
pub(crate) struct Outlet {
    /// Its host name.
    pub(crate) host: String,
    /// How it sets text.
    pub(crate) style: Style,
    /// Its records are written with every character above ASCII as a `\u` escape, as Python's
    /// `json.dumps` does unless set otherwise.
    pub(crate) escapes: bool,
    /// The headline stands again at the start of the text.
    pub(crate) repeats_headline: bool,
    menu: Vec<Piece>,
    teasers: Vec<Vec<Piece>>,
    prompt: Vec<Piece>,
    legal: Vec<Piece>,
}

/// Curly, German, French and typewriter quotes. The last one leaves `\"` in JSON.
const QUOTES: [[&str; 2]; 5] = [
    ["\u{201c}", "\u{201d}"],
    ["„", "“"],
    ["»", "«"],
    ["\"", "\""],
    ["\"", "\""],
];

impl Outlet {
    /// Outlet `number`.
    pub(crate) fn new(number: u32, language: &Language, random: &mut Random) -> Outlet {
        let author = Author::new(language, random);
        let name = language.name(language.draw_name(random)).to_lowercase();
        let name: String = name.chars().filter(char::is_ascii).collect();
        let menu = (0..random.between(4, 9))
            .flat_map(|_| {
                let words = random.between(1, 3);
                author.line(random, words)
            })
            .collect();
        let teasers = (0..60)
            .map(|_| {
                let words = random.between(6, 11);
                author.line(random, words)
            })
            .collect();
        Outlet {
            host: format!("{name}{number}.example"),
            style: Style {
                quotes: random.pick(&QUOTES),
                dash: random.pick(&[" – ", " — ", "—", " - "]),
                thousands: random.pick(&[',', ',', '.']),
                line: random.pick(&["\n", "\n\n", "\n\n", " "]),
            },
            escapes: random.chance(400),
            repeats_headline: random.chance(300),
            menu,
            teasers,
            prompt: author.paragraphs(random, 10),
            legal: author.paragraphs(random, 15),
        }
    }

    /// Wraps a story in the page: menu above; prompt, teasers and legal lines below. Neighbouring
    /// teasers appear together, as those of one day do.
    pub(crate) fn wrap(&self, story: &[Piece], random: &mut Random) -> Vec<Piece> {
        let shown = random.between(2, 6) as usize;
        let first = random.below(54) as usize;
        let mut page = self.menu.clone();
        page.extend_from_slice(story);
        page.extend_from_slice(&self.prompt);
        page.extend(self.teasers[first..first + shown].iter().flatten());
        page.extend_from_slice(&self.legal);
        page
    }
}
