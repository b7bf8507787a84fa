//! The definition and every fast path give the same tokens, and these are the tokens that are meant.

use proptest::prelude::*;

use super::*;

fn fast_tokens(kernel: Kernel, text: &str) -> Vec<(String, Range<usize>)> {
    let mut tokens = Vec::new();
    Tokenizer::with_kernel(kernel).for_each(text, |token| {
        assert!(token.window().len() >= WINDOW);
        tokens.push((
            String::from_utf8(token.bytes().to_vec()).unwrap(),
            token.range(),
        ));
    });
    tokens
}

fn words(text: &str) -> Vec<String> {
    let expected = reference_tokens(text);
    for kernel in Kernel::available() {
        assert_eq!(
            fast_tokens(kernel, text),
            expected,
            "{kernel:?} on {text:?}"
        );
    }
    expected.into_iter().map(|(word, _)| word).collect()
}

#[test]
fn case_quotes_and_compatibility_forms_do_not_distinguish_words() {
    assert_eq!(
        words("“Don’t!” DON'T ﬁnance ＷＩＲＥ"),
        ["dont", "dont", "finance", "wire"]
    );
    assert_eq!(
        words("STRASSE Straße cafe\u{301} CAFÉ"),
        ["strasse", "strasse", "café", "café"]
    );
    assert_eq!(
        words("co\u{ad}operate coopera\u{200d}te"),
        ["cooperate", "cooperate"]
    );
}

#[test]
fn figures_are_words_of_their_own_by_value() {
    assert_eq!(
        words("1,200 1200 1.5 1,5 2,019,000.50 1.200 1 200"),
        ["1200", "1200", "1.5", "1.5", "2019000.50", "1200", "1200"]
    );
    assert_eq!(
        words("1’200 １，２００ 1,20 at 12:30. ½"),
        ["1200", "1200", "1.20", "at", "12.30", "1", "2"]
    );
    assert_eq!(
        words("46억원을 46억 원을 2014ءتک 19th covid19 H5N1"),
        [
            "46",
            "억원을",
            "46",
            "억",
            "원을",
            "2014",
            "ءتک",
            "19",
            "th",
            "covid19",
            "h5n1"
        ]
    );
    assert_eq!(
        words("১২,০০০ १७ ๒๕ ၂၀၁၄ ០៥ ٤٥٫٥ ۱۳۹۹"),
        ["12000", "17", "25", "2014", "05", "45.5", "1399"]
    );
    assert_eq!(
        words("−5 -5 –5 5 covid-19 2019-20"),
        [
            "-", "-5", "-", "-5", "-", "-5", "5", "covid", "19", "2019", "20"
        ]
    );
}

#[test]
fn signs_that_readers_see_are_words() {
    assert_eq!(
        words("$3.2bn €5 -$5 C++ C# 5 % 5% 20°C a + b"),
        [
            "$", "3.2", "bn", "€", "5", "-", "$", "5", "c", "+", "+", "c", "#", "5", "%", "5", "%",
            "20", "°", "c", "a", "+", "b"
        ]
    );
    assert_eq!(
        words("👍🏽 👎 ❤️ 👩‍💻 🇩🇪\n+ item | © 2020™ → +5"),
        ["👍", "👎", "❤", "👩", "💻", "🇩", "🇪", "item", "2020", "5"]
    );
}

#[test]
fn punctuation_around_and_inside_words_is_dropped() {
    assert_eq!(
        words("U.S. state-owned (dpa) – foo_bar, e.g.: x;y"),
        ["us", "state", "owned", "dpa", "foobar", "eg", "x", "y"]
    );
    assert_eq!(words(" … !? — «» \u{a0}"), [""; 0]);
}

#[test]
fn scripts_without_spaces_give_a_token_a_character() {
    assert_eq!(
        words("東京でReutersは"),
        ["東", "京", "で", "reuters", "は"]
    );
    assert_eq!(words("カタカナ"), ["カ", "タ", "カ", "ナ"]);
    assert_eq!(words("วันนี้"), ["วั", "น", "นี้"]);
    assert_eq!(words("한국어 뉴스"), ["한국어", "뉴스"]);
}

#[test]
fn a_double_quote_joins_hebrew_letters_and_a_joiner_ties_a_sign() {
    assert_eq!(words("צה\"ל ש\"ש é\"ש"), ["צהל", "שש", "é", "ש"]);
    assert_eq!(words("A\u{200d}® b"), ["a", "b"]);
}

