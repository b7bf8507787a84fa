//! Where a run may write: what the path given as output folder is, and whether it may be taken.
//!
//! A run's folder appears by rename, so it needs a name, a parent on the same file system, and
//! nothing of anybody else's at that name. A folder counts as a run's output if its `run.json`
//! says that wirecopy wrote it and lists everything that lies in it: a notebook that a user put
//! beside the tables makes it foreign (`foreign.rs`).

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::OutputError;
use super::foreign::why_foreign;

/// The mark of success, written last.
pub(super) const RUN_FILE: &str = "run.json";
/// The program named in it.
pub(super) const PROGRAM: &str = "wirecopy";
/// Left in any folder by a file manager, by no program of ours.
pub(super) const STRAY: &str = ".DS_Store";

/// What is at the output path.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Occupant {
    /// Nothing.
    Nobody,
    /// An empty folder.
    EmptyFolder,
    /// A folder with something in it.
    Folder,
}

/// An output path, resolved: absolute, without links, `.` and `..`.
#[derive(Clone, Debug)]
pub(super) struct Destination {
    /// The folder.
    pub(super) dir: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Destination {
    /// Resolves `asked` and checks everything that can be known without touching the disk:
    /// its name, the inputs and the working folder.
    pub(super) fn resolve(asked: &Path, inputs: &[PathBuf]) -> Result<Destination, OutputError> {
        let no_name = || OutputError::NoName {
            dir: asked.to_owned(),
        };
        // `a/.` and `a/` have the name `a`; `.`, `..`, `/` and the empty path have none.
        asked.file_name().ok_or_else(no_name)?;
        let dir = resolve(asked)?;
        let name = dir.file_name().ok_or_else(no_name)?.to_owned();
        let parent = dir.parent().ok_or_else(no_name)?.to_owned();
        for input in inputs {
            if input.as_os_str() == "-" {
                continue;
            }
            let resolved = resolve(input)?;
            if dir.starts_with(&resolved) || resolved.starts_with(&dir) {
                return Err(OutputError::OnInput {
                    dir: asked.to_owned(),
                    input: input.clone(),
                });
            }
        }
        if let Ok(working) = env::current_dir().and_then(fs::canonicalize)
            && working.starts_with(&dir)
        {
            return Err(OutputError::WorkingFolder {
                dir: asked.to_owned(),
                working,
            });
        }
        Ok(Destination { dir, parent, name })
    }

    /// The folder this one lies in.
    pub(super) fn parent(&self) -> &Path {
        &self.parent
    }

    /// The folder beside this one whose name goes on with `suffix`.
    pub(super) fn named_with(&self, suffix: &str) -> Destination {
        let mut name = self.name.clone();
        name.push(suffix);
        Destination {
            dir: self.parent.join(&name),
            parent: self.parent.clone(),
            name,
        }
    }

    /// A hidden path beside the folder, named after it: `.DIR.wirecopy-PURPOSE`.
    pub(super) fn beside(&self, purpose: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".wirecopy-");
        name.push(purpose);
        self.parent.join(name)
    }

