//! From YAML, of which JSON is a part, to the JSON value that OpenAPI is defined on.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::Value;

use crate::Error;

/// Reads the first YAML document of `text`.
pub(crate) fn to_json(text: &str) -> Result<Value, Error> {
    match Yaml::load_from_str(text)?.first() {
        Some(node) => value(node, ""),
        None => Ok(Value::Null),
    }
}

fn value(node: &Yaml<'_>, pointer: &str) -> Result<Value, Error> {
    let not_json = |what| Error::NotJson { what, pointer: pointer.to_owned() };
    match node {
        Yaml::Value(scalar) => {
            json_scalar(scalar).ok_or_else(|| not_json("a number that JSON does not have"))
        }
        Yaml::Sequence(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| value(item, &format!("{pointer}/{index}")))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        Yaml::Mapping(entries) => entries
            .iter()
            .map(|(key, entry)| {
                let key = json_key(key).ok_or_else(|| not_json("a key that is no scalar"))?;
                let entry = value(entry, &format!("{pointer}/{key}"))?;
                Ok((key, entry))
            })
            .collect::<Result<_, _>>()
            .map(Value::Object),
        Yaml::Tagged(_, node) => value(node, pointer),
        Yaml::Representation(..) | Yaml::Alias(_) | Yaml::BadValue => {
            Err(not_json("an unreadable value"))
        }
    }
}

fn json_scalar(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(flag) => Value::Bool(*flag),
        Scalar::Integer(number) => Value::from(*number),
        Scalar::FloatingPoint(number) => {
            Value::Number(serde_json::Number::from_f64(number.into_inner())?)
        }
        Scalar::String(text) => Value::String(text.clone().into_owned()),
    })
}

/// A mapping's key as text, so that an unquoted status (`200:`) is read like a quoted one.
fn json_key(key: &Yaml<'_>) -> Option<String> {
    match key {
        Yaml::Value(Scalar::String(text)) => Some(text.clone().into_owned()),
        Yaml::Value(scalar) => json_scalar(scalar).map(|value| value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_json_can_hold() {
        let cases = [
            ("a: 1\nb: [x, 2.5, true, ~]", json!({"a": 1, "b": ["x", 2.5, true, null]})),
            ("200: ok\n'404': no", json!({"200": "ok", "404": "no"})),
            ("a: &x {k: v}\nb: *x", json!({"a": {"k": "v"}, "b": {"k": "v"}})),
            (r#"{"json": ["is", "yaml"]}"#, json!({"json": ["is", "yaml"]})),
            ("on: no", json!({"on": "no"})),
            ("", json!(null)),
        ];
        for (text, expected) in cases {
            assert_eq!(to_json(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn says_where_json_ends() {
        let cases = [
            ("a: {b: .nan}", "a number that JSON does not have at /a/b"),
            ("a: {[x]: y}", "a key that is no scalar at /a"),
            ("a: 1\na: 2", "duplicated key"),
            ("a: [", "line 2"),
        ];
        for (text, expected) in cases {
            let message = to_json(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }
}