#[test]
fn ranges_point_into_the_text() {
    let text = "Grüße, “World” 1,200 km";
    let found: Vec<_> = reference_tokens(text)
        .into_iter()
        .map(|(_, r)| &text[r])
        .collect();
    assert_eq!(found, ["Grüße", "World", "1,200", "km"]);
}

#[test]
fn words_broken_at_a_line_end_are_joined() {
    assert_eq!(
        words("an eleven-\nday strike, Zucht¬\r\n haus co\u{ad}\noperate"),
        ["an", "elevenday", "strike", "zuchthaus", "cooperate"]
    );
    assert_eq!(
        words("Anglo-\nAmerican Haupt-\nund well- known 1990-\n95"),
        [
            "anglo", "american", "haupt", "und", "well", "known", "1990", "95"
        ]
    );
    assert_eq!(
        words("grö-\nße Über-\nsicht é-\nt\u{301}"),
        ["grösse", "übersicht", "ét\u{301}"]
    );
    // At every place of a block, the line end in the next one, and indented.
    for pad in 40..80 {
        words(&format!(
            "{}eleven-\n    day off-\r\nice, don't-\nworry tail",
            "x".repeat(pad)
        ));
        words(&format!("{} eleven-\nday¬\nlight", "-".repeat(pad)));
    }
}

#[test]
fn words_that_straddle_blocks_are_whole() {
    for pad in 50..70 {
        let text = format!(
            "{}{} tail’s end",
            "x ".repeat(pad / 2),
            "Ünïcödewörds and plainwords"
        );
        words(&text);
        words(&format!("{}it's 1,200.5,000 a_b", "-".repeat(pad)));
    }
}

/// Characters that stress every rule: letters, marks, mids, digits, joiners, wide scripts.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,12}",
        "[0-9]{1,4}",
        Just(" ".to_owned()),
        Just("\n".to_owned()),
        prop::sample::select(vec![
            ".",
            ",",
            "'",
            "’",
            ":",
            ";",
            "_",
            "\"",
            "-",
            "…",
            "“",
            "”",
            "–",
            "·",
            "‧",
            "․",
            "é",
            "E\u{301}",
            "ß",
            "İ",
            "ŉ",
            "ǅ",
            "µ",
            "ª",
            "²",
            "½",
            "Ω",
            "σ",
            "ς",
            "Ж",
            "ё",
            "ש",
            "״",
            "ע",
            "ا",
            "٠",
            "١",
            "،",
            "٫",
            "一",
            "の",
            "カ",
            "ー",
            "ｶ",
            "ﾞ",
            "่",
            "ก",
            "ລ",
            "ក",
            "្",
            "မ",
            "်",
            "한",
            "ᄀ",
            "ᅡ",
            "ᆨ",
            "👩",
            "\u{200d}",
            "🇩",
            "🇪",
            "\u{fe0f}",
            "\u{20e3}",
            "\u{ad}",
            "\u{200b}",
            "\u{202f}",
            "\u{a0}",
            "\u{feff}",
            "\u{0}",
            "\u{7f}",
            "Ａ",
            "１",
            "，",
            "．",
            "＿",
            "‿",
            "ﬃ",
            "㎏",
            "Ⅳ",
            "®",
            "°",
            "\u{308}",
            "\u{300}",
            "क",
            "्",
            "ष",
            "ि",
            "ǰ",
            "ΐ",
            "և",
            "\u{85}",
            "®",
            "©",
            "‼",
            "\r\n",
            "\u{2028}",
            "\u{3000}",
            "、",
            "+",
            "$",
            "%",
            "#",
            "<",
            "=",
            ">",
            "€",
            "−",
            "–",
            "12 000",
            "-5",
            "\u{2009}",
            "٪",
            "👍",
            "👍🏽",
            "▲",
            "→",
            "½",
            "၂",
            "๒",
            "۴",
            "১",
            "C++",
            " = ",
            "|",
            "\u{338}",
            "々",
            "-\n",
            "-\r\n ",
            "¬\n",
            "\u{ad}\n",
            "\u{2010}\n",
            "-\nund",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn the_fast_paths_equal_the_definition(text in hostile()) {
        words(&text);
    }
}
