//! What a released version of a library promised, and what breaks it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use anyhow::Context;

/// The public items of a released version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Promise {
    version: String,
    listing: String,
}

impl Promise {
    pub(super) fn new(version: &str, listing: &str) -> Self {
        Self { version: version.to_owned(), listing: listing.to_owned() }
    }

    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// Whether `version` may break it, by the rules of semantic versioning as cargo reads them.
    pub(super) fn is_void_in(&self, version: &str) -> bool {
        breaking_part(&self.version) != breaking_part(version)
    }

    /// The next version that may break it.
    pub(super) fn next_to_break(&self) -> String {
        match breaking_part(&self.version) {
            (0, minor) => format!("0.{}.0", minor + 1),
            (major, _) => format!("{}.0.0", major + 1),
        }
    }

    /// What is missing in `listing`, or new where nothing can be added without breaking something.
    ///
    /// More is found than breaks: whether a structure has private fields, so that nobody can build it or take it apart, is
    /// not in a listing.
    pub(super) fn broken_by(&self, listing: &str) -> Vec<String> {
        let before: BTreeSet<&str> = self.listing.lines().collect();
        let now: BTreeSet<&str> = listing.lines().collect();
        let missing = before.difference(&now).map(|line| format!("missing: {line}"));
        let closed =
            now.difference(&before).filter(|line| before.iter().any(|it| is_closed_to(it, line)));
        missing.chain(closed.map(|line| format!("new, and not optional: {line}"))).collect()
    }
}

/// Whether what `container` names cannot take `member` without breaking who matches on it, builds it or implements it.
fn is_closed_to(container: &str, member: &str) -> bool {
    let Some((parent, _)) = path(member).rsplit_once("::") else { return false };
    if path(container) != parent {
        return false;
    }
    let is_data = !["fn ", "type ", "const "].iter().any(|kind| member.contains(kind));
    match container.split_whitespace().nth(1) {
        Some("trait") => !member.ends_with("{ … }"),
        Some("enum" | "struct") => is_data,
        _ => false,
    }
}

/// The path of the item that a line lists.
fn path(line: &str) -> &str {
    let word = line.split_whitespace().find(|word| word.contains("::")).unwrap_or(line);
    let end = word.find(['(', '<', '=']).unwrap_or(word.len());
    word[..end].trim_end_matches([':', ','])
}

/// The part of a version that says what may break: the major number or, before 1.0, the minor one.
fn breaking_part(version: &str) -> (u64, u64) {
    let mut numbers = version.split('.').map_while(|number| number.parse().ok());
    let mut next = || numbers.next().unwrap_or(0);
    match next() {
        0 => (0, next()),
        major => (major, 0),
    }
}

/// The first line of a file names the version.
impl FromStr for Promise {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (first, listing) = text.split_once('\n').unwrap_or((text, ""));
        let version = first.strip_prefix("# ").context("the first line names no version")?;
        Ok(Self::new(version, listing))
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "# {}\n{}", self.version, self.listing)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    const RELEASED: &str = "\
#[non_exhaustive] pub enum lamp::Color
pub lamp::Color::Red
impl core::marker::Send for lamp::Lamp
pub enum lamp::State
pub lamp::State::On
pub struct lamp::Lamp
pub lamp::Lamp::watts: u32
pub fn lamp::Lamp::switch(&self, lamp::State) -> bool
pub trait lamp::Socket: core::fmt::Debug
pub fn lamp::Socket::plug(&mut self)
";

    #[test]
    fn what_is_taken_away_or_forced_on_somebody_breaks() {
        let promise = Promise::new("0.1.0", RELEASED);
        let cases = [
            ("impl core::marker::Send for lamp::Lamp\n", "", true),
            ("switch(&self, lamp::State) -> bool", "switch(&self) -> bool", true),
            ("#[non_exhaustive] pub enum lamp::Color\n", "pub enum lamp::Color\n", true),
            ("", "pub lamp::State::Broken\n", true),
            ("", "pub lamp::Lamp::volts: u32\n", true),
            ("", "pub fn lamp::Socket::unplug(&mut self)\n", true),
            ("", "pub type lamp::Socket::Plug\n", true),
            ("", "pub fn lamp::Socket::unplug(&mut self) { … }\n", false),
            ("", "pub lamp::Color::Blue\n", false),
            ("", "pub fn lamp::State::is_on(&self) -> bool\n", false),
            ("", "pub const fn lamp::Lamp::new<C>(lamp::State) -> Self\n", false),
            ("", "impl core::clone::Clone for lamp::Lamp\n", false),
            ("", "pub struct lamp::Shade\n", false),
            ("", "", false),
        ];
        for (part, replacement, breaks) in cases {
            let listing = RELEASED.replacen(part, replacement, 1);
            let broken = promise.broken_by(&listing);
            assert_eq!(!broken.is_empty(), breaks, "{part:?} → {replacement:?}: {broken:?}");
        }
    }

    #[test]
    fn a_version_is_read_as_cargo_reads_it() {
        let cases = [
            ("0.1.0", "0.1.9", false, "0.2.0"),
            ("0.1.0", "0.2.0", true, "0.2.0"),
            ("0.9.3", "1.0.0", true, "0.10.0"),
            ("1.2.3", "1.9.0", false, "2.0.0"),
            ("1.2.3", "2.0.0", true, "2.0.0"),
        ];
        for (released, present, void, next) in cases {
            let promise = Promise::new(released, "");
            assert_eq!(promise.is_void_in(present), void, "{released} {present}");
            assert_eq!(promise.next_to_break(), next, "{released}");
        }
    }

    #[test]
    fn a_promise_is_read_as_it_was_written() {
        let promise = Promise::new("0.1.0", RELEASED);
        assert_eq!(promise.to_string().parse::<Promise>().unwrap(), promise);
    }
}
