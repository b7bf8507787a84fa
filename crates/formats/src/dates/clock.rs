//! The time of day within a written date, and its offset from UTC: found first, and taken out.

use super::token::Token;
use super::zones::{Zone, zone};

/// A time of day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Clock {
    /// Seconds since midnight.
    pub(super) seconds: i64,
    /// Where it is meant; UTC if nothing is said.
    pub(super) zone: Option<Zone>,
}

/// Finds the first time of day that can be one, and leaves a gap in its place.
pub(super) fn take(tokens: &mut [Token<'_>]) -> Option<Clock> {
    let (from, to, seconds) = (0..tokens.len()).find_map(|at| {
        let (to, seconds) = colons(tokens, at)
            .or_else(|| signs(tokens, at))
            .or_else(|| dots(tokens, at))
            .or_else(|| hour_alone(tokens, at))?;
        Some((at, to, seconds))
    })?;
    let (to, seconds) = half(tokens, from, to, seconds)?;
    let (to, zone) = offset(tokens, to);
    tokens[from..to].fill(Token::Gap);
    Some(Clock { seconds, zone })
}

/// A time of day with the offset that stands behind it.
pub(super) fn with_offset(tokens: &[Token<'_>], from: usize, seconds: i64) -> Clock {
    let (_, zone) = offset(tokens, from);
    Clock { seconds, zone }
}

/// The time in what is left after the date was taken out: `10.30`.
pub(super) fn after_date(tokens: &[Token<'_>], from: usize) -> Option<Clock> {
    let at = skip(tokens, from, |token| {
        token.is_blank() || token == Token::Sign(',')
    });
    let (_, seconds) = pair(tokens, at, '.')?;
    (at > from).then_some(Clock {
        seconds,
        zone: None,
    })
}

fn sign(tokens: &[Token<'_>], at: usize, sign: char) -> bool {
    tokens.get(at) == Some(&Token::Sign(sign))
}

fn word<'t>(tokens: &[Token<'t>], at: usize) -> Option<&'t str> {
    match tokens.get(at) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

fn short(tokens: &[Token<'_>], at: usize) -> Option<i64> {
    match tokens.get(at) {
        Some(Token::Number(value, 1 | 2)) => Some(*value),
        _ => None,
    }
}

fn skip(tokens: &[Token<'_>], from: usize, is_skipped: impl Fn(Token<'_>) -> bool) -> usize {
    let skipped = tokens[from.min(tokens.len())..].iter();
    from + skipped.take_while(|token| is_skipped(**token)).count()
}

fn of_day(hour: i64, minute: i64, second: i64) -> Option<i64> {
    // A leap second counts as the one before it.
    let sound = hour <= 24 && minute <= 59 && second <= 60 && (hour < 24 || minute + second == 0);
    sound.then(|| hour * 3600 + minute * 60 + second.min(59))
}

/// `10:30`, `10:30:15`, `10:30:15.123`, but not the middle of `2021:03:04`; of `2021:10:00:00` what is behind the year.
fn colons(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    let hour = short(tokens, at)?;
    if at >= 2 && sign(tokens, at - 1, ':') {
        let Token::Number(_, 4) = tokens[at - 2] else {
            return None;
        };
        let behind_year = short(tokens, at + 4).is_some() && sign(tokens, at + 3, ':');
        if !behind_year {
            return None;
        }
    }
    if !sign(tokens, at + 1, ':') {
        return None;
    }
    let Some(Token::Number(minute, 2)) = tokens.get(at + 2).copied() else {
        return None;
    };
    let mut to = at + 3;
    let mut second = 0;
    if let (true, Some(found)) = (sign(tokens, to, ':'), short(tokens, to + 1)) {
        (second, to) = (found, to + 2);
        let is_fraction = matches!(tokens.get(to + 1), Some(Token::Number(..)));
        if (sign(tokens, to, '.') || sign(tokens, to, ',') || sign(tokens, to, ':')) && is_fraction
        {
            to += 2;
        }
    }
    Some((to, of_day(hour, minute, second)?))
}

/// `14h30`, `14 h 30`, `14h`, `14u30`, `10 Uhr 30`, `10時30分`, `10시 30분`, `10点`.
fn signs(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    let hour = short(tokens, at)?;
    let unit = skip(tokens, at + 1, |token| token.is_blank());
    if !matches!(
        word(tokens, unit)?,
        "h" | "u" | "hrs" | "uhr" | "時" | "时" | "시" | "点" | "點"
    ) {
        return None;
    }
    let next = skip(tokens, unit + 1, |token| token.is_blank());
    // The next number is a minute only if it has two digits, or its unit behind it.
    let minute = match tokens.get(next) {
        Some(Token::Number(minute, digits)) => {
            let unit = skip(tokens, next + 1, |token| token.is_blank());
            let has_unit = matches!(word(tokens, unit), Some("分" | "분" | "m" | "min" | "mn"));
            let end = if has_unit { unit + 1 } else { next + 1 };
            let is_minute = *minute < 60 && (has_unit || *digits == 2);
            is_minute.then_some((*minute, end))
        }
        _ => None,
    };
    let (minute, to) = minute.unwrap_or((0, unit + 1));
    Some((to, of_day(hour, minute, 0)?))
}

/// `10.30 Uhr`, `klo 10.30`, `kl. 10.30`, `ore 10.30`.
fn dots(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    if let Some(found) = with_seconds(tokens, at) {
        return Some(found);
    }
    let (to, seconds) = pair(tokens, at, '.')?;
    let unit = skip(tokens, to, |token| token.is_blank());
    if matches!(word(tokens, unit), Some("uhr" | "uur" | "h" | "hrs")) {
        return Some((unit + 1, seconds));
    }
    let mut before = at;
    while before > 0 && (tokens[before - 1].is_blank() || tokens[before - 1] == Token::Sign('.')) {
        before -= 1;
    }
    let introduced = before
        .checked_sub(1)
        .and_then(|at| word(tokens, at))
        .is_some_and(|word| {
            matches!(
                word,
                "klo" | "kl" | "ore" | "alle" | "om" | "um" | "godz" | "ora" | "pukul" | "jam"
            )
        });
    let half = half_word(tokens, unit).is_some();
    (introduced || half).then_some((to, seconds))
}

/// `10.00.00.000000 AM`, as Oracle writes it.
fn with_seconds(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    let dot = |at| sign(tokens, at, '.');
    let parts = [
        short(tokens, at)?,
        short(tokens, at + 2)?,
        short(tokens, at + 4)?,
    ];
    let is_fraction = dot(at + 5) && matches!(tokens.get(at + 6), Some(Token::Number(..)));
    let to = if is_fraction { at + 7 } else { at + 5 };
    half_word(tokens, skip(tokens, to, |token| token.is_blank()))?;
    let seconds = of_day(parts[0], parts[1], parts[2])?;
    (dot(at + 1) && dot(at + 3)).then_some((to, seconds))
}

/// An hour and a minute with a sign between them.
fn pair(tokens: &[Token<'_>], at: usize, between: char) -> Option<(usize, i64)> {
    let hour = short(tokens, at)?;
    let Some(Token::Number(minute, 2)) = tokens.get(at + 2).copied() else {
        return None;
    };
    let goes_on =
        sign(tokens, at + 3, between) && matches!(tokens.get(at + 4), Some(Token::Number(..)));
    let ends = !goes_on && (at == 0 || !sign(tokens, at - 1, between));
    let seconds = of_day(hour, minute, 0).filter(|_| ends && sign(tokens, at + 1, between))?;
    Some((at + 3, seconds))
}

/// `10 am`, `10am`, `10 a.m.`
fn hour_alone(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    let hour = short(tokens, at).filter(|hour| (1..=12).contains(hour))?;
    half_word(tokens, skip(tokens, at + 1, |token| token.is_blank()))?;
    Some((at + 1, of_day(hour, 0, 0)?))
}

/// Whether a word or two say which half of the day is meant: whether it is the second, and where they end.
fn half_word(tokens: &[Token<'_>], at: usize) -> Option<(bool, usize)> {
    let two = |first: &str| {
        // `a. m.`, `π.μ.`
        let end = skip(tokens, at + 1, |token| {
            token == Token::Sign('.') || token.is_blank()
        });
        let second = word(tokens, end)?;
        match (first, second) {
            ("a", "m") | ("π", "μ") => Some((false, end + 1)),
            ("p", "m") | ("μ", "μ") => Some((true, end + 1)),
            _ => None,
        }
    };
    match word(tokens, at)? {
        "am" | "πμ" | "ص" | "sa" => Some((false, at + 1)),
        "pm" | "μμ" | "م" | "ch" => Some((true, at + 1)),
        first => two(first),
    }
}

/// Which half of the day is meant, by what stands behind or before: the end, and the seconds.
fn half(tokens: &[Token<'_>], from: usize, to: usize, seconds: i64) -> Option<(usize, i64)> {
    const NOON: i64 = 12 * 3600;
    let of_half = |second: bool| match (second, seconds) {
        (false, NOON..) => seconds - NOON,
        (true, ..NOON) => seconds + NOON,
        _ => seconds,
    };
    let behind = skip(tokens, to, |token| token.is_blank());
    if let Some((second, end)) = half_word(tokens, behind) {
        // Some write 14:30 PM.
        return Some((
            end,
            if seconds >= NOON + 3600 {
                seconds
            } else {
                of_half(second)
            },
        ));
    }
    // 上午 and 下午, 午前 and 午後, 오전 and 오후 stand before.
    let mut before = from;
    while before > 0 && tokens[before - 1].is_blank() {
        before -= 1;
    }
    let signs = before.checked_sub(2);
    let signs = signs.and_then(|at| Some((word(tokens, at)?, word(tokens, at + 1)?)));
    let seconds = match signs {
        Some(("上", "午") | ("午", "前") | ("오", "전")) => of_half(false),
        Some(("下", "午") | ("午", "後") | ("오", "후")) if seconds < NOON + 3600 => {
            of_half(true)
        }
        _ => seconds,
    };
    Some((to, seconds))
}

/// The offset behind a time, `Z`, `+02:00`, `+0200`, `GMT+2`, `CEST`, `(IST)`, and where it ends.
fn offset(tokens: &[Token<'_>], to: usize) -> (usize, Option<Zone>) {
    let at = skip(tokens, to, |token| {
        let is_hour = matches!(token, Token::Word("uhr" | "h" | "hrs" | "hours"));
        is_hour || token.is_blank() || matches!(token, Token::Sign('(' | ',' | '.'))
    });
    if let Some((end, east)) = signed(tokens, at) {
        return (end, Some(Zone::East(east)));
    }
    let Some(named) = word(tokens, at).and_then(zone) else {
        return (to, None);
    };
    // GMT+2; a name alone of places that keep it all year.
    match signed(tokens, at + 1) {
        Some((end, east)) if named == Zone::East(0) => (end, Some(Zone::East(east))),
        _ => (at + 1, Some(named)),
    }
}

/// `+2`, `+02`, `+02:00`, `-0530`, in seconds east of UTC.
fn signed(tokens: &[Token<'_>], at: usize) -> Option<(usize, i64)> {
    let sense = match tokens.get(at)? {
        Token::Sign('+') => 1,
        Token::Sign('-') => -1,
        _ => return None,
    };
    let (hours, minutes, end) = match (tokens.get(at + 1)?, tokens.get(at + 3)) {
        (Token::Number(hours, 1 | 2), Some(Token::Number(minutes, 2)))
            if sign(tokens, at + 2, ':') =>
        {
            (*hours, *minutes, at + 4)
        }
        (Token::Number(hours, 1 | 2), _) => (*hours, 0, at + 2),
        (Token::Number(both, 4), _) => (*both / 100, *both % 100, at + 2),
        _ => return None,
    };
    // The farthest places are 12 hours west and 14 east.
    (hours <= 14 && minutes <= 59).then_some((end, sense * (hours * 3600 + minutes * 60)))
}
