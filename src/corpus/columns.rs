//! Which of the fields that an input has is meant by what they are called.
//!
//! Programs and databases write one thing under many names. A name is compared *folded*: in small letters, without blanks,
//! underscores, hyphens and marks, so that `Full Text`, `full_text` and `FullText` are one. The names of the options are tried before
//! the [usual ones](super::column_names), as they are written. Where no name fits, the values are asked, and that is said.

use super::column_names::{OF_SOMETHING_ELSE, TEASER, WRAPPERS};
use super::options::ReadOptions;
use super::role::Role;
use super::value_kinds::ValueKinds;

/// A field that was seen, and how long its values are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    /// Dotted, for a field of a nested object.
    pub(super) name: &'a str,
    /// Values that were strings.
    pub(super) strings: u64,
    /// Bytes of these.
    pub(super) bytes: u64,
    /// What they are.
    pub(super) kinds: ValueKinds,
    /// Whether they are lists or objects with a text in parts, which is of no other role.
    pub(super) is_in_parts: bool,
}

/// The names to try for each role, in order, and what was guessed.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) by_role: [Vec<String>; 6],
    /// The field that is taken for the text by the length of its values alone.
    pub(super) guessed_text: Option<String>,
    /// Other roles whose field is taken by its values alone.
    pub(super) guessed: Vec<Role>,
}

/// A name, folded: its letters and digits, in small letters.
pub(super) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// A dotted name, its parts folded, without the objects that hold the whole record.
fn folded_path(name: &str) -> String {
    let mut written: Vec<&str> = name.split('.').collect();
    while written.len() > 1 && written.last().is_some_and(|last| is_of_a_form(last)) {
        written.pop();
    }
    let parts = written.into_iter().map(|part| match part {
        "_source" => "source_".to_owned(), // a record of Elasticsearch, and no outlet
        part => folded(part),
    });
    let mut parts: Vec<String> = parts.collect();
    while parts.len() > 1 && WRAPPERS.contains(&parts[0].as_str()) {
        parts.remove(0);
    }
    parts.join(".")
}

/// Whether a key holds the value of what is around it: `{"$date": …}` of MongoDB, `{"rendered": …}` of WordPress, `{"#text": …}` of XML.
fn is_of_a_form(key: &str) -> bool {
    key.starts_with('$') || matches!(key, "rendered" | "#text" | "_text" | "__text" | "@value")
}

/// A folded name without the ending by which Solr tells what a field holds.
fn without_type(name: &str, folded: &str) -> Option<String> {
    const TYPES: [&str; 10] = [
        "s", "ss", "t", "tt", "txt", "dt", "dts", "tdt", "str", "texten",
    ];
    let (_, ending) = name.rsplit_once('_')?;
    let bare = folded.strip_suffix(&self::folded(ending))?;
    (TYPES.contains(&ending) && !bare.is_empty()).then(|| bare.to_owned())
}

/// A value from so many bytes on, on average, is no headline and no address.
pub(super) const LONG: u64 = 200;

/// Whether a column of that name is a text.
pub(super) fn names_text(options: &ReadOptions, name: &str) -> bool {
    let column = Column {
        name,
        strings: 0,
        bytes: 0,
        kinds: ValueKinds::default(),
        is_in_parts: false,
    };
    let names = Names::of(options, &[column]);
    let texts = names.of_role(Role::Text);
    names.guessed_text.is_none() && texts.iter().any(|text| text == name)
}

