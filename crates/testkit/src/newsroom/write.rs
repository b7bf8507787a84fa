//! The four files of a set.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::calendar;
use super::labels;
use super::making::Document;

/// Which fields the records have besides id, title and text.
#[derive(Clone, Copy)]
pub struct Fields {
    source: bool,
    date: bool,
    /// One source for all.
    pub constant_source: bool,
}

impl Fields {
    /// All of them.
    pub const ALL: Fields = Fields {
        source: true,
        date: true,
        constant_source: false,
    };

    /// Leaves out the fields of a list.
    pub fn leave_out(&mut self, list: &str) -> Result<(), String> {
        for name in list.split(',') {
            match name {
                "source" => self.source = false,
                "date" => self.date = false,
                _ => return Err(format!("--without takes source and date, not {name}")),
            }
        }
        Ok(())
    }
}

fn record(document: &Document, id: &str, fields: Fields) -> serde_json::Result<String> {
    let string = |text: &str| serde_json::to_string(text);
    let mut line = format!("{{\"id\": {}", string(id)?);
    if fields.source {
        let source = if fields.constant_source {
            "newsroom"
        } else {
            &document.outlet
        };
        line += &format!(", \"source\": {}", string(source)?);
    }
    if fields.date {
        line += &format!(
            ", \"date\": {}",
            string(&calendar::timestamp(document.minute))?
        );
    }
    line += &format!(", \"title\": \"\", \"text\": {}}}", string(&document.text)?);
    Ok(line)
}

/// Writes all files into an existing folder; answers the number of labelled pairs.
pub fn all(documents: &[Document], fields: Fields, folder: &Path) -> io::Result<usize> {
    let open = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut docs, mut truth, mut meta) =
        (open("docs.jsonl")?, open("truth.tsv")?, open("meta.tsv")?);
    let id = |number| labels::id(number, documents.len());
    let clusters = labels::clusters(documents);
    writeln!(truth, "id\tcluster")?;
    writeln!(
        meta,
        "id\tkind\tfamily\tagency\tbody_words\tpage_words\talso_in"
    )?;
    for (number, document) in documents.iter().enumerate() {
        let name = id(number);
        writeln!(docs, "{}", record(document, &name, fields)?)?;
        writeln!(truth, "{name}\t{}", clusters[&document.story])?;
        let also: Vec<&str> = document
            .carried
            .also_in
            .iter()
            .map(|other| clusters[other].as_str())
            .collect();
        writeln!(
            meta,
            "{name}\t{}\t{}\t{}\t{}\t{}\t{}",
            document.carried.kind,
            document.family,
            document.agency,
            document.body_words,
            document.text.split_whitespace().count(),
            also.join(",")
        )?;
    }
    let pairs = labels::pairs(documents);
    let mut out = open("pairs.tsv")?;
    writeln!(out, "id_a\tid_b\tlabel")?;
    for (a, b, label) in &pairs {
        writeln!(out, "{}\t{}\t{label}", id(*a), id(*b))?;
    }
    for mut file in [docs, truth, meta, out] {
        file.flush()?;
    }
    Ok(pairs.len())
}

#[cfg(test)]
mod tests {
    use super::super::making;
    use super::super::variant::Variant;
    use super::*;

    fn text_of(name: &str, seed: u64) -> String {
        let variant = Variant::named(name).unwrap();
        let documents = making::make(200, seed, &variant, None).unwrap_or_default();
        let lines: Vec<String> = documents
            .iter()
            .map(|document| record(document, "n0", Fields::ALL).unwrap())
            .collect();
        lines.join("\n")
    }

    /// 64-bit FNV-1a.
    fn hash(text: &str) -> u64 {
        text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        })
    }

    /// Figures in documents and floors in tests are of these bytes: a variant is added, not changed.
    const HASHES: [(&str, u64); 15] = [
        ("base", 0x18BF_3499_0BDE_C936),
        ("no-newlines", 0xCE6E_DCCC_5300_EA60),
        ("templates", 0xC9BC_15F3_4EC6_D396),
        ("heavy-edits", 0x42F4_BD3A_14C4_A1BB),
        ("substitutions", 0xEBD4_1B4D_D74F_EDD5),
        ("outlets150", 0x963E_9458_4F2C_56B6),
        ("shuffled", 0x42ED_36BA_1734_7DA4),
        ("shuffled-heavy", 0xED5E_C93A_01AB_4BA2),
        ("big-clusters", 0x8953_B341_893D_86D5),
        ("flat", 0x18BF_3499_0BDE_C936),
        ("slow", 0x24F7_2ECC_92A6_A470),
        ("crawl", 0xA372_517F_3469_9066),
        ("takes", 0xE7E2_55E0_9BB5_2B66),
        ("frames", 0xB1EF_403F_6DE9_6EBC),
        ("small", 0x9238_DCE3_165F_19DD),
    ];

    #[test]
    fn every_variant_has_the_bytes_it_always_had() {
        let made = HASHES.map(|(name, _)| (name, hash(&text_of(name, 7))));
        assert_eq!(made, HASHES);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        assert_eq!(text_of("base", 7), text_of("base", 7));
        assert_ne!(text_of("base", 7), text_of("base", 8));
    }
}
