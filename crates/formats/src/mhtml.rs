//! Pages that browsers saved with all their parts in one file: MHTML.
//!
//! Source: RFC 2557 (<https://www.rfc-editor.org/rfc/rfc2557>), RFC 2045 for the encodings of parts.

use std::path::Path;

use crate::encoding::{Hints, decode};
use crate::form::{Form, SourceFile, has_extension};
use crate::headers::Headers;
use crate::html;
use crate::sink::{Loss, Sink, Stop};

pub(crate) static FORM: Form = Form {
    name: "MHTML",
    one_document: true,
    recognise,
    read,
};

/// Messages in messages are looked into so deep.
const DEPTH: usize = 3;

fn recognise(path: &Path, head: &[u8]) -> bool {
    let Some((headers, _)) = Headers::read(head) else {
        return false;
    };
    // A mail has the same parts, but was not saved.
    let is_saved = headers.get("snapshot-content-location").is_some()
        || headers
            .get("from")
            .is_some_and(|from| from.to_ascii_lowercase().contains("saved by"));
    let is_related = headers.kind("content-type") == "multipart/related";
    is_saved && is_related
        || has_extension(path, &["mht", "mhtml"]) && headers.get("content-type").is_some()
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let Some((headers, page)) = first_page(&file.bytes, DEPTH) else {
        return sink.lost(Loss {
            at: 0,
            what: "expected a saved page, found a message without a part of `text/html`".to_owned(),
            missing: Some(file.bytes.len() as u64),
        });
    };
    let outer = Headers::read(&file.bytes)
        .map(|(headers, _)| headers)
        .unwrap_or_default();
    let of_snapshot = outer.get("snapshot-content-location");
    let address = of_snapshot
        .or(headers.get("content-location"))
        .unwrap_or_default();
    let hints = Hints {
        declared: headers.parameter("content-type", "charset"),
        host: html::host(address),
        ..Hints::default()
    };
    let decoded = decode(&page, &hints);
    let mut page = html::page(&decoded.text, address);
    page.article.id = file.path.to_string_lossy().into_owned();
    let mut line = Vec::new();
    page.article.write(&mut line);
    sink.record(file.bytes.len() as u64, &line)?;
    match page.cut {
        // Where that is in the message is not known: the page was encoded.
        Some(at) => sink.lost(Loss {
            at: 0,
            what: format!("{} (from byte {at} of the page on)", html::TOO_LONG),
            missing: Some((decoded.text.len() - at) as u64),
        }),
        None => Ok(()),
    }
}

/// The first part that is a page, decoded, with its headers.
fn first_page(message: &[u8], depth: usize) -> Option<(Headers, Vec<u8>)> {
    let (headers, start) = Headers::read(message)?;
    let body = &message[start..];
    let kind = headers.kind("content-type");
    if matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        let bytes = match headers.kind("content-transfer-encoding").as_str() {
            "quoted-printable" => from_quoted(body),
            "base64" => from_base64(body),
            _ => body.to_vec(),
        };
        return Some((headers, bytes));
    }
    let boundary = format!("--{}", headers.parameter("content-type", "boundary")?);
    let depth = depth.checked_sub(1)?;
    let places: Vec<usize> = memchr::memmem::find_iter(body, boundary.as_bytes())
        .filter(|at| *at == 0 || body[at - 1] == b'\n')
        .collect();
    let ends = places.iter().skip(1).copied().chain([body.len()]);
    let mut parts = places.iter().zip(ends).filter_map(|(start, end)| {
        let part = &body[start + boundary.len()..end];
        let line_end = memchr::memchr(b'\n', part)?;
        Some(&part[line_end + 1..])
    });
    parts.find_map(|part| first_page(part, depth))
}

/// `=C3=A9` and line ends behind `=`; what is neither stays as it is.
fn from_quoted(body: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| {
        char::from(*byte?)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut into = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        into.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let blank = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
            .count();
        rest = match (hex(rest.first()), hex(rest.get(1))) {
            (Some(high), Some(low)) => {
                into.push(high << 4 | low);
                &rest[2..]
            }
            _ if rest.get(blank) == Some(&b'\n') => &rest[blank + 1..],
            _ => {
                into.push(b'=');
                rest
            }
        };
    }
    into.extend_from_slice(rest);
    into
}

/// Base64; what is no letter of it is passed over.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut into = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for six in body.iter().filter_map(value) {
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            let [.., byte] = (bits >> held).to_be_bytes();
            into.push(byte);
        }
    }
    into
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read;

    const SENTENCE: &str = "La guardia costera celebró el lunes un simulacro frente a la isla, según dijo una portavoz a los periodistas, y lo repetirá en mayo. ";

    fn saved(encoding: &str, body: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/isla?id=3D1\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--X--7\"\r\n\r\n\r\n----X--7\r\nContent-Type: text/html\r\n\
Content-Transfer-Encoding: {encoding}\r\nContent-Location: https://news.example/isla\r\n\r\n{body}\r\n----X--7\r\nContent-Type: image/png\r\n\r\n<p>no</p>\r\n----X--7--\r\n"
        )
    }

    #[test]
    fn a_saved_page_is_read() {
        let page = format!(
            "<html><head><title>Simulacro</title></head><div class=article><p>{0}</p><p>{0}</p><p>{0}</p></div>",
            SENTENCE.repeat(3).trim()
        );
        let quoted: String = page
            .bytes()
            .map(|byte| match byte {
                b'=' | 128.. => format!("={byte:02X}"),
                b'.' => ".=\r\n".to_owned(),
                byte => char::from(byte).to_string(),
            })
            .collect();
        let kept = read(&FORM, "a.mhtml", saved("quoted-printable", &quoted));
        assert_eq!(kept.lost, []);
        let found = &kept.records[0];
        assert_eq!(found["url"], "https://news.example/isla?id=3D1");
        assert_eq!(found["title"], "Simulacro");
        let text = found["text"].as_str().unwrap();
        assert_eq!(
            text.split("\n\n").collect::<Vec<_>>(),
            [SENTENCE.repeat(3).trim(); 3]
        );
        assert!(recognise(Path::new("x"), saved("", "").as_bytes()));
        assert!(!recognise(
            Path::new("x.eml"),
            b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\nx"
        ));
    }

    #[test]
    fn parts_in_base64_are_read() {
        let kept = read(
            &FORM,
            "a.mht",
            saved("base64", "PHRpdGxlPlR3bzwvdGl0bGU+PHA+Y2Fmw6k8\r\nL3A+"),
        );
        assert_eq!(
            (&kept.records[0]["title"], &kept.records[0]["text"]),
            (&"Two".into(), &"café".into())
        );
    }

    #[test]
    fn what_holds_no_page_is_said() {
        for bytes in [
            "",
            "x",
            "MIME-Version: 1.0\n\n",
            "Content-Type: multipart/related; boundary=a\n\n--a\n--a\n--a--",
        ] {
            let kept = read(&FORM, "a.mht", bytes);
            assert_eq!((kept.records.len(), kept.lost.len()), (0, 1), "{bytes}");
        }
    }
}
