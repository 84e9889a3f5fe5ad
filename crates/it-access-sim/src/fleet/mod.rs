//! The devices of the simulated account.

mod example;
mod file;
mod generated;
mod record;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::action::Action;
use crate::rules::{self, Outcome};
use crate::{Device, MacAddress};

pub use file::FleetFileError;
pub(crate) use file::reason;

/// Holds the devices of an account, of which no two share a HWID or a MAC address.
///
/// ```
/// use it_access_sim::{Device, Fleet};
///
/// let fleet = Fleet::new([Device::new("laptop-001"), Device::new("laptop-002")])?;
/// assert_eq!(fleet.devices().count(), 2);
/// assert!(fleet.find_by_hwid("laptop-001").is_some());
/// # Ok::<(), it_access_sim::DuplicateDevice>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fleet {
    devices: BTreeMap<Arc<str>, Device>,
    hwids_by_mac: BTreeMap<MacAddress, Arc<str>>,
}

/// Says that two devices of a fleet cannot be told apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DuplicateDevice {
    /// Two devices have the same HWID.
    #[error("two devices have the HWID `{hwid}`: give each device one of its own")]
    Hwid {
        /// The HWID that both have.
        hwid: String,
    },
    /// Two devices have the same MAC address.
    #[error(
        "the devices `{first}` and `{second}` both have the MAC address {address}: give each device its own"
    )]
    MacAddress {
        /// The MAC address that both have.
        address: MacAddress,
        /// HWID of the device that came first.
        first: String,
        /// HWID of the other.
        second: String,
    },
}

impl Fleet {
    /// Gathers devices into a fleet; none at all is a fleet too.
    ///
    /// # Errors
    ///
    /// If two devices have the same HWID, or the same MAC address in whatever spelling: an
    /// identifier of a request must name one device.
    pub fn new(devices: impl IntoIterator<Item = Device>) -> Result<Self, DuplicateDevice> {
        let mut fleet = Self::default();
        for device in devices {
            fleet.add(device)?;
        }
        Ok(fleet)
    }

    /// Makes a small fleet that has every standing, every agent, exempt devices and devices in
    /// groups.
    ///
    /// It gives the vendor's own example its documented answer (page "Device Action v3.0"):
    /// `device123` is unknown, so that it cannot be exempted; `device456` is not there; `device789`
    /// is managed. The others are named by what they are, such as `laptop-001` (with MAC address
    /// `00:0c:29:cd:c7:b2`), `ondemand-001`, `dc-001`, `guest-001`, `ignored-001` and
    /// `unlicensed-001`.
    pub fn example() -> Self {
        Self::new(example::devices()).expect("no two devices of the example share an identifier")
    }

    /// Iterates over the devices, ordered by HWID.
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.values()
    }

    /// Finds the device with exactly this HWID.
    pub fn find_by_hwid(&self, hwid: &str) -> Option<&Device> {
        self.devices.get(hwid)
    }

    /// Finds the device that has this MAC address among its own.
    ///
    /// ```
    /// use it_access_sim::Fleet;
    ///
    /// let fleet = Fleet::example();
    /// let device = fleet.find_by_mac("00:0C:29:CD:C7:B2".parse()?);
    /// assert_eq!(device.map(|device| device.hwid()), Some("laptop-001"));
    /// # Ok::<(), it_access_sim::InvalidMacAddress>(())
    /// ```
    pub fn find_by_mac(&self, address: MacAddress) -> Option<&Device> {
        self.find_by_hwid(self.hwids_by_mac.get(&address)?)
    }

    /// Ends the exemptions that have run out.
    pub(crate) fn pass_time(&mut self, now: Duration) {
        for device in self.devices.values_mut() {
            device.pass_time(now);
        }
    }

    /// Applies the action to one device, if there is such a device and the action is for it.
    pub(crate) fn act(&mut self, hwid: &str, action: &Action, now: Duration) -> Outcome {
        let Some(device) = self.devices.get_mut(hwid) else {
            return Outcome::Failed;
        };
        device.pass_time(now);
        if !rules::supports(device, action) {
            return Outcome::NotSupported;
        }
        if *action == Action::Delete {
            self.remove(hwid);
        } else {
            rules::change(device, action, now);
        }
        Outcome::Applied
    }

    fn add(&mut self, device: Device) -> Result<(), DuplicateDevice> {
        let hwid = device.shared_hwid();
        if self.devices.contains_key(&hwid) {
            return Err(DuplicateDevice::Hwid { hwid: hwid.to_string() });
        }
        for &address in device.mac_addresses() {
            if let Some(first) = self.hwids_by_mac.insert(address, Arc::clone(&hwid)) {
                let (first, second) = (first.to_string(), hwid.to_string());
                return Err(DuplicateDevice::MacAddress { address, first, second });
            }
        }
        self.devices.insert(hwid, device);
        Ok(())
    }

    fn remove(&mut self, hwid: &str) {
        if let Some(device) = self.devices.remove(hwid) {
            for address in device.mac_addresses() {
                self.hwids_by_mac.remove(address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAC: [u8; 6] = [0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2];

    #[test]
    fn refuses_devices_that_cannot_be_told_apart() {
        let same_hwid = Fleet::new([Device::new("a"), Device::new("a")]);
        assert_eq!(
            same_hwid.unwrap_err().to_string(),
            "two devices have the HWID `a`: give each device one of its own"
        );

        let with_mac = |hwid| Device::new(hwid).with_mac_address(MAC);
        assert_eq!(
            Fleet::new([with_mac("a"), with_mac("b")]).unwrap_err().to_string(),
            "the devices `a` and `b` both have the MAC address 00:0c:29:cd:c7:b2: give each device its own"
        );
    }

    #[test]
    fn takes_hwids_that_differ_in_case_and_one_mac_address_given_twice() {
        let fleet = Fleet::new([
            Device::new("a"),
            Device::new("A").with_mac_address(MAC).with_mac_address(MAC),
        ]);
        assert_eq!(fleet.unwrap().find_by_mac(MAC.into()).map(Device::hwid), Some("A"));
    }

    #[test]
    fn a_deleted_device_is_gone_by_all_its_names() {
        let mut fleet = Fleet::new([Device::new("a").with_mac_address(MAC)]).unwrap();
        assert_eq!(fleet.act("a", &Action::Delete, Duration::ZERO), Outcome::Applied);
        assert_eq!(fleet.act("a", &Action::Delete, Duration::ZERO), Outcome::Failed);
        assert_eq!(fleet, Fleet::default());
    }
}
