//! Articles of the vocabularies of news and editions: NITF, NewsML, TEI.

use super::html::text_of;
use super::records::Found;
use super::tree::Node;

/// The first element of these names that has words.
fn first(node: &Node, names: &[&str]) -> String {
    let words = |name: &&str| {
        node.find(name)
            .map(Node::words)
            .filter(|words| !words.is_empty())
    };
    names.iter().find_map(words).unwrap_or_default()
}

/// NITF: the headline of the body, else that of the head; the content of the body is the text.
pub(crate) fn nitf(node: &Node, found: &mut Found) {
    let article = &mut found.article;
    let of = |element: &str, attribute: &str| {
        node.find(element)
            .and_then(|node| node.attribute(attribute))
    };
    article.title = first(node, &["hl1", "hedline", "headline", "title"]);
    article.author = first(node, &["byline"]);
    article.source = of("pubdata", "name")
        .or(of("doc.copyright", "holder"))
        .unwrap_or_else(|| first(node, &["distributor", "doc.copyright"]));
    article.date = [
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ]
    .iter()
    .find_map(|(element, attribute)| of(element, attribute))
    .unwrap_or_else(|| first(node, &["story.date", "date.issue"]));
    article.id = of("doc-id", "id-string")
        .or(of("doc-id", "regsrc"))
        .unwrap_or_default();
    article.url = of("pubdata", "ex-ref")
        .filter(|url| url.starts_with("http"))
        .unwrap_or_default();
    article.section = of("pubdata", "position.section").unwrap_or_default();
    article.language = node.attribute("lang").unwrap_or_default();
    let content = node.find("body.content").or(node.find("body"));
    found.text = content.map(Node::text).unwrap_or_default();
}

/// NewsML 1.2 and G2: what is inside as NITF or XHTML, under the descriptions of the item.
pub(crate) fn newsml(node: &Node, found: &mut Found) {
    let article = &mut found.article;
    if let Some(inner) = node.find("nitf") {
        nitf(inner, found);
    } else {
        let content = [
            "inlineXML",
            "inlineData",
            "DataContent",
            "contentSet",
            "body.content",
            "body",
        ]
        .iter()
        .find_map(|name| node.find(name));
        let content = content.map(|content| content.find("body").unwrap_or(content));
        let text = content.map(Node::text).unwrap_or_default();
        found.text = match text.contains("</") {
            true => text_of(&text),
            false => text,
        };
        article.title = first(node, &["headline", "HeadLine", "hl1", "title"]);
    }
    let article = &mut found.article;
    let provider = [
        "provider",
        "Provider",
        "infoSource",
        "creditline",
        "CreditLine",
    ]
    .iter()
    .find_map(|name| {
        let node = node.find(name)?;
        let named = node.find("name").map(Node::words).or_else(|| {
            node.find("Party")
                .and_then(|party| party.attribute("FormalName"))
        });
        named
            .or_else(|| node.attribute("literal"))
            .or_else(|| Some(node.words()).filter(|words| !words.is_empty()))
    });
    let fill = |into: &mut String, value: String| {
        if into.is_empty() {
            *into = value;
        }
    };
    if let Some(provider) = provider {
        article.source = provider;
    }
    fill(
        &mut article.source,
        node.find("provider")
            .and_then(|provider| provider.attribute("qcode"))
            .unwrap_or_default(),
    );
    fill(
        &mut article.title,
        first(node, &["headline", "HeadLine", "NewsLine"]),
    );
    fill(
        &mut article.author,
        first(node, &["by", "byline", "ByLine"]),
    );
    article.date = [
        first(node, &["versionCreated", "published"]),
        std::mem::take(&mut article.date),
        first(
            node,
            &[
                "contentCreated",
                "firstCreated",
                "ThisRevisionCreated",
                "FirstCreated",
                "DateLine",
                "DateId",
            ],
        ),
    ]
    .into_iter()
    .find(|date| !date.is_empty())
    .unwrap_or_default();
    let id = node
        .attribute("guid")
        .unwrap_or_else(|| first(node, &["PublicIdentifier", "NewsItemId"]));
    let version = node
        .attribute("version")
        .or_else(|| node.find("RevisionId").map(Node::words));
    // Versions of an item have its id: with their number they are distinguished.
    article.id = match version.filter(|_| !id.is_empty() && !id.ends_with('N')) {
        Some(version) => format!("{id}#{version}"),
        None => id,
    };
    let language = node
        .find("language")
        .and_then(|language| language.attribute("tag"))
        .or_else(|| {
            node.find("Language")
                .and_then(|language| language.attribute("FormalName"))
        });
    article.language = language
        .or_else(|| node.attribute("lang"))
        .unwrap_or_default();
}

/// TEI: a headline is a `head`, the rest of the `text` or `div` is the text, the header says where it stood.
pub(crate) fn tei(node: &Node, found: &mut Found) {
    let article = &mut found.article;
    let header = node.find("teiHeader");
    let text = node
        .find("text")
        .filter(|_| header.is_some())
        .unwrap_or(node);
    let head = text.find("head");
    article.title = head.map(Node::words).unwrap_or_default();
    article.author = node
        .find("byline")
        .or_else(|| header.and_then(|header| header.find("author")))
        .map(Node::words)
        .unwrap_or_default();
    article.id = node.attribute("id").unwrap_or_default();
    article.language = node.attribute("lang").unwrap_or_default();
    if let Some(header) = header {
        let stands_in = header.find("sourceDesc").unwrap_or(header);
        let dated = stands_in.find("date").or_else(|| header.find("date"));
        article.date = dated
            .map(|date| date.attribute("when").unwrap_or_else(|| date.words()))
            .unwrap_or_default();
        let named = stands_in
            .find("title")
            .filter(|_| header.find("sourceDesc").is_some());
        article.source = named.map(Node::words).unwrap_or_else(|| {
            header
                .find("publisher")
                .map(Node::words)
                .unwrap_or_default()
        });
        if article.title.is_empty() {
            article.title = header.find("title").map(Node::words).unwrap_or_default();
        }
    }
    let mut whole = text.text();
    // The headline is not part of the text.
    if let Some(rest) = whole
        .strip_prefix(article.title.as_str())
        .filter(|_| head.is_some())
    {
        whole = rest.trim_start().to_owned();
    }
    found.text = whole;
}
