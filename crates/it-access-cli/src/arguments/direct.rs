//! What can be said of an action that is carried out at once.

use std::num::NonZeroUsize;

use clap::Args;

use super::devices::Devices;

/// What can be said of an action that is carried out at once.
#[derive(Args)]
pub(crate) struct Direct {
    #[command(flatten)]
    pub(crate) devices: Devices,

    /// Do not ask before a deletion
    #[arg(long)]
    pub(crate) yes: bool,

    /// The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50]
    #[arg(long, value_name = "N")]
    pub(crate) batch_size: Option<NonZeroUsize>,
}
