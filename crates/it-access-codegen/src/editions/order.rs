//! The order in which the author wrote the keys, which [`Value`] does not keep.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

use super::tree::{Object, Tree};

/// The values of `json`, in the order of the text that they were read from.
pub(super) fn as_written(json: &Value, text: &str) -> Tree {
    let nodes = Yaml::load_from_str(text).unwrap_or_default();
    arrange(json, nodes.first())
}

/// A key without its like in the text comes after all that have one.
fn arrange(json: &Value, written: Option<&Yaml<'_>>) -> Tree {
    match (json, written) {
        (Value::Object(object), Some(Yaml::Mapping(entries))) => {
            let mut arranged: Object = entries
                .iter()
                .filter_map(|(key, entry)| {
                    let (key, value) = named(object, key)?;
                    Some((key.clone(), arrange(value, Some(entry))))
                })
                .collect();
            for (key, value) in object {
                arranged.entry(key.clone()).or_insert_with(|| arrange(value, None));
            }
            Tree::Object(arranged)
        }
        (Value::Array(items), Some(Yaml::Sequence(entries))) => Tree::Array(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| arrange(item, entries.get(index)))
                .collect(),
        ),
        (_, Some(Yaml::Tagged(_, node))) => arrange(json, Some(node)),
        _ => json.clone().into(),
    }
}

fn named<'a>(object: &'a Map<String, Value>, key: &Yaml<'_>) -> Option<(&'a String, &'a Value)> {
    match key {
        Yaml::Value(Scalar::String(text)) => object.get_key_value(text.as_ref()),
        Yaml::Value(Scalar::Integer(number)) => object.get_key_value(number.to_string().as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn keys_stand_as_they_were_written() {
        let cases = [
            ("z: 1\na: {y: 2, b: 3}\nm: 4", r#"{"z":1,"a":{"y":2,"b":3},"m":4}"#),
            ("- {b: 1, a: 2}\n- [{d: 3, c: 4}]", r#"[{"b":1,"a":2},[{"d":3,"c":4}]]"#),
            ("z: &x {k: 1, a: 2}\na: *x", r#"{"z":{"k":1,"a":2},"a":{"k":1,"a":2}}"#),
            ("500: z\n200: a\ndefault: m", r#"{"500":"z","200":"a","default":"m"}"#),
            ("true: z\nb: 1\na: 2", r#"{"b":1,"a":2,"true":"z"}"#),
            (
                r#"{"json": 1, "is": {"yaml": 2, "too": 3}}"#,
                r#"{"json":1,"is":{"yaml":2,"too":3}}"#,
            ),
            ("", "null"),
        ];
        for (text, expected) in cases {
            let tree = as_written(&yaml::to_json(text).unwrap(), text);
            assert_eq!(serde_json::to_string(&tree).unwrap(), expected, "{text}");
        }
    }
}