impl Names {
    /// The names to try in an input that has these columns.
    pub(super) fn of(options: &ReadOptions, columns: &[Column<'_>]) -> Names {
        let usual = ReadOptions::default();
        let paths: Vec<(String, Option<String>)> = columns
            .iter()
            .map(|column| {
                let path = folded_path(column.name);
                let bare = without_type(column.name, &path);
                (path, bare)
            })
            .collect();
        let seen = |role: Role, wanted: &str| {
            let fitting = columns.iter().zip(&paths);
            let fitting = fitting.filter(|(column, (path, bare))| {
                let is_called = path == wanted || bare.as_deref() == Some(wanted);
                is_called && (role == Role::Text || !column.is_in_parts)
            });
            // Of several, what is called so as it is, and not inside of anything.
            let best = fitting.min_by_key(|(column, (path, _))| {
                (path != wanted, column.name.matches('.').count())
            });
            best.map(|(column, _)| column.name.to_owned())
        };
        let mut names = Names::default();
        for role in Role::ALL {
            let own = role.names(options);
            let mut list = own.to_vec();
            let mut more: Vec<String> = own
                .iter()
                .filter_map(|name| seen(role, &folded_path(name)))
                .collect();
            if own == role.names(&usual) {
                more.extend(role.synonyms().iter().filter_map(|name| seen(role, name)));
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
            names.prefer_plain(columns);
            names.guess_text(columns, |name| seen(Role::Text, name));
        }
        for (role, are) in [
            (
                Role::Url,
                ValueKinds::are_addresses as fn(ValueKinds) -> bool,
            ),
            (Role::Date, ValueKinds::are_days),
        ] {
            if role.names(options) == role.names(&usual) {
                names.guess(role, are, columns);
            }
        }
        names
    }

    /// Of two texts, one of them HTML, the other one (`content` and `textContent`), if it is as long as texts are.
    fn prefer_plain(&mut self, columns: &[Column<'_>]) {
        let of = |name: &String| columns.iter().find(|column| column.name == name);
        let texts = &mut self.by_role[Role::Text as usize];
        let has_plain = texts
            .iter()
            .filter_map(of)
            .any(|column| !column.kinds.are_html() && column.bytes / column.strings.max(1) >= LONG);
        if has_plain {
            texts.sort_by_key(|name| of(name).is_some_and(|column| column.kinds.are_html()));
        }
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

    /// Where no name says which field has a role: the only one whose values all do, unless it is of something else.
    fn guess(&mut self, role: Role, are: fn(ValueKinds) -> bool, columns: &[Column<'_>]) {
        let list = &mut self.by_role[role as usize];
        let is_there = |name: &String| columns.iter().any(|column| column.name == name);
        if list.iter().any(is_there) {
            return;
        }
        let mut fitting = columns.iter().filter(|column| {
            let name = folded(column.name);
            are(column.kinds) && !OF_SOMETHING_ELSE.iter().any(|part| name.contains(part))
        });
        if let (Some(only), None) = (fitting.next(), fitting.next()) {
            list.push(only.name.to_owned());
            self.guessed.push(role);
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
                kinds: ValueKinds::default(),
                is_in_parts: false,
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
                "id,title.rendered,content.rendered,date,link",
                "content.rendered,title.rendered,-,date",
            ),
            (
                "headline.main,lead_paragraph,body,pub_date.$date,source",
                "body,headline.main,source,pub_date.$date",
            ),
            (
                "title_s,content_txt,date_dt,source_s",
                "content_txt,title_s,source_s,date_dt",
            ),
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
            kinds: ValueKinds::default(),
            is_in_parts: false,
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
            kinds: ValueKinds::default(),
            is_in_parts: false,
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
    fn addresses_and_days_without_a_known_name_are_guessed_where_one_column_has_them() {
        let kinds = |values: [&str; 2]| {
            let mut kinds = ValueKinds::default();
            values.iter().for_each(|value| kinds.add(value));
            kinds
        };
        let column = |name, values| Column {
            name,
            strings: 2,
            bytes: 20,
            kinds: kinds(values),
            is_in_parts: false,
        };
        let days = ["2021-03-04", "2021-03-05"];
        let pages = ["https://a.example/1", "https://b.example/2"];
        let columns = [
            column("Quand", days),
            column("crawled", days),
            column("wo", pages),
            column("text", ["a", "b"]),
        ];
        let names = Names::of(&ReadOptions::default(), &columns);
        assert!(names.of_role(Role::Date).contains(&"Quand".to_owned()));
        assert!(names.of_role(Role::Url).contains(&"wo".to_owned()));
        assert_eq!(names.guessed, [Role::Url, Role::Date]);
        let two = [column("erste", days), column("zweite", days)];
        assert_eq!(Names::of(&ReadOptions::default(), &two).guessed, []);
        let named = [column("date", days), column("zweite", days)];
        assert_eq!(Names::of(&ReadOptions::default(), &named).guessed, []);
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
