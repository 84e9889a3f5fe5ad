//! How a list names its devices.

use std::{borrow::Cow, fmt};

use it_access::{Hwid, InvalidInput, MacAddress, Targets};
use serde::{Deserialize, Serialize};

/// How a list names its devices: all by HWID, or all by MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdKind {
    /// By HWID.
    Hwids,
    /// By MAC address, in any spelling.
    MacAddresses,
}

impl IdKind {
    /// The one spelling by which a device is known here.
    pub(crate) fn canonical(self, text: &str) -> Result<Cow<'_, str>, InvalidInput> {
        match self {
            Self::Hwids => text.parse::<Hwid>().map(|_| text.into()),
            Self::MacAddresses => {
                text.parse::<MacAddress>().map(|address| address.to_string().into())
            }
        }
    }

    pub(crate) fn targets<'a>(
        self,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<Targets, InvalidInput> {
        match self {
            Self::Hwids => Targets::hwids(ids),
            Self::MacAddresses => Targets::mac_addresses(ids),
        }
    }

    /// What the column of a list is called, unless it is said. The first that is there is taken.
    pub(crate) fn usual_columns(self) -> &'static [&'static str] {
        match self {
            Self::Hwids => &["hwid", "hardwareid", "id"],
            Self::MacAddresses => &["mac", "macaddress", "id"],
        }
    }
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Hwids => "HWIDs",
            Self::MacAddresses => "MAC addresses",
        })
    }
}
