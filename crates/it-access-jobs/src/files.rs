//! Files that are there as a whole or not at all, and that only their owner can read.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use tempfile::{Builder, NamedTempFile};

/// A file that nobody sees before it is kept. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Pending(NamedTempFile);

impl Pending {
    /// Begins a file in the same folder as `path`.
    pub(crate) fn beside(path: &Path) -> io::Result<Self> {
        Builder::new().prefix(".new-").tempfile_in(folder(path)).map(Self)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn as_file_mut(&mut self) -> &mut File {
        self.0.as_file_mut()
    }

    /// Gives the file its name, once it is safe on the disk.
    pub(crate) fn keep(self, path: &Path, replaces: bool) -> io::Result<()> {
        self.0.as_file().sync_all()?;
        // Opened before, so that a folder that cannot be read is no failure of a file that is there.
        let folder = Folder::open(folder(path))?;
        match replaces {
            true => self.0.persist(path).map_err(|error| error.error)?,
            false => self.0.persist_noclobber(path).map_err(|error| error.error)?,
        };
        folder.sync()
    }
}

/// Makes a folder that only its owner can look into, unless it is there.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A folder by a path that no function takes for none: that of a bare file name is empty.
pub(crate) fn named(folder: &Path) -> &Path {
    match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    }
}

fn folder(path: &Path) -> &Path {
    named(path.parent().unwrap_or(Path::new("")))
}

/// A folder whose names are to be as safe as the content of its files.
#[cfg(unix)]
struct Folder(File);

#[cfg(unix)]
impl Folder {
    fn open(path: &Path) -> io::Result<Self> {
        File::open(path).map(Self)
    }

    fn sync(&self) -> io::Result<()> {
        use io::ErrorKind::{InvalidInput, Unsupported};

        match self.0.sync_all() {
            // Some file systems write down names in order, and know no more.
            Err(error) if matches!(error.kind(), InvalidInput | Unsupported) => Ok(()),
            synced => synced,
        }
    }
}

/// Elsewhere a folder cannot be opened; the system writes its names down in order.
#[cfg(not(unix))]
struct Folder;

#[cfg(not(unix))]
impl Folder {
    fn open(_: &Path) -> io::Result<Self> {
        Ok(Self)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}
