//! What the command is made of, as cargo tells it: exactly what a release build compiles.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use serde::Deserialize;

use crate::process::output_of;
use crate::workspace::cargo;

/// The packages that a package depends on, itself included.
#[derive(Debug, Default)]
pub(super) struct Dependencies {
    /// The package itself.
    pub(super) root: Key,
    pub(super) packages: BTreeMap<Key, Package>,
}

/// Name and version.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) version: String,
}

/// A package.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Package {
    /// Its license, as an expression of SPDX.
    pub(super) license: String,
    pub(super) repository: String,
    /// Whether it is in the program, and not only needed to build it.
    pub(super) linked: bool,
    pub(super) depends_on: Vec<Key>,
    /// The SHA-256 of its source in a registry.
    pub(super) checksum: Option<String>,
}

impl Dependencies {
    /// Asks cargo, and `Cargo.lock` for the checksums.
    ///
    /// # Errors
    ///
    /// If cargo fails, or says what cannot be read.
    pub(super) fn of(root: &Path, package: &str) -> anyhow::Result<Self> {
        let tree = |edges: &str| {
            output_of(cargo().current_dir(root).args([
                "tree",
                "--locked",
                "--package",
                package,
                "--edges",
                edges,
                "--prefix=depth",
                "--format={p}\t{l}\t{r}\t",
            ]))
        };
        let mut dependencies = Self::parse(&tree("normal,build")?)?;
        for key in Self::parse(&tree("normal,no-proc-macro")?)?.packages.into_keys() {
            dependencies.packages.entry(key).or_default().linked = true;
        }
        dependencies.add_checksums(&fs::read_to_string(root.join("Cargo.lock"))?)?;
        Ok(dependencies)
    }

    /// Reads lines of a depth, a package, its license and its repository. Each package comes with what it depends on when
    /// it is named first.
    fn parse(tree: &str) -> anyhow::Result<Self> {
        let mut dependencies = Self::default();
        let mut path: Vec<Key> = Vec::new();
        for line in tree.lines() {
            let (depth, key, package) = parse_line(line).with_context(|| format!("{line:?}"))?;
            path.truncate(depth);
            match path.last().and_then(|dependent| dependencies.packages.get_mut(dependent)) {
                Some(dependent) if dependent.depends_on.contains(&key) => {}
                Some(dependent) => dependent.depends_on.push(key.clone()),
                None => dependencies.root = key.clone(),
            }
            dependencies.packages.entry(key.clone()).or_insert(package);
            path.push(key);
        }
        dependencies.packages.values_mut().for_each(|package| package.depends_on.sort());
        Ok(dependencies)
    }

    fn add_checksums(&mut self, lock: &str) -> anyhow::Result<()> {
        for Locked { name, version, checksum } in toml::from_str::<Lock>(lock)?.package {
            if let Some(package) = self.packages.get_mut(&Key { name, version }) {
                package.checksum = checksum;
            }
        }
        Ok(())
    }
}

fn parse_line(line: &str) -> Option<(usize, Key, Package)> {
    let [package, license, repository, _] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let digits = package.find(|c: char| !c.is_ascii_digit())?;
    let (depth, package) = package.split_at(digits);
    // After the version comes where a package of ours lies, or that it is a macro.
    let mut words = package.split(' ');
    let name = words.next()?.to_owned();
    let version = words.next()?.strip_prefix('v')?.to_owned();
    let package = Package {
        // Older packages write the alternatives so.
        license: license.replace('/', " OR "),
        repository: repository.to_owned(),
        ..Package::default()
    };
    Some((depth.parse().ok()?, Key { name, version }, package))
}

/// `Cargo.lock`.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    checksum: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn key(name: &str) -> Key {
        Key { name: name.to_owned(), version: "1.0.0".to_owned() }
    }

    #[test]
    fn reads_what_cargo_and_its_lock_file_say() {
        let tree = "0tool v1.0.0 (/home/me/tool)\tMIT\t\t\n\
            1macro v1.0.0 (proc-macro)\tMIT/Apache-2.0\thttps://host/macro\t\n\
            2base v1.0.0\tZlib\t\t\n\
            1base v1.0.0\tZlib\t\t\n\
            1other v1.0.0\tMIT\t\t\n\
            2macro v1.0.0 (proc-macro)\tMIT/Apache-2.0\thttps://host/macro\t (*)\n";
        let mut dependencies = Dependencies::parse(tree).unwrap();
        let lock = "[[package]]\nname = 'base'\nversion = '1.0.0'\nchecksum = 'abc'\n";
        dependencies.add_checksums(lock).unwrap();

        assert_eq!(dependencies.root, key("tool"));
        let depends_on = |name| &dependencies.packages[&key(name)].depends_on;
        assert_eq!(depends_on("tool"), &["base", "macro", "other"].map(key));
        assert_eq!(depends_on("macro"), &["base"].map(key));
        assert_eq!(depends_on("other"), &["macro"].map(key));
        assert_eq!(dependencies.packages[&key("macro")].license, "MIT OR Apache-2.0");
        assert_eq!(dependencies.packages[&key("base")].checksum.as_deref(), Some("abc"));
        assert_eq!(dependencies.packages.len(), 4);
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for line in ["", "0tool\tMIT\t\t", "tool v1\tMIT\t\t", "0tool v1.0.0\tMIT"] {
            assert!(Dependencies::parse(&format!("{line}\n")).is_err(), "{line}");
        }
    }
}
