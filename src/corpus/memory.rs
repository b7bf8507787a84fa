//! Records in memory: what callers of the library have instead of files.

use wirecopy_formats::dates::Decision;

use super::json::Scratch;
use super::options::ReadOptions;
use super::record::{OwnedRecord, Reason, Record, Rejection};
use super::values::Values;

/// Reads the record at a position, which is also its offset. Its length is that of its text.
pub(super) fn record<R>(
    records: &[OwnedRecord],
    at: usize,
    (options, dates): (&ReadOptions, &Decision),
    scratch: &mut Scratch,
    use_it: impl FnOnce(&Record<'_>) -> R,
) -> Result<R, Rejection> {
    let record = &records[at];
    let limit = options.record_limit();
    let length = record.text.len() as u64;
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
    let values = Values {
        id: record.id.as_deref(),
        text: &record.text,
        title: record.title.as_deref(),
        source: record.source.as_deref(),
        url: record.url.as_deref(),
        date: record.date.as_deref(),
    };
    Ok(use_it(&values.record(
        offset,
        length,
        dates,
        &mut scratch.publishers,
    )))
}
