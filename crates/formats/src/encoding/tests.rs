//! Encodings by their marks, by what files say of themselves, and by what is probable.

use super::*;
use proptest::prelude::*;

const GERMAN: &str = "Die Küstenwache übte gestern vor Rügen. „Das Wetter war schön“, sagte ein Sprecher, der für größere Einsätze zuständig ist.\n";
const FRENCH: &str = "Le maire a été réélu dimanche à une très large majorité, malgré l’été pluvieux et les grèves répétées dans la cité.\n";
const RUSSIAN: &str = "Вчера в порту прошли учения береговой охраны, сообщил представитель ведомства. Погода была хорошая, пострадавших нет.\n";
const GREEK: &str = "Η ακτοφυλακή έκανε χθες άσκηση στο λιμάνι, είπε ο εκπρόσωπος. Ο καιρός ήταν καλός και δεν υπήρξαν τραυματίες.\n";
const CHINESE: &str =
    "海岸警卫队昨天在港口举行了演习，发言人说天气很好，没有人员受伤，演习将于下周继续进行。\n";
const JAPANESE: &str =
    "海上保安庁は昨日、港で訓練を行ったと発表した。天気は良好で、けが人はなかったという。\n";
const KOREAN: &str =
    "해양경찰은 어제 항구에서 훈련을 실시했다고 밝혔다. 날씨는 맑았고 부상자는 없었다고 한다.\n";
const POLISH: &str = "Straż przybrzeżna ćwiczyła wczoraj w porcie. Pogoda była dobra, nikt nie został ranny, zapewnił rzecznik służby.\n";

fn in_charset(text: &str, charset: Charset) -> Vec<u8> {
    let Charset::Browser(encoding) = charset else {
        return text
            .chars()
            .map(|c| {
                (0..=255)
                    .find(|byte| charset.character(*byte) == Some(c))
                    .unwrap_or(b'?')
            })
            .collect();
    };
    let (bytes, used, _) = encoding.encode(text);
    assert_eq!(used, encoding, "{} can be written", encoding.name());
    bytes.into_owned()
}

fn wide<const N: usize>(text: &str, unit: impl Fn(u16) -> [u8; N]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn decoded(bytes: &[u8]) -> Decoded<'_> {
    decode(bytes, &Hints::default())
}

#[test]
fn texts_are_recognised_without_a_word_about_their_encoding() {
    let all = [
        (GERMAN, "windows-1252"),
        (FRENCH, "windows-1252"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "KOI8-R"),
        (RUSSIAN, "ISO-8859-5"),
        (RUSSIAN, "IBM866"),
        (GREEK, "ISO-8859-7"),
        (CHINESE, "GBK"),
        (JAPANESE, "Shift_JIS"),
        (JAPANESE, "EUC-JP"),
        (JAPANESE, "ISO-2022-JP"),
        (KOREAN, "EUC-KR"),
        (POLISH, "windows-1250"),
        (POLISH, "ISO-8859-2"),
        (FRENCH, "macintosh"),
        (GERMAN, "macintosh"),
    ];
    for (text, name) in all {
        let text = text.repeat(20);
        let bytes = in_charset(&text, Charset::named(name).unwrap());
        let found = decoded(&bytes);
        assert_eq!(found.text, text, "{name}: {}", found.encoding);
        assert_eq!((found.how, found.replaced), (How::Detected, 0), "{name}");
    }
    // DOS has no such quotation marks.
    let text = GERMAN.replace(['„', '“'], "\"").repeat(20);
    for charset in [Charset::Ibm850, Charset::Ibm437] {
        assert_eq!(decoded(&in_charset(&text, charset)).text, text);
    }
}

#[test]
fn a_few_letters_late_in_a_long_file_decide() {
    let mut text = "ascii, all of it, line by line\n".repeat(100_000);
    text.push_str(FRENCH);
    let bytes = in_charset(&text, Charset::WINDOWS_1252);
    assert_eq!(decoded(&bytes).text, text);
    let one = b"only one caf\xe9 in it".as_slice();
    assert_eq!(decoded(one).text, "only one café in it");
}

