//! Which devices are meant.

use std::path::{Path, PathBuf};

use clap::Args;
use it_access::{Hwid, InvalidInput, MacAddress, TargetList, Targets};
use it_access_jobs::IdKind;

/// Devices that are named one by one, or a list of them.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Devices {
    /// A device by HWID; repeat it for more
    #[arg(long = "hwid", value_name = "HWID")]
    hwids: Vec<Hwid>,

    /// A device by MAC address; repeat it for more
    #[arg(long = "mac", value_name = "MAC")]
    macs: Vec<MacAddress>,

    /// A list of devices by HWID: a file, or standard input (-)
    #[arg(long, value_name = "FILE")]
    hwids_from: Option<PathBuf>,

    /// A list of devices by MAC address: a file, or standard input (-)
    #[arg(long, value_name = "FILE")]
    macs_from: Option<PathBuf>,
}

/// A list of devices.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ListFile {
    /// A list of devices by HWID: a file, or standard input (-)
    #[arg(long, value_name = "FILE")]
    hwids_from: Option<PathBuf>,

    /// A list of devices by MAC address: a file, or standard input (-)
    #[arg(long, value_name = "FILE")]
    macs_from: Option<PathBuf>,
}

impl Devices {
    /// The list, if it is one.
    pub(crate) fn list(&self) -> Option<(IdKind, &Path)> {
        kind_and_path(self.hwids_from.as_deref(), self.macs_from.as_deref())
    }

    /// The devices that are named one by one.
    pub(crate) fn into_targets(self) -> Result<Targets, InvalidInput> {
        // One of the two is empty: clap sees to it.
        if self.macs.is_empty() {
            TargetList::new(self.hwids).map(Targets::Hwids)
        } else {
            TargetList::new(self.macs).map(Targets::MacAddresses)
        }
    }
}

impl ListFile {
    /// The list. None never comes: clap demands one of the two.
    pub(crate) fn list(&self) -> Option<(IdKind, &Path)> {
        kind_and_path(self.hwids_from.as_deref(), self.macs_from.as_deref())
    }
}

fn kind_and_path<'a>(
    hwids: Option<&'a Path>,
    macs: Option<&'a Path>,
) -> Option<(IdKind, &'a Path)> {
    let hwids = hwids.map(|path| (IdKind::Hwids, path));
    hwids.or_else(|| macs.map(|path| (IdKind::MacAddresses, path)))
}
