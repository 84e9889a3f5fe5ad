//! The devices that an action is for.

use std::{
    collections::HashSet, hash::Hash, num::NonZeroUsize, ops::Range, str::FromStr, sync::Arc,
};

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
    pub fn iter(&self) -> impl Iterator<Item = DeviceId> {
        // One of the two is empty.
        let (hwids, addresses) = match self {
            Self::Hwids(list) => (list.as_slice(), [].as_slice()),
            Self::MacAddresses(list) => ([].as_slice(), list.as_slice()),
        };
        let hwids = hwids.iter().cloned().map(DeviceId::Hwid);
        hwids.chain(addresses.iter().copied().map(DeviceId::MacAddress))
    }

    /// The device at this place, counted from 0, of which there must be one.
    pub(crate) fn device(&self, place: usize) -> DeviceId {
        match self {
            Self::Hwids(list) => DeviceId::Hwid(list.as_slice()[place].clone()),
            Self::MacAddresses(list) => DeviceId::MacAddress(list.as_slice()[place]),
        }
    }

    /// The first devices, at most `size`, and the rest if there is one. Nothing is copied.
    #[must_use]
    pub fn split_first(&self, size: NonZeroUsize) -> (Self, Option<Self>) {
        match self {
            Self::Hwids(list) => {
                let (first, rest) = list.split_first(size);
                (Self::Hwids(first), rest.map(Self::Hwids))
            }
            Self::MacAddresses(list) => {
                let (first, rest) = list.split_first(size);
                (Self::MacAddresses(first), rest.map(Self::MacAddresses))
            }
        }
    }
}

/// A list of devices: at least one, and each one once, in the order in which they were given.
///
/// Clones and parts of it share the devices.
#[derive(Debug, Clone)]
pub struct TargetList<T> {
    /// Not `Arc<[T]>`: to make one copies the whole list.
    all: Arc<Vec<T>>,
    part: Range<usize>,
    duplicates: usize,
}

impl<T: PartialEq> PartialEq for TargetList<T> {
    fn eq(&self, other: &Self) -> bool {
        self.all[self.part.clone()] == other.all[other.part.clone()]
    }
}

impl<T: Eq> Eq for TargetList<T> {}

impl<T: Clone + Eq + Hash> TargetList<T> {
    /// Makes a list of what is there already as a value, leaving out what comes twice.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn new(targets: impl IntoIterator<Item = T>) -> Result<Self, InvalidInput> {
        let mut targets: Vec<T> = targets.into_iter().collect();
        let given = targets.len();
        let is_first: Vec<bool> = {
            let mut seen = HashSet::with_capacity(given);
            targets.iter().map(|target| seen.insert(target)).collect()
        };
        let mut is_first = is_first.into_iter();
        targets.retain(|_| is_first.next().unwrap_or(true));
        if targets.is_empty() {
            return Err(InvalidInput::NoTargets);
        }
        // The list may live long: what was left out, and what was reserved in vain, takes no room in it.
        targets.shrink_to_fit();
        let part = 0..targets.len();
        Ok(Self { duplicates: given - part.len(), part, all: Arc::new(targets) })
    }

    fn read(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, InvalidInput>
    where
        T: FromStr<Err = InvalidInput>,
    {
        let texts = texts.into_iter();
        let mut targets = Vec::new();
        // Room for all at once, unless they say that there are more than there can be.
        targets.try_reserve_exact(texts.size_hint().0).ok();
        for (place, text) in (1..).zip(texts) {
            let problem = |problem| InvalidInput::Target { place, problem: Box::new(problem) };
            targets.push(text.as_ref().parse().map_err(problem)?);
        }
        Self::new(targets)
    }

    /// The devices, never none.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.all[self.part.clone()]
    }

    /// How many devices were left out because they were there already.
    #[must_use]
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn split_first(&self, size: NonZeroUsize) -> (Self, Option<Self>) {
        let Range { start, end } = self.part;
        let cut = start.saturating_add(size.get()).min(end);
        let part = |part| Self { all: Arc::clone(&self.all), part, duplicates: 0 };
        (part(start..cut), (cut < end).then(|| part(cut..end)))
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
    fn a_device_that_is_none_is_told_with_its_place() {
        let error = Targets::hwids(["abc", "", "def"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the device at place 2: the HWID \"\" is empty; give it as the account shows it"
        );
        let error = Targets::mac_addresses(["00:0c:29:cd:c7"]).unwrap_err().to_string();
        assert!(error.starts_with("the device at place 1: \"00:0c:29:cd:c7\" is not"), "{error}");
    }

    #[test]
    fn a_list_without_an_end_is_refused_at_the_first_that_is_none() {
        let error = Targets::hwids(std::iter::repeat("")).unwrap_err().to_string();
        assert!(error.starts_with("the device at place 1: "), "{error}");
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
            let mut cut = Vec::new();
            let mut rest = Some(targets.clone());
            while let Some(targets) = rest {
                let (batch, others) = targets.split_first(size);
                cut.push(batch);
                rest = others;
            }
            assert_eq!(cut.len(), batches);
            let ids: Vec<String> =
                cut.iter().flat_map(Targets::iter).map(|id| id.to_string()).collect();
            assert_eq!(ids, names);
        }
    }
}
