//! The devices that an action is for.

use std::{collections::HashSet, hash::Hash, num::NonZeroUsize, str::FromStr};

use crate::{DeviceId, Hwid, InvalidInput, MacAddress};

/// The devices that an action is for: all by HWID, or all by MAC address. At least one, and each one once.
///
/// ```
/// use it_access::Targets;
///
/// let targets = Targets::hwids(["device123", "device456", "device123"])?;
/// assert_eq!(targets.len(), 2);
/// assert_eq!(targets.duplicates(), 1);
///
/// assert!(Targets::mac_addresses(["device123"]).is_err());
/// assert!(Targets::hwids([""; 0]).is_err());
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Targets {
    /// Devices by HWID.
    Hwids(TargetList<Hwid>),
    /// Devices by MAC address.
    MacAddresses(TargetList<MacAddress>),
}

impl Targets {
    /// Reads HWIDs.
    ///
    /// # Errors
    ///
    /// If there is none, or one of them is no HWID.
    pub fn hwids(hwids: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, InvalidInput> {
        TargetList::read(hwids).map(Self::Hwids)
    }

    /// Reads MAC addresses, in any spelling.
    ///
    /// # Errors
    ///
    /// If there is none, or one of them is no MAC address.
    pub fn mac_addresses(
        addresses: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, InvalidInput> {
        TargetList::read(addresses).map(Self::MacAddresses)
    }

    /// The number of devices: at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        match self {
            Self::Hwids(list) => list.as_slice().len(),
            Self::MacAddresses(list) => list.as_slice().len(),
        }
    }

    /// How many devices were left out because they were there already.
    #[must_use]
    pub fn duplicates(&self) -> usize {
        match self {
            Self::Hwids(list) => list.duplicates(),
            Self::MacAddresses(list) => list.duplicates(),
        }
    }

    /// The devices, in the order in which they were given.
    pub fn iter(&self) -> Box<dyn Iterator<Item = DeviceId> + '_> {
        match self {
            Self::Hwids(list) => Box::new(list.as_slice().iter().cloned().map(DeviceId::Hwid)),
            Self::MacAddresses(list) => {
                Box::new(list.as_slice().iter().copied().map(DeviceId::MacAddress))
            }
        }
    }

    /// The devices in batches of at most `size`, in order.
    #[must_use]
    pub fn batches(&self, size: NonZeroUsize) -> Vec<Self> {
        match self {
            Self::Hwids(list) => list.batches(size).map(Self::Hwids).collect(),
            Self::MacAddresses(list) => list.batches(size).map(Self::MacAddresses).collect(),
        }
    }
}

/// A list of devices: at least one, and each one once, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetList<T> {
    targets: Vec<T>,
    duplicates: usize,
}

impl<T: Clone + Eq + Hash> TargetList<T> {
    /// Makes a list of what is there already as a value, leaving out what comes twice.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn new(targets: impl IntoIterator<Item = T>) -> Result<Self, InvalidInput> {
        let mut seen = HashSet::new();
        let mut list = Self { targets: Vec::new(), duplicates: 0 };
        for target in targets {
            if seen.insert(target.clone()) {
                list.targets.push(target);
            } else {
                list.duplicates += 1;
            }
        }
        if list.targets.is_empty() { Err(InvalidInput::NoTargets) } else { Ok(list) }
    }

    fn read(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, InvalidInput>
    where
        T: FromStr<Err = InvalidInput>,
    {
        let targets: Vec<T> =
            texts.into_iter().map(|text| text.as_ref().parse()).collect::<Result<_, _>>()?;
        Self::new(targets)
    }

    /// The devices, never none.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.targets
    }

    /// How many devices were left out because they were there already.
    #[must_use]
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn batches(&self, size: NonZeroUsize) -> impl Iterator<Item = Self> {
        let batches = self.targets.chunks(size.get());
        batches.map(|targets| Self { targets: targets.to_vec(), duplicates: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mac_addresses_are_the_same_in_any_spelling() {
        let targets = Targets::mac_addresses(["00:0c:29:cd:c7:b2", "000C29CDC7B2"]).unwrap();
        assert_eq!((targets.len(), targets.duplicates()), (1, 1));
    }

    #[test]
    fn hwids_differ_by_case() {
        let targets = Targets::hwids(["abc", "ABC"]).unwrap();
        assert_eq!((targets.len(), targets.duplicates()), (2, 0));
    }

    #[test]
    fn batches_hold_every_device_once_and_in_order() {
        let names: Vec<String> = (0..7).map(|number| format!("device{number}")).collect();
        let targets = Targets::hwids(&names).unwrap();
        for (size, batches) in [(1, 7), (3, 3), (7, 1), (50, 1)] {
            let size = NonZeroUsize::new(size).unwrap();
            let cut = targets.batches(size);
            assert_eq!(cut.len(), batches);
            let ids: Vec<String> =
                cut.iter().flat_map(Targets::iter).map(|id| id.to_string()).collect();
            assert_eq!(ids, names);
        }
    }
}
