//! A derived file, and whether it is fresh.

use std::{
    fs, io,
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

    /// Compares with what is on the disk: a unified diff, or nothing if the file is fresh.
    ///
    /// # Errors
    ///
    /// If the file is there, but cannot be read.
    pub fn stale(&self, root: &Path) -> io::Result<Option<String>> {
        let present = match fs::read_to_string(root.join(&self.path)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        if present == self.content {
            return Ok(None);
        }
        let path = self.path.display().to_string();
        let diff = TextDiff::from_lines(&present, &self.content)
            .unified_diff()
            .header(&path, &format!("{path} (fresh)"))
            .to_string();
        Ok(Some(diff))
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
