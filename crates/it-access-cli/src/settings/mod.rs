//! What holds for a run: as an option says, else the environment, else the profile, else by default.

mod config_file;
mod folders;
mod key;
mod profile;
mod quota_store;
mod similar;
mod source;

use std::{
    env::{self, VarError},
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use anyhow::bail;
use clap::ValueEnum;
use it_access::DEFAULT_BASE_URL;

pub(crate) use config_file::{DEFAULT_PROFILE, path as config_path};
pub(crate) use key::Key;
pub(crate) use profile::Profile;
pub(crate) use quota_store::QuotaStore;
pub(crate) use source::{Setting, Source};

use crate::arguments::{Format, Options};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

const DEFAULT_ATTEMPTS: NonZeroU32 = NonZeroU32::new(5).expect("5 is not zero");

const DEFAULT_BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(50).expect("50 is not zero");

/// Where settings are looked up.
#[derive(Debug)]
pub(crate) struct Settings<'a> {
    pub(crate) options: &'a Options,
    pub(crate) profile: Option<Setting<Profile>>,
}

impl<'a> Settings<'a> {
    /// Reads the settings file, if there is one.
    pub(crate) fn read(options: &'a Options) -> anyhow::Result<Self> {
        Ok(Self { options, profile: config_file::profile(options)? })
    }

    pub(crate) fn base_url(&self) -> anyhow::Result<Setting<String>> {
        let said = self.look_up(Key::BaseUrl, self.options.base_url.clone())?;
        let base_url = said.unwrap_or_else(|| Setting::default(DEFAULT_BASE_URL.to_owned()));
        if base_url.value.is_empty() {
            let source = base_url.source;
            bail!("{source} is empty; write it like {DEFAULT_BASE_URL}, or leave it out");
        }
        Ok(base_url)
    }

    pub(crate) fn format(&self) -> anyhow::Result<Setting<Format>> {
        let text = |format: Format| format.to_string();
        match self.look_up(Key::Format, self.options.format.map(text))? {
            Some(said) => said.read(|text| {
                Format::from_str(&text, false)
                    .map_err(|_| format!("`{text}` is no format: table, json, ndjson or csv"))
            }),
            None => Ok(Setting::default(Format::default())),
        }
    }

    /// The most devices in one request.
    pub(crate) fn batch_size(
        &self,
        said: Option<NonZeroUsize>,
    ) -> anyhow::Result<Setting<NonZeroUsize>> {
        let text = |size: NonZeroUsize| size.to_string();
        match self.look_up(Key::BatchSize, said.map(text))? {
            Some(said) => said.read(|text| {
                let size = text.parse::<NonZeroUsize>();
                size.map_err(|_| format!("`{text}` is no number of devices: write 1 or more"))
            }),
            None => Ok(Setting::default(DEFAULT_BATCH_SIZE)),
        }
    }

    /// How long one attempt of a request may take.
    pub(crate) fn timeout(&self) -> anyhow::Result<Setting<Duration>> {
        let text = |seconds: u32| seconds.to_string();
        match self.look_up(Key::Timeout, self.options.timeout.map(text))? {
            Some(said) => said.read(|text| match text.parse::<u32>() {
                Ok(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds.into())),
                _ => Err(format!("`{text}` is no number of seconds: write 1 to {}", u32::MAX)),
            }),
            None => Ok(Setting::default(DEFAULT_TIMEOUT)),
        }
    }

    /// How often a request is tried that was certainly not carried out.
    pub(crate) fn attempts(&self) -> anyhow::Result<Setting<NonZeroU32>> {
        let text = |attempts: NonZeroU32| attempts.to_string();
        match self.look_up(Key::Attempts, self.options.attempts.map(text))? {
            Some(said) => said.read(|text| {
                let attempts = text.parse::<NonZeroU32>();
                attempts.map_err(|_| {
                    format!("`{text}` is no number of attempts: write 1 to {}", NonZeroU32::MAX)
                })
            }),
            None => Ok(Setting::default(DEFAULT_ATTEMPTS)),
        }
    }

    /// Where the account's quota is kept.
    pub(crate) fn quota_store(&self, said: Option<&str>) -> anyhow::Result<Setting<QuotaStore>> {
        match self.look_up(Key::QuotaStore, said.map(str::to_owned))? {
            Some(said) => QuotaStore::read(said),
            None => QuotaStore::default().map(Setting::default),
        }
    }

    /// Where jobs are kept.
    pub(crate) fn jobs_dir(&self, said: Option<&PathBuf>) -> anyhow::Result<Setting<PathBuf>> {
        if let Some(path) = said {
            let source = Source::Option { name: Key::JobsDir.option() };
            return Ok(Setting { value: path.clone(), source });
        }
        match self.look_up(Key::JobsDir, None)? {
            Some(said) if said.value.is_empty() => bail!("{} is empty; name a folder", said.source),
            Some(said) => said.into_path(),
            None => Ok(Setting::default(folders::state()?.join("jobs"))),
        }
    }

    /// What is said of a setting, if anything is.
    pub(crate) fn look_up(
        &self,
        key: Key,
        option: Option<String>,
    ) -> anyhow::Result<Option<Setting<String>>> {
        if let Some(value) = option {
            return Ok(Some(Setting { value, source: Source::Option { name: key.option() } }));
        }
        if let Some(name) = key.variable()
            && let Some(value) = variable(name)?
        {
            return Ok(Some(Setting { value, source: Source::Variable { name } }));
        }
        Ok(self.profile.as_ref().and_then(|profile| profile.value.get(key)))
    }
}

/// The value of an environment variable, if it is set. The error does not show it: it might be a secret.
pub(crate) fn variable(name: &str) -> anyhow::Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => bail!("{name} is not valid UTF-8"),
    }
}