#[test]
fn marks_decide_and_are_no_text() {
    let little = [&[0xff, 0xfe][..], &wide(GREEK, u16::to_le_bytes)].concat();
    let big = [&[0xfe, 0xff][..], &wide(GREEK, u16::to_be_bytes)].concat();
    let eight = format!("\u{feff}{GREEK}").into_bytes();
    let of_32 = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
        format!("\u{feff}{GREEK}")
            .chars()
            .flat_map(|c| bytes(u32::from(c)))
            .collect()
    };
    let all = [
        (little, "UTF-16LE"),
        (big, "UTF-16BE"),
        (eight, "UTF-8"),
        (of_32(u32::to_le_bytes), "UTF-32LE"),
        (of_32(u32::to_be_bytes), "UTF-32BE"),
    ];
    for (bytes, name) in all {
        let found = decoded(&bytes);
        assert_eq!((found.encoding, found.how), (name, How::Bom));
        assert_eq!(found.text, GREEK);
    }
}

#[test]
fn zeros_at_every_other_place_are_utf_16() {
    for text in [GERMAN, RUSSIAN, CHINESE, GREEK] {
        let text = text.repeat(3);
        for (bytes, name) in [
            (wide(&text, u16::to_le_bytes), "UTF-16LE"),
            (wide(&text, u16::to_be_bytes), "UTF-16BE"),
        ] {
            let found = decoded(&bytes);
            assert_eq!((&*found.text, found.encoding), (&*text, name));
        }
    }
    let stray = b"a text with \0 in it, and nothing else of note".as_slice();
    assert_eq!(decoded(stray).encoding, "UTF-8");
}

#[test]
fn utf_8_with_some_damage_stays_utf_8() {
    let mut bytes = [GERMAN, RUSSIAN, CHINESE].concat().into_bytes();
    bytes.extend_from_slice(b"caf\xe9 and na\xefve\n");
    bytes.extend_from_slice(GERMAN.as_bytes());
    bytes.truncate(bytes.len() - 1);
    let found = decoded(&bytes);
    assert_eq!(
        (found.encoding, found.how, found.replaced),
        ("UTF-8", How::Utf8, 2)
    );
    assert!(found.text.contains("caf\u{fffd} and na\u{fffd}ve"));
    assert!(found.text.contains("Küstenwache"));
    // A character that is cut at the end is one place.
    let cut = &RUSSIAN.as_bytes()[..RUSSIAN.trim_end().trim_end_matches('.').len() - 1];
    assert_eq!((decoded(cut).replaced, decoded(cut).encoding), (1, "UTF-8"));
}

#[test]
fn what_is_declared_is_followed_if_the_bytes_agree() {
    let page = |name: &str| format!("<html><head><meta charset={name}></head><p>{POLISH}</p>");
    let bytes = in_charset(&page("ISO-8859-2"), Charset::named("latin2").unwrap());
    let found = decoded(&bytes);
    assert_eq!((found.encoding, found.how), ("ISO-8859-2", How::Declared));
    assert!(found.text.contains("został ranny"));

    let in_header = decode(
        &bytes,
        &Hints {
            declared: Some("windows-1250"),
            ..Hints::default()
        },
    );
    assert_eq!(
        in_header.encoding, "windows-1250",
        "a header is nearer to the truth than a page"
    );

    let old = "<META HTTP-EQUIV=\"Content-Type\" CONTENT='text/html; charset = Shift_JIS'>";
    let bytes = in_charset(
        &format!("<html>{old}{JAPANESE}"),
        Charset::named("sjis").unwrap(),
    );
    assert_eq!(
        (decoded(&bytes).encoding, decoded(&bytes).how),
        ("Shift_JIS", How::Declared)
    );

    let xml = format!("<?xml version='1.0' encoding='KOI8-R'?><text>{RUSSIAN}</text>");
    let bytes = in_charset(&xml, Charset::named("koi8-r").unwrap());
    assert_eq!(
        (&*decoded(&bytes).text, decoded(&bytes).how),
        (&*xml, How::Declared)
    );
}

