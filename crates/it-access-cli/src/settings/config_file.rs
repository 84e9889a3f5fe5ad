//! The settings file, and the profile that is used of it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};

use super::{Profile, Setting, Source, folders, profile, similar::similar};
use crate::arguments::Options;

const FILE_VARIABLE: &str = "IT_ACCESS_CONFIG";
const PROFILE_VARIABLE: &str = "IT_ACCESS_PROFILE";

/// The profile that is used if none is named.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// No settings file is larger, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Where the settings file is.
pub(crate) fn path(options: &Options) -> anyhow::Result<Setting<PathBuf>> {
    if let Some(path) = &options.config {
        let source = Source::Option { name: "--config" };
        return Ok(Setting { value: path.clone(), source });
    }
    match env::var_os(FILE_VARIABLE) {
        Some(path) if path.is_empty() => {
            bail!("{FILE_VARIABLE} is empty; set it to a file, or unset it")
        }
        Some(path) => {
            let source = Source::Variable { name: FILE_VARIABLE };
            Ok(Setting { value: path.into(), source })
        }
        None => folders::config_file().map(Setting::default),
    }
}

/// Reads the file, and chooses the profile: the one that is named, else `default` if there is one.
pub(super) fn profile(options: &Options) -> anyhow::Result<Option<Setting<Profile>>> {
    let named = named_profile(options)?;
    let path = match path(options) {
        Ok(path) => path,
        // Nobody asked for settings, and a service without a home folder has none.
        Err(_) if named.is_none() && env::var_os(FILE_VARIABLE).is_none() => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_optional = matches!(path.source, Source::Default);
    let file = path.value;
    let profiles = match read(&file) {
        Ok(text) => profile::read_all(&file, &text)?,
        Err(error) if is_optional && is_not_found(&error) => Vec::new(),
        Err(error) => return Err(error),
    };
    let Some(Setting { value: name, source }) = named else {
        let default = profiles.into_iter().find(|profile| profile.name == DEFAULT_PROFILE);
        return Ok(default.map(Setting::default));
    };
    let names: Vec<&str> = profiles.iter().map(|profile| &*profile.name).collect();
    let Some(index) = names.iter().position(|other| *other == name) else {
        return Err(unknown_profile(&source, &name, &names, &file));
    };
    Ok(profiles.into_iter().nth(index).map(|value| Setting { value, source }))
}

fn named_profile(options: &Options) -> anyhow::Result<Option<Setting<String>>> {
    if let Some(name) = &options.profile {
        let source = Source::Option { name: "--profile" };
        return Ok(Some(Setting { value: name.clone(), source }));
    }
    let name = super::variable(PROFILE_VARIABLE)?;
    if name.as_ref().is_some_and(String::is_empty) {
        bail!("{PROFILE_VARIABLE} is empty; set it to a profile, or unset it");
    }
    let source = Source::Variable { name: PROFILE_VARIABLE };
    Ok(name.map(|value| Setting { value, source }))
}

fn unknown_profile(source: &Source, name: &str, names: &[&str], file: &Path) -> anyhow::Error {
    let file = file.display();
    if names.is_empty() {
        return anyhow!("{source}: there is no profile `{name}`: {file} has none");
    }
    match similar(name, names.iter().copied()) {
        Some(meant) => {
            anyhow!("{source}: there is no profile `{name}` in {file}; is `{meant}` meant?")
        }
        None => anyhow!(
            "{source}: there is no profile `{name}` in {file}; there are {}",
            names.join(", ")
        ),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let reading = || {
        let length = fs::metadata(file)?.len();
        if length > LARGEST {
            return Err(io::Error::other("larger than 1 MiB, so no settings file"));
        }
        fs::read(file)
    };
    let bytes = reading().with_context(|| format!("the settings file {}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count();
        anyhow!("{}:{line}: not valid UTF-8; save the file as UTF-8", file.display())
    })
}

fn is_not_found(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}