    /// What is there now; an error if it may not be replaced.
    pub(super) fn check(&self, force: bool) -> Result<Occupant, OutputError> {
        let dir = || self.dir.clone();
        match fs::metadata(&self.dir) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => {
                return Err(OutputError::NotAFolder {
                    dir: dir(),
                    found: "a file",
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if self.dir.is_symlink() {
                    return Err(OutputError::NotAFolder {
                        dir: dir(),
                        found: "a link that leads nowhere",
                    });
                }
                return Ok(Occupant::Nobody);
            }
            Err(source) => return Err(OutputError::io("look at", &self.dir)(source)),
        }
        if is_mount_point(&self.dir, &self.parent) {
            return Err(OutputError::MountPoint { dir: dir() });
        }
        let entries = entries(&self.dir)?;
        let Some(found) = entries.first() else {
            return Ok(Occupant::EmptyFolder);
        };
        if !force {
            return Err(OutputError::NotEmpty {
                dir: dir(),
                found: found.clone(),
            });
        }
        match why_foreign(&self.dir, &entries)? {
            Some(reason) => Err(OutputError::Foreign { dir: dir(), reason }),
            None => Ok(Occupant::Folder),
        }
    }
}

/// The names in a folder, sorted.
pub(super) fn entries(dir: &Path) -> Result<Vec<String>, OutputError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(OutputError::io("read the folder", dir))? {
        let entry = entry.map_err(OutputError::io("read the folder", dir))?;
        if entry.file_name() != STRAY {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// The absolute path without links, `.` and `..`; what does not exist yet is taken as named.
fn resolve(path: &Path) -> Result<PathBuf, OutputError> {
    let absolute = std::path::absolute(path).map_err(OutputError::io("resolve", path))?;
    let mut existing = absolute.as_path();
    let mut missing = Vec::new();
    loop {
        match fs::canonicalize(existing) {
            Ok(mut resolved) => {
                for component in missing.into_iter().rev() {
                    match component {
                        Component::ParentDir => {
                            resolved.pop();
                        }
                        named => resolved.push(named),
                    }
                }
                return Ok(resolved);
            }
            Err(source) => match (existing.parent(), existing.components().next_back()) {
                (Some(parent), Some(last)) => {
                    missing.push(last);
                    existing = parent;
                }
                _ => return Err(OutputError::io("resolve", path)(source)),
            },
        }
    }
}

/// Whether renaming the folder would fail because a file system is mounted on it.
fn is_mount_point(dir: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path| fs::metadata(path).map(|found| found.dev());
    if let (Ok(own), Ok(above)) = (device(dir), device(parent))
        && own != above
    {
        return true;
    }
    // A folder bound from the same file system has its device number.
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        if let Ok(found) = statx(CWD, dir, AtFlags::empty(), StatxFlags::empty()) {
            return found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = fs::canonicalize(dir.path()).unwrap();
        (dir, path)
    }

    fn resolved(path: &Path) -> PathBuf {
        Destination::resolve(path, &[]).unwrap().dir
    }

    #[test]
    fn slashes_dots_and_links_lead_to_one_folder() {
        let (_keep, root) = root();
        fs::create_dir(root.join("real")).unwrap();
        std::os::unix::fs::symlink(root.join("real"), root.join("link")).unwrap();
        let want = root.join("real/out");
        for way in [
            "real/out/",
            "real/./out",
            "real/out/.",
            "link/out",
            "real/no/../out",
        ] {
            assert_eq!(resolved(&root.join(way)), want, "{way}");
        }
        assert_eq!(resolved(&root.join("link")), root.join("real"));
        assert_eq!(
            Destination::resolve(&want, &[]).unwrap().beside("staging"),
            root.join("real/.out.wirecopy-staging")
        );
    }

    #[test]
    fn a_path_without_a_name_is_refused() {
        for nameless in [".", "..", "/", "", "./..", "a/.."] {
            let refused = Destination::resolve(Path::new(nameless), &[]).unwrap_err();
            assert!(
                matches!(refused, OutputError::NoName { .. }),
                "{nameless}: {refused}"
            );
        }
    }

    #[test]
    fn the_working_folder_is_not_replaced() {
        let working = env::current_dir().unwrap();
        let refused = Destination::resolve(&working, &[]).unwrap_err();
        assert!(
            matches!(refused, OutputError::WorkingFolder { .. }),
            "{refused}"
        );
    }

    #[test]
    fn an_output_on_an_input_is_refused() {
        let (_keep, root) = root();
        fs::create_dir(root.join("news")).unwrap();
        fs::write(root.join("news/day.jsonl"), "").unwrap();
        std::os::unix::fs::symlink(root.join("news"), root.join("alias")).unwrap();
        for (dir, input) in [
            ("news", "news/day.jsonl"),
            ("news/out", "news"),
            ("news", "news"),
            ("alias/out", "news"),
            ("news", "alias/day.jsonl"),
            ("missing", "missing"),
        ] {
            let refused = Destination::resolve(&root.join(dir), &[root.join(input)]).unwrap_err();
            assert!(
                matches!(refused, OutputError::OnInput { .. }),
                "{dir} {input}: {refused}"
            );
        }
        let apart = [root.join("news/day.jsonl"), PathBuf::from("-")];
        Destination::resolve(&root.join("news/out"), &apart).unwrap();
        Destination::resolve(&root.join("news/day.jsonl.out"), &apart).unwrap();
    }

    #[test]
    fn a_file_or_a_broken_link_is_no_folder() {
        let (_keep, root) = root();
        fs::write(root.join("file"), "").unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("broken")).unwrap();
        for name in ["file", "broken"] {
            let destination = Destination::resolve(&root.join(name), &[]).unwrap();
            let refused = destination.check(true).unwrap_err();
            assert!(
                matches!(refused, OutputError::NotAFolder { .. }),
                "{name}: {refused}"
            );
        }
    }

    #[test]
    fn only_a_folder_that_is_all_ours_may_be_replaced() {
        let (_keep, root) = root();
        let dir = root.join("out");
        fs::create_dir(&dir).unwrap();
        let check = |force| Destination::resolve(&dir, &[]).unwrap().check(force);
        assert_eq!(check(false).unwrap(), Occupant::EmptyFolder);
        fs::write(dir.join("clusters.jsonl"), "").unwrap();
        assert!(matches!(check(false), Err(OutputError::NotEmpty { .. })));
        assert!(matches!(check(true), Err(OutputError::Foreign { .. })));
        for foreign in [
            "{",
            r#"{"program":"other"}"#,
            r#"{"program":"wirecopy","files":[]}"#,
            "[]",
        ] {
            fs::write(dir.join(RUN_FILE), foreign).unwrap();
            assert!(
                matches!(check(true), Err(OutputError::Foreign { .. })),
                "{foreign}"
            );
        }
        let ours = r#"{"program":"wirecopy","files":["clusters.jsonl"]}"#;
        fs::write(dir.join(RUN_FILE), ours).unwrap();
        assert_eq!(check(true).unwrap(), Occupant::Folder);
        assert!(matches!(check(false), Err(OutputError::NotEmpty { .. })));
        fs::write(dir.join("notes.txt"), "").unwrap();
        let refused = check(true).unwrap_err().to_string();
        assert!(refused.contains("notes.txt"), "{refused}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_mount_point_is_distinguished_from_a_folder() {
        assert!(is_mount_point(Path::new("/proc"), Path::new("/")));
        assert!(!is_mount_point(Path::new("/proc/self"), Path::new("/proc")));
    }
}
