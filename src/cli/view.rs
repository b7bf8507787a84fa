//! From flags to what a report shows, and whether a run has one.

use wirecopy::report::{DEFAULT_BUDGET, View};

use super::args::compare::Profile;
use super::args::report::{ReportArgs, ViewArgs};
use super::exit::Usage;

/// What the report of a run shows, if it has one.
///
/// # Errors
///
/// If something is said about a report that is not written.
pub(super) fn of_run(args: ReportArgs, profile: Profile) -> Result<Option<View>, Usage> {
    let is_written = match profile {
        Profile::Wire => !args.no_report,
        Profile::Near => args.report,
    };
    match given(&args.view) {
        Some(flag) if !is_written => Err(Usage(match args.no_report {
            true => {
                format!(
                    "{flag} is about the report, which --no-report leaves out: drop one of them"
                )
            }
            false => {
                format!("{flag} is about the report, which `near` writes on request: add --report")
            }
        })),
        _ => Ok(is_written.then(|| of(args.view))),
    }
}

/// What is to be shown.
pub(super) fn of(args: ViewArgs) -> View {
    let budget = args.report_budget.map(usize::try_from);
    View {
        budget: budget.map_or(DEFAULT_BUDGET, |bytes| bytes.unwrap_or(usize::MAX)),
        focus: args.focus,
        since: args.since,
        min_outlets: args.min_outlets.unwrap_or(0),
    }
}

/// The first flag that is given.
fn given(args: &ViewArgs) -> Option<&'static str> {
    let all = [
        ("--report-budget", args.report_budget.is_some()),
        ("--focus", args.focus.is_some()),
        ("--since", args.since.is_some()),
        ("--min-outlets", args.min_outlets.is_some()),
    ];
    let found = all.into_iter().find(|(_, given)| *given);
    found.map(|(flag, _)| flag)
}
