//! Did you mean …? Names as they are offered.

pub(super) use wirecopy::nearest::like;

/// `"A"`, `"A" or "B"`, `"A", "B" or "C"`.
pub(super) fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
