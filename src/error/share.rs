//! Which share of rejected records is more than is allowed.

/// Whether so many rejected of so many read are more than a share, `0.0..=1.0`. Compared in millionths,
/// so that 29 of 100 are not over 29 %.
pub fn is_over(rejected: u64, read: u64, share: f64) -> bool {
    const ONE: u64 = 1_000_000;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share from 0 to 1
    let limit = (share * ONE as f64).round() as u64;
    u128::from(rejected) * u128::from(ONE) > u128::from(limit) * u128::from(read)
}

/// The smallest whole tenth of a percent that allows so many, for a flag: `12.4%`.
pub fn share_that_allows(rejected: u64, read: u64) -> String {
    let thousandths = (u128::from(rejected) * 1000).div_ceil(u128::from(read.max(1)));
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_that_is_named_allows_what_was_rejected() {
        assert!(!is_over(29, 100, 0.29) && is_over(30, 100, 0.29));
        assert!(!is_over(0, 0, 0.0));
        for (rejected, read, want) in [
            (1, 100, "1%"),
            (124, 1000, "12.4%"),
            (1, 3, "33.4%"),
            (1, 1_000_000, "0.1%"),
            (7, 7, "100%"),
        ] {
            let share = share_that_allows(rejected, read);
            assert_eq!(share, want);
            let value: f64 = share.trim_end_matches('%').parse().unwrap();
            assert!(!is_over(rejected, read, value / 100.0), "{share}");
        }
    }
}
