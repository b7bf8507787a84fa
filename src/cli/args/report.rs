//! Flags that say what of a run its page shows. They change the page only, no other result.

use clap::Args;
use wirecopy::report::Since;

use crate::cli::values::{parsed, size};

/// Whether a run is written as a page.
#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct ReportArgs {
    /// Write the page also in near: report.html, and report.json, from which it is drawn
    ///
    /// In wire it is always written.
    #[arg(long, conflicts_with = "no_report")]
    pub(in crate::cli) report: bool,

    /// Do not write the page
    #[arg(long)]
    pub(in crate::cli) no_report: bool,

    #[command(flatten)]
    pub(in crate::cli) view: ViewArgs,
}

/// What of a run its page shows.
#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct ViewArgs {
    /// Largest page, such as 10M [default: 10,000,000 bytes, so that it fits a mail]
    ///
    /// Texts of the largest clusters and the most doubtful pairs are shown as far as they fit; the
    /// page says what it leaves out.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(in crate::cli) report_budget: Option<u64>,

    /// Show only clusters that this outlet carried, named as in clusters.jsonl
    #[arg(long, value_name = "OUTLET")]
    pub(in crate::cli) focus: Option<String>,

    /// Show only clusters with a document of this day or a later one, such as 2024-10-16, or of the
    /// last days, such as 7d
    ///
    /// Days are counted back from that of the newest dated document, which is the last of them, and
    /// not from today: the same documents give the same page on any day.
    #[arg(long, value_name = "DATE|DAYS", value_parser = parsed::<Since>)]
    pub(in crate::cli) since: Option<Since>,

    /// Show only clusters that at least so many outlets carried
    #[arg(long, value_name = "N")]
    pub(in crate::cli) min_outlets: Option<u32>,
}
