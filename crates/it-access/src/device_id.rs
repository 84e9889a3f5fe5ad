//! One device, as it was named.

use std::fmt;

use serde::Serialize;

use crate::{Hwid, MacAddress};

/// One device, as it was named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
pub enum DeviceId {
    /// By HWID.
    Hwid(Hwid),
    /// By MAC address.
    MacAddress(MacAddress),
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hwid(hwid) => hwid.fmt(f),
            Self::MacAddress(address) => address.fmt(f),
        }
    }
}
