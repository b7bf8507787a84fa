//! Mails, one a file (`.eml`) or many in a mailbox (mbox).

use mail_parser::MessageParser;

use super::out::Out;
use crate::article::Article;
use crate::form::{Form, SourceFile};
use crate::sink::{Sink, Stop};

/// A mail.
pub(crate) static MAIL: Form = Form {
    name: "a mail",
    one_document: true,
    recognise: |path, head| {
        let is_named = crate::form::has_extension(path, &["eml", "mht", "emlx"]);
        is_named && has_head(head) || has_head(head) && is_sent(head)
    },
    read: |file, sink| mail(&file.bytes, file.bytes.len() as u64, &mut Out::new(sink)),
};

/// A mailbox.
pub(crate) static MAILBOX: Form = Form {
    name: "a mailbox",
    one_document: false,
    recognise: |_, head| {
        let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
        head.starts_with(b"From ") && has_head(&head[(end + 1).min(head.len())..])
    },
    read,
};

/// Whether the first lines are `Name: value`, and one of them says who wrote.
fn has_head(head: &[u8]) -> bool {
    let mut names = Vec::new();
    for line in head.split(|byte| *byte == b'\n').take(60) {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':');
        let is_name = |name: &[u8]| {
            !name.is_empty()
                && name
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        };
        match colon
            .map(|colon| &line[..colon])
            .filter(|name| is_name(name))
        {
            Some(name) => names.push(name.to_ascii_lowercase()),
            None => return false,
        }
    }
    let has = |name: &str| names.iter().any(|own| own == name.as_bytes());
    has("from") && (has("subject") || has("date") || has("message-id"))
}

/// Whether the head has what only programs write.
fn is_sent(head: &[u8]) -> bool {
    let head = head[..head.len().min(8192)].to_ascii_lowercase();
    [
        &b"message-id:"[..],
        b"mime-version:",
        b"received:",
        b"return-path:",
    ]
    .iter()
    .any(|name| memchr::memmem::find(&head, name).is_some())
}

fn read(file: &SourceFile<'_>, sink: &mut dyn Sink) -> Result<(), Stop> {
    let mut out = Out::new(sink);
    let bytes = &file.bytes;
    let mut begin = 0;
    // A line that begins with `From ` behind an empty line begins a mail (RFC 4155).
    let begins = memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let is_new = |at: &usize| {
        let before = &bytes[..*at - 1];
        let line = memchr::memchr(b'\n', &bytes[*at..]).map_or(bytes.len(), |end| at + end + 1);
        (before.ends_with(b"\n") || before.ends_with(b"\n\r")) && has_head(&bytes[line..])
    };
    for end in begins.filter(is_new).chain([bytes.len()]) {
        let line = memchr::memchr(b'\n', &bytes[begin..end]).map_or(end, |by| begin + by + 1);
        mail(&bytes[line..end], end as u64, &mut out)?;
        begin = end;
    }
    Ok(())
}

fn mail(bytes: &[u8], at: u64, out: &mut Out<'_>) -> Result<(), Stop> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        let length = bytes.len() as u64;
        return out.lost(
            at.saturating_sub(length),
            "expected a mail, found no head of one".to_owned(),
            length,
        );
    };
    let sender = message.from().and_then(|from| from.first());
    let text = message
        .body_text(0)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let named = |of: Option<&str>| of.unwrap_or_default().trim().to_owned();
    out.article(
        at,
        &Article {
            id: named(message.message_id()),
            date: message
                .date()
                .map(mail_parser::DateTime::to_rfc3339)
                .unwrap_or_default(),
            title: named(message.subject()),
            author: named(sender.and_then(|sender| sender.name().or(sender.address()))),
            text: text.trim().to_owned(),
            ..Article::default()
        },
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::testing::{read as read_form, recognised};

    const MAIL_TEXT: &str = "Message-ID: <1@example.org>\r\nFrom: =?utf-8?q?I=2E_B=C3=BC?= <ib@example.org>\r\nTo: all@example.org\r\nSubject: =?iso-8859-1?Q?F=E4hre?=\r\nDate: Thu, 4 Mar 2021 10:00:00 +0100\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSie sank =\r\nschnell.\r\n\r\nF=E4hre.\r\n";

    #[test]
    fn mails_are_read_alone_and_in_boxes() {
        let (form, kept) = recognised("x.eml", MAIL_TEXT.as_bytes());
        assert!(form.one_document);
        assert_eq!(kept.fields("title"), ["Fähre"]);
        assert_eq!(kept.fields("author"), ["I. Bü"]);
        assert_eq!(kept.fields("date"), ["2021-03-04T10:00:00+01:00"]);
        assert_eq!(kept.fields("text"), ["Sie sank schnell.\n\nFähre."]);
        let mailbox = format!(
            "From a@b Thu Mar  4 10:00:00 2021\r\n{MAIL_TEXT}\r\nFrom there it went on.\r\n\r\nFrom a@b Thu Mar  4 10:00:00 2021\r\n{MAIL_TEXT}"
        );
        let (form, kept) = recognised("box", mailbox.as_bytes());
        assert!(!form.one_document);
        assert_eq!(kept.records.len(), 2);
        assert!(kept.fields("text")[0].ends_with("From there it went on."));
    }

    #[test]
    fn other_texts_are_no_mails() {
        for text in [
            "From here: there.\n",
            "Subject: x\nDate: y\n\nDear all,",
            "Title: x\nFrom: y\n",
        ] {
            assert!(
                !(MAIL.recognise)(Path::new("x.txt"), text.as_bytes()),
                "{text}"
            );
            assert!(
                !(MAILBOX.recognise)(Path::new("x.txt"), text.as_bytes()),
                "{text}"
            );
        }
        read_form(&MAILBOX, "x", "\nFrom \n".repeat(100_000));
        read_form(&MAIL, "x", "");
    }
}
