//! Pages that are nearly all frame: a prompt, a consent notice or a letterhead with a few
//! sentences of its own on each. Hardly any is a copy of another.

use super::carrier::Carried;
use super::draw::Draw;
use super::edit::Editor;
use super::grammar::Cast;
use super::kind::{Kind, Part};
use super::making::Document;
use super::prose::{self, Body, Prose};
use super::story::WEEKDAYS;
use crate::random::Random;

/// Stream of chance.
const FRAMES: u64 = 9;
/// Share of the texts that stand on two pages, per mille; every second of these is edited.
const COPIED: u32 = 30;

/// Family, and what stands above and below.
type Frame = (&'static str, &'static str, &'static str);

/// 78 words.
const PROMPT: Frame = (
    "prompt",
    "You are an assistant to the editors of a newspaper. Read the passage below and answer \
     only from what it says. Do not add facts, names or figures of your own. Keep the wording \
     of quotations, and write figures as the passage writes them.\n\
     Passage:",
    "End of the passage. List the people and places that it names, one a line, then say in \
     at most two sentences what happened. If it holds no event, write NONE and stop.",
);
/// 124 words.
const CONSENT: Frame = (
    "consent",
    "We value your privacy. We and our 143 partners store information on a device, such as \
     unique identifiers in cookies, or read it there, and process personal data in order to \
     show advertising and content that suits you, to measure both, and to learn about those \
     who see them. You may press the button to agree, or open the settings to see more and \
     to change what you wish before you agree.\n\
     Accept all | Reject all | Settings",
    "Your choice holds for this site alone. You can change it at any time by way of the \
     notice at the foot of every page. Our partners are listed in the settings, with the \
     purposes for which each of them uses data. Save and close.",
);
/// 184 words.
const LETTERHEAD: Frame = (
    "letterhead",
    "Regional Office for Land, Water and Highways\n\
     Press and Public Relations, Room 214, 8 Exchange Square, third floor\n\
     Telephone 555 0142, weekdays from nine to noon and from two to four; fax 555 0143\n\
     For immediate release. This notice may be reproduced in full or in part provided that \
     the Office is named as its source. Editors are asked to send a copy of what they print \
     to the address above.\n\
     To all editors of the region:",
    "With kind regards,\n\
     for the Director of the Regional Office, the Head of Press and Public Relations\n\
     The Regional Office for Land, Water and Highways plans, builds and keeps the roads, \
     dykes and drains of the region on behalf of its nine districts. It was formed from \
     three older boards, has its seat at Exchange Square and is overseen by a council that \
     meets on the first Thursday of every month. Its notices are numbered, filed and open to \
     the public during the hours given above. If you no longer wish to receive them, please \
     write to the same address and enclose the wrapper of this letter.",
);

/// So many pages under one frame, which the seed's remainder by three decides.
pub(crate) fn pages(count: usize, seed: u64, prose: &mut Prose) -> Vec<Document> {
    let frame = match seed % 3 {
        0 => PROMPT,
        1 => CONSENT,
        _ => LETTERHEAD,
    };
    let mut documents = Vec::with_capacity(count);
    for story in 0.. {
        let random = &mut Random::new(seed, FRAMES, story as u64);
        let cast = Cast::new(None, random.pick(&WEEKDAYS), random);
        let sentences = random.between(2, 4);
        let mut own = || vec![prose.sentence("S", &cast, random)];
        let mut body: Body = (0..sentences).map(|_| own()).collect();
        let copied = random.chance(COPIED);
        let part = if copied { Part::Whole } else { Part::Own };
        documents.push(page(frame, story, Kind::plain(part), &body));
        if copied {
            let mut kind = Kind::plain(part);
            kind.edited = random.chance(500);
            if kind.edited {
                let editor = Editor {
                    grammar: &prose.grammar,
                    cast: &cast,
                    per_mille: 25,
                    any_word: false,
                };
                editor.edit(&mut body, random);
            }
            documents.push(page(frame, story, kind, &body));
        }
        if documents.len() >= count {
            break;
        }
    }
    documents.truncate(count);
    Random::new(seed, FRAMES, u64::MAX).shuffle(&mut documents);
    documents
}

fn page(frame: Frame, story: usize, kind: Kind, body: &Body) -> Document {
    let (family, above, below) = frame;
    let own: Vec<String> = body.iter().map(|sentences| sentences.join(" ")).collect();
    Document {
        outlet: String::new(),
        minute: 0,
        text: format!("{above}\n{}\n{below}", own.join(" ")),
        story,
        family: family.into(),
        agency: "",
        body_words: prose::count_words(body),
        carried: Carried {
            kind,
            body: Vec::new(),
            also_in: Vec::new(),
        },
    }
}
