//! Story texts of an index that lie are errors.

use crate::index_faults::{begun, restore, write_again};

const ROWS: u32 = 1;
const SHORT_STORIES: u32 = 21;

const ROW: usize = 80;
/// Where a row has the number of words of its story.
const STORY_LENGTH: usize = 52;

#[test]
fn stories_that_lie_are_damage() {
    type Lie = (&'static str, u32, fn(&mut Vec<u8>));
    let lies: [Lie; 5] = [
        ("a word is not in the vocabulary", SHORT_STORIES, |own| {
            own[..6].fill(0xff); // the rarest word that can be
        }),
        ("a word is not in the vocabulary", SHORT_STORIES, |own| {
            own[..2].copy_from_slice(&[0, 0x3c]); // a word of two codes
        }),
        ("a story lies outside its section", SHORT_STORIES, |own| {
            own.truncate(own.len() - 2);
        }),
        ("a story lies outside its section", SHORT_STORIES, |own| {
            let last = own.len() - 2;
            own[last..].copy_from_slice(&[0, 0x3c]); // and nothing behind it
        }),
        ("a story lies outside its section", ROWS, |own| {
            for row in own.chunks_exact_mut(ROW) {
                row[STORY_LENGTH..STORY_LENGTH + 4].fill(0xff);
            }
        }),
    ];
    let dir = begun();
    let whole = dir.tree("ix");
    for (said, of, lie) in lies {
        write_again(&dir.path("ix"), |_, _, section, own| {
            if section == of {
                lie(own);
            }
            true
        });
        dir.wirecopy(&["index", "compact", "--index", "ix"])
            .exits(4)
            .stderr_has(&["seg-", said]);
        let add = ["index", "add", "rest.jsonl", "--index", "ix", "-q"];
        let added = dir.wirecopy(&add);
        assert!(matches!(added.code, Some(0 | 4)), "{}", added.stderr); // it may not have asked for that story
        restore(&dir, &whole);
    }
}
