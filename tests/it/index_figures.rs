//! What comparing a pair gave is stored in an index: lies in it are errors.

use crate::index_faults::{begun, restore, write_again};

const PAIRS: u32 = 13;
const FIGURES: u32 = 19;

/// Bytes of a pair, and of its figures.
const PAIR: usize = 16;
const FIGURE: usize = 32;

#[test]
fn figures_that_lie_are_damage() {
    type Lie = (&'static str, fn(u32, &mut Vec<u8>));
    let lies: [Lie; 5] = [
        ("more or fewer than the pairs", |section, own| {
            own.truncate(own.len() - if section == FIGURES { FIGURE } else { 0 });
        }),
        ("more or fewer than the pairs", |section, own| {
            own.drain(..if section == PAIRS { PAIR } else { 0 }); // the first stands under its earlier document
        }),
        ("figures that cannot be", |section, own| {
            if section == FIGURES {
                own[..4].fill(0xff); // more shingles shared than there are
            }
        }),
        ("figures that cannot be", |section, own| {
            if section == FIGURES {
                own[30] = 9; // no outcome that there is
            }
        }),
        ("pairs are out of order", |section, own| {
            if section == PAIRS {
                let rows = own.chunks_exact(PAIR).rev();
                *own = rows.flatten().copied().collect();
            }
        }),
    ];
    let dir = begun();
    let whole = dir.tree("ix");
    for (said, lie) in lies {
        write_again(&dir.path("ix"), |_, _, section, own| {
            if matches!(section, PAIRS | FIGURES) {
                lie(section, own);
            }
            true
        });
        for words in [
            &["index", "verify", "--index", "ix"][..],
            &["index", "export-clusters", "--index", "ix"],
        ] {
            dir.wirecopy(words).exits(4).stderr_has(&["seg-", said]);
        }
        restore(&dir, &whole);
    }
}
