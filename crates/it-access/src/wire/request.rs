//! Writes requests: the document's `DeviceActionRequest`.

use it_access_api::types;
use serde::Serialize;

use crate::{DeviceAction, ExemptFor, Hwid, MacAddress, Targets};

/// Enough for a request of a few devices, in bytes.
const ROOM: usize = 256;

/// A request as it is written: the document's `DeviceActionRequest`.
///
/// It borrows the devices, because copying 50,000 of them into the generated types takes more memory than all else. The
/// tests read it back by those types.
pub(crate) struct WireRequest<'a> {
    targets: &'a Targets,
    rest: Rest,
}

/// All of a request but its devices.
#[derive(Serialize)]
struct Rest {
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<types::DeviceActionParams>,
    types: types::DeviceActionType,
}

impl<'a> WireRequest<'a> {
    /// Makes a request of the document's values.
    ///
    /// # Errors
    ///
    /// If a value of this crate's types is none of the document's: the two have grown apart.
    pub(crate) fn new(
        action: &DeviceAction,
        targets: &'a Targets,
    ) -> Result<Self, types::error::ConversionError> {
        let (types, params) = action_and_params(action)?;
        Ok(Self { targets, rest: Rest { params, types } })
    }

    /// The request as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        let mut json = String::with_capacity(ROOM);
        match self.targets {
            Targets::Hwids(list) => {
                write_list(&mut json, "ids", list.as_slice().iter().map(Hwid::as_str))?;
            }
            Targets::MacAddresses(list) => {
                write_list(&mut json, "macs", list.as_slice().iter().map(MacAddress::to_string))?;
            }
        }
        let rest = serde_json::to_string(&self.rest)?;
        json.push(',');
        json.push_str(rest.trim_start_matches('{'));
        Ok(json)
    }
}

/// Writes the beginning of an object: a list of texts under this key.
fn write_list(
    json: &mut String,
    key: &str,
    texts: impl Iterator<Item: AsRef<str>>,
) -> serde_json::Result<()> {
    json.extend(["{\"", key, "\":"]);
    let mut before = '[';
    for text in texts {
        json.push(before);
        write_text(json, text.as_ref())?;
        before = ',';
    }
    json.push(']');
    Ok(())
}

/// Writes a text. Hardly an identifier has anything to be escaped, which serde_json would look for byte by byte: with long
/// lists, for most of the time that a request takes.
fn write_text(json: &mut String, text: &str) -> serde_json::Result<()> {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        json.extend(["\"", text, "\""]);
    } else {
        json.push_str(&serde_json::to_string(text)?);
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_each_text_as_serde_json_does() {
        let texts =
            ["a", "device 123", "é", "\"", "\\", "a\"b", "a\\u0061", "/", "~", "a\u{a0}b", "☃"];
        let hwids = Targets::hwids(texts).unwrap();
        let request = WireRequest::new(&DeviceAction::Ignore, &hwids).unwrap();
        let expected = serde_json::json!({ "ids": texts, "types": "ignore" });
        assert_eq!(request.to_json().unwrap(), expected.to_string());
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
            let request = WireRequest::new(&action, targets).unwrap();
            assert_eq!(request.to_json().unwrap(), expected);
            let read: types::DeviceActionRequest = serde_json::from_str(expected).unwrap();
            assert_eq!(serde_json::to_string(&read).unwrap(), expected);
        }
    }
}
