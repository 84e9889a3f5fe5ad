//! From lists to a plan.

use std::num::NonZeroUsize;

use it_access::{DeviceAction, MacAddress};

use super::{Omitted, Plan, PlanError, file, selection::Unique};
use crate::{IdKind, List};

/// The most devices in one request, unless it is said: known to be safe with a sibling API.
const BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(50).expect("50 is not zero");

/// Makes a [`Plan`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct PlanBuilder {
    action: DeviceAction,
    kind: IdKind,
    list: List,
    protected: Vec<List>,
    max_devices: Option<usize>,
    batch_size: NonZeroUsize,
}

impl PlanBuilder {
    pub(super) fn new(action: DeviceAction, kind: IdKind, list: List) -> Self {
        let (protected, max_devices) = (Vec::new(), None);
        Self { action, kind, list, protected, max_devices, batch_size: BATCH_SIZE }
    }

    /// Leaves out the devices of this list, which must name them as the other one does: by HWID or by MAC address. May be
    /// called again for more.
    pub fn protect(mut self, list: List) -> Self {
        self.protected.push(list);
        self
    }

    /// Refuses a plan of more devices than this.
    pub fn max_devices(mut self, devices: usize) -> Self {
        self.max_devices = Some(devices);
        self
    }

    /// Sets the most devices in one request. 50, if not set.
    pub fn batch_size(mut self, size: NonZeroUsize) -> Self {
        self.batch_size = size;
        self
    }

    /// Reads the lists to their ends, and makes the plan. Nothing is sent or written.
    ///
    /// # Errors
    ///
    /// If a list has a bad line, or names no device; if all devices are protected, or too many are left.
    pub fn build(self) -> Result<Plan, PlanError> {
        let Self { action, kind, list, protected, max_devices, batch_size } = self;
        let mut keep = read_protected(kind, protected)?;
        let name = list.name().to_owned();
        let (mut selected, mut skipped) = (Unique::default(), Unique::default());
        let (mut duplicates, mut protected) = (Omitted::default(), Omitted::default());
        list.read(kind, |line, id| {
            let mut is_protected = false;
            for protection in &mut keep {
                let protects = protection.devices.contains(id);
                protection.has_effect |= protects;
                is_protected |= protects;
            }
            let part = if is_protected { &mut skipped } else { &mut selected };
            match part.add(line, id) {
                false => duplicates.add(line, id),
                true if is_protected => protected.add(line, id),
                true => {}
            }
        })?;

        let selection = selected.into_selection();
        if selection.len() == 0 {
            return Err(PlanError::AllProtected { list: name });
        }
        if let Some(most) = max_devices
            && selection.len() > most
        {
            return Err(PlanError::TooMany { devices: selection.len(), most });
        }
        let without_effect = keep.into_iter().filter(|it| !it.has_effect).map(|it| it.list);
        let plan = Plan {
            action,
            kind,
            list: name,
            batch_size,
            duplicates,
            protected,
            without_effect: without_effect.collect(),
            selection,
            sha256: String::new(),
        };
        Ok(Plan { sha256: file::sha256(&plan), ..plan })
    }
}

/// A list of devices that are left alone.
struct Protection {
    list: String,
    devices: Unique,
    /// Whether one of them would have been in the plan.
    has_effect: bool,
}

fn read_protected(kind: IdKind, lists: Vec<List>) -> Result<Vec<Protection>, PlanError> {
    let mut protections = Vec::new();
    for list in lists {
        let name = list.name().to_owned();
        let (mut devices, mut strange) = (Unique::default(), None);
        list.read(kind, |line, id| {
            if kind == IdKind::Hwids && is_spelt_like_a_mac_address(id) {
                strange.get_or_insert_with(|| (line, id.to_owned()));
            }
            devices.add(line, id);
        })?;
        if let Some((line, id)) = strange {
            return Err(PlanError::ProtectsNothing { list: name, line, id });
        }
        protections.push(Protection { list: name, devices, has_effect: false });
    }
    Ok(protections)
}

/// An HWID may be made of hexadecimal digits, but not of groups of them.
fn is_spelt_like_a_mac_address(id: &str) -> bool {
    id.contains([':', '-', '.']) && id.parse::<MacAddress>().is_ok()
}
