//! A device as files and the control interface write it.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

use crate::{Agent, DEFAULT_GROUP, Device, Exemption, MacAddress, Standing};

/// One device, its facts still texts.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) hwid: String,
    #[serde(default)]
    pub(super) mac_addresses: Vec<String>,
    #[serde(default)]
    pub(super) standing: Option<String>,
    #[serde(default)]
    pub(super) agent: Option<String>,
    #[serde(default)]
    pub(super) group: Option<String>,
    #[serde(default, deserialize_with = "text_or_number", skip_serializing_if = "Option::is_none")]
    pub(super) exempt_hours: Option<String>,
}

/// What is wrong with a record.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum RecordError {
    #[error("`hwid` is empty")]
    Hwid,
    #[error("`mac_addresses`: `{0}` is not a MAC address")]
    MacAddress(String),
    #[error("`standing` is `{0}`; it must be managed, unknown, ignored or out-of-license")]
    Standing(String),
    #[error("`agent` is `{0}`; it must be persistent, on-demand, domain-controller or none")]
    Agent(String),
    #[error(
        "`exempt_hours` is `{0}`; it must be forever, or a number from 1 to {most}",
        most = Exemption::MAX_HOURS
    )]
    ExemptHours(String),
}

const STANDINGS: [(&str, Standing); 4] = [
    ("managed", Standing::Managed),
    ("unknown", Standing::Unknown),
    ("ignored", Standing::Ignored),
    ("out-of-license", Standing::OutOfLicense),
];

const AGENTS: [(&str, Option<Agent>); 4] = [
    ("persistent", Some(Agent::Persistent)),
    ("on-demand", Some(Agent::OnDemand)),
    ("domain-controller", Some(Agent::DomainController)),
    ("none", None),
];

const FOREVER: &str = "forever";

impl Record {
    /// Reads the texts. What is left out is as [`Device::new`] has it.
    pub(super) fn device(self) -> Result<Device, RecordError> {
        if self.hwid.is_empty() {
            return Err(RecordError::Hwid);
        }
        let mut device =
            Device::new(self.hwid).with_group(self.group.unwrap_or(DEFAULT_GROUP.into()));
        for text in self.mac_addresses {
            let address: MacAddress = text.parse().map_err(|_| RecordError::MacAddress(text))?;
            device = device.with_mac_address(address);
        }
        if let Some(text) = self.standing {
            device =
                device.with_standing(known(&STANDINGS, &text).ok_or(RecordError::Standing(text))?);
        }
        if let Some(text) = self.agent {
            device = match known(&AGENTS, &text).ok_or(RecordError::Agent(text))? {
                Some(agent) => device.with_agent(agent),
                None => device.without_agent(),
            };
        }
        if let Some(text) = self.exempt_hours {
            device = device.with_exemption(exemption(&text).ok_or(RecordError::ExemptHours(text))?);
        }
        Ok(device)
    }
}

impl From<&Device> for Record {
    fn from(device: &Device) -> Self {
        Self {
            hwid: device.hwid().to_owned(),
            mac_addresses: device.mac_addresses().iter().map(ToString::to_string).collect(),
            standing: name(&STANDINGS, device.standing()),
            agent: name(&AGENTS, device.agent()),
            group: Some(device.group().to_owned()),
            exempt_hours: device.exemption().map(|exemption| match exemption {
                Exemption::Hours(hours) => hours.to_string(),
                Exemption::Forever => FOREVER.to_owned(),
            }),
        }
    }
}

fn known<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

fn name<T: PartialEq>(names: &[(&str, T)], value: T) -> Option<String> {
    names.iter().find(|(_, known)| *known == value).map(|(name, _)| (*name).to_owned())
}

fn exemption(text: &str) -> Option<Exemption> {
    if text == FOREVER {
        return Some(Exemption::Forever);
    }
    let hours = text.parse().ok().filter(|hours| (1..=Exemption::MAX_HOURS).contains(hours));
    hours.map(Exemption::from_hours)
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct TextOrNumber;

    impl Visitor<'_> for TextOrNumber {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "\"forever\" or a number from 1 to {}", Exemption::MAX_HOURS)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(TextOrNumber)
}
