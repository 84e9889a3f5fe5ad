//! What can be said of an action that is carried out at once.

use clap::Args;

use super::{Sending, devices::Devices};

/// What can be said of an action that is carried out at once.
#[derive(Args)]
pub(crate) struct Direct {
    #[command(flatten)]
    pub(crate) devices: Devices,

    /// Do not ask before a deletion
    #[arg(long)]
    pub(crate) yes: bool,

    #[command(flatten)]
    pub(crate) sending: Sending,
}
