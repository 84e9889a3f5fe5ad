//! One device, as it was named.

use std::fmt;

use crate::{Hwid, MacAddress, text_form::text_form};

/// One device, as it was named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
pub enum DeviceId {
    /// By HWID.
    Hwid(Hwid),
    /// By MAC address.
    MacAddress(MacAddress),
}

text_form!(DeviceId: write);

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hwid(hwid) => hwid.fmt(f),
            Self::MacAddress(address) => address.fmt(f),
        }
    }
}
