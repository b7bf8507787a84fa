//! Corpora made to cost as much as they can, of any size; and an ordinary one to hold them against.
//!
//! Each is a kind: what is the same again and again, what is nothing but stock, what is one word, what is no
//! record. The same bytes for the same size anywhere.

/// A corpus of about so many bytes, as JSON Lines.
pub type Kind = (&'static str, fn(usize) -> String);

/// All kinds.
pub const KINDS: &[Kind] = &[
    ("letters", letters),
    ("letter-lines", letter_lines),
    ("numbers", numbers),
    ("near-identical", near_identical),
    ("forms", forms),
    ("permuted", permuted),
    ("stubs", stubs),
    ("menus", menus),
    ("one-word", one_word),
    ("two-words", two_words),
    ("stop-words", stop_words),
    ("long-pair", long_pair),
    ("expansions", expansions),
    ("marks", marks),
    ("emoji", emoji),
    ("escapes", escapes),
    ("wide", wide),
    ("junk", junk),
];

/// Draws that are the same everywhere: splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap_or_default()
    }

    fn word(&mut self) -> String {
        let length = 2 + self.roll(8);
        (0..length).map(|_| self.letter()).collect()
    }

    fn letter(&mut self) -> char {
        char::from(b'a' + u8::try_from(self.roll(26)).unwrap_or_default())
    }

    fn words(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.word()).collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        format!("A{}.", self.words(words).join(" "))
    }
}

/// Records with these texts, until there are so many bytes.
fn fill(bytes: usize, fields: bool, mut text: impl FnMut(usize, &mut Dice) -> String) -> String {
    let (mut out, mut dice, mut at) = (String::new(), Dice(bytes as u64), 0);
    while out.len() < bytes {
        let text = text(at, &mut dice).replace('\n', "\\n");
        out.push_str(&format!("{{\"id\":\"d{at}\","));
        if fields {
            let (month, day) = (1 + at % 12, 1 + at % 28);
            out.push_str(&format!("\"source\":\"outlet{}.example\",", at % 40));
            out.push_str(&format!("\"date\":\"2024-{month:02}-{day:02}T09:00:00Z\","));
        }
        out.push_str(&format!("\"text\":\"{text}\"}}\n"));
        at += 1;
    }
    out
}

/// Stories in sentences, carried by some of forty outlets, each page in its outlet's menu and notices.
pub fn ordinary(bytes: usize) -> String {
    let mut dice = Dice(11);
    let vocabulary = dice.words(20_000);
    let sentence = move |dice: &mut Dice| {
        let words: Vec<&str> = (0..8 + dice.roll(16))
            .map(|_| {
                // The rarer the further: about Zipf.
                let most = 1 + dice.roll(vocabulary.len());
                vocabulary[dice.roll(most)].as_str()
            })
            .collect();
        format!("The {}.", words.join(" "))
    };
    let menus: Vec<String> = (0..40)
        .map(|_| (0..8).map(|_| dice.words(4).join(" ") + "\n").collect())
        .collect();
    let notices: Vec<String> = (0..40)
        .map(|_| sentence(&mut dice) + "\n" + &sentence(&mut dice))
        .collect();
    let mut story: Vec<String> = Vec::new();
    fill(bytes, true, |at, dice| {
        if at % 3 == 0 {
            story = (0..15 + dice.roll(15)).map(|_| sentence(dice)).collect();
        }
        let mut own = story.clone();
        let edited = dice.roll(own.len());
        own[edited] = sentence(dice);
        [
            menus[at % 40].as_str(),
            &own.join("\n"),
            "\n",
            &notices[at % 40],
        ]
        .concat()
    })
}

fn letters(bytes: usize) -> String {
    fill(bytes, false, |_, dice| {
        let length = (bytes / 50).clamp(2_000, 50_000);
        let letters: Vec<String> = (0..length).map(|_| dice.letter().to_string()).collect();
        letters.join(" ")
    })
}

fn letter_lines(bytes: usize) -> String {
    fill(bytes, false, |_, dice| {
        let letters: Vec<String> = (0..5_000).map(|_| dice.letter().to_string()).collect();
        letters.join("\n")
    })
}

fn numbers(bytes: usize) -> String {
    fill(bytes, false, |_, dice| {
        let numbers: Vec<String> = (0..5_000).map(|_| dice.roll(30).to_string()).collect();
        numbers.join(" ")
    })
}

