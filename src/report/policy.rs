//! Which script and style a page may run: only its own, named by hash.
//!
//! The Content-Security-Policy is in the page itself, so it holds where the page is opened
//! from disk. Nothing is fetched, no form is sent, no attribute is code. A browser compares the
//! SHA-256 of what is between the tags with the hashes of the policy.

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// The policy of a page with these inline scripts and this inline style.
pub(super) fn policy(scripts: &[&str], style: &str) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| source(script)).collect();
    format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        scripts.join(" "),
        source(style)
    )
}

/// An inline text as a source of a policy: `'sha256-…'`.
fn source(text: &str) -> String {
    format!(
        "'sha256-{}'",
        BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one-block vector of FIPS 180-2, appendix B.1, in base64.
    #[test]
    fn a_source_is_named_by_its_sha_256() {
        assert_eq!(
            source("abc"),
            "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='"
        );
    }
}
