//! Which of the fields that an input has is meant by what they are called.
//!
//! Programs and databases write one thing under many names. A name is compared *folded*: in small letters, without blanks,
//! underscores, hyphens and marks, so that `Full Text`, `full_text` and `FullText` are one. The lists hold the names of exports
//! that people hold (APIs of news, crawlers, databases, spreadsheets) in the languages they come in; sources: the documentation of
//! each, and column names seen in public data sets. The names of the options are tried before, as they are written.

use super::options::ReadOptions;
use super::role::Role;

/// A field that was seen, and how long its values are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    /// Dotted, for a field of a nested object.
    pub(super) name: &'a str,
    /// Values that were strings.
    pub(super) strings: u64,
    /// Bytes of these.
    pub(super) bytes: u64,
}

/// The names to try for each role, in order, and what was guessed.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) by_role: [Vec<String>; 6],
    /// The field that is taken for the text by the length of its values alone.
    pub(super) guessed_text: Option<String>,
}

/// Objects that hold a record, and are not a part of one.
const WRAPPERS: [&str; 19] = [
    "source_",
    "fields",
    "data",
    "attributes",
    "article",
    "doc",
    "document",
    "item",
    "record",
    "payload",
    "story",
    "post",
    "properties",
    "metadata",
    "meta",
    "content",
    "result",
    "node",
    "entry",
];

#[rustfmt::skip]
const TEXT: &[&str] = &[
    "text", "content", "body", "maintext", "article", "fulltext", "articletext", "articlebody", "bodytext", "storytext",
    "storybody", "textbody", "bodyxhtmltext", "plaintext", "cleantext", "cleanedtext", "rawtext", "rawcontent", "pagecontent",
    "pagetext", "maincontent", "maintextcontent", "textcontent", "contenttext", "articlecontent", "articlecontents",
    "articlefulltext", "newstext", "newscontent", "newsbody", "documenttext", "documentcontent", "documentbody", "contents",
    "paragraphs", "bodyparagraphs", "story", "document", "ocrtext", "ocr", "transcript", "ft", "td", "selftext", "posttext",
    "postcontent", "bodyplain", "bodycontent", "fullarticle", "fullcontent", "fullarticletext", "texttext", "txt", "extractedtext",
    // German, French, Spanish, Portuguese, Italian
    "volltext", "inhalt", "artikeltext", "artikel", "textkörper", "haupttext", "fließtext",
    "texte", "contenu", "corps", "texteintegral", "texteintégral", "textedelarticle", "corpsdutexte",
    "texto", "contenido", "cuerpo", "textocompleto", "cuerpodelanoticia", "noticia",
    "conteúdo", "conteudo", "corpo", "notícia", "textointegral",
    "testo", "contenuto", "corpodeltesto", "testocompleto", "articolo",
    // Dutch, Scandinavian, Finnish
    "tekst", "inhoud", "volledigetekst", "artikeltekst", "innhold", "brødtekst", "indhold", "innehåll", "brödtext", "teksti", "sisältö", "leipäteksti",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Turkish
    "treść", "tresc", "tekstartykułu", "obsah", "plnýtext", "textčlánku", "szöveg", "tartalom", "cikk", "conținut", "continut", "sadržaj", "sadrzaj",
    "metin", "içerik", "icerik", "habermetni",
    // Russian, Ukrainian, Bulgarian, Greek, Arabic, Persian, Hebrew
    "текст", "содержание", "полныйтекст", "текстстатьи", "зміст", "вміст", "съдържание", "κείμενο", "κειμενο", "περιεχόμενο",
    "النص", "نص", "المحتوى", "محتوى", "متن", "محتوا", "תוכן", "טקסט",
    // Chinese, Japanese, Korean, Hindi, Indonesian, Vietnamese, Thai
    "正文", "内容", "內容", "文章", "全文", "文章内容", "新闻内容", "新聞內容", "本文", "記事本文", "記事", "본문", "내용", "기사본문", "기사내용",
    "पाठ", "सामगरी", "isi", "teks", "isiberita", "nộidung", "noidung", "เนือหา", "ขอความ",
];

