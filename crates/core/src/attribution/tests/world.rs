//! Credits as papers of Pakistan, India, Japan, Turkey and Russia print them.

use super::*;

const URDU: &str = "دریا کے کنارے واقع پل کو منگل کے روز بند کر دیا گیا کیونکہ پانی کی سطح بہت بلند ہو گئی تھی۔ بلدیہ کے ترجمان نے کہا کہ مرمت کا کام گرمیوں تک جاری رہے گا اور متبادل راستہ کھلا رہے گا۔ شہریوں نے طویل راستے کی شکایت کی۔";
const HINDI: &str = "नदी पर बना पुराना पुल मंगलवार को बंद कर दिया गया क्योंकि पानी का स्तर बढ़ गया था। नगर परिषद ने कहा कि मरम्मत गर्मियों तक चलेगी। लोगों ने लंबे रास्ते की शिकायत की और महापौर ने धैर्य रखने को कहा। मरम्मत पर होने वाले खर्च का अनुमान अभी नहीं लगाया गया है।";
const JAPANESE: &str = "川にかかる古い橋が火曜日に閉鎖された。水位が上がったためで、市の担当者は夏まで修理が続くと説明した。住民からは回り道が長すぎるとの声が上がり、市長は理解を求めた。修理にかかる費用はまだ分かっていない。工事の間は臨時のバスが橋の両側を結ぶ予定で、時刻表は来週発表される。";
const TURKISH: &str = "Nehrin üzerindeki eski köprü salı günü kapatıldı, çünkü su seviyesi yükselmişti. Belediye sözcüsü onarımın yaza kadar süreceğini söyledi. Mahalle sakinleri uzun yoldan şikâyet etti ve başkan sabır istedi. Onarımın ne kadara mal olacağı henüz bilinmiyor. İş bitene kadar iki yaka arasında otobüs çalışacak ve tarifesi gelecek hafta duyurulacak. Meclis konuyu yeniden ele alacak.";
const RUSSIAN: &str = "Старый мост через реку закрыли во вторник, потому что вода поднялась. Представитель города сообщил, что ремонт продлится до лета. Жители жаловались на долгий объезд, и мэр попросил терпения. Сколько будет стоить ремонт, пока неизвестно. На время работ пустят автобус.";

#[track_caller]
fn credits(text: &str, name: &str, form: Form) {
    let found = read(text).map(|(names, form, _)| (names, form));
    assert_eq!(found, Some((name.to_owned(), form)), "{text}");
}

#[test]
fn datelines_of_five_countries() {
    for (dateline, story, name) in [
        ("ڈھاکہ ۔ یکم دسمبر (اے پی پی) ", URDU, "APP"),
        ("ممبئی(اے پی پی ) ", URDU, "APP"),
        ("اسلام آباد (آن لائن) ", URDU, "Online"),
        ("کراچی (آئی این پی) ", URDU, "INP"),
        ("لاہور (این این آئی+ اے پی پی) ", URDU, "NNI APP"),
        ("नयी दिल्ली, 30 अप्रैल (भाषा) ", HINDI, "PTI"),
        ("नयी दिल्ली 30 अप्रैल (वार्ता) ", HINDI, "UNI"),
        ("【AFP＝時事】", JAPANESE, "AFP"),
        ("　【ソウル共同】", JAPANESE, "Kyodo"),
        ("【ニューヨーク時事】", JAPANESE, "Jiji"),
        ("ANKARA (AA) - ", TURKISH, "Anadolu"),
        ("МОСКВА, 30 апр - РИА Новости. ", RUSSIAN, "RIA Novosti"),
        (
            "МОСКВА, 30 апр — РИА Новости, Иван Петров. ",
            RUSSIAN,
            "RIA Novosti",
        ),
        ("Москва. 30 апреля. INTERFAX.RU - ", RUSSIAN, "Interfax"),
        ("INTERFAX.RU - ", RUSSIAN, "Interfax"),
        ("МОСКВА, 30 апреля. /ТАСС/. ", RUSSIAN, "TASS"),
        ("LISBON, Portugal (AP) _ ", STORY, "AP"),
    ] {
        credits(&format!("{dateline}{story}"), name, Form::Dateline);
        credits(
            &format!("Headline\n\n{dateline}{story}"),
            name,
            Form::Dateline,
        );
    }
}

#[test]
fn last_words_of_five_countries() {
    for (story, last, name) in [
        (TURKISH, " (CİHAN)", "Cihan"),
        (TURKISH, " AA", "Anadolu"),
        (TURKISH, "\n\n Ahmet DENİZ / DHA", "DHA"),
        (TURKISH, "\n (Halil YALÇIN - İstanbul / DHA)", "DHA"),
        (TURKISH, "\n Mehmet ERKAN/ ISPARTA , (DHA)", "DHA"),
        (TURKISH, "\n İSTANBUL, (DHA)", "DHA"),
        (JAPANESE, "（時事通信）", "Jiji"),
        (HINDI, " (भाषा)", "PTI"),
        (HINDI, "\n(वार्ता)", "UNI"),
    ] {
        credits(&format!("{story}{last}"), name, Form::Closing);
    }
    credits(&format!("{TURKISH}\n ANKA"), "ANKA", Form::Line);
}

#[test]
fn an_agency_that_a_sentence_mentions_is_no_credit_in_any_of_them() {
    for text in [
        format!("{URDU} اے پی پی کے مطابق پل بند رہے گا۔ {URDU}"),
        format!("انہوں نے اے پی پی کو بتایا کہ پل بند ہے۔ {URDU}"),
        format!("کورس (آن لائن) داخلے\n\n{URDU}"),
        format!("آن لائن کے مطابق پل بند ہے۔ {URDU}"),
        format!("{TURKISH} Başkan AA muhabirine konuştu. {TURKISH}"),
        format!("DHA’nın sorularını yanıtladı. {TURKISH}"),
        format!("{TURKISH} Foto: Ahmet DENİZ / DHA\n\n{TURKISH}"),
        format!("{STORY} JANE DOE / AFP"),
        format!("{JAPANESE}男女の共同生活を支える。{JAPANESE}"),
        format!("聯合ニュースによると、橋は閉鎖された。{JAPANESE}"),
        format!("{HINDI} हिंदी भाषा में बोर्ड लगाया गया। {HINDI}"),
        format!("{HINDI} दोनों पक्षों में वार्ता हुई। {HINDI}"),
        format!("Он рассказал РИА Новости - о мосте. {RUSSIAN}"),
        format!("Reuters - Business\n\n{STORY}"),
    ] {
        nobody(&text);
    }
}
