//! What can be said of an action that is carried out at once.

use std::num::NonZeroUsize;

use clap::Args;

use super::{Reading, Running, conflicts::first_given, devices::Devices};

/// What can be said of an action that is carried out at once.
#[derive(Args)]
pub(crate) struct Direct {
    #[command(flatten)]
    pub(crate) devices: Devices,

    /// Do not ask before a deletion, or before a list is acted on
    #[arg(long)]
    pub(crate) yes: bool,

    /// Send nothing, and show the requests that would be sent
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,

    #[command(flatten)]
    pub(crate) running: Running,

    /// The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50]
    #[arg(long, value_name = "N", help_heading = "Requests")]
    pub(crate) batch_size: Option<NonZeroUsize>,
}

impl Direct {
    /// An argument that makes sense with a list alone, and is given without one.
    pub(super) fn misplaced(&self) -> Option<&'static str> {
        if self.devices.list().is_some() {
            return None;
        }
        let given = [&self.reading.given()[..], &self.running.given()].concat();
        first_given(given)
    }
}