/// A part of a text, which is one only where there is nothing else.
#[rustfmt::skip]
const TEASER: &[&str] = &[
    "message", "comment", "tweet", "tweettext", "caption", "lead", "leadparagraph", "lp", "hlead", "abstract", "summary", "description", "snippet",
    "excerpt", "teaser", "zusammenfassung", "résumé", "resume", "resumen", "resumo", "riassunto", "摘要", "要約", "요약",
];

#[rustfmt::skip]
const ID: &[&str] = &[
    "docid", "documentid", "articleid", "storyid", "newsid", "itemid", "recordid", "textid", "postid", "pageid", "storiesid", "uuid", "guid", "uid",
    "identifier", "documentidentifierid", "externalid", "accessionnumber", "accessionno", "an", "docno", "documentnumber", "proquestdocumentid",
    "warcrecordid", "idarticle", "idarticulo", "idartikel", "artikelid", "nid", "pid",
];

#[rustfmt::skip]
const TITLE: &[&str] = &[
    "title", "headline", "headlinemain", "mainheadline", "webtitle", "articletitle", "storytitle", "newstitle", "documenttitle", "doctitle", "pagetitle",
    "posttitle", "titlefull", "heading", "headlines", "hed", "hd", "titletext", "maintitle",
    "titel", "überschrift", "ueberschrift", "schlagzeile", "titre", "titredelarticle", "título", "titulo", "titular", "manchete", "titolo",
    "kop", "koptekst", "tittel", "overskrift", "rubrik", "otsikko", "tytuł", "tytul", "nagłówek", "titulek", "nadpis", "název", "názov", "cím", "cim",
    "titlu", "naslov", "başlık", "baslik", "заголовок", "название", "заглавие", "τίτλος", "τιτλος", "العنوان", "عنوان", "כותרת",
    "标题", "標題", "题名", "題名", "新闻标题", "見出し", "見出", "タイトル", "제목", "기사제목", "शीरषक", "judul", "tiêuđề", "tieude", "หัวขอ", "ชือเรือง",
];

#[rustfmt::skip]
const SOURCE: &[&str] = &[
    "source", "publisher", "outlet", "newspaper", "publication", "domain", "sourcedomain", "site", "sitename", "newspapername", "newspapertitle",
    "publicationname", "publicationtitle", "publishername", "medium", "media", "medianame", "mediumname", "mediaoutlet", "mediatitle", "mediasource",
    "mediahouse", "outletname", "sourcename", "sourcetitle", "newssource", "newsoutlet", "newssite", "journal", "journalname", "journaltitle",
    "papername", "papertitle", "paper", "sn", "feedname", "feedtitle", "website", "websitename", "sitetitle", "hostname", "host", "netloc", "channel",
    "broadcaster", "provider", "brand", "sourcecommonname", "sourceuri", "series", "titleofpublication", "sourcepublication", "clipsource",
    "source.name", "source.title", "source.uri", "source.domain", "source.label", "source.homepageurl", "publisher.name", "publisher.title", "outlet.name", "media.name",
    "medium.name", "publication.name", "publication.title", "newspaper.name", "journal.title", "journal.name", "site.name", "provider.name", "feed.title",
    "thread.site", "thread.sitefull", "website.name", "channel.name", "publisher.id", "brand.name",
    "zeitung", "quelle", "medienname", "publikation", "blatt", "herausgeber", "journal", "publicationnom", "nomdelapublication", "nomdusupport", "support",
    "périodique", "fuente", "medio", "periódico", "periodico", "diario", "cabecera", "nombredelmedio", "jornal", "veículo", "veiculo", "fonte", "testata",
    "giornale", "quotidiano", "krant", "bron", "krantnaam", "avis", "kilde", "avisnavn", "tidning", "källa", "kalla", "lehti", "lähde", "gazeta", "źródło", "zrodlo",
    "tytułprasowy", "noviny", "zdroj", "médium", "újság", "forrás", "lap", "ziar", "sursa", "sursă", "novina", "izvor", "gazete", "kaynak", "газета", "источник",
    "издание", "сми", "джерело", "видання", "вестник", "източник", "εφημερίδα", "πηγή", "المصدر", "مصدر", "الصحيفة", "الجريدة", "منبع", "روزنامه", "מקור", "עיתון",
    "媒体", "媒體", "媒体名称", "来源", "來源", "报纸", "報紙", "报刊", "报刊名称", "報刊名稱", "新聞社", "新聞名", "媒体名", "紙名", "掲載紙", "매체", "매체명", "언론사", "신문", "신문사",
    "सरोत", "sumber", "koran", "nguồn", "nguon", "báo", "แหลงทีมา",
];

