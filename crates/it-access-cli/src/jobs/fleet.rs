//! The devices of a simulated account, for a job that is only tried.

use it_access::{DeviceAction, MacAddress};
use it_access_jobs::IdKind;
use it_access_sim::{Device, Fleet, Standing};

/// One device in so many is of another kind than the rest, so that most actions are not supported.
const ODD: usize = 50;

/// One device in so many is not in the account at all, so that every action fails.
const MISSING: usize = 333;

/// A fleet for which a list was made: its devices are of the kind that the action is for, but for a few, and but for a few
/// they are there, as is usual with lists. The same list gives the same.
pub(super) fn of_devices<'a>(
    action: &DeviceAction,
    kind: IdKind,
    ids: impl Iterator<Item = &'a str>,
) -> Fleet {
    let (usual, odd) = match action {
        DeviceAction::Ignore => (Standing::Unknown, Standing::Managed),
        DeviceAction::Unignore => (Standing::Ignored, Standing::Managed),
        _ => (Standing::Managed, Standing::Unknown),
    };
    let present = ids.enumerate().filter(|(index, _)| index % MISSING != MISSING - 1);
    let devices = present.map(|(index, id)| {
        let standing = if index % ODD == ODD - 1 { odd } else { usual };
        device(kind, id, standing)
    });
    // A plan names no device twice.
    Fleet::new(devices).unwrap_or_default()
}

fn device(kind: IdKind, id: &str, standing: Standing) -> Device {
    let device = Device::new(id).with_standing(standing);
    let device = match standing {
        Standing::Managed => device,
        _ => device.without_agent(),
    };
    match (kind, id.parse::<MacAddress>()) {
        (IdKind::MacAddresses, Ok(address)) => device.with_mac_address(address.octets()),
        _ => device,
    }
}
