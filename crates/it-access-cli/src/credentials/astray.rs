//! A secret that went astray: it stands where the name of its place belongs, and must not be repeated.

use std::{
    env,
    path::{Path, is_separator},
};

use anyhow::bail;

use super::Place;
use crate::settings::{Setting, Source};

/// Refuses the name of a variable or a file that is not there, if no person would name one so: it may be the secret itself.
pub(super) fn refuse_what_may_be_a_secret(place: &Setting<Place>) -> anyhow::Result<()> {
    let what = match &place.value {
        Place::Variable(name) if !is_variable(name) => "variable",
        Place::File(path) if !is_file(path, &place.source) => "file",
        _ => return Ok(()),
    };
    bail!(
        "{}: there is no such {what} (is the secret itself given in place of a {what}'s name?)",
        place.source
    )
}

fn is_variable(name: &str) -> bool {
    let is_well_formed = || name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    env::var_os(name).is_some() || (is_well_formed() && reads_like_a_name(name))
}

fn is_file(path: &Path, source: &Source) -> bool {
    path.exists() || {
        let said = source.folder().and_then(|folder| path.strip_prefix(folder).ok());
        let said = said.unwrap_or(path);
        reads_like_a_name(&said.to_string_lossy()) || leads_to_a_folder(said, source)
    }
}

/// Whether one of the folders in a path is there. The root does not count: a secret may begin with a slash.
fn leads_to_a_folder(said: &Path, source: &Source) -> bool {
    let base = source.folder().unwrap_or(Path::new(""));
    let mut folders = said.ancestors().skip(1).filter(|folder| folder.parent().is_some());
    folders.any(|folder| base.join(folder).is_dir())
}

/// Whether a text is made of words, as people give names, and not of random characters.
pub(super) fn reads_like_a_name(text: &str) -> bool {
    let between_words = |character: char| is_separator(character) || "_-. ~:".contains(character);
    let is_token_of_parts = |file: &str| file.trim_start_matches('.').matches('.').count() > 1;
    text.split(between_words).all(is_word) && !text.split(is_separator).any(is_token_of_parts)
}

/// Whether a text is letters of one case, but for a capital in front, with no more than a short number behind them.
fn is_word(text: &str) -> bool {
    const LONGEST: usize = 14;
    const LONGEST_NUMBER: usize = 2;

    let letters = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let mut after_the_first = letters.chars().skip(1);
    let is_of_one_case =
        !letters.chars().any(char::is_lowercase) || !after_the_first.any(char::is_uppercase);
    letters.chars().all(char::is_alphabetic)
        && is_of_one_case
        && letters.chars().count() <= LONGEST
        && text.len() - letters.len() <= LONGEST_NUMBER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_secrets() {
        for name in [
            "NIGHTLY_SECRET",
            "TOKEN2",
            "our-entry",
            "Our Entry",
            "tokn.txt",
            ".token.txt",
            "../secrets/it-access",
            "schlüssel.txt",
        ] {
            assert!(reads_like_a_name(name), "{name}");
        }
        for secret in [
            "SECRETTOKEN1234",
            "SECRET/TOKEN+1234",
            "eyJSECRET.a.b-c",
            "CANARY.CANARY.x",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "9f86d081884c7d659a2feaa0c55ad015",
            "kfoyzlmjcpqrabwd",
            "oN3kPq",
            "c2VjcmV0==",
        ] {
            assert!(!reads_like_a_name(secret), "{secret}");
        }
    }
}
