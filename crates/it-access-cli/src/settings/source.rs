//! Where the value of a setting comes from.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

/// Where the value of a setting comes from: what to mend if it is wrong.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Source {
    Default,
    Profile { profile: String, file: PathBuf, line: usize },
    Variable { name: &'static str },
    Option { name: &'static str },
}

impl Source {
    /// The higher overrides the lower; two of the same rank contradict each other.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Self::Default => 0,
            Self::Profile { .. } => 1,
            Self::Variable { .. } => 2,
            Self::Option { .. } => 3,
        }
    }

    /// From where a relative path goes that is said there, if not from the current folder.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Profile { file, .. } => file.parent(),
            _ => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Profile { profile, file, line } => {
                write!(f, "profile {profile} ({}:{line})", file.display())
            }
            Self::Variable { name } | Self::Option { name } => f.write_str(name),
        }
    }
}

/// A value, and who said it.
#[derive(Debug, Clone)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

impl<T> Setting<T> {
    pub(crate) fn default(value: T) -> Self {
        Self { value, source: Source::Default }
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Setting<U> {
        Setting { value: change(self.value), source: self.source }
    }

    /// Reads the value as something else, and says where it comes from if it cannot be read.
    pub(crate) fn read<U, E: fmt::Display>(
        self,
        read: impl FnOnce(T) -> Result<U, E>,
    ) -> anyhow::Result<Setting<U>> {
        let Self { value, source } = self;
        match read(value) {
            Ok(value) => Ok(Setting { value, source }),
            Err(error) => anyhow::bail!("{source}: {error}"),
        }
    }
}

impl Setting<String> {
    /// Reads the value as a path: from the folder of the settings file, if it is relative and stands there.
    pub(crate) fn into_path(self) -> anyhow::Result<Setting<PathBuf>> {
        if Path::new(&self.value).starts_with("~") {
            anyhow::bail!("{}: no shell reads the ~ there; write the whole path", self.source);
        }
        let folder = self.source.folder().unwrap_or(Path::new("")).to_owned();
        Ok(self.map(|text| folder.join(text)))
    }
}
