//! The licenses of the libraries in the program, which demand to go with it.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;
use serde::Deserialize;

use super::dependencies::{Dependencies, Key};
use crate::process::output_of;
use crate::workspace::cargo;

/// How the names of files begin that hold a license, in upper case.
const NAMES: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"];

/// Lists the libraries with their licenses, and then each text once, with the libraries that it came with.
///
/// # Errors
///
/// If cargo does not say where the libraries are, or they cannot be read.
pub(super) fn notices(root: &Path, dependencies: &Dependencies) -> anyhow::Result<String> {
    let folders = folders(root)?;
    let mut list = String::new();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // What has a checksum comes from others.
    let linked = dependencies.packages.iter().filter(|(_, package)| package.linked);
    for (key, package) in linked.filter(|(_, package)| package.checksum.is_some()) {
        let name = format!("{} {}", key.name, key.version);
        writeln!(list, "{name}: {}, {}", package.license, package.repository)?;
        let folder = folders.get(key).with_context(|| name.clone())?;
        for text in license_texts(folder).with_context(|| name.clone())? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    let mut notices = format!(
        "The command it-access contains these libraries. Each stands with its license and the address of its source; the \
         texts of the licenses follow, as far as the libraries bring them.\n\n{list}"
    );
    for (text, names) in by_first_name(texts) {
        let line = "-".repeat(80);
        write!(notices, "\n{line}\n{}\n{line}\n\n{}\n", names.join(", "), text.trim())?;
    }
    Ok(notices)
}

fn by_first_name(texts: BTreeMap<String, Vec<String>>) -> Vec<(String, Vec<String>)> {
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by(|(text, names), (other_text, other_names)| {
        (names, text).cmp(&(other_names, other_text))
    });
    texts
}

/// The texts of the licenses in a folder, in the order of the files' names.
fn license_texts(folder: &Path) -> io::Result<Vec<String>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if entry.file_type()?.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            files.push(entry.path());
        }
    }
    files.sort();
    files.iter().map(|file| Ok(fs::read_to_string(file)?.replace("\r\n", "\n"))).collect()
}

/// Where each package lies.
fn folders(root: &Path) -> anyhow::Result<BTreeMap<Key, PathBuf>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Located>,
    }

    #[derive(Deserialize)]
    struct Located {
        name: String,
        version: String,
        manifest_path: PathBuf,
    }

    let arguments = ["metadata", "--locked", "--format-version", "1"];
    let metadata = output_of(cargo().current_dir(root).args(arguments))?;
    let packages = serde_json::from_str::<Metadata>(&metadata)?.packages.into_iter();
    let folders = packages.filter_map(|Located { name, version, manifest_path }| {
        Some((Key { name, version }, manifest_path.parent()?.to_owned()))
    });
    Ok(folders.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn finds_the_licenses_of_a_package() {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("LICENSE-MIT", "two\r\nlines"),
            ("License.txt", "three"),
            ("COPYING", "one"),
            ("README.md", "no license"),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        assert_eq!(license_texts(folder.path()).unwrap(), ["one", "two\nlines", "three"]);
    }

    #[test]
    fn texts_stand_in_the_order_of_the_packages() {
        let texts = [("b", ["x", "y"]), ("a", ["z", "z"]), ("c", ["w", "x"])];
        let texts = texts.map(|(text, names)| (text.to_owned(), names.map(str::to_owned).into()));
        let sorted = by_first_name(BTreeMap::from(texts)).into_iter().map(|(text, _)| text);
        assert_eq!(sorted.collect::<Vec<_>>(), ["c", "b", "a"]);
    }
}
