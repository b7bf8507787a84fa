//! What of the folders was passed over, by name.

use std::path::Path;

/// Files that are not read: papers beside the documents, and with
/// [`skip_unreadable`](super::ReadOptions::skip_unreadable) data that cannot be read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PassedOver {
    /// The first [`NAMED`](Self::NAMED) of them, data first.
    pub files: Vec<String>,
    /// How many there are in all.
    pub count: u64,
    /// How many of these are data: that is loss.
    pub unreadable: u64,
}

impl PassedOver {
    /// As many as are named: what fits on a screen.
    pub const NAMED: usize = 20;

    /// Passes over a paper.
    pub(super) fn paper(&mut self, path: &Path) {
        self.count += 1;
        if self.files.len() < Self::NAMED {
            self.files.push(path.display().to_string());
        }
    }

    /// Passes over data that cannot be read.
    pub(super) fn data(&mut self, path: &Path) {
        self.count += 1;
        let at = usize::try_from(self.unreadable).unwrap_or(usize::MAX);
        self.unreadable += 1;
        if at < Self::NAMED {
            self.files.insert(at, path.display().to_string());
            self.files.truncate(Self::NAMED);
        }
    }

    /// How many are not named.
    pub fn more(&self) -> u64 {
        self.count - self.files.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_named_first_and_no_more_than_twenty() {
        let mut passed = PassedOver::default();
        for paper in 0..25 {
            passed.paper(Path::new(&format!("paper-{paper}")));
        }
        passed.data(Path::new("a.xz"));
        passed.data(Path::new("b.xz"));
        assert_eq!((passed.count, passed.unreadable, passed.more()), (27, 2, 7));
        assert_eq!(passed.files[..3], ["a.xz", "b.xz", "paper-0"]);
        assert_eq!(passed.files.len(), PassedOver::NAMED);
    }
}
