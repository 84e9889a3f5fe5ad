//! The answer that a service gives as a rule: in the order of the request, as short as it can be written. For long lists it is
//! read by a quarter of the instructions that it takes to find each device.

use memchr::memchr2;

use crate::{ActionStatus, DeviceState, Hwid};

/// Reads an answer that holds a result for each device, in their order, without escapes, spaces or codes of several digits.
/// Nothing, if it is any other: it may be as good, and is to be read by who knows all of JSON.
pub(super) fn read(hwids: &[Hwid], answer: &[u8]) -> Option<Vec<DeviceState>> {
    let mut states = Vec::with_capacity(hwids.len());
    let mut rest = answer;
    for hwid in hwids {
        let opening = if states.is_empty() { b"{\"" } else { b",\"" };
        rest = rest.strip_prefix(opening)?;
        let (key, behind) = rest.split_at(memchr2(b'"', b'\\', rest)?);
        if key != hwid.as_str().as_bytes() {
            return None;
        }
        let (code, behind) = code(behind.strip_prefix(b"\":")?)?;
        states.push(DeviceState::Reported(ActionStatus::from_code(code)));
        rest = behind;
    }
    (rest == b"}").then_some(states)
}

/// A code of one digit, as the documented ones are, and what stands behind it.
fn code(json: &[u8]) -> Option<(i64, &[u8])> {
    match json {
        [b'-', digit @ b'1'..=b'9', rest @ ..] => Some((-i64::from(digit - b'0'), rest)),
        [digit @ b'0'..=b'9', rest @ ..] => Some((i64::from(digit - b'0'), rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::answer::report_by_hwid;

    fn hwids(texts: &[&str]) -> Vec<Hwid> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn codes(states: &[DeviceState]) -> Vec<i64> {
        let code = |state: &DeviceState| match state {
            DeviceState::Reported(status) => status.code(),
            other => panic!("{other}"),
        };
        states.iter().map(code).collect()
    }

    #[test]
    fn reads_what_services_write() {
        let three = hwids(&["device123", "é", "b b"]);
        let states = read(&three, r#"{"device123":-1,"é":0,"b b":9}"#.as_bytes()).unwrap();
        assert_eq!(codes(&states), [-1, 0, 9]);
    }

    #[test]
    fn leaves_everything_else_to_others() {
        let two = hwids(&["a", "b"]);
        assert!(read(&two, br#"{"a":1,"b":0}"#).is_some());
        for answer in [
            "",
            "{}",
            "null",
            r#"{"a":1}"#,
            r#"{"a":1,"b":0"#,
            r#"{"a":1,"b":0}}"#,
            r#"{"a":1,"b":0} "#,
            r#"{"b":0,"a":1}"#,
            r#"{"a":1,"b":0,"c":1}"#,
            r#"{"a":1,"a":1,"b":0}"#,
            r#"{"a":1,"B":0}"#,
            r#"{"a":1,"bb":0}"#,
            r#"{"a":1,"":0}"#,
            r#"{"a":1, "b":0}"#,
            r#"{"a" :1,"b":0}"#,
            r#"{"a":1,"b":10}"#,
            r#"{"a":1,"b":-0}"#,
            r#"{"a":1,"b":01}"#,
            r#"{"a":1,"b":1.0}"#,
            r#"{"a":1,"b":1e1}"#,
            r#"{"a":1,"b":-}"#,
            r#"{"a":1,"b":}"#,
            r#"{"a":1,"b":"1"}"#,
            r#"{"a":1,"b":true}"#,
            r#"["a":1,"b":0]"#,
        ] {
            assert_eq!(read(&two, answer.as_bytes()), None, "{answer}");
        }
    }

    #[test]
    fn takes_no_escape_and_no_quote_of_an_id_for_its_own() {
        let escape = hwids(&[r"\u0061"]);
        assert_eq!(read(&escape, br#"{"\u0061":1}"#), None);
        let quotes = hwids(&[r#"a":1,"b"#]);
        assert_eq!(read(&quotes, br#"{"a":1,"b":1}"#), None);
    }

    proptest! {
        /// Whatever it reads, it reads like the reader that knows all of JSON.
        #[test]
        fn reads_nothing_otherwise(
            texts in prop::collection::btree_set(r#"[ab"\\:,{}é1-]{1,3}"#, 1..4),
            results in prop::collection::vec((0..4usize, -2..12i64), 0..4),
            is_in_order in any::<bool>(),
        ) {
            let hwids: Vec<Hwid> = texts.iter().map(|text| text.parse().unwrap()).collect();
            let entry = |(place, (named, code)): (usize, &(usize, i64))| {
                let named = if is_in_order { place } else { *named };
                let key = hwids.get(named).map_or("other", Hwid::as_str);
                format!("{}:{code}", serde_json::to_string(key).unwrap())
            };
            let entries: Vec<_> = results.iter().enumerate().map(entry).collect();
            let answer = format!("{{{}}}", entries.join(","));
            if let Some(states) = read(&hwids, answer.as_bytes()) {
                let report = report_by_hwid(&hwids, answer.as_bytes()).unwrap();
                prop_assert_eq!(report.states(), states);
                prop_assert!(report.unasked().is_empty());
            }
        }
    }
}
