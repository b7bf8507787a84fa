//! Names of columns by what they hold, folded as [`columns`](super::columns) compares them.
//!
//! Of exports that people hold (APIs of news, crawlers, databases, spreadsheets) in the languages they come in; sources: the documentation
//! of each, and column names seen in public data sets.

use super::role::Role;

/// Objects that hold a record, and are not a part of one.
pub(super) const WRAPPERS: [&str; 20] = [
    "warcheaders",
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
pub(super) const TEASER: &[&str] = &[
    "message", "comment", "tweet", "tweettext", "caption", "lead", "leadparagraph", "lp", "hlead", "abstract", "summary", "description", "snippet",
    "excerpt", "teaser", "zusammenfassung", "résumé", "resume", "resumen", "resumo", "riassunto", "摘要", "要約", "요약",
];

#[rustfmt::skip]
const ID: &[&str] = &[
    "docid", "documentid", "articleid", "storyid", "newsid", "itemid", "recordid", "textid", "postid", "pageid", "storiesid", "uuid", "guid", "uid",
    "identifier", "documentidentifierid", "externalid", "accessionnumber", "accessionno", "an", "docno", "documentnumber", "proquestdocumentid",
    "warcrecordid", "idstr", "urn", "idarticle", "idarticulo", "idartikel", "artikelid", "nid", "pid",
];

#[rustfmt::skip]
const TITLE: &[&str] = &[
    "title", "headline", "headlinemain", "mainheadline", "webtitle", "articletitle", "storytitle", "newstitle", "documenttitle", "doctitle", "pagetitle",
    "posttitle", "titlefull", "heading", "headlines", "headline.main", "headline.default", "hed", "hd", "titletext", "maintitle",
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
    "broadcaster", "provider", "brand", "sourcecommonname", "sourceuri", "series", "titleofpublication", "sourcepublication", "clipsource", "pagename", "cleanurl", "domainurl",
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
    "documentidentifier", "documenturl", "links.permalink", "mainentityofpage", "mainentityofpage.id", "troveurl", "docurl", "urlfull", "urls", "address", "webaddress", "uri", "thread.url", "webadresse", "adresse", "lien",
    "enlace", "vínculo", "collegamento", "indirizzo", "länk", "odkaz", "adresurl", "ссылка", "адрес", "посилання", "الرابط", "رابط",
    "链接", "連結", "网址", "網址", "链接地址", "リンク", "링크", "tautan", "liênkết",
];

#[rustfmt::skip]
const DATE: &[&str] = &[
    "date", "published", "publishdate", "timestamp", "datepublish", "publishedat", "publicationdate", "pubdate", "datepublished", "datetime", "createdat",
    "publisheddate", "publisheddatetime", "publishdatetime", "publishedtime", "publishtime", "publishedon", "publicationtime", "publicationdatetime",
    "publicationdateandtime", "datepublication", "dateofpublication", "dateandtime", "firstpublished", "firstpublishedat", "firstpublicationdate",
    "firstpublishdate", "firstissued", "webpublicationdate", "webpublicationdatetime", "versioncreated", "firstcreated", "contentcreated", "dateissued", "issued", "issuedate",
    "articledate", "articlepublisheddate", "storydate", "newsdate", "documentdate", "docdate", "postdate", "postcreated", "posted", "postedat", "postedon", "posttime", "created", "createdtime",
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

/// Parts of names, folded, of days that are none of publication and of addresses that are none of pages.
pub(super) const OF_SOMETHING_ELSE: [&str; 24] = [
    "access", "author", "avatar", "birth", "crawl", "deadline", "download", "event", "expir",
    "feed", "fetch", "image", "img", "index", "insert", "load", "logo", "modif", "photo",
    "retriev", "scrap", "thumb", "updat", "video",
];

impl Role {
    /// Folded names, best first.
    pub(super) fn synonyms(self) -> &'static [&'static str] {
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
