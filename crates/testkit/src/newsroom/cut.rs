//! What is left of a story when a paper has no room for it.

use super::draw::Draw;
use super::prose::{Body, count_words};
use crate::random::Random;

/// From the bottom: 25 to 75 % of the words are kept.
pub(crate) fn trim(body: &Body, random: &mut Random) -> Body {
    let kept = count_words(body) * random.between(25, 75) as usize / 100;
    take(body, kept.max(40))
}

/// Thirty to a hundred words: mostly the start, sometimes from the middle.
pub(crate) fn excerpt(body: &Body, random: &mut Random) -> Body {
    let from = match random.chance(700) {
        true => 0,
        false => random.place(body.len() / 2 + 1),
    };
    let rest = body[from..].to_vec();
    take(&rest, random.between(30, 100) as usize)
}

/// A quarter to a half is missing behind the first paragraphs.
pub(crate) fn mid_cut(body: &Body, random: &mut Random) -> Body {
    let length = body.len();
    if length < 5 {
        return body.clone();
    }
    let missing = length * random.between(25, 50) as usize / 100;
    let from = 2 + random.place((length - missing).saturating_sub(2).max(1));
    let mut cut = body.clone();
    cut.drain(from..(from + missing).min(length));
    cut
}

/// The first sentences, up to about so many words and at least one.
pub(crate) fn take(body: &Body, words: usize) -> Body {
    let mut taken = Body::new();
    let mut count = 0;
    for paragraph in body {
        let mut part = Vec::new();
        for sentence in paragraph {
            let length = sentence.split_whitespace().count();
            if count > 0 && count + length > words + 8 {
                break;
            }
            count += length;
            part.push(sentence.clone());
        }
        let whole = part.len() == paragraph.len();
        if !part.is_empty() {
            taken.push(part);
        }
        if !whole {
            break;
        }
    }
    taken
}
