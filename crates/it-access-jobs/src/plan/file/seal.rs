//! What makes every change of a plan show, and where.

use sha2::{Digest, Sha256};

/// Follows the lines of a plan, in order.
#[derive(Debug, Default)]
pub(super) struct Seal(Sha256);

/// The digits of the digest that stand in each line.
const CHECK_BYTES: usize = 4;

impl Seal {
    /// Takes in a JSON object, and gives it back as a line with its check.
    pub(super) fn line(&mut self, object: &str) -> String {
        self.0.update(object);
        self.0.update("\n");
        let check = hexadecimal(&self.0.clone().finalize()[..CHECK_BYTES]);
        let open = object.strip_suffix('}').unwrap_or(object);
        format!("{open},\"check\":\"{check}\"}}")
    }

    /// Takes in a line, and gives back its JSON object if the line is as [`Seal::line`] wrote it.
    pub(super) fn object(&mut self, line: &str) -> Option<String> {
        let (open, _) = line.rsplit_once(",\"check\":\"")?;
        let object = format!("{open}}}");
        (self.line(&object) == line).then_some(object)
    }

    /// The SHA-256 of all lines.
    pub(super) fn sha256(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// The line that ends a plan.
pub(super) fn last_line(devices: usize, sha256: &str) -> String {
    format!("{{\"devices\":{devices},\"sha256\":\"{sha256}\"}}")
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
