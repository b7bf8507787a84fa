//! The words around a credit, as data.

/// Words that make an agency's name beside them the credit of a picture.
pub(super) const PICTURE: &[&str] = &[
    "archivbild",
    "archivfoto",
    "archiv",
    "bild",
    "bilder",
    "bildquelle",
    "bildnachweis",
    "billede",
    "chart",
    "credit",
    "credits",
    "crédit",
    "crédits",
    "file",
    "foto",
    "fotos",
    "fotó",
    "fotograf",
    "fotografía",
    "getty",
    "grafik",
    "graphic",
    "graphics",
    "handout",
    "illustration",
    "image",
    "images",
    "imagem",
    "imagen",
    "imago",
    "immagine",
    "infografik",
    "kuva",
    "photo",
    "photograph",
    "photographer",
    "photos",
    "pic",
    "pics",
    "picture",
    "pictures",
    "picture-alliance",
    "pool",
    "stringer",
    "symbolbild",
    "symbolfoto",
    "video",
    "videos",
    "zdjęcie",
    "фото",
    "snimka",
    "φωτογραφία",
    "صورة",
    "图",
    "図",
    "写真",
    "사진",
];

/// Words between a picture's label and its agency.
pub(super) const FILLER: &[&str] = &[
    "a", "alliance", "by", "courtesy", "da", "de", "di", "from", "of", "par", "por", "the", "via",
    "von", "und", "and", "/", "|", "-", "–", "·",
];

/// Labels of a source line, in lower case.
pub(super) const SOURCE: &[&str] = &[
    "agencies",
    "agency",
    "agentur",
    "agenturen",
    "bron",
    "fonte",
    "forrás",
    "fuente",
    "fuentes",
    "izvor",
    "kaynak",
    "kilde",
    "källa",
    "lähde",
    "quelle",
    "quellen",
    "source",
    "sources",
    "sumber",
    "sursa",
    "vir",
    "zdroj",
    "źródło",
    "πηγή",
    "джерело",
    "източник",
    "источник",
    "المصدر",
    "منبع",
    "स्रोत",
    "来源",
    "來源",
    "出典",
    "출처",
];

/// Words that introduce an author, in lower case.
pub(super) const BY: &[&str] = &[
    "af",
    "agencia",
    "agência",
    "agenzia",
    "author",
    "autor",
    "av",
    "by",
    "de",
    "di",
    "door",
    "od",
    "par",
    "por",
    "reported",
    "posted",
    "published",
    "redacción",
    "von",
    "written",
    "автор",
];

/// Words that lend a part, in lower case: what follows gave material, not the whole story.
pub(super) const WITH: &[&str] = &[
    "and", "avec", "com", "con", "e", "et", "med", "met", "mit", "och", "og", "und", "with", "y",
    "с", "z",
];

/// Ends of phrases that name a lender, in lower case.
pub(super) const LENT: &[&str] = &[
    "with agency inputs from",
    "with inputs from",
    "with input from",
    "inputs from",
    "with files from",
    "files from",
    "contains material from",
    "includes material from",
    "material from",
    "additional reporting by",
    "additional reporting from",
    "contributed by",
    "mit material von",
    "mit material",
    "mit informationen von",
    "unter verwendung von material der",
    "unter verwendung von",
    "con información de",
    "con informazioni di",
    "com informações da",
    "com informações do",
    "com informações de",
    "com agência",
    "avec l'",
    "avec l’",
    "nachrichtenagentur",
    "nachrichtenagenturen",
];

/// A Reuters sign-off: how it opens, and what must follow within [`SIGN_OFF`] bytes.
pub(super) const SIGN_OFFS: &[(&str, &[&str])] = &[
    ("Reporting by ", &["diting by ", "riting by "]),
    ("Reporting and writing by ", &["diting by "]),
    (
        "Reporte de ",
        &["ditado por ", "ditado en español", "raducido por "],
    ),
    ("Reportaje de ", &["ditado por ", "raducido por "]),
    ("Reportagem de ", &["dição de ", "eportagem adicional"]),
    (
        "Reportage ",
        &["édité par ", "dité par ", "ersion française"],
    ),
    ("Bericht von ", &["edigiert von "]),
    ("Geschrieben von ", &["edigiert von "]),
];

/// A sign-off names a dozen people at most: two lines of a wire, with room.
pub(super) const SIGN_OFF: usize = 600;

/// Words of a place or date line that are written small.
pub(super) const PARTICLES: &[&str] = &[
    "a", "am", "an", "and", "auf", "bei", "d'", "da", "das", "de", "del", "dell'", "den", "der",
    "di", "do", "dos", "du", "e", "el", "en", "et", "i", "im", "in", "la", "las", "le", "les",
    "los", "of", "on", "sur", "the", "und", "upon", "van", "von", "y",
];

/// Words of a time stamp, in lower case, beside anything with a digit in it.
pub(super) const TIME: &[&str] = &[
    "ago",
    "am",
    "at",
    "edt",
    "est",
    "first",
    "first published",
    "gmt",
    "h",
    "hour",
    "hours",
    "hrs",
    "ist",
    "last",
    "min",
    "minute",
    "minutes",
    "on",
    "pm",
    "published",
    "read",
    "uhr",
    "um",
    "updated",
    "utc",
];

/// What a member of an agency's staff is called after it, at a byline's end, in lower case.
pub(super) const STAFF: &[&str] = &[
    "correspondent",
    "correspondents",
    "editor",
    "reporter",
    "reporters",
    "staff",
    "writer",
    "writers",
];

/// Whether a list of words in lower case holds this one, whatever its case.
pub(super) fn holds(words: &[&str], word: &str) -> bool {
    if word.is_ascii() {
        words.iter().any(|known| known.eq_ignore_ascii_case(word))
    } else {
        words.contains(&word.to_lowercase().as_str())
    }
}
