//! Whole folders.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// Copies what is in a folder into another, which may be there already.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The Rust sources in the folder of a package, and not those of packages in it, in the order of their paths.
pub(crate) fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() && !path.join("Cargo.toml").exists() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

/// Removes a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io};

    use super::sources;

    #[test]
    fn sources_are_those_of_one_package() -> io::Result<()> {
        let package = tempfile::tempdir()?;
        for file in [
            "Cargo.toml",
            "tests/b/main.rs",
            "tests/b/list.csv",
            "src/a.rs",
            "inner/Cargo.toml",
            "inner/c.rs",
        ] {
            let file = package.path().join(file);
            fs::create_dir_all(file.parent().expect("a folder"))?;
            fs::write(file, "")?;
        }
        let expected = ["src/a.rs", "tests/b/main.rs"].map(|file| package.path().join(file));
        assert_eq!(sources(package.path())?, expected);
        Ok(())
    }
}
