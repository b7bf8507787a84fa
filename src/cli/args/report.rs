//! Flags that say what of a run its report shows. They change the report only, no other result.

use clap::Args;
use wirecopy::report::Since;

use crate::cli::values::{parsed, size};

/// Whether a run writes a report.
#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct ReportArgs {
    /// Also write report.html with --profile near (wire always does)
    ///
    /// And report.json, from which `wirecopy report` draws it again.
    #[arg(long, conflicts_with = "no_report")]
    pub(in crate::cli) report: bool,

    /// Do not write report.html and report.json
    #[arg(long)]
    pub(in crate::cli) no_report: bool,

    #[command(flatten)]
    pub(in crate::cli) view: ViewArgs,
}

/// What of a run its report shows.
#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct ViewArgs {
    /// Largest report, such as 10M [default: 10,000,000 bytes, so that it fits a mail]
    ///
    /// Texts of the largest stories and the most doubtful pairs are shown as far as they fit; the
    /// report says what it leaves out.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(in crate::cli) report_budget: Option<u64>,

    /// Show only stories that this outlet carried, named as in clusters.jsonl
    #[arg(long, value_name = "OUTLET")]
    pub(in crate::cli) focus: Option<String>,

    /// Show only stories with a document of this day or a later one, such as 2024-10-16, or of the
    /// last days, such as 7d
    ///
    /// Days are counted back from that of the newest dated document, which is the last of them, and
    /// not from today: the same documents give the same report on any day.
    #[arg(long, value_name = "DATE|DAYS", value_parser = parsed::<Since>)]
    pub(in crate::cli) since: Option<Since>,

    /// Show only stories that at least so many outlets carried
    #[arg(long, value_name = "N")]
    pub(in crate::cli) min_outlets: Option<u32>,
}
