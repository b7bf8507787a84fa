//! One record a line, escaped as its outlet escapes.

use super::Document;

impl Document<'_> {
    /// Writes the record and a line end to `out`.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let fields = [
            ("{\"id\": ", self.id.as_str()),
            (", \"source\": ", &self.outlet.host),
            (", \"url\": ", &self.url),
            (", \"date\": ", &self.date),
            (", \"title\": ", &self.title),
            (", \"text\": ", &self.text),
        ];
        for (name, value) in fields {
            out.extend_from_slice(name.as_bytes());
            string(value, self.outlet.escapes, out);
        }
        out.extend_from_slice(b"}\n");
    }
}

fn string(value: &str, escapes: bool, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = value;
    let special = |c: char| matches!(c, '"' | '\\' | '\n') || (escapes && !c.is_ascii());
    while let Some(at) = rest.find(special) {
        let found = rest[at..].chars().next().expect("something was found");
        out.extend_from_slice(&rest.as_bytes()[..at]);
        match found {
            '\n' => out.extend_from_slice(b"\\n"),
            '"' | '\\' => out.extend_from_slice(&[b'\\', if found == '"' { b'"' } else { b'\\' }]),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
        rest = &rest[at + found.len_utf8()..];
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}
