//! The profiles of a settings file.

use std::path::{Path, PathBuf};

use anyhow::bail;
use toml::de::{DeTable, DeValue};

use super::{Key, Setting, Source, similar::similar};

/// A named set of settings.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    file: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    key: Key,
    text: String,
    line: usize,
}

/// Keys for what must not stand in the file, and the keys that say where it is instead.
const SECRETS: [(&[&str], &str); 2] = [
    (
        &["token", "access-token", "access_token"],
        "token-env (an environment variable), token-file (a file) or token-keyring (an entry of the \
         system's keyring)",
    ),
    (
        &["client-secret", "client_secret", "secret", "password"],
        "client-secret-env (an environment variable), client-secret-file (a file) or \
         client-secret-keyring (an entry of the system's keyring)",
    ),
];

/// Reads all profiles: `[profiles.NAME]`. Every mistake is told with its line, and no value is: it might be a secret that
/// does not belong here.
pub(super) fn read_all(file: &Path, text: &str) -> anyhow::Result<Vec<Profile>> {
    let line_of = |offset: usize| 1 + text[..offset].matches('\n').count();
    let place = |offset: usize| format!("{}:{}", file.display(), line_of(offset));

    let document = match DeTable::parse(text) {
        Ok(document) => document.into_inner(),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            bail!("{}: {}", place(offset.min(text.len())), error.message());
        }
    };
    let mut profiles = Vec::new();
    for (name, value) in &document {
        let place = place(name.span().start);
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("profiles", DeValue::Table(tables)) => {
                for (name, value) in tables {
                    let DeValue::Table(table) = value.get_ref() else {
                        bail!("{place}: write a profile as a table, [profiles.{}]", name.get_ref());
                    };
                    let entries = entries(table, &line_of, file)?;
                    let name = name.get_ref().to_string();
                    profiles.push(Profile { name, file: file.to_owned(), entries });
                }
            }
            (name, _) => bail!(
                "{place}: `{name}` stands in no profile; settings stand under [profiles.NAME], \
                 [profiles.default] if no other is asked for"
            ),
        }
    }
    Ok(profiles)
}

fn entries(
    table: &DeTable<'_>,
    line_of: &impl Fn(usize) -> usize,
    file: &Path,
) -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (name, value) in table {
        let line = line_of(name.span().start);
        let (place, name) = (format!("{}:{line}", file.display()), name.get_ref().as_ref());
        let Some(key) = Key::of_name(name) else {
            bail!("{place}: {}", unknown_key(name));
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            _ => bail!("{place}: write {name} as \"text\" or as a whole number"),
        };
        entries.push(Entry { key, text, line });
    }
    Ok(entries)
}

fn unknown_key(name: &str) -> String {
    if let Some((_, instead)) = SECRETS.iter().find(|(names, _)| names.contains(&name)) {
        return format!(
            "`{name}` does not belong in this file, which holds no secrets, so that it can be shown, \
             shared and backed up; say where the secret is, by {instead}"
        );
    }
    let names = Key::ALL.map(Key::name);
    match similar(name, names) {
        Some(meant) => format!("there is no setting `{name}`; is `{meant}` meant?"),
        None => format!("there is no setting `{name}`; there are {}", names.join(", ")),
    }
}

impl Profile {
    /// What it says of a setting, if it does.
    pub(crate) fn get(&self, key: Key) -> Option<Setting<String>> {
        let Entry { text, line, .. } = self.entries.iter().find(|entry| entry.key == key)?;
        let source =
            Source::Profile { profile: self.name.clone(), file: self.file.clone(), line: *line };
        Some(Setting { value: text.clone(), source })
    }
}
