//! Reads what the service answers: a result for each device, found by value.

use std::{borrow::Cow, collections::HashMap, hash::Hash};

use it_access_api::types;
use it_access_runtime::each_pair;
use serde::{Deserialize, de};

use super::in_order;
use crate::{ActionStatus, DeviceState, Hwid, RequestReport, Targets, UnaskedResult};

/// Reads an answer: finds each target's result, by value.
///
/// A target without a result is unreported; one with contradicting results is unknown; a result without a target is
/// kept aside.
pub(crate) fn report(targets: &Targets, answer: &[u8]) -> serde_json::Result<RequestReport> {
    match targets {
        Targets::Hwids(list) => match in_order::read(list.as_slice(), answer) {
            Some(states) => Ok(RequestReport::new(states, Vec::new())),
            None => report_by_hwid(list.as_slice(), answer),
        },
        Targets::MacAddresses(list) => {
            let mut found = Found::new(list.as_slice(), |address| address);
            // They may come back in another spelling.
            each_result(answer, |key, status| found.take(key, key.parse().ok().as_ref(), status))?;
            Ok(RequestReport::new(found.states, found.unasked))
        }
    }
}

pub(super) fn report_by_hwid(hwids: &[Hwid], answer: &[u8]) -> serde_json::Result<RequestReport> {
    let mut found = Found::new(hwids, Hwid::as_str);
    each_result(answer, |key, status| found.take(key, Some(key), status))?;
    Ok(RequestReport::new(found.states, found.unasked))
}

/// A key of the answer, in the answer's own memory where it needs no decoding.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads the results one by one: of a long list, none is kept in two forms.
fn each_result(answer: &[u8], mut take: impl FnMut(&str, ActionStatus)) -> serde_json::Result<()> {
    // The encoding is looked at once for the whole answer: serde_json would look at it for each key.
    let answer = str::from_utf8(answer).map_err(de::Error::custom)?;
    let mut json = serde_json::Deserializer::from_str(answer);
    each_pair(&mut json, |Key(key): Key<'_>, result: types::DeviceActionResult| {
        take(&key, ActionStatus::from_code(result.into()));
    })?;
    json.end()
}

/// The results that were found for targets, which are compared by a value of type `V`.
struct Found<'a, T, V: ?Sized> {
    targets: &'a [T],
    value: fn(&T) -> &V,
    /// Of each target, unreported until its result is found.
    states: Vec<DeviceState>,
    unasked: Vec<UnaskedResult>,
    /// Services answer in the order of the request, as a rule: the place where the next result belongs then.
    next: usize,
    /// The place of each target. Made only where a service answers in another order.
    index: Option<HashMap<&'a V, usize>>,
}

impl<'a, T, V: Eq + Hash + ?Sized> Found<'a, T, V> {
    fn new(targets: &'a [T], value: fn(&T) -> &V) -> Self {
        let states = vec![DeviceState::Unreported; targets.len()];
        Self { targets, value, states, unasked: Vec::new(), next: 0, index: None }
    }

    /// Takes the result of the device that `key` names, if it names one.
    fn take(&mut self, key: &str, named: Option<&V>, status: ActionStatus) {
        let Some(place) = named.and_then(|named| self.place(named)) else {
            return self.unasked.push(UnaskedResult { key: key.to_owned(), status });
        };
        self.next = place + 1;
        let reported = DeviceState::Reported(status);
        let state = &mut self.states[place];
        *state = match *state {
            DeviceState::Unreported => reported,
            before if before != reported => DeviceState::Unknown,
            _ => reported,
        };
    }

    fn place(&mut self, named: &V) -> Option<usize> {
        let Self { targets, value, next, .. } = *self;
        if targets.get(next).is_some_and(|target| value(target) == named) {
            return Some(next);
        }
        let index = self.index.get_or_insert_with(|| {
            targets.iter().enumerate().map(|(place, target)| (value(target), place)).collect()
        });
        index.get(named).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The states of three devices for an answer's text, and what was kept aside.
    fn states(targets: &Targets, answer: &str) -> (String, String) {
        let report = report(targets, answer.as_bytes()).unwrap();
        let states = report.states().iter().map(ToString::to_string);
        let unasked =
            report.unasked().iter().map(|result| format!("{}={}", result.key, result.status));
        (states.collect::<Vec<_>>().join(", "), unasked.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn finds_each_result_by_value() {
        let hwids = Targets::hwids(["a", "b", "c"]).unwrap();
        let addresses = Targets::mac_addresses(["00:0c:29:cd:c7:b2", "000000000001"]).unwrap();
        let cases = [
            (&hwids, r#"{"c":1,"a":-1,"b":0}"#, "not supported, failed, applied", ""),
            (&hwids, r#"{"a":1,"b":7}"#, "applied, other (7), unreported", ""),
            (
                &hwids,
                r#"{"a":1,"b":1,"c":1,"d":0,"":1}"#,
                "applied, applied, applied",
                "d=failed, =applied",
            ),
            (&hwids, r#"{"a":1,"A":1,"b":0,"c":0}"#, "applied, failed, failed", "A=applied"),
            (&hwids, r#"{"a":1,"a":1,"b":1,"b":0,"c":0,"b":0}"#, "applied, unknown, failed", ""),
            (&hwids, r#"{"a":1,"a":0,"a":0}"#, "unknown, unreported, unreported", ""),
            (&hwids, "{}", "unreported, unreported, unreported", ""),
            (&addresses, r#"{"00-0C-29-CD-C7-B2":1,"0000.0000.0001":0}"#, "applied, failed", ""),
            (&addresses, r#"{"device":1}"#, "unreported, unreported", "device=applied"),
        ];
        for (targets, answer, devices, unasked) in cases {
            assert_eq!(
                states(targets, answer),
                (devices.to_owned(), unasked.to_owned()),
                "{answer}"
            );
        }
    }
}
