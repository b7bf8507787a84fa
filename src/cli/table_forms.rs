//! `--format`: which forms of the tables are written.

use wirecopy::output::{CsvForm, TableForms};

use super::args::TableFormat;
use super::exit::Usage;

/// The forms that are asked for, besides JSON Lines.
pub(super) fn table_forms(asked: &[TableFormat]) -> Result<TableForms, Usage> {
    let has = |form| asked.contains(&form);
    let csv = match (has(TableFormat::Csv), has(TableFormat::ExcelCsv)) {
        (true, true) => {
            return Err(Usage(
                "--format csv,excel-csv: both write clusters.csv and so on; leave one of them out"
                    .into(),
            ));
        }
        (true, false) => Some(CsvForm::Plain),
        (false, true) => Some(CsvForm::Excel),
        (false, false) => None,
    };
    Ok(TableForms {
        csv,
        parquet: has(TableFormat::Parquet),
    })
}
