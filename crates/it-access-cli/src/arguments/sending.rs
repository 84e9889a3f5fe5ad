//! What can be said of how requests are sent.

use clap::Args;

/// What can be said of how requests are sent.
#[derive(Args)]
#[command(next_help_heading = "Requests")]
pub(crate) struct Sending {
    /// Where the account's quota is kept, and with whom it is shared: sqlite (your commands on this machine), another FILE,
    /// memory (nobody) or redis://HOST (several machines) [env: IT_ACCESS_QUOTA_STORE] [default: sqlite]
    #[arg(long, value_name = "STORE")]
    pub(crate) quota_store: Option<String>,
}
