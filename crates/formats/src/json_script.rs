//! JSON that a script gives to a name or to a function: archives of Twitter, answers in JSONP.

/// Where the value begins that a script gives to a name or a function: `window.YTD.tweets.part0 = [`, `callback({`.
pub(crate) fn in_script(bytes: &[u8]) -> Option<usize> {
    const LONGEST_NAME: usize = 200;
    let is_name =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b' ');
    if !bytes
        .first()
        .is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'_' | b'$'))
    {
        return None;
    }
    let head = &bytes[..bytes.len().min(LONGEST_NAME)];
    let name = head.iter().position(|byte| !is_name(byte))?;
    if !matches!(bytes[name], b'=' | b'(') {
        return None;
    }
    let behind = bytes[name + 1..].trim_ascii_start();
    let is_value = matches!(behind, [b'[', next, ..] if matches!(next, b'{' | b' ' | b'\n' | b'\r' | b'\t'))
        || matches!(behind, [b'{', next, ..] if matches!(next, b'"' | b' ' | b'\n' | b'\r' | b'\t'));
    is_value.then(|| bytes.len() - behind.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_behind_a_name() {
        for (script, expected) in [
            ("window.YTD.tweets.part0 = [ {", Some("[ {")),
            ("callback({\"a\": 1});", Some("{\"a\": 1});")),
            ("let x = 3", None),
            ("x = [1]", None),
            ("{\"a\": 1}", None),
            ("The ferry (late) was", None),
        ] {
            let found = in_script(script.as_bytes()).map(|at| &script[at..]);
            assert_eq!(found, expected, "{script}");
        }
    }
}
