//! Names of time zones as news writes them: each with the meaning that is most usual, since some have several.

use super::calendar::{DAY, day_number, weekday};

/// Where a time is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Zone {
    /// So many seconds east of UTC.
    East(i64),
    /// A zone of the United States, by its standard time: `ET` is one or the other by the season.
    American(i64),
}

/// Minutes east of UTC. `IST` is India's, `CST` and `MST` America's, `BST` Britain's.
const ZONES: &[(&str, i64)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("trt", 180),
    ("sast", 120),
    ("cat", 120),
    ("eat", 180),
    ("wat", 60),
    ("gst", 240),
    ("pkt", 300),
    ("ist", 330),
    ("npt", 345),
    ("bdt", 360),
    ("ict", 420),
    ("wib", 420),
    ("wita", 480),
    ("wit", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("myt", 480),
    ("pht", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("brt", -180),
    ("art", -180),
    ("clt", -240),
    ("cot", -300),
    ("pet", -300),
    ("nst", -210),
    ("ndt", -150),
];

/// The zone of a name in lower case.
pub(super) fn zone(name: &str) -> Option<Zone> {
    match name {
        "et" => return Some(Zone::American(-300)),
        "ct" => return Some(Zone::American(-360)),
        "mt" => return Some(Zone::American(-420)),
        "pt" => return Some(Zone::American(-480)),
        _ => {}
    }
    let found = ZONES.iter().find(|(known, _)| *known == name)?;
    Some(Zone::East(found.1 * 60))
}

impl Zone {
    /// Seconds east of UTC on a day.
    pub(super) fn east(self, days: i64, year: i64) -> i64 {
        match self {
            Zone::East(seconds) => seconds,
            Zone::American(minutes) => {
                minutes * 60
                    + if is_american_summer(days, year) {
                        3600
                    } else {
                        0
                    }
            }
        }
    }
}

/// Whether a day has summer time in the United States: since 2007 from the second Sunday of March to the first of
/// November, from 1987 from the first of April to the last of October (Uniform Time Act and its amendments).
fn is_american_summer(days: i64, year: i64) -> bool {
    let sunday = |month, from| {
        let first = day_number(year, month, from)?;
        Some(first + (7 - weekday(first)))
    };
    let (from, to) = match year {
        2007.. => (sunday(3, 8), sunday(11, 1)),
        1987.. => (sunday(4, 1), sunday(10, 25)),
        _ => return false,
    };
    from.zip(to)
        .is_some_and(|(from, to)| (from..to).contains(&days))
}

/// The second of a day, a clock and a zone.
pub(super) fn moment(days: i64, year: i64, seconds: i64, zone: Option<Zone>) -> i64 {
    days * DAY + seconds - zone.map_or(0, |zone| zone.east(days, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eastern_time_is_by_the_season() {
        let east = |year, month, day| {
            let days = day_number(year, month, day).unwrap();
            zone("et").unwrap().east(days, year) / 3600
        };
        assert_eq!(east(2021, 3, 4), -5);
        assert_eq!(east(2021, 3, 14), -4);
        assert_eq!(east(2021, 11, 6), -4);
        assert_eq!(east(2021, 11, 7), -5);
        assert_eq!(east(1999, 4, 4), -4);
        assert_eq!(zone("ist"), Some(Zone::East(19_800)));
    }
}
