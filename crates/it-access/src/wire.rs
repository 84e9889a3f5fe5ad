//! Between this crate's types and the generated ones: the only place that knows both.

use std::{borrow::Cow, collections::HashMap, hash::Hash};

use it_access_api::{Pairs, types};
use serde::Deserialize;

use crate::{
    ActionReport, ActionStatus, DeviceAction, DeviceId, DeviceReport, DeviceState, ExemptFor, Hwid,
    MacAddress, TargetList, Targets, UnaskedResult,
};

/// Writes a request.
///
/// # Errors
///
/// If a value of this crate's types is none of the document's: the two have grown apart.
pub(crate) fn request(
    action: &DeviceAction,
    targets: &Targets,
) -> Result<types::DeviceActionRequest, types::error::ConversionError> {
    let (types, params) = action_and_params(action)?;
    Ok(match targets {
        Targets::Hwids(list) => {
            let ids = list.as_slice().iter().map(|hwid| hwid.as_str().parse());
            let ids = ids.collect::<Result<Vec<_>, _>>()?.try_into()?;
            types::DeviceActionRequestByIds { types, ids, params }.into()
        }
        Targets::MacAddresses(list) => {
            let macs = list.as_slice().iter().map(|address| address.to_string().parse());
            let macs = macs.collect::<Result<Vec<_>, _>>()?.try_into()?;
            types::DeviceActionRequestByMacs { types, macs, params }.into()
        }
    })
}

type ActionAndParams = (types::DeviceActionType, Option<types::DeviceActionParams>);

fn action_and_params(
    action: &DeviceAction,
) -> Result<ActionAndParams, types::error::ConversionError> {
    use types::DeviceActionType as Wire;

    let none = types::DeviceActionParams::default();
    Ok(match action {
        DeviceAction::Exempt(time) => {
            // 0 is the wire's forever. It is sent, not left out: what is meant should be seen.
            let hours: i32 = match time {
                ExemptFor::Hours(hours) => hours.get().into(),
                ExemptFor::Forever => 0,
            };
            let exempt_time = Some(hours.try_into()?);
            (Wire::Exempt, Some(types::DeviceActionParams { exempt_time, ..none }))
        }
        DeviceAction::AssignToGroup(group) => {
            let group_id = Some(group.as_str().parse()?);
            (Wire::AssignToGroup, Some(types::DeviceActionParams { group_id, ..none }))
        }
        DeviceAction::Unexempt => (Wire::Unexempt, None),
        DeviceAction::Ignore => (Wire::Ignore, None),
        DeviceAction::Unignore => (Wire::Unignore, None),
        DeviceAction::Delete => (Wire::Delete, None),
        DeviceAction::RenewDhcp => (Wire::Dhcprenew, None),
        DeviceAction::ReIdentify => (Wire::ReIdentify, None),
    })
}

/// Reads an answer: finds each target's result, by value.
///
/// A target without a result is unreported; one with contradicting results is unknown; a result without a target is
/// kept aside.
pub(crate) fn report(targets: &Targets, answer: &[u8]) -> serde_json::Result<ActionReport> {
    let results: Pairs<Key<'_>, types::DeviceActionResult> = serde_json::from_slice(answer)?;
    Ok(match targets {
        Targets::Hwids(list) => find(list, &results, Some, Hwid::as_str, DeviceId::Hwid),
        Targets::MacAddresses(list) => find(
            list,
            &results,
            // They may come back in another spelling.
            |key| key.parse::<MacAddress>().ok(),
            |address| *address,
            DeviceId::MacAddress,
        ),
    })
}