#[rustfmt::skip]
const URL: &[&str] = &[
    "url", "link", "weburl", "articleurl", "articlelink", "storyurl", "newsurl", "newslink", "pageurl", "posturl", "sourceurl", "fullurl", "finalurl",
    "resolvedurl", "canonicalurl", "canonicallink", "originalurl", "requestedurl", "permalink", "href", "webpage", "warctargeturi", "targeturi",
    "documentidentifier", "documenturl", "docurl", "urlfull", "urls", "address", "webaddress", "uri", "thread.url", "webadresse", "adresse", "lien",
    "enlace", "vínculo", "collegamento", "indirizzo", "länk", "odkaz", "adresurl", "ссылка", "адрес", "посилання", "الرابط", "رابط",
    "链接", "連結", "网址", "網址", "链接地址", "リンク", "링크", "tautan", "liênkết",
];

#[rustfmt::skip]
const DATE: &[&str] = &[
    "date", "published", "publishdate", "timestamp", "datepublish", "publishedat", "publicationdate", "pubdate", "datepublished", "datetime", "createdat",
    "publisheddate", "publisheddatetime", "publishdatetime", "publishedtime", "publishtime", "publishedon", "publicationtime", "publicationdatetime",
    "publicationdateandtime", "datepublication", "dateofpublication", "dateandtime", "firstpublished", "firstpublishedat", "firstpublicationdate",
    "firstpublishdate", "firstissued", "webpublicationdate", "webpublicationdatetime", "versioncreated", "firstcreated", "contentcreated", "dateissued", "issued", "issuedate",
    "articledate", "articlepublisheddate", "storydate", "newsdate", "documentdate", "docdate", "postdate", "posted", "postedat", "postedon", "posttime", "created", "createdtime",
    "createddate", "createdutc", "creationdate", "datecreated", "releasedate", "airdate", "pd", "day", "datetimepub", "pubdatetime", "pubdateiso", "isodate", "seendate", "dateadded",
    "sqldate", "thread.published", "time", "loaddate", "datedisplay", "displaydate", "publishedparsed", "pubtime", "ptime",
    "datum", "erscheinungsdatum", "erschienen", "erschienenam", "veröffentlicht", "veroeffentlicht", "veröffentlichungsdatum", "publiziert", "datedepublication", "dateparution",
    "datedeparution", "publiéle", "publié", "fecha", "fechadepublicación", "fechadepublicacion", "fechapublicacion", "fechapublicación", "publicado", "datadepublicação",
    "datadepublicacao", "datapublicacao", "datadipubblicazione", "datapubblicazione", "publicatiedatum", "verschijningsdatum", "datumpublicatie", "publisert", "publiseringsdato",
    "udgivelsesdato", "dato", "publicerad", "publiceringsdatum", "päivämäärä", "julkaistu", "julkaisupäivä", "pvm", "datapublikacji", "datawydania", "datumvydání", "datumvydania",
    "dátum", "megjelenés", "megjelenésdátuma", "datapublicării", "datumobjave", "tarih", "yayıntarihi", "yayimtarihi", "дата", "датапубликации", "датавыхода", "датапублікації",
    "датанапубликуване", "ημερομηνία", "التاريخ", "تاريخ", "تاريخالنشر", "تاریخ", "תאריך",
    "日期", "发布日期", "發布日期", "发布时间", "發布時間", "发表日期", "出版日期", "刊登日期", "报道日期", "时间", "日付", "掲載日", "発行日", "公開日", "날짜", "일자", "발행일", "등록일", "작성일", "게재일",
    "दिनांक", "तारीख", "tanggal", "tanggalterbit", "ngày", "ngàyđăng", "ngayđang", "วันที", "data",
];

