//! How much memory a run needs, and how much there is.

use super::documents::Row;
use crate::recipe::Recipe;

/// What a run needs however small its corpus: buffers of the threads, batches of compared texts.
const FIXED: u64 = 64 << 20;
/// An id, and a document's share of candidates, edges and clusters.
const BESIDES: u64 = 160;

/// Bytes of memory that a run over so many documents needs at its peak, mapped files apart.
pub(super) fn estimate(recipe: &Recipe, documents: u64) -> u64 {
    let sketch = 8 * u64::from(recipe.banding.bands()) + u64::from(recipe.banding.slots());
    let held = size_of::<Row>() as u64 + sketch + BESIDES;
    // While blocks are put together, some of a document is held twice.
    FIXED + documents * (held + held / 2)
}

/// Bytes of memory that this process may still take, if the system tells: what the machine has
/// available, or less where a control group says so.
pub(super) fn available() -> Option<u64> {
    let machine = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("MemAvailable:"))?;
            Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
        });
    let number =
        |path: &str| -> Option<u64> { std::fs::read_to_string(path).ok()?.trim().parse().ok() };
    let group = number("/sys/fs/cgroup/memory.max")
        .or_else(|| number("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
    match (machine, group) {
        (Some(machine), Some(group)) => Some(machine.min(group)),
        (machine, group) => machine.or(group),
    }
}

/// The most memory this process ever held in RAM, mapped files included, in bytes.
pub(super) fn peak() -> Option<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_documents_fit_a_kilobyte_each() {
        let million = estimate(&Recipe::default(), 1_000_000);
        assert!(million < 1_000_000 * 1024 + FIXED, "{million}");
        assert_eq!(estimate(&Recipe::default(), 0), FIXED);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells_what_there_is() {
        assert!(available().unwrap() > 1 << 20);
        assert!(peak().unwrap() > 1 << 20);
    }
}
