//! Where a secret is. Never in an argument: arguments are visible to all users of the machine.

use std::{
    env::{self, VarError},
    fmt,
    fs::{File, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::{astray::reads_like_a_name, keyring::Entry};

/// No secret is longer, in bytes; a larger file is some other one.
const LONGEST: u64 = 64 * 1024;

/// Where a secret is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Variable(String),
    File(PathBuf),
    StandardInput,
    /// An entry of the system's keyring.
    Keyring(String),
}

impl Place {
    /// A file, of which `-` is standard input.
    pub(crate) fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        if path == Path::new("-") { Self::StandardInput } else { Self::File(path) }
    }

    /// Reads the secret, less the end of its line and the byte-order mark that some editors put in front. The error says
    /// where it was looked for, and not what was found.
    pub(crate) fn read(&self) -> anyhow::Result<String> {
        let read = match self {
            Self::Variable(name) => from_variable(name),
            Self::File(path) => from_file(path),
            Self::StandardInput => from_reader(io::stdin()),
            Self::Keyring(entry) => Entry::open(entry).and_then(|entry| entry.read()),
        };
        read.map(trimmed).with_context(|| self.to_string())
    }
}

/// An entry's name may be the secret itself, which somebody has put there. Those of variables and files are known to be none.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => f.write_str(name),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::StandardInput => f.write_str("standard input"),
            Self::Keyring(entry) if reads_like_a_name(entry) => {
                write!(f, "the keyring's entry {entry}")
            }
            Self::Keyring(_) => f.write_str("the keyring's entry [hidden]"),
        }
    }
}

fn from_variable(name: &str) -> anyhow::Result<String> {
    match env::var(name) {
        Ok(text) => Ok(text),
        Err(VarError::NotPresent) => bail!("is not set"),
        // The error would print the value.
        Err(VarError::NotUnicode(_)) => bail!("is not valid UTF-8"),
    }
}

fn from_file(path: &Path) -> anyhow::Result<String> {
    let file = File::open(path)?;
    if is_open_to_others(&file.metadata()?) {
        bail!("is open to all users of this machine; close it: chmod o-rwx {}", path.display());
    }
    from_reader(file)
}

fn from_reader(reader: impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    let length = reader.take(LONGEST + 1).read_to_string(&mut text)?;
    if u64::try_from(length)? > LONGEST {
        bail!("too long for a secret");
    }
    Ok(text)
}

fn trimmed(text: String) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    text.trim_end_matches(['\r', '\n']).to_owned()
}

/// Whether it is a file that every user can read. A pipe has no permissions to look at.
#[cfg(unix)]
fn is_open_to_others(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    metadata.is_file() && metadata.mode() & 0o007 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_metadata: &Metadata) -> bool {
    false
}
