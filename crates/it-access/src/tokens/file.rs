//! A token in a file.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{TokenError, TokenProvider};
use crate::{AccessToken, BoxFuture};

/// No token is longer, in bytes; a larger file is some other one.
const LARGEST: usize = 64 * 1024;

/// A token in a file, read anew for each request, so that another program can keep it fresh.
///
/// The file holds the token and nothing else, but for one line break at its end. On Unix it must not be open to others
/// than its owner and group (`chmod o-rwx`). A program that writes it should write another file and rename that one, so
/// that half a token is never read.
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

impl TokenFile {
    /// Names the file. It need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl TokenProvider for TokenFile {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let path = self.path.clone();
        Box::pin(async {
            // The file may lie on a network, which would hold up everything else.
            let reading = tokio::task::spawn_blocking(move || read(&path));
            reading.await.unwrap_or_else(|error| {
                Err(TokenError::new("reading the token file was broken off").with_source(error))
            })
        })
    }

    /// Does nothing: the file is read anew anyway.
    fn refuse(&self, _token: &AccessToken) {}
}

fn read(path: &Path) -> Result<AccessToken, TokenError> {
    let failed =
        |problem: &str| TokenError::new(format!("the token file {} {problem}", path.display()));
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            failed("does not exist; write the access token to it").permanent()
        }
        io::ErrorKind::PermissionDenied => {
            failed("may not be read by this user; change its owner or its permissions")
                .permanent()
                .with_source(error)
        }
        _ => failed("cannot be read").with_source(error),
    };

    let file = open(path).map_err(unreadable)?;
    // Asked of the open file, and not of the path, which may lead to another file a moment later.
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        let problem =
            "is no regular file; name a file that holds the access token and nothing else";
        return Err(failed(problem).permanent());
    }
    if is_open_to_others(&metadata) {
        let problem = "is open to all users of this machine; close it: chmod o-rwx";
        return Err(failed(&format!("{problem} {}", path.display())).permanent());
    }

    let mut text = Vec::new();
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() > LARGEST {
        return Err(failed("is larger than 64 KiB, and so holds no access token").permanent());
    }
    parse(&text).map_err(|error| failed("holds no access token").permanent().with_source(error))
}

/// Opens a file for reading, without waiting for a writer if it is a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    File::options().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
fn is_open_to_others(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    metadata.mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_metadata: &Metadata) -> bool {
    false
}

/// Parses what was read, less the end of its line and the byte-order mark that some editors put in front.
fn parse(text: &[u8]) -> Result<AccessToken, crate::InvalidInput> {
    let text = String::from_utf8_lossy(text);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let line = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    line.unwrap_or(text).parse()
}