/// A key of the answer, in the answer's own memory where it needs no decoding.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn find<'a, T: Clone + Eq + Hash, V: Eq + Hash>(
    list: &'a TargetList<T>,
    results: &'a Pairs<Key<'_>, types::DeviceActionResult>,
    read: impl Fn(&'a str) -> Option<V>,
    value: impl Fn(&'a T) -> V,
    id: impl Fn(T) -> DeviceId,
) -> ActionReport {
    let targets = list.as_slice();
    let mut states: Vec<Option<DeviceState>> = vec![None; targets.len()];
    let mut unasked = Vec::new();
    // Services answer in the order of the request, as a rule. An index is made only where this one does not.
    let mut next = 0;
    let mut index: Option<HashMap<V, usize>> = None;
    for (Key(key), result) in results.iter() {
        let status = ActionStatus::from_code((*result).into());
        let named = read(key);
        let place = match named {
            Some(named) if targets.get(next).is_some_and(|target| value(target) == named) => {
                Some(next)
            }
            Some(named) => {
                let index = index.get_or_insert_with(|| {
                    targets.iter().enumerate().map(|(place, it)| (value(it), place)).collect()
                });
                index.get(&named).copied()
            }
            None => None,
        };
        let Some(place) = place else {
            unasked.push(UnaskedResult { key: key.clone().into_owned(), status });
            continue;
        };
        next = place + 1;
        let reported = DeviceState::Reported(status);
        states[place] = Some(match states[place] {
            Some(before) if before != reported => DeviceState::Unknown,
            _ => reported,
        });
    }

    let devices = targets.iter().zip(states).map(|(target, state)| DeviceReport {
        id: id(target.clone()),
        state: state.unwrap_or(DeviceState::Unreported),
    });
    ActionReport::new(devices.collect(), unasked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The states of three devices for an answer's text, and what was kept aside.
    fn states(targets: &Targets, answer: &str) -> (String, String) {
        let report = report(targets, answer.as_bytes()).unwrap();
        let devices = report.devices().iter().map(|device| format!("{}", device.state));
        let unasked =
            report.unasked().iter().map(|result| format!("{}={}", result.key, result.status));
        (devices.collect::<Vec<_>>().join(", "), unasked.collect::<Vec<_>>().join(", "))
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

    #[test]
    fn sends_nothing_unasked() {
        let hwids = Targets::hwids(["a"]).unwrap();
        let addresses = Targets::mac_addresses(["000C29CDC7B2"]).unwrap();
        let hours = ExemptFor::hours(60).unwrap();
        let group = "finance".parse().unwrap();
        let cases = [
            (
                DeviceAction::Exempt(hours),
                &hwids,
                r#"{"ids":["a"],"params":{"exempt_time":60},"types":"exempt"}"#,
            ),
            (
                DeviceAction::Exempt(ExemptFor::Forever),
                &hwids,
                r#"{"ids":["a"],"params":{"exempt_time":0},"types":"exempt"}"#,
            ),
            (DeviceAction::Unexempt, &hwids, r#"{"ids":["a"],"types":"unexempt"}"#),
            (DeviceAction::Ignore, &hwids, r#"{"ids":["a"],"types":"ignore"}"#),
            (DeviceAction::Unignore, &hwids, r#"{"ids":["a"],"types":"unignore"}"#),
            (
                DeviceAction::Delete,
                &addresses,
                r#"{"macs":["00:0c:29:cd:c7:b2"],"types":"delete"}"#,
            ),
            (
                DeviceAction::RenewDhcp,
                &addresses,
                r#"{"macs":["00:0c:29:cd:c7:b2"],"types":"dhcprenew"}"#,
            ),
            (DeviceAction::ReIdentify, &hwids, r#"{"ids":["a"],"types":"re-identify"}"#),
            (
                DeviceAction::AssignToGroup(group),
                &hwids,
                r#"{"ids":["a"],"params":{"group_id":"finance"},"types":"assign_to_group"}"#,
            ),
        ];
        for (action, targets, expected) in cases {
            let request = request(&action, targets).unwrap();
            assert_eq!(serde_json::to_string(&request).unwrap(), expected);
        }
    }
}
