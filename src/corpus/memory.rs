//! Records in memory: what callers of the library have instead of files.

use wirecopy_formats::dates::Decision;

use super::json::Scratch;
use super::options::ReadOptions;
use super::record::{Reason, Record, Rejection};
use super::rows::Rows;
use super::values::Values;

/// Reads the record at a position, which is also its offset. Its length is that of its text.
pub(super) fn record<R>(
    records: &dyn Rows,
    at: usize,
    (options, dates): (&ReadOptions, &Decision),
    scratch: &mut Scratch,
    use_it: impl FnOnce(&Record<'_>) -> R,
) -> Result<R, Rejection> {
    let record = records.row(at);
    let limit = options.record_limit();
    let text = record.text.unwrap_or_default();
    let length = text.len() as u64;
    let (offset, too_long) = (at as u64, length > limit);
    let length = match u32::try_from(length) {
        Ok(short) if !too_long => short,
        _ => {
            return Err(Rejection {
                offset,
                length,
                reason: Reason::TooLong { limit },
            });
        }
    };
    if record.text.is_none() {
        return Err(Rejection {
            offset,
            length: 0,
            reason: Reason::MissingText {
                fields: vec!["text".to_owned()],
                found: record.names(),
            },
        });
    }
    let values = Values {
        id: record.id,
        text,
        title: record.title,
        source: record.source,
        url: record.url,
        date: record.date,
    };
    Ok(use_it(&values.record(
        offset,
        length,
        dates,
        &mut scratch.publishers,
    )))
}
