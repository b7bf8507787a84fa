//! JSON-LD of a page: what it says of its article.
//!
//! Source of the names: <https://schema.org/NewsArticle>.

use serde_json::{Map, Value};

/// What the data say of the article. Empty where they say nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: String,
    pub(super) published: String,
    pub(super) publisher: String,
    pub(super) author: String,
    pub(super) section: String,
    pub(super) language: String,
    pub(super) url: String,
    /// The text, as a program or a reader of feeds would get it.
    pub(super) body: String,
    /// What the facts are of: 2 an article, 1 a page, 0 nothing yet.
    rank: u8,
}

/// Objects inside objects are looked through so deep.
const DEPTH: usize = 6;

impl Linked {
    /// Reads one script of a page. What is no JSON says nothing.
    pub(super) fn read(&mut self, script: &str) {
        let Some(value) = parsed(script) else {
            return;
        };
        self.value(&value, DEPTH);
    }

    fn value(&mut self, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.value(one, depth)),
            Value::Object(object) => {
                self.object(object);
                for inner in [
                    "@graph",
                    "mainEntity",
                    "mainEntityOfPage",
                    "itemListElement",
                ] {
                    if let Some(inner @ (Value::Array(_) | Value::Object(_))) = object.get(inner) {
                        self.value(inner, depth);
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Map<String, Value>) {
        let rank = match object.get("@type") {
            Some(Value::String(kind)) => rank(kind),
            Some(Value::Array(kinds)) => kinds
                .iter()
                .filter_map(Value::as_str)
                .map(rank)
                .max()
                .unwrap_or(0),
            _ => 0,
        };
        if rank <= self.rank && self.rank > 0 || rank == 0 {
            return; // The first article of a page is the one it is about.
        }
        let text = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| object.get(*name));
            found.find_map(string).unwrap_or_default()
        };
        let names = |name: &str| object.get(name).map(names).unwrap_or_default();
        *self = Linked {
            headline: text(&["headline", "name"]),
            published: text(&["datePublished", "dateCreated"]),
            publisher: first_name(&[object.get("publisher"), object.get("sourceOrganization")]),
            author: names("author"),
            section: names("articleSection"),
            language: names("inLanguage"),
            url: text(&["url", "@id"]),
            body: object
                .get("articleBody")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            rank,
        };
    }
}

/// 2 for an article, 1 for a page that may be one.
fn rank(kind: &str) -> u8 {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
    match kind {
        "Report" | "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting"
        | "OpinionNewsArticle" => 2,
        kind if kind.ends_with("Article") => 2,
        "WebPage" | "ItemPage" | "CreativeWork" => 1,
        _ => 0,
    }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(all) => all.first()?.as_str()?,
        Value::Object(object) => object.get("@value").or(object.get("@id"))?.as_str()?,
        _ => return None,
    };
    let text = super::facts::folded(&super::scan::resolved(text));
    (!text.is_empty()).then_some(text)
}

fn first_name(values: &[Option<&Value>]) -> String {
    let mut all = values.iter().copied().flatten().map(names);
    all.find(|name| !name.is_empty()).unwrap_or_default()
}

/// The names of persons, houses and parts of a paper: a string, an object with a name, or several.
fn names(value: &Value) -> String {
    let one = |value: &Value| match value {
        Value::Object(object) => object.get("name").and_then(string),
        Value::String(_) => string(value),
        _ => None,
    };
    match value {
        Value::Array(all) => {
            let mut names: Vec<String> = all.iter().filter_map(one).take(20).collect();
            names.dedup();
            names.join(", ")
        }
        value => one(value).unwrap_or_default(),
    }
}

/// A script as JSON: as it is, or without what pages put into it in error.
fn parsed(script: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    // Line ends inside strings, a comment or a CDATA around it all, a comma or a semicolon behind the last value.
    let script = script
        .rsplit_once("]]>")
        .map_or(script, |(script, _)| script);
    let object = script.find('{')?;
    let before = script[..object].trim_end();
    let is_array = before.ends_with('[') && !before.ends_with("CDATA[");
    let (start, close) = match is_array {
        true => (before.len() - 1, ']'),
        false => (object, '}'),
    };
    let end = script.rfind(close)? + 1;
    let inner: String = script
        .get(start..end)?
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if let Ok(value) = serde_json::from_str(&inner) {
        return Some(value);
    }
    let mut without = String::with_capacity(inner.len());
    let mut is_string = false;
    let mut escaped = false;
    for c in inner.chars() {
        if is_string {
            is_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else {
            is_string = c == '"';
            if matches!(c, '}' | ']') {
                let length = without.trim_end().trim_end_matches(',').len();
                without.truncate(length);
            }
        }
        without.push(c);
    }
    serde_json::from_str(&without).ok()
}
