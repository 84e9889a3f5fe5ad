//! Checksums that `sha256sum --check` reads.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Lists files, each by its name and its content, as `sha256sum` does.
///
/// # Examples
///
/// ```
/// let sums = it_access_codegen::sha256sums([("empty.json", "")]);
/// let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(sums, format!("{empty}  empty.json\n"));
/// ```
pub fn sha256sums<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    files.into_iter().fold(String::new(), |mut sums, (name, content)| {
        for byte in Sha256::digest(content) {
            // Writing to a string does not fail.
            let _ = write!(sums, "{byte:02x}");
        }
        sums + "  " + name + "\n"
    })
}
