//! The names of the settings.

/// A setting that can stand in a profile. Its option, if it has one, has the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    BaseUrl,
    TokenEnv,
    TokenFile,
    TokenKeyring,
    ClientId,
    ClientSecretEnv,
    ClientSecretFile,
    ClientSecretKeyring,
    BatchSize,
    Timeout,
    Attempts,
    QuotaStore,
    JobsDir,
    Format,
}

impl Key {
    pub(crate) const ALL: [Self; 14] = [
        Self::BaseUrl,
        Self::TokenEnv,
        Self::TokenFile,
        Self::TokenKeyring,
        Self::ClientId,
        Self::ClientSecretEnv,
        Self::ClientSecretFile,
        Self::ClientSecretKeyring,
        Self::BatchSize,
        Self::Timeout,
        Self::Attempts,
        Self::QuotaStore,
        Self::JobsDir,
        Self::Format,
    ];

    /// As it is written in a profile.
    pub(crate) fn name(self) -> &'static str {
        self.option().trim_start_matches("--")
    }

    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::BaseUrl => "--base-url",
            Self::TokenEnv => "--token-env",
            Self::TokenFile => "--token-file",
            Self::TokenKeyring => "--token-keyring",
            Self::ClientId => "--client-id",
            Self::ClientSecretEnv => "--client-secret-env",
            Self::ClientSecretFile => "--client-secret-file",
            Self::ClientSecretKeyring => "--client-secret-keyring",
            Self::BatchSize => "--batch-size",
            Self::Timeout => "--timeout",
            Self::Attempts => "--attempts",
            Self::QuotaStore => "--quota-store",
            Self::JobsDir => "--jobs-dir",
            Self::Format => "--format",
        }
    }

    /// The environment variable of the same meaning. The variables that hold secrets are no settings: they are where a
    /// setting may point to.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::BaseUrl => Some("IT_ACCESS_BASE_URL"),
            Self::TokenFile => Some("IT_ACCESS_TOKEN_FILE"),
            Self::ClientId => Some("IT_ACCESS_CLIENT_ID"),
            Self::ClientSecretFile => Some("IT_ACCESS_CLIENT_SECRET_FILE"),
            Self::BatchSize => Some("IT_ACCESS_BATCH_SIZE"),
            Self::Timeout => Some("IT_ACCESS_TIMEOUT"),
            Self::Attempts => Some("IT_ACCESS_ATTEMPTS"),
            Self::QuotaStore => Some("IT_ACCESS_QUOTA_STORE"),
            Self::JobsDir => Some("IT_ACCESS_JOBS_DIR"),
            Self::Format => Some("IT_ACCESS_FORMAT"),
            Self::TokenEnv
            | Self::TokenKeyring
            | Self::ClientSecretEnv
            | Self::ClientSecretKeyring => None,
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}
