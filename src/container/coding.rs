//! Small lists as bytes: bincode 2 with integers of fixed length, under a hard limit.
//!
//! These bytes equal bincode 1's and are a few lines to write by hand (`docs/index-format.md`), so
//! the crate can be replaced. A type that is read here has no recursion, no maps, no floats, no
//! `usize` and no elements without a size: nothing to trap a decoder. It is an enum whose variant
//! is the version of the list.

use bincode::config::{Configuration, Fixint, Limit, LittleEndian, standard};
use bincode::error::DecodeError;

use super::error::DiskFault;

/// Most bytes of a list, and so the most memory that reading one takes. An entry is 40 bytes at
/// most: room for some 25,000 sections or files, where an index has tens.
pub(super) const LIMIT: usize = 1 << 20;

const fn config() -> Configuration<LittleEndian, Fixint, Limit<LIMIT>> {
    standard()
        .with_little_endian()
        .with_fixed_int_encoding()
        .with_limit::<LIMIT>()
}

/// The bytes of a list.
///
/// # Errors
///
/// [`DiskFault::TooLong`] if it could not be read again. That is tried, since bincode counts
/// the memory that a list takes and not only its bytes.
pub(super) fn encode<T: bincode::Encode + bincode::Decode<()>>(
    list: T,
) -> Result<Vec<u8>, DiskFault> {
    let bytes = bincode::encode_to_vec(list, config()).expect("a list in memory can be written");
    match decode::<T>(&bytes, 0) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(DiskFault::TooLong { limit: LIMIT }),
    }
}

/// The list that these bytes are, all of them. They are at `offset` in their file.
///
/// # Errors
///
/// If they are none, or one of a later version.
pub(super) fn decode<T: bincode::Decode<()>>(bytes: &[u8], offset: u64) -> Result<T, DiskFault> {
    if bytes.len() > LIMIT {
        let what = "its list is longer than any that wirecopy writes";
        return Err(DiskFault::Content { what, offset });
    }
    let (list, length) = bincode::decode_from_slice(bytes, config()).map_err(|error| {
        let what = match error {
            DecodeError::UnexpectedVariant { found, .. } => {
                return DiskFault::NewerFormat {
                    offset,
                    expected: 1,
                    found: found.saturating_add(1), // variants count from 0
                };
            }
            DecodeError::Utf8 { .. } => "its recipe is no text",
            _ => "its list does not end within it",
        };
        DiskFault::Content { what, offset }
    })?;
    if length != bytes.len() {
        return Err(DiskFault::Content {
            what: "something stands behind its list",
            offset: offset + length as u64,
        });
    }
    Ok(list)
}