impl Role {
    /// Folded names, best first.
    fn synonyms(self) -> &'static [&'static str] {
        match self {
            Role::Text => TEXT,
            Role::Id => ID,
            Role::Title => TITLE,
            Role::Source => SOURCE,
            Role::Url => URL,
            Role::Date => DATE,
        }
    }
}

/// A name, folded: its letters and digits, in small letters.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A dotted name, its parts folded, without the objects that hold the whole record.
fn folded_path(name: &str) -> String {
    let parts = name.split('.').map(|part| match part {
        "_source" => "source_".to_owned(), // a record of Elasticsearch, and no outlet
        part => folded(part),
    });
    let mut parts: Vec<String> = parts.collect();
    while parts.len() > 1 && WRAPPERS.contains(&parts[0].as_str()) {
        parts.remove(0);
    }
    parts.join(".")
}

/// A value from so many bytes on, on average, is no headline and no address.
pub(super) const LONG: u64 = 200;

/// Whether a column of that name is a text.
pub(super) fn names_text(options: &ReadOptions, name: &str) -> bool {
    let column = Column {
        name,
        strings: 0,
        bytes: 0,
    };
    let names = Names::of(options, &[column]);
    let texts = names.of_role(Role::Text);
    names.guessed_text.is_none() && texts.iter().any(|text| text == name)
}

