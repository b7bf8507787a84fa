//! Flags that say what a copy is. They shape results, and are in the recipe.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wirecopy::shingle::Shingling;
use wirecopy::similarity::Threshold;

use crate::cli::values::{SHINGLE, threshold};

/// Where flags stand that `wire` refuses.
const NEAR: &str = "Only with --profile near";

/// What a copy is, and how surely it is found.
#[derive(Args, Debug)]
#[command(next_help_heading = "What a copy is")]
pub(in crate::cli) struct CompareArgs {
    /// How documents are compared
    ///
    /// wire: the same story, whatever stands around it on its page. Boilerplate is masked, story texts are
    /// aligned word by word, and clusters are joined by average linkage.
    ///
    /// near: whole documents, by the share of word runs that two of them have in common (Jaccard
    /// similarity of shingles), in clusters of all that hang together.
    #[arg(long, value_enum, default_value = "wire")]
    pub(in crate::cli) profile: Profile,

    /// Least score; identical is 2, in near 1 [default: 0.74, in near 0.8]
    ///
    /// Of both profiles, each with its own measure. In wire the story score: the weighted share of
    /// the shorter story text that is found in the other, plus the Jaccard similarity of the two,
    /// less 2.25 times the words substituted per word found: identical stories have 2. In near the Jaccard similarity:
    /// copies that are the same word for word have 1, a document with a new headline usually stays
    /// above 0.9, and one that was cut by half is near 0.5. The lower it is, the more work.
    #[arg(short, long, value_name = "SCORE", value_parser = threshold)]
    pub(in crate::cli) threshold: Option<Threshold>,

    /// Share of the pairs exactly at the threshold that is found [default: 0.95]
    ///
    /// Above 0 and below 1. Of pairs above the threshold more are found. The cheapest banding that
    /// reaches it is taken; a higher share costs time and memory.
    #[arg(long, value_name = "SHARE", conflicts_with_all = ["bands", "rows"], help_heading = NEAR)]
    pub(in crate::cli) recall: Option<f64>,

    /// Bands of a signature, instead of --recall; needs --rows
    ///
    /// More bands find more pairs. Bands times rows is the length of a signature, at most 1024.
    #[arg(long, value_name = "N", requires = "rows", conflicts_with = "recall", help_heading = NEAR)]
    pub(in crate::cli) bands: Option<u32>,

    /// Rows of a band, instead of --recall; needs --bands
    ///
    /// More rows let fewer dissimilar pairs through.
    #[arg(long, value_name = "N", requires = "bands", conflicts_with = "recall", help_heading = NEAR)]
    pub(in crate::cli) rows: Option<u32>,

    /// What is counted: runs of K words or characters: word:5, char:5, char:9, … [default: word:5]
    ///
    /// word:K or char:K, K from 1 to 63; in wire always word:4. Shorter runs are
    /// more alike. For languages written without spaces take characters, such as char:9.
    #[arg(long, value_name = "UNIT:K", value_parser = SHINGLE, help_heading = NEAR, hide_possible_values = true)]
    pub(in crate::cli) shingle: Option<Shingling>,

    /// Names the hash functions of signatures
    ///
    /// A whole number from 0. With another one, other pairs near the threshold are missed, as many
    /// on average.
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) seed: u64,

    /// Take boilerplate from the boilerplate.bin of an earlier run, instead of learning it (wire)
    ///
    /// Every run in wire writes what it learned as boilerplate.bin. With it, few documents are masked
    /// as well as many, and the same pair gets the same verdict in every run.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) boilerplate: Option<PathBuf>,
}

/// How documents are compared.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Profile {
    /// The same story: story texts without boilerplate, aligned; average linkage
    Wire,
    /// Whole documents, Jaccard similarity, connected components
    Near,
}
