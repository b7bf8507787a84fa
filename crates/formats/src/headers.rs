//! Lines of `Name: value`, as records of archives, answers of servers and parts of messages begin with.

/// The lines up to the first empty one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers {
    /// What stands before them: `HTTP/1.1 200 OK`. Empty if the first line is a header.
    pub(crate) first: String,
    lines: Vec<(String, String)>,
}

/// Headers are no longer than this.
const LONGEST: usize = 256 << 10;

impl Headers {
    /// The headers that bytes begin with, and where what they are of begins; nothing if no empty line ends them.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Headers, usize)> {
        let (mut headers, mut at) = (Headers::default(), 0);
        let head = &bytes[..bytes.len().min(LONGEST)];
        loop {
            let end = memchr::memchr(b'\n', head.get(at..)?)?;
            let line = head[at..at + end].trim_ascii_end();
            let is_first = at == 0;
            at += end + 1;
            if line.is_empty() {
                return Some((headers, at));
            }
            headers.line(line, is_first);
        }
    }

    fn line(&mut self, line: &[u8], is_first: bool) {
        let text = String::from_utf8_lossy(line);
        // A line that is indented goes on with the one before it.
        if text.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.lines.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
            return;
        }
        let named = text
            .split_once(':')
            .filter(|(name, _)| !name.contains([' ', '/']));
        match named {
            Some((name, value)) => self
                .lines
                .push((name.to_ascii_lowercase(), value.trim().to_owned())),
            None if is_first => text.trim().clone_into(&mut self.first),
            None => {}
        }
    }

    /// The value of a header, by its name in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.lines.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A part of a header's value: `charset` of `text/html; charset="utf-8"`.
    pub(crate) fn parameter(&self, name: &str, parameter: &str) -> Option<&str> {
        let mut parts = self.get(name)?.split(';').skip(1);
        let value = parts.find_map(|part| {
            let (own, value) = part.split_once('=')?;
            own.trim().eq_ignore_ascii_case(parameter).then_some(value)
        })?;
        Some(value.trim().trim_matches(['"', '\'']))
    }

    /// A header's value up to its parameters, in lower case.
    pub(crate) fn kind(&self, name: &str) -> String {
        let value = self.get(name).unwrap_or_default();
        let kind = value.split(';').next().unwrap_or_default();
        kind.trim().to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_at_an_empty_line() {
        let bytes = b"HTTP/1.0 200 OK\r\nContent-Type: Text/HTML; a=b; Charset=\"x-y\"\r\nLong: one\r\n  two\nno header\r\n\r\nbody";
        let (headers, at) = Headers::read(bytes).unwrap();
        assert_eq!(headers.first, "HTTP/1.0 200 OK");
        assert_eq!(headers.kind("content-type"), "text/html");
        assert_eq!(headers.parameter("content-type", "charset"), Some("x-y"));
        assert_eq!(headers.get("long"), Some("one two"));
        assert_eq!(&bytes[at..], b"body");
        assert!(Headers::read(b"A: b\r\n").is_none());
        assert_eq!(Headers::read(b"\nx").unwrap().1, 1);
    }
}
