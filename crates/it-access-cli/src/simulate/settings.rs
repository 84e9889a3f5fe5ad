//! What can be said of the simulated service.

use std::{env, net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::bail;
use clap::Args;
use it_access_sim::{
    DEFAULT_ACCESS_TOKEN, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, Fault, Fleet, Service,
};

use super::quota::QuotaSettings;

/// Where the secret of the OAuth client comes from. Never from an argument: arguments are visible to all users of the
/// machine.
pub(crate) const CLIENT_SECRET_VARIABLE: &str = "IT_ACCESS_SIM_CLIENT_SECRET";

/// The settings of `it-access simulate`.
#[derive(Args)]
pub(crate) struct Settings {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(super) listen: SocketAddr,

    /// Take the devices from a file, JSON or CSV by its ending, not the examples
    #[arg(long, value_name = "FILE", conflicts_with = "devices")]
    fleet: Option<PathBuf>,

    /// Make up so many devices
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=1_000_000))]
    devices: Option<u32>,

    /// Decide by this number all that is left to chance
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Id of the OAuth client that can ask for tokens; its secret is read from
    /// IT_ACCESS_SIM_CLIENT_SECRET, and else shown
    #[arg(long, value_name = "ID", default_value = DEFAULT_CLIENT_ID)]
    pub(super) oauth_client: String,

    /// How long an issued token holds
    #[arg(long, value_name = "SECONDS", default_value_t = 43_200, value_parser = clap::value_parser!(u32).range(1..))]
    token_lifetime: u32,

    /// Let something go wrong, such as reset-after-apply:p=0.1; repeat it for more
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,

    /// Open the control interface under /_sim/, to this machine only
    #[arg(long)]
    pub(super) control: bool,

    /// Show all faults, and end
    #[arg(long, exclusive = true)]
    pub(super) list_faults: bool,

    /// Show what is documented, what is our reading, and which flag changes it; and end
    #[arg(long, exclusive = true)]
    pub(super) assumptions: bool,

    #[command(flatten)]
    quota: QuotaSettings,
}

impl Settings {
    pub(super) fn service(&self) -> anyhow::Result<Service> {
        let mut service = Service::new(self.fleet()?, DEFAULT_ACCESS_TOKEN)
            .with_oauth_client(&*self.oauth_client, client_secret()?.text)
            .with_token_lifetime(Duration::from_secs(self.token_lifetime.into()))
            .with_seed(self.seed);
        if let Some(quota) = self.quota.quota() {
            service = service.with_quota(quota);
        }
        for fault in &self.faults {
            service = service.with_fault(fault.clone());
        }
        Ok(if self.control { service.with_control() } else { service })
    }

    fn fleet(&self) -> anyhow::Result<Fleet> {
        Ok(match (&self.fleet, self.devices) {
            (Some(path), _) => Fleet::read(path)?,
            (None, Some(devices)) => Fleet::generate(devices, self.seed),
            (None, None) => Fleet::example(),
        })
    }
}

/// The secret of the OAuth client.
pub(super) struct ClientSecret {
    pub(super) text: String,
    /// Whether a person chose it, so that it is not shown.
    pub(super) is_chosen: bool,
}

pub(super) fn client_secret() -> anyhow::Result<ClientSecret> {
    match env::var(CLIENT_SECRET_VARIABLE) {
        Ok(text) if text.is_empty() => bail!("{CLIENT_SECRET_VARIABLE} is empty"),
        Ok(text) => Ok(ClientSecret { text, is_chosen: true }),
        Err(env::VarError::NotPresent) => {
            Ok(ClientSecret { text: DEFAULT_CLIENT_SECRET.to_owned(), is_chosen: false })
        }
        // The error would print the value.
        Err(env::VarError::NotUnicode(_)) => bail!("{CLIENT_SECRET_VARIABLE} is not valid UTF-8"),
    }
}
