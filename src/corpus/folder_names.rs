//! Which folders name the outlets of the texts in them: the first level whose names are no days, numbers or labels.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use wirecopy_formats::dates::{self, Decision};

/// What the folders of an input are taken for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FolderNames {
    /// The level below the input whose names are the outlets, from 0, if there is one.
    pub level: Option<usize>,
    /// One of them.
    pub outlet: Option<String>,
    /// One of the names above that are no outlets.
    pub doubted: Option<String>,
}

/// Folders inside folders that are looked at: year, month, day, outlet.
const DEPTH: usize = 4;

/// Words that folders are called by for what they hold or how a corpus was cut, and not for whom it is of.
#[rustfmt::skip]
const LABELS: [&str; 96] = [
    "all", "archive", "art", "article", "articles", "batch", "business", "category", "chunk", "class", "clean", "cluster", "corpus",
    "culture", "data", "dataset", "day", "days", "dev", "dir", "doc", "docs", "document", "documents", "download", "downloads", "economy",
    "entertainment", "eval", "fake", "false", "file", "files", "folder", "group", "half", "ham", "health", "heldout", "html", "input",
    "inputs", "international", "jahr", "json", "label", "letter", "local", "misc", "mois", "monat", "month", "months", "national", "neg",
    "negative", "neutral", "new", "old", "opinion", "original", "other", "output", "page", "pages", "part", "parts", "politics", "pos",
    "positive", "quarter", "raw", "real", "sample", "science", "set", "shard", "spam", "split", "sport", "sports", "subset", "tag", "tech",
    "technology", "test", "text", "texts", "tmp", "topic", "train", "training", "true", "txt", "unlabeled", "world",
];
/// The rest of them, which a folder is called with a number more than without.
const NUMBERED: [&str; 14] = [
    "an",
    "annee",
    "año",
    "ano",
    "mes",
    "q",
    "h",
    "val",
    "valid",
    "validation",
    "volume",
    "vol",
    "week",
    "year",
];

impl FolderNames {
    /// What the folders of these files, as paths below the input, are taken for.
    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p Path>) -> FolderNames {
        let mut levels: [BTreeSet<String>; DEPTH] = Default::default();
        let mut last = None;
        for folder in paths.filter_map(Path::parent) {
            // Paths come sorted, so that files of one folder follow each other.
            if last.replace(folder) == Some(folder) {
                continue;
            }
            let names = folder.components().filter_map(name);
            levels.iter_mut().zip(names).for_each(|(level, name)| {
                level.insert(name);
            });
        }
        let mut found = FolderNames::default();
        for (level, names) in levels.iter().enumerate() {
            let Some(first) = names.first() else {
                break;
            };
            let doubtful = names.iter().filter(|name| is_doubtful(name)).count();
            if 2 * doubtful < names.len() {
                found.level = Some(level);
                found.outlet = names.iter().find(|name| !is_doubtful(name)).cloned();
                break;
            }
            found.doubted.get_or_insert_with(|| {
                let doubtful = names.iter().find(|name| is_doubtful(name));
                doubtful.unwrap_or(first).clone()
            });
        }
        found
    }

    /// The outlet that a path below the input names.
    pub(super) fn outlet_of<'i>(&self, id: &'i str) -> Option<&'i str> {
        let mut parts = id.split('/');
        let name = parts.nth(self.level?)?;
        // The last part is the file.
        parts.next().map(|_| name)
    }
}

fn name(component: Component<'_>) -> Option<String> {
    match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    }
}

/// Whether a name is that of a day, a month, a number or a label.
fn is_doubtful(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let has_number = lower.chars().any(char::is_numeric);
    match (words.next(), words.next()) {
        (None, _) => true,
        (Some(word), None) => {
            let is_label =
                LABELS.binary_search(&word).is_ok() || has_number && NUMBERED.contains(&word);
            is_label || dates::is_month(word)
        }
        // `test_pos`, `march 2021 raw`, `2021年3月4日`, and not `times_2021-03-04`
        _ => {
            let is_day = dates::in_path(&lower).is_some()
                || dates::read(&lower, &Decision::default()).date().is_some();
            let is_name = |word: &str| !is_day || word.chars().nth(2).is_some();
            let is_none = |word: &str| LABELS.binary_search(&word).is_ok() || dates::is_month(word);
            let mut words = lower
                .split(|c: char| !c.is_alphabetic())
                .filter(|word| !word.is_empty());
            words.all(|word| is_none(word) || !is_name(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> (Option<usize>, Option<String>) {
        let names = FolderNames::of(paths.iter().map(Path::new));
        (names.level, names.outlet)
    }

    #[test]
    fn labels_are_sorted() {
        assert!(LABELS.is_sorted());
    }

    #[test]
    fn days_numbers_and_labels_are_doubted() {
        for name in [
            "month1",
            "Month 01",
            "2021",
            "2021-03",
            "2021_03_04",
            "03",
            "März",
            "march_2021",
            "janvier",
            "batch_0001",
            "pos",
            "TEST",
            "Q1",
            "part-3",
            "test_pos",
            "2021年3月4日",
            "week12",
            "business",
            "مارس",
        ] {
            assert!(is_doubtful(name), "{name}");
        }
        for name in [
            "courier",
            "times_2021-03-04",
            "The Times",
            "20 Minutes",
            "nytimes.com",
            "Morning Post",
            "Le Monde",
            "n-tv",
            "taz",
            "Today",
            "朝日新聞",
            "Business Insider",
            "Channel 4",
        ] {
            assert!(!is_doubtful(name), "{name}");
        }
    }

    #[test]
    fn the_first_level_that_may_name_outlets_does() {
        let courier = Some("courier".to_owned());
        assert_eq!(
            of(&["courier/1.txt", "post/2.txt"]),
            (Some(0), courier.clone())
        );
        assert_eq!(
            of(&["2021/courier/1.txt", "2022/post/2.txt"]),
            (Some(1), courier)
        );
        assert_eq!(of(&["pos/1.txt", "neg/2.txt"]), (None, None));
        assert_eq!(of(&["1.txt", "2.txt"]), (None, None));
        let names = FolderNames::of([Path::new("month1/a.txt")].into_iter());
        assert_eq!(names.doubted.as_deref(), Some("month1"));
        let names = FolderNames {
            level: Some(1),
            ..FolderNames::default()
        };
        assert_eq!(names.outlet_of("2021/courier/1.txt"), Some("courier"));
        assert_eq!(names.outlet_of("2021/1.txt"), None);
    }
}
