//! Names of the fields of an article, in the main languages, and what they stand for.
//!
//! The names are those that databases, agencies and feeds print beside a value, and the names of elements in XML: folded, without
//! accents, blanks and punctuation. Sources: the field lists of R.TeMiS (tm.plugin.lexisnexis), AmCAT, `newspapers` and atekstR; Factiva's
//! and ProQuest's own help pages; RSS 2.0, Atom (RFC 4287), Dublin Core, NITF 3.6, NewsML-G2; plain dictionaries for the rest.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a field says of an article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Field {
    Title,
    Source,
    Date,
    /// When the database took it in: the date if there is no other.
    LoadDate,
    Author,
    Section,
    Language,
    Text,
    /// What stands before the text and is part of it, or an abstract in its place.
    Lead,
    Url,
    Id,
    /// Known, and nothing that is kept.
    Other,
}

/// What a name stands for; nothing if it is not known.
pub(crate) fn field(name: &str) -> Option<Field> {
    known(&fold(name))
}

/// What a folded name stands for.
pub(crate) fn known(folded: &str) -> Option<Field> {
    static KNOWN: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
        let names = NAMES.iter().rev().flat_map(|(field, names)| {
            let names = names.split_whitespace();
            names.map(|name| (name, *field))
        });
        names.collect()
    });
    KNOWN.get(folded).copied()
}

/// Whether a folded name is that of the number of words, which stands between head and text.
pub(crate) fn is_length(folded: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| LENGTH.split_whitespace().collect());
    NAMES.contains(folded)
}

/// Lower case, without accents, and letters and digits only.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let mut folded = String::with_capacity(name.len());
    for letter in letters.flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letter) => folded.push(letter),
            None if letter == 'ß' => folded.push_str("ss"),
            None if letter == 'æ' => folded.push_str("ae"),
            None if letter == 'œ' => folded.push_str("oe"),
            None => folded.push(letter),
        }
    }
    folded
}

/// A Latin letter without its accent.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ď' | 'đ' | 'ð' => 'd',
        'ğ' => 'g',
        'ł' | 'ľ' => 'l',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

