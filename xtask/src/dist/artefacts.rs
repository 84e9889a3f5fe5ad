//! Files to publish, in memory, so that two builds can be compared byte for byte.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::folders;

/// Where a list of the others, with their checksums, stands.
pub(super) const SUMS: &str = "SHA256SUMS";

/// Files by their place below some folder, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Artefacts {
    files: BTreeMap<String, File>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct File {
    pub(super) content: Vec<u8>,
    pub(super) executable: bool,
}

impl Artefacts {
    pub(super) fn add(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        let file = File { content: content.into(), executable: false };
        self.files.insert(path.into(), file);
    }

    pub(super) fn add_program(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        let file = File { content: content.into(), executable: true };
        self.files.insert(path.into(), file);
    }

    pub(super) fn add_all(&mut self, others: Self) {
        self.files.extend(others.files);
    }

    /// Adds a file from the disk.
    pub(super) fn add_copy(&mut self, path: &str, source: &Path) -> io::Result<()> {
        self.add(path, fs::read(source)?);
        Ok(())
    }

    /// Adds each file of a folder of the disk, which has no folders in it.
    pub(super) fn add_copies(&mut self, folder: &str, source: &Path) -> io::Result<()> {
        for entry in fs::read_dir(source)? {
            let entry = entry?;
            let name = entry.file_name();
            self.add_copy(&format!("{folder}/{}", name.to_string_lossy()), &entry.path())?;
        }
        Ok(())
    }

    /// Adds a list of what is here, which `sha256sum --check` reads. What is in folders is not in it: a release has no folders, and
    /// whoever has downloaded all of it would be told of files that are missing.
    pub(super) fn add_sums(&mut self) {
        let mut sums = String::new();
        for (path, file) in self.files.iter().filter(|(path, _)| !path.contains('/')) {
            for byte in Sha256::digest(&file.content) {
                // Writing to a string does not fail.
                let _ = write!(sums, "{byte:02x}");
            }
            let _ = writeln!(sums, "  {path}");
        }
        self.add(SUMS, sums);
    }

    pub(super) fn files(&self) -> impl ExactSizeIterator<Item = (&str, &File)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The paths at which these and the others differ.
    pub(super) fn differences<'a>(&'a self, others: &'a Self) -> Vec<&'a str> {
        let (here, there) = (self.files.iter(), others.files.iter());
        let changed = here.filter(|(path, file)| others.files.get(*path) != Some(*file));
        let added = there.filter(|(path, _)| !self.files.contains_key(*path));
        changed.chain(added).map(|(path, _)| path.as_str()).collect()
    }

    /// Writes the files below `folder`, and nothing that was there before remains.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        folders::remove(folder)?;
        for (path, file) in &self.files {
            let path: PathBuf = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, &file.content)?;
            if file.executable {
                make_executable(&path)?;
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artefacts(files: &[(&str, &str)]) -> Artefacts {
        let mut artefacts = Artefacts::default();
        files.iter().for_each(|(path, content)| artefacts.add(*path, *content));
        artefacts
    }

    #[test]
    fn sums_are_those_of_sha256sum() {
        let mut artefacts = artefacts(&[("empty", ""), ("abc", "abc"), ("man/page.1", "a page")]);
        artefacts.add_sums();
        let (_, sums) = artefacts.files().find(|(path, _)| *path == SUMS).expect("the sums");
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  abc\n\
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n";
        assert_eq!(String::from_utf8_lossy(&sums.content), expected);
    }

    #[test]
    fn differences_are_seen_on_both_sides() {
        let one = artefacts(&[("same", "1"), ("changed", "1"), ("gone", "1")]);
        let other = artefacts(&[("same", "1"), ("changed", "2"), ("new", "1")]);
        assert_eq!(one.differences(&other), ["changed", "gone", "new"]);
        assert!(one.differences(&one).is_empty());
    }
}
