//! The simulated account: what lives on from one request to the next.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Serialize, Serializer};

use crate::Fleet;
use crate::request::{ActionRequest, Targets};
use crate::rules::Outcome;
use crate::token::AccessToken;

#[derive(Debug)]
pub(crate) struct Account {
    token: AccessToken,
    fleet: Mutex<Fleet>,
}

/// One result per identifier, in the order sent. On the wire one JSON object, which a map would
/// sort or shuffle.
#[derive(Debug, PartialEq)]
pub(crate) struct Results(Vec<(String, Outcome)>);

impl Serialize for Results {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(identifier, outcome)| (identifier, outcome)))
    }
}

impl Account {
    pub(crate) fn new(fleet: Fleet, token: AccessToken) -> Self {
        Self { token, fleet: Mutex::new(fleet) }
    }

    pub(crate) fn token(&self) -> &AccessToken {
        &self.token
    }

    /// Copies the devices as they are now.
    pub(crate) fn fleet(&self) -> Fleet {
        self.lock().clone()
    }

    /// Carries out a request, as a whole before or after any other.
    pub(crate) fn carry_out(&self, request: ActionRequest) -> Results {
        let mut fleet = self.lock();
        let named = name_devices(&fleet, request.targets);

        let mut done: HashMap<String, Outcome> = HashMap::new();
        let results = named.into_iter().map(|(identifier, hwid)| {
            let outcome = match hwid.map(|hwid| done.entry(hwid)) {
                None => Outcome::Failed,
                Some(Entry::Occupied(earlier)) => *earlier.get(),
                Some(Entry::Vacant(entry)) => {
                    let outcome = fleet.act(entry.key(), &request.action);
                    *entry.insert(outcome)
                }
            };
            (identifier, outcome)
        });
        Results(results.collect())
    }

    fn lock(&self) -> MutexGuard<'_, Fleet> {
        self.fleet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Pairs each identifier, once, with the HWID of the device that it names.
///
/// All are looked up before anything is done: the second name of a device that is deleted still
/// names it.
fn name_devices(fleet: &Fleet, targets: Targets) -> Vec<(String, Option<String>)> {
    let (by_mac, identifiers) = match targets {
        Targets::Hwids(hwids) => (false, hwids),
        Targets::Macs(macs) => (true, macs),
    };
    let find = |identifier: &str| {
        let device = if by_mac {
            fleet.find_by_mac(identifier.parse().ok()?)
        } else {
            fleet.find_by_hwid(identifier)
        };
        device.map(|device| device.hwid().to_owned())
    };

    let mut seen = HashSet::new();
    identifiers
        .into_iter()
        .filter(|identifier| seen.insert(identifier.clone()))
        .map(|identifier| {
            let hwid = find(&identifier);
            (identifier, hwid)
        })
        .collect()
}