fn near_identical(bytes: usize) -> String {
    let page = Dice(3).words(90);
    fill(bytes, false, |_, dice| {
        let mut own = page.clone();
        for _ in 0..3 {
            let at = dice.roll(own.len());
            own[at] = dice.word();
        }
        own.join(" ")
    })
}

fn forms(bytes: usize) -> String {
    let form = Dice(4).words(120);
    fill(bytes, true, |_, dice| {
        let mut own = form.clone();
        for at in (0..own.len()).step_by(10) {
            own[at] = (1_000 + dice.roll(900_000)).to_string();
        }
        own.join(" ") + "."
    })
}

fn permuted(bytes: usize) -> String {
    let mut dice = Dice(5);
    let sentences: Vec<String> = (0..60).map(|_| dice.sentence(6)).collect();
    fill(bytes, true, |_, dice| {
        let mut own = sentences.clone();
        for at in (1..own.len()).rev() {
            own.swap(at, dice.roll(at + 1));
        }
        own.join(" ")
    })
}

fn stubs(bytes: usize) -> String {
    let mut dice = Dice(6);
    let notice: Vec<String> = (0..4).map(|_| dice.sentence(15)).collect();
    fill(bytes, false, |_, dice| {
        [
            &dice.sentence(8),
            "\n",
            &dice.sentence(15),
            "\n",
            &notice.join(" "),
        ]
        .concat()
    })
}

fn menus(bytes: usize) -> String {
    let mut dice = Dice(7);
    let menu: String = (0..300).map(|_| dice.words(3).join(" ") + "\n").collect();
    fill(bytes, true, |_, dice| menu.clone() + &dice.sentence(40))
}

fn one_word(bytes: usize) -> String {
    fill(bytes, false, |_, dice| dice.word())
}

fn two_words(bytes: usize) -> String {
    fill(bytes, true, |_, dice| {
        let words: Vec<&str> = (0..2_000).map(|_| ["yes", "no"][dice.roll(2)]).collect();
        words.join(" ")
    })
}

fn stop_words(bytes: usize) -> String {
    let words: Vec<&str> =
        "the of and to in a is that for it as was with be by on not he his but at are"
            .split(' ')
            .collect();
    fill(bytes, true, |_, dice| {
        let text: Vec<&str> = (0..300).map(|_| words[dice.roll(words.len())]).collect();
        text.join(" ")
    })
}

fn long_pair(bytes: usize) -> String {
    let words = Dice(8).words(bytes / 13);
    fill(bytes, false, |_, dice| {
        let mut own = words.clone();
        for _ in 0..own.len() / 50 {
            let at = dice.roll(own.len());
            own[at] = dice.word();
        }
        own.join(" ")
    })
}

/// A character of three bytes that stands for eighteen.
fn expansions(bytes: usize) -> String {
    fill(bytes, false, |_, _| "\u{fdfa}".repeat(bytes / 6))
}

fn marks(bytes: usize) -> String {
    let marks: Vec<char> = ('\u{300}'..='\u{36f}').collect();
    fill(bytes, false, |_, dice| {
        let mut text = String::new();
        for _ in 0..10 {
            text.push(dice.letter());
            text.extend((0..1_000).map(|_| marks[dice.roll(marks.len())]));
            text.push(' ');
        }
        text
    })
}

fn emoji(bytes: usize) -> String {
    let signs = ['👩', '👨', '👧', '👦'];
    fill(bytes, false, |_, dice| {
        let joined = (0..3_000).flat_map(|_| [signs[dice.roll(4)], '\u{200d}']);
        joined.collect()
    })
}

fn escapes(bytes: usize) -> String {
    fill(bytes, false, |_, _| "\\u0061\\u0062 ".repeat(400))
}

/// Records of hundreds of fields.
fn wide(bytes: usize) -> String {
    let (mut out, mut dice, mut at) = (String::new(), Dice(9), 0);
    while out.len() < bytes {
        let fields: String = (0..400)
            .map(|n| format!("\"{}{n}\":1,", dice.word()))
            .collect();
        let text = dice.sentence(30);
        out.push_str(&format!(
            "{{\"id\":\"w{at}\",\"text\":\"{text}\",{fields}\"end\":1}}\n"
        ));
        at += 1;
    }
    out
}

/// No record at all, millions of times.
fn junk(bytes: usize) -> String {
    "{\"id\":\"first\",\"text\":\"a page like any other\"}\n".to_owned() + &"{\n".repeat(bytes / 2)
}
