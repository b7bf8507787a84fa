//! The truth of a set: names of documents and clusters, and every pair worth a label.

use std::collections::BTreeMap;

use super::kind::Label;
use super::making::Document;

/// `n0007` among ten thousand or fewer.
pub(crate) fn id(number: usize, count: usize) -> String {
    let width = count.saturating_sub(1).to_string().len().max(4);
    format!("n{number:0width$}")
}

/// The name of each story's cluster: `s` and its number, or the document's id if it has but one.
pub(crate) fn clusters(documents: &[Document]) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        names
            .entry(document.story)
            .and_modify(|name| *name = format!("s{}", document.story))
            .or_insert_with(|| id(number, documents.len()));
    }
    names
}

/// All pairs of one story, and all pairs of one form filled in for different occasions, by place.
pub(crate) fn pairs(documents: &[Document]) -> Vec<(usize, usize, Label)> {
    let mut pairs = Vec::new();
    for (a, one) in documents.iter().enumerate() {
        for (b, other) in documents.iter().enumerate().skip(a + 1) {
            if one.story == other.story {
                pairs.push((a, b, one.carried.kind.beside(other.carried.kind)));
            } else if one.family == other.family && one.family.starts_with("tmpl") {
                pairs.push((a, b, Label::Template));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::making;
    use super::super::variant::VARIANTS;
    use super::*;

    #[test]
    fn pairs_agree_with_the_clusters_in_every_variant() {
        for (name, variant) in VARIANTS {
            let documents = making::make(300, 3, &variant, None).unwrap_or_default();
            assert_eq!(documents.len(), 300, "{name}");
            let clusters = clusters(&documents);
            let pairs = pairs(&documents);
            let least = match name {
                "frames" => 3,
                "small" => 100,
                _ => 300,
            };
            assert!(pairs.len() > least, "{name}");
            for (a, b, label) in pairs {
                let of = |place: usize| &clusters[&documents[place].story];
                assert_eq!(of(a) == of(b), label != Label::Template, "{name}: {a}, {b}");
            }
        }
    }
}