impl Names {
    /// The names to try in an input that has these columns.
    pub(super) fn of(options: &ReadOptions, columns: &[Column<'_>]) -> Names {
        let usual = ReadOptions::default();
        let paths: Vec<String> = columns
            .iter()
            .map(|column| folded_path(column.name))
            .collect();
        let seen = |wanted: &str| {
            let fitting = columns.iter().zip(&paths);
            // Of several, what is not inside of anything.
            let fitting = fitting.filter(|(_, path)| *path == wanted);
            let best = fitting.min_by_key(|(column, _)| column.name.matches('.').count());
            best.map(|(column, _)| column.name.to_owned())
        };
        let mut names = Names::default();
        for role in Role::ALL {
            let own = role.names(options);
            let mut list = own.to_vec();
            let mut more: Vec<String> = own
                .iter()
                .filter_map(|name| seen(&folded_path(name)))
                .collect();
            if own == role.names(&usual) {
                more.extend(role.synonyms().iter().filter_map(|name| seen(name)));
            }
            // An address is an id where there is no other.
            let at = match list.last() {
                Some(last) if role == Role::Id && last == "url" => list.len() - 1,
                _ => list.len(),
            };
            for (place, name) in more
                .into_iter()
                .filter(|name| !own.contains(name))
                .enumerate()
            {
                list.insert(at + place, name);
            }
            let mut once = std::collections::HashSet::new();
            list.retain(|name| once.insert(name.clone()));
            names.by_role[role as usize] = list;
        }
        if Role::Text.names(options) == Role::Text.names(&usual) {
            names.guess_text(columns, seen);
        }
        names
    }

    /// Where no name says which field is the text: the one with the longest values, or else a teaser.
    fn guess_text(&mut self, columns: &[Column<'_>], seen: impl Fn(&str) -> Option<String>) {
        let texts = &mut self.by_role[Role::Text as usize];
        let is_there = |name: &String| columns.iter().any(|column| column.name == name);
        if texts.iter().any(is_there) {
            return;
        }
        let mean = |column: &Column<'_>| column.bytes / column.strings.max(1);
        let longest = columns.iter().max_by_key(|column| mean(column));
        if let Some(longest) = longest.filter(|column| mean(column) >= LONG) {
            texts.push(longest.name.to_owned());
            self.guessed_text = Some(longest.name.to_owned());
        } else if let Some(teaser) = TEASER.iter().find_map(|name| seen(name)) {
            texts.push(teaser.clone());
            self.guessed_text = Some(teaser);
        }
    }

    pub(super) fn of_role(&self, role: Role) -> &[String] {
        &self.by_role[role as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(columns: &[&str]) -> Names {
        let columns: Vec<Column<'_>> = columns
            .iter()
            .map(|name| Column {
                name,
                strings: 1,
                bytes: 10,
            })
            .collect();
        Names::of(&ReadOptions::default(), &columns)
    }

    /// The first name of a role that is among the columns.
    fn used(columns: &[&str], role: Role) -> Option<String> {
        let names = names(columns);
        let mut list = names.of_role(role).iter();
        list.find(|name| columns.contains(&name.as_str())).cloned()
    }

    #[test]
    fn exports_are_understood_by_the_names_of_their_columns() {
        // Text, title, outlet, date: as each program documents its columns.
        for (columns, expected) in [
            (
                "Title,Publication,Published date,Word Count,Hlead,Body",
                "Body,Title,Publication,Published date",
            ),
            (
                "ID,Source_File,Newspaper,Date,Length,Headline,Article",
                "Article,Headline,Newspaper,Date",
            ),
            (
                "source.name,author,title,publishedAt,content",
                "content,title,source.name,publishedAt",
            ),
            (
                "webTitle,fields.bodyText,webPublicationDate,sectionName",
                "fields.bodyText,webTitle,-,webPublicationDate",
            ),
            (
                "stories_id,media_name,title,publish_date,story_text",
                "story_text,title,media_name,publish_date",
            ),
            ("HD,SN,PD,TD", "TD,HD,SN,PD"),
            (
                "Titel,Zeitung,Datum,Volltext",
                "Volltext,Titel,Zeitung,Datum",
            ),
            (
                "Titre,Nom de la publication,Date de parution,Texte intégral",
                "Texte intégral,Titre,Nom de la publication,Date de parution",
            ),
            (
                "Título,Medio,Fecha de publicación,Contenido",
                "Contenido,Título,Medio,Fecha de publicación",
            ),
            ("标题,来源,发布时间,正文", "正文,标题,来源,发布时间"),
            ("見出し,掲載紙,掲載日,本文", "本文,見出し,掲載紙,掲載日"),
            ("제목,언론사,일자,본문", "본문,제목,언론사,일자"),
            (
                "Заголовок,Издание,Дата публикации,Текст",
                "Текст,Заголовок,Издание,Дата публикации",
            ),
            (
                "_source.title,_source.outlet,_source.date,_source.text,_id",
                "_source.text,_source.title,_source.outlet,_source.date",
            ),
        ] {
            let columns: Vec<&str> = columns.split(',').collect();
            let roles = [Role::Text, Role::Title, Role::Source, Role::Date];
            let found = roles.map(|role| used(&columns, role).unwrap_or("-".to_owned()));
            assert_eq!(found.join(","), expected);
        }
    }

    #[test]
    fn what_is_listed_first_is_taken_and_what_was_named_is_not_widened() {
        assert_eq!(
            used(&["Text", "content"], Role::Text).unwrap(),
            "content",
            "as it is written"
        );
        assert_eq!(used(&["doc_id", "url"], Role::Id).unwrap(), "doc_id");
        assert_eq!(
            used(&["image.url", "author.name"], Role::Url),
            None,
            "of something else"
        );
        let options = ReadOptions {
            text_fields: vec!["My_Text".into()],
            ..ReadOptions::default()
        };
        let column = |name| Column {
            name,
            strings: 1,
            bytes: 900,
        };
        let names = Names::of(&options, &[column("my text"), column("body")]);
        assert_eq!(names.of_role(Role::Text), ["My_Text", "my text"]);
        assert_eq!(names.guessed_text, None);
    }

    #[test]
    fn a_text_without_a_known_name_is_guessed_by_its_length() {
        let columns = [("a", 12), ("b", 900), ("c", 300)];
        let columns = columns.map(|(name, bytes)| Column {
            name,
            strings: 1,
            bytes,
        });
        let names = Names::of(&ReadOptions::default(), &columns);
        assert_eq!(names.guessed_text.as_deref(), Some("b"));
        assert_eq!(
            super::tests::names(&["x", "Summary"])
                .guessed_text
                .as_deref(),
            Some("Summary")
        );
        assert_eq!(super::tests::names(&["x", "y"]).guessed_text, None);
    }

    #[test]
    fn the_lists_are_folded() {
        for role in Role::ALL {
            for name in role.synonyms() {
                assert_eq!(*name, folded_path(name).as_str(), "{role:?}");
            }
        }
        TEASER
            .iter()
            .for_each(|name| assert_eq!(*name, folded(name)));
    }
}
