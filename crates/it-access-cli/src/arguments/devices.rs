//! Which devices are meant.

use clap::Args;
use it_access::{Hwid, InvalidInput, MacAddress, TargetList, Targets};

/// Which devices are meant.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Devices {
    /// A device by HWID; repeat it for more
    #[arg(long = "hwid", value_name = "HWID")]
    hwids: Vec<Hwid>,

    /// A device by MAC address; repeat it for more
    #[arg(long = "mac", value_name = "MAC")]
    macs: Vec<MacAddress>,
}

impl Devices {
    pub(crate) fn into_targets(self) -> Result<Targets, InvalidInput> {
        // One of the two is empty: clap sees to it.
        if self.macs.is_empty() {
            TargetList::new(self.hwids).map(Targets::Hwids)
        } else {
            TargetList::new(self.macs).map(Targets::MacAddresses)
        }
    }
}
