//! Where the access token comes from. Never from an argument: arguments are visible to all users of the machine.

use std::{
    env,
    fs::File,
    io::{self, Read},
    path::{Path, is_separator},
};

use anyhow::{Context, bail};
use it_access::AccessToken;

pub(crate) const VARIABLE: &str = "IT_ACCESS_TOKEN";

/// No token is longer, in bytes; a larger file is some other one.
const LONGEST: u64 = 16 * 1024;

/// Reads the token from `file`, of which `-` is standard input, or from the environment.
pub(crate) fn read(file: Option<&Path>) -> anyhow::Result<AccessToken> {
    match file {
        Some(path) if path == Path::new("-") => {
            from_reader(io::stdin()).and_then(parse).context("standard input")
        }
        Some(path) => from_file(path),
        None => match env::var(VARIABLE) {
            Ok(text) => parse(text).context(VARIABLE),
            Err(env::VarError::NotPresent) => bail!(
                "there is no access token: set {VARIABLE}, or name a file by --token-file \
                 (- is standard input); to try without one, add --simulate"
            ),
            // The error would print the value.
            Err(env::VarError::NotUnicode(_)) => bail!("{VARIABLE} is not valid UTF-8"),
        },
    }
}

fn from_file(path: &Path) -> anyhow::Result<AccessToken> {
    if !path.exists() && !looks_like_a_file(path) {
        bail!("there is no such token file (is the token itself given in place of a file's name?)");
    }
    File::open(path)
        .map_err(anyhow::Error::from)
        .and_then(from_reader)
        .and_then(parse)
        .with_context(|| format!("token file {}", path.display()))
}

/// Whether a path has a folder, or an ending and no more dots than that: then it is no token, which must not be repeated.
fn looks_like_a_file(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.contains(is_separator) || text.matches('.').count() == 1
}

fn from_reader(reader: impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    let length = reader.take(LONGEST + 1).read_to_string(&mut text)?;
    if u64::try_from(length)? > LONGEST {
        bail!("too long for an access token");
    }
    Ok(text)
}

/// Parses what was read, less the end of its line and the byte-order mark that some editors put in front.
fn parse(text: String) -> anyhow::Result<AccessToken> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.trim_end_matches(['\r', '\n']).parse()?)
}