/// Names by field. Of a name that stands under two, the first one counts.
const NAMES: [(Field, &str); 13] = [
    (
        Field::Title,
        "title recordtitle headline heading head hl1 articletitle documenttitle doctitle newsheadline hd ti t1 \
     titel uberschrift schlagzeile haupttitel titelzeile dokumenttitel titre titrearticle \
     titredelarticle manchette titulo titular encabezado manchete titolo titoloarticolo kop \
     koptekst krantenkop rubrik1 overskrift tittel otsikko naglowek tytul titulek nadpis nazev \
     cim focim titlu naslov baslik заголовок заглавие название назва τιτλος τίτλος 标题 標題 题目 題目 题名 \
     題名 見出し タイトル 제목 العنوان عنوان כותרת judul tieude",
    ),
    (
        Field::Source,
        "source publication publicationtitle publicationname publicationinfo newspaper journal \
     journaltitle outlet medium paper media medianame mediatitle mediasource sourcename \
     sourcetitle pubtitle periodical magazine provider site sitename website sn so t2 jo jf \
     quelle zeitung zeitschrift medienname publikation erschienenin organe nomdelapublication \
     titredelapublication nomdelasource titrededejournal fuente periodico diario publicacion \
     titulodepublicacion medio fonte publicacao veiculo jornal testata giornale pubblicazione \
     quotidiano bron krant publicatie dagblad kalla kilde tidning avis avisa mediehus lehti lahde \
     zrodlo gazeta tytulgazety zdroj noviny forras ujsag sursa ziar izvor novine kaynak gazete \
     источник издание газета сми джерело видання πηγη πηγή εφημεριδα εφημερίδα 来源 來源 报纸 報紙 报章 報章 \
     媒体 媒體 媒体名称 刊名 报刊名称 新聞名 媒体名 掲載紙 紙名 신문 언론사 매체 المصدر الصحيفة מקור sumber nguon",
    ),
    (
        Field::Date,
        "date alphapubdate numericpubdate pubdate publicationdate publisheddate datepublished published publishedat publishedon \
     dateofpublication issuedate versioncreated firstcreated contentcreated issued dcdate created \
     pd da py y1 documentdate articledate storydate printdate coverdate alphadate numericdate \
     startdate datetime datum erscheinungsdatum veroffentlichungsdatum veroffentlicht \
     publikationsdatum erschienenam erscheinungstag datedepublication dateparution datedeparution \
     publiele parule fecha fechadepublicacion fechapublicacion data datadepublicacao \
     datapublicacao datadipubblicazione datapubblicazione pubblicatoil publicatiedatum dato \
     utgivningsdatum publiceringsdatum publiceringsdato udgivelsesdato publisert publicerad \
     publicerat julkaisupaiva paivamaara paivays pvm datawydania datapublikacji opublikowano \
     datumvydani megjelenes megjelenesdatuma datapublicarii datumobjave tarih yayintarihi дата \
     датапубликации датавыхода датапублікації ημερομηνια ημερομηνία 日期 发布日期 發布日期 出版日期 刊登日期 发表时间 \
     发布时间 報章日期 日付 発行日 掲載日 날짜 일자 게재일 التاريخ תאריך tanggal ngay",
    ),
    (
        Field::LoadDate,
        "loaddate datechargement update updated lastbuilddate modified ladedatum aktualisiert \
     fechadecarga fechacarga datadicaricamento datacaricamento datadecarregamento laaddatum \
     laadatum miseajour datedechargement lastupdated upload uploaddate publicationyear year \
     erscheinungsjahr annee jahr rev thisrevisioncreated thisrevisioncreatedon",
    ),
    (
        Field::Text,
        "text fulltext body bodytext bodycontent content contentencoded encoded articletext \
     articlebody story storytext maintext td ft tx tailparagraphs contentset plaintext rawtext \
     volltext artikeltext inhalt haupttext textkorper fliesstext artikel texte texteintegral \
     textecomplet corps contenu textedelarticle corpsdutexte texto textocompleto cuerpo contenido \
     corpo conteudo textointegral testo testocompleto contenuto testointegrale tekst \
     volledigetekst inhoud fulltekst brodtext brodtekst innehall innhold artikkel teksti \
     leipateksti kokoteksti tresc pelnytekst zneni obsah plnytext szoveg teljesszoveg continut \
     textintegral sadrzaj metin tammetin icerik текст полныйтекст содержание текстстатьи \
     повнийтекст κειμενο κείμενο 正文 全文 内容 內容 文章内容 文章內容 本文 記事本文 본문 내용 전문 النص نص טקסט isi teks \
     noidung",
    ),
    (
        Field::Lead,
        "lead leadparagraph leadparagraphs lp abstract summary description snippet highlight hedline2 \
     hl2 intro introduction deck subheadline insert encart ab n2 standfirst teaser subtitle \
     zusammenfassung vorspann untertitel anriss kurzfassung unterzeile chapeau resume soustitre \
     resumen entradilla subtitulo resumo sommario occhiello riassunto sottotitolo samenvatting \
     inleiding ingress sammendrag sammanfattning tiivistelma streszczenie perex abstrakt \
     osszefoglalo rezumat sazetak ozet аннотация лид резюме 摘要 副标题 副標題 要約 요약",
    ),
    (
        Field::Author,
        "author authors byline by creator writer reporter journalist authorbyline au a1 autor autoren \
     verfasser von auteur auteurs autore autori autores firma firmato penulis schrijver forfatter \
     forfattare skribent kirjoittaja tekija autorzy szerzo yazar muhabir автор авторы συντακτης \
     συντάκτης συγγραφεας 作者 记者 記者 著者 筆者 기자 저자 الكاتب מחבר dccreator",
    ),
    (
        Field::Section,
        "section page pages pg se column category categories desk edition seite seiten ressort rubrik \
     ausgabe teil rubrique pagina paginas page1 cahier seccion secao sezione sectie rubriek \
     avdelning seksjon sektion side sida sivu osasto dzial strona strana rovat oldal sectiune \
     rubrika bolum sayfa раздел рубрика страница полоса 版面 版次 版名 版 栏目 欄目 面 面名 지면 면 الصفحة",
    ),
    (
        Field::Language,
        "language lang la languageofpublication baselanguage dclanguage sprache langue \
     languedepublication idioma lengua lingua lingue taal sprak sprog kieli jezyk jazyk nyelv \
     limba jezik dil язык мова γλωσσα 语言 語言 语种 語種 言語 언어 اللغة שפה bahasa",
    ),
    (
        Field::Url,
        "url link links weblink documenturl permalink address ur l1 adresse internetadresse \
     dauerhafteadressedesdokuments lien enlace indirizzo adres lank lenke linkki ссылка 链接 鏈接 網址 \
     网址 urlアドレス 링크 href origlink",
    ),
    (
        Field::Id,
        "id recordid guid an accessionno accessionnumber documentid docid proquestdocumentid recordnumber \
     record articleid identifier uid goid newsitemid dokumentnummer dokumentid dokumentnr \
     numerodedocument iddocument numerodedocumento iddocumento publicidentifier itemid storyid \
     文章编号 文章編號 記事id 기사id номердокумента",
    ),
    (
        Field::Other,
        "publicationtype typepublication pubtype publikationstyp publikationsart tipodepublicacion \
     tipodipubblicazione publicatietype tipodepublicacao sourcetype documenttype doctype type \
     journalcode coderevue zeitungscode pubsubject publicationsubject subject subjects sujet tema \
     asunto argomento schlagworter schlagwort themen onderwerp keywords keyword tags motscles \
     organization organisation company companies companyorganization societe unternehmen firmen \
     person people personen personne geographic geolocalization localisationgeo location \
     locations place region city state country ticker stocksymbol symboleboursier industry \
     activitysector secteuractivite branche countryofpublication placeofpublication graphic \
     grafik graphique grafico graphics image photo bild caption dateline classification \
     distribution notes note series correction correctiondate correctiontext name bio contact \
     copyright rights cy publisher verlag editeur issn isbn eissn coden database datenbank \
     collection lastupdateddate creditline credit volume issue vol nummer pub sc et ed cx co in \
     ns re rf ipc ipd clm art ngc gc businessindexingterm identifierkeyword illustrations \
     firstpage startpage supplement mimetype ty kw sp ep er is vl db dp n1 word copyrightholder",
    ),
    (Field::Other, LENGTH),
];

/// Names of the number of words.
const LENGTH: &str = "length wordcount wc words lange wortzahl longueur longitud lunghezza lengte comprimento \
     extensao langd lengde pituus dlugosc нombredemots 字数 字數 文字数 글자수";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, expected) in [
            ("TITLE", Field::Title),
            ("Überschrift", Field::Title),
            ("Publication title", Field::Source),
            ("Zeitung", Field::Source),
            ("LOAD-DATE", Field::LoadDate),
            ("Fecha de publicación", Field::Date),
            ("Full text", Field::Text),
            ("Volltext", Field::Text),
            ("content:encoded", Field::Text),
            ("L\u{e4}nge", Field::Other),
            ("La\u{308}nge", Field::Other),
            ("Author / Byline", Field::Author),
            ("标题", Field::Title),
            ("Źródło", Field::Source),
        ] {
            assert_eq!(field(name), Some(expected), "{name}");
        }
        assert_eq!(field("HAMLET"), None);
        assert_eq!(field(""), None);
    }
}
