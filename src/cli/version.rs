//! `--version`, in full: what must be known of the program to look into a result or a fault.

use std::sync::LazyLock;

use wirecopy::sketch::Kernel;

/// What was built, for what, and what of this machine it uses. The commit is known if who built it said so, in
/// `WIRECOPY_COMMIT`; `-V` is the number alone.
pub(super) fn long() -> &'static str {
    static LONG: LazyLock<String> = LazyLock::new(|| {
        let commit = option_env!("WIRECOPY_COMMIT").unwrap_or("not known");
        let environment = if cfg!(target_env = "musl") {
            "-musl"
        } else if cfg!(target_env = "gnu") {
            "-gnu"
        } else if cfg!(target_env = "msvc") {
            "-msvc"
        } else {
            ""
        };
        format!(
            "{}\ncommit        {commit}\ntarget        {}-{}{environment}\ninstructions  {}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::ARCH,
            std::env::consts::OS,
            match Kernel::detect() {
                Kernel::Avx512 => "AVX-512",
                Kernel::Avx2 => "AVX2",
                _ => "those that every machine has",
            }
        )
    });
    &LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_what_runs_here() {
        let lines: Vec<&str> = long().lines().collect();
        assert_eq!(lines[0], env!("CARGO_PKG_VERSION"));
        assert!(lines[2].contains(std::env::consts::ARCH), "{lines:?}");
        assert_eq!(lines.len(), 4);
    }
}
