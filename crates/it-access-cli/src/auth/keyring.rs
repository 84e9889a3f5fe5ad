//! `it-access auth store` and `auth forget`: secrets in the system's keyring.

use std::io::{self, IsTerminal};

use anyhow::{Context, bail};
use it_access::AccessToken;

use crate::{
    credentials::{Entry, Place},
    exit_status::ExitStatus,
    failure::Failure,
    settings::{Key, Setting, Settings},
    talk::say,
};

/// Stores the secret of the profile, which is asked for, or read from standard input.
pub(crate) fn store(settings: &Settings<'_>) -> Result<ExitStatus, Failure> {
    let (key, place, entry) = open(settings)?;
    let secret = read().map_err(Failure::usage)?;
    check(key, &secret).map_err(Failure::usage)?;
    let written = entry.write(&secret).with_context(|| place.to_string());
    written.map_err(Failure::nothing_processed)?;
    say(format_args!("stored in {place}"));
    Ok(ExitStatus::AllApplied)
}

/// Removes the secret of the profile.
pub(crate) fn forget(settings: &Settings<'_>) -> Result<ExitStatus, Failure> {
    let (_, place, entry) = open(settings)?;
    let removed = entry.remove().with_context(|| place.to_string());
    removed.map_err(Failure::nothing_processed)?;
    say(format_args!("removed {place}"));
    Ok(ExitStatus::AllApplied)
}

fn open(settings: &Settings<'_>) -> Result<(Key, Place, Entry), Failure> {
    let (key, name) = named(settings).map_err(Failure::usage)?;
    let place = Place::Keyring(name.value.clone());
    let entry = Entry::open(&name.value).with_context(|| place.to_string());
    Ok((key, place, entry.map_err(Failure::nothing_processed)?))
}

fn check(key: Key, secret: &str) -> anyhow::Result<()> {
    match key {
        Key::TokenKeyring => {
            secret.parse::<AccessToken>()?;
        }
        _ if secret.is_empty() => bail!("the client secret is empty; give it as it was issued"),
        _ => {}
    }
    Ok(())
}

/// The entry that the profile names, and for what.
fn named(settings: &Settings<'_>) -> anyhow::Result<(Key, Setting<String>)> {
    for key in [Key::TokenKeyring, Key::ClientSecretKeyring] {
        if let Some(entry) = settings.look_up(key, None)? {
            return Ok((key, entry));
        }
    }
    bail!(
        "the profile names no entry of the keyring; add token-keyring = \"NAME\", or \
         client-secret-keyring = \"NAME\", to it (`it-access config --path` says where)"
    )
}

/// Reads a line that is not shown at a terminal.
fn read() -> anyhow::Result<String> {
    if !io::stdin().is_terminal() {
        return Place::StandardInput.read();
    }
    let terminal = console::Term::stderr();
    terminal.write_str("The secret, which is not shown: ")?;
    Ok(terminal.read_secure_line()?)
}
