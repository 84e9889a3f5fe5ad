//! One action on the devices of one request.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::Arc;
use std::time::Duration;

use super::Results;
use crate::Fleet;
use crate::call::{ActionRequest, Targets};
use crate::rules::Outcome;

/// Carries out a request. Returns its results, and the HWIDs of the devices to which the action was
/// applied.
pub(super) fn act(
    fleet: &mut Fleet,
    request: &ActionRequest,
    now: Duration,
) -> (Results, Vec<Arc<str>>) {
    let (by_mac, identifiers) = match &request.targets {
        Targets::Hwids(hwids) => (false, hwids),
        Targets::Macs(macs) => (true, macs),
    };
    let mut done: HashMap<Arc<str>, Outcome> = HashMap::new();
    let mut applied = Vec::new();
    let mut pairs = Vec::with_capacity(identifiers.len());
    for (identifier, hwid) in name_devices(fleet, by_mac, identifiers) {
        let outcome = match hwid.map(|hwid| done.entry(hwid)) {
            None => Outcome::Failed,
            Some(Entry::Occupied(earlier)) => *earlier.get(),
            Some(Entry::Vacant(entry)) => {
                let outcome = fleet.act(entry.key(), &request.action, now);
                if outcome == Outcome::Applied {
                    applied.push(Arc::clone(entry.key()));
                }
                *entry.insert(outcome)
            }
        };
        pairs.push((identifier.to_owned(), outcome.code()));
    }
    (Results { by_mac, pairs }, applied)
}

/// Pairs each identifier, once, with the HWID of the device that it names.
///
/// All are looked up before anything is done: the second name of a device that is deleted still
/// names it.
fn name_devices<'a>(
    fleet: &Fleet,
    by_mac: bool,
    identifiers: &'a [String],
) -> Vec<(&'a str, Option<Arc<str>>)> {
    let find = |identifier: &str| {
        let device = if by_mac {
            fleet.find_by_mac(identifier.parse().ok()?)
        } else {
            fleet.find_by_hwid(identifier)
        };
        device.map(|device| device.shared_hwid())
    };

    let mut seen = HashSet::new();
    let once = identifiers.iter().map(String::as_str).filter(|identifier| seen.insert(*identifier));
    once.map(|identifier| (identifier, find(identifier))).collect()
}
