//! Every input of the committed corpus of the fuzz target `index`, without a fuzzer.

use std::fs;
use std::path::PathBuf;

use crate::cmd::skipped;
use crate::forged::Forged;

#[test]
fn forged_indexes_of_the_fuzzing_corpus_are_errors_or_answers() {
    let mut index = Forged::new();
    assert_eq!(index.run(&[]), (true, true));
    // Sections written again as they are: what follows is about their values and not about the form.
    assert_eq!(index.run(&[248 | 1]), (true, true));
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/index");
    if !fs::exists(corpus).unwrap() {
        // A package of its own, so it is not in the one that is published.
        return skipped("there is no fuzz/corpus/index here");
    }
    let entries = fs::read_dir(corpus).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 20, "{}", paths.len());
    let (mut refused, mut wrong) = (0, 0);
    for path in &paths {
        let input = fs::read(path).unwrap();
        assert!(input.len() <= 4096, "{}", path.display());
        let (opens, is_right) = index.run(&input);
        refused += u32::from(!opens);
        wrong += u32::from(opens && !is_right);
    }
    // Some are reported when the index is opened, some when the value is used.
    assert!(refused > 5 && wrong > 5, "{refused} {wrong}");
    assert_eq!(index.run(&[]), (true, true));
}
