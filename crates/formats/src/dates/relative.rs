//! Dates that say when they were by the time at which they were read: "3 hours ago", "gestern", "vor 2 Stunden". They are
//! none: that time is not known.

use super::names;
use super::token::Token;

/// Words that say "ago" in the languages of the names, and "just now".
const AGO: &[&str] = &[
    "ago",
    "vor",
    "fa",
    "hace",
    "atras",
    "geleden",
    "temu",
    "назад",
    "тому",
    "pred",
    "prije",
    "пре",
    "преди",
    "sedan",
    "siden",
    "sitten",
    "once",
    "lalu",
    "truoc",
    "прие",
    "ha",
    "fel",
    "ezelott",
    "acum",
    "πριν",
    "منذ",
    "قبل",
    "پیش",
    "לפני",
    "पहले",
    "আগে",
    "przed",
    "eelmisel",
    "tagasi",
    "pries",
    "pirms",
    "kurzlich",
    "eben",
    "soeben",
    "now",
    "last",
    "letzte",
    "letzten",
    "dernier",
    "derniere",
    "today",
    "yesterday",
    "heute",
    "gestern",
    "vorgestern",
    "hier",
    "aujourd",
    "hui",
    "ayer",
    "anteayer",
    "hoy",
    "oggi",
    "ieri",
    "hoje",
    "ontem",
    "il",
];

/// Units that stand alone behind a number: `3h`, `5 min`, `2 d`.
const UNITS: &[&str] = &[
    "s", "sec", "secs", "m", "min", "mins", "h", "hr", "hrs", "std", "d", "day", "days", "tag",
    "tage", "w", "wk", "week", "weeks", "mo", "hour", "hours", "minute", "minutes", "stunde",
    "stunden", "minuten", "heure", "heures", "jour", "jours", "y", "yr",
];

/// Whether tokens are such a date. Only asked where no other date was found.
pub(super) fn is_relative(tokens: &[Token<'_>]) -> bool {
    let words = || {
        tokens.iter().filter_map(|token| match token {
            Token::Word(word) => Some(*word),
            _ => None,
        })
    };
    let has_number = tokens
        .iter()
        .any(|token| matches!(token, Token::Number(_, 1 | 2)));
    let has_year = tokens
        .iter()
        .any(|token| matches!(token, Token::Number(_, 4..)));
    if has_year || words().count() > 8 {
        return false;
    }
    // 3小时前, 3時間前, 3시간 전, 今天, 昨日, 刚刚
    let last = words().next_back();
    let chinese: String = words().collect();
    const DAYS: &[&str] = &[
        "今天",
        "昨天",
        "昨日",
        "今日",
        "前天",
        "一昨日",
        "刚刚",
        "剛剛",
        "어제",
        "오늘",
        "방금",
        "たった今",
    ];
    let named = DAYS.iter().any(|day| chinese.contains(day));
    let behind = has_number && matches!(last, Some("前" | "전"));
    let only_unit = has_number && words().count() == 1 && words().all(|word| UNITS.contains(&word));
    let today = words().any(|word| names::name(word).is_some_and(|name| name.today));
    named
        || behind
        || only_unit
        || today
        || words().any(|word| AGO.contains(&word)) && (has_number || words().count() <= 3)
}