#[test]
fn what_is_declared_in_error_is_not_followed() {
    let lies = format!("<meta charset=iso-8859-1>{RUSSIAN}");
    assert_eq!(decoded(lies.as_bytes()).text, lies, "UTF-8 is sure");
    let bytes = in_charset(
        &format!("<meta charset=utf-8>{}", FRENCH.repeat(9)),
        Charset::WINDOWS_1252,
    );
    assert_eq!(decoded(&bytes).encoding, "windows-1252");
    let bytes = in_charset(
        &format!("<meta charset=euc-kr>{}", JAPANESE.repeat(9)),
        Charset::named("sjis").unwrap(),
    );
    assert_eq!(decoded(&bytes).encoding, "Shift_JIS");
    let bytes = format!("<meta charset=utf-16>{}", "plain letters").into_bytes();
    assert_eq!(decoded(&bytes).encoding, "UTF-8");
}

#[test]
fn latin_1_is_read_as_windows_1252() {
    for name in [
        "ISO-8859-1",
        "latin1",
        "us-ascii",
        "cp1252",
        "ANSI",
        "Windows_1252",
        "win1252",
        "28591",
    ] {
        let charset = Charset::named(name).unwrap_or_else(|| panic!("{name} is known"));
        assert_eq!(charset.name(), "windows-1252", "{name}");
    }
    assert_eq!(Charset::named("cp850"), Some(Charset::Ibm850));
    assert_eq!(Charset::named("utf-8-sig"), Some(Charset::UTF_8));
    assert_eq!(Charset::named("UTF_16"), Some(Charset::UTF_16LE));
    assert_eq!(
        Charset::named("mac_roman").map(Charset::name),
        Some("macintosh")
    );
    for unknown in ["", "none", "8", "hz-gb-2312", "windows-9", "1252x"] {
        assert_eq!(Charset::named(unknown), None, "{unknown}");
    }
}

#[test]
fn what_is_asked_for_is_followed() {
    let asked = Charset::named("iso-8859-5");
    let found = decode(
        GERMAN.as_bytes(),
        &Hints {
            asked,
            ..Hints::default()
        },
    );
    assert_eq!((found.encoding, found.how), ("ISO-8859-5", How::Asked));
}

#[test]
fn hosts_that_are_none_are_borne() {
    let bytes = in_charset(RUSSIAN, Charset::named("cp1251").unwrap());
    for host in [
        "",
        "ru",
        ".",
        "gazeta.ru",
        "a.b.",
        "x.RU",
        "example.рф",
        "127.0.0.1",
    ] {
        let found = decode(
            &bytes,
            &Hints {
                host,
                ..Hints::default()
            },
        );
        assert_eq!(found.encoding, "windows-1251", "{host}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decoded(&bytes);
        for name in ["utf-8", "utf-16", "utf-32", "cp437", "big5", "iso-2022-jp"] {
            let charset = Charset::named(name).unwrap();
            let (whole, replaced) = transcode::all(&bytes, charset);
            let mut pieces = Vec::new();
            let counted = to_utf8::<()>(&bytes, charset, &mut |piece| {
                pieces.extend_from_slice(piece);
                Ok(())
            });
            prop_assert_eq!(counted, Ok(replaced));
            prop_assert_eq!(whole.as_bytes(), pieces);
        }
    }

    #[test]
    fn utf_8_is_itself(text in "\\PC{0,80}") {
        let found = decoded(text.as_bytes());
        prop_assert_eq!((&*found.text, found.replaced), (text.trim_start_matches('\u{feff}'), 0));
    }
}
