//! A derived file, and whether it is fresh.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use similar::TextDiff;

/// A file that is derived from a document.
#[derive(Debug)]
pub struct Derived {
    /// Where it belongs, relative to some root.
    pub path: PathBuf,
    /// What it should hold.
    pub content: String,
}

impl Derived {
    pub(crate) fn new(path: impl Into<PathBuf>, content: String) -> Self {
        Self { path: path.into(), content }
    }

    /// Compares with what is on the disk: how it differs, or nothing if the file is fresh.
    ///
    /// # Errors
    ///
    /// If the file is there, but cannot be read.
    pub fn stale(&self, root: &Path) -> io::Result<Option<Stale<'_>>> {
        let present = match fs::read_to_string(root.join(&self.path)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        Ok((present != self.content).then_some(Stale { file: self, present }))
    }

    /// Its name, without the folder.
    pub(super) fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub(crate) fn write(&self, root: &Path) -> io::Result<()> {
        let path = root.join(&self.path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, &self.content)
    }
}

/// A file that is not fresh. It is displayed as a unified diff.
#[derive(Debug)]
pub struct Stale<'a> {
    file: &'a Derived,
    present: String,
}

impl fmt::Display for Stale<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.file.path.display().to_string();
        let diff = TextDiff::from_lines(&self.present, &self.file.content);
        write!(f, "{}", diff.unified_diff().header(&path, &format!("{path} (fresh)")))
    }
}
