//! JSON that keeps the order of its keys, whatever `serde_json` was built to do.

use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::source::{Kind, Node};

/// An object of JSON, in order.
pub(super) type Object = IndexMap<String, Tree>;

/// A value of JSON. Two objects are equal in any order of their keys. Prints itself as indented JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Tree {
    Object(Object),
    Array(Vec<Tree>),
    /// What is neither object nor array.
    Scalar(Value),
}

impl Tree {
    pub(super) fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// The object under `key` of this object.
    pub(super) fn object_at_mut(&mut self, key: &str) -> Option<&mut Object> {
        self.as_object_mut()?.get_mut(key)?.as_object_mut()
    }

    /// The object under `components.schemas` of an OpenAPI document.
    pub(super) fn schemas(&self) -> Option<&Object> {
        self.get("components")?.get("schemas")?.as_object()
    }

    /// As [`schemas`](Self::schemas), to be changed.
    pub(super) fn schemas_mut(&mut self) -> Option<&mut Object> {
        self.object_at_mut("components")?.get_mut("schemas")?.as_object_mut()
    }
}

/// A part of a document, with its keys in the order in which they were written.
impl From<&Node> for Tree {
    fn from(node: &Node) -> Self {
        match node.kind() {
            Kind::Scalar(value) => Self::Scalar(value.clone()),
            Kind::List(items) => Self::Array(items.iter().map(Self::from).collect()),
            Kind::Object(object) => {
                let entries = object.iter();
                Self::Object(
                    entries.map(|(key, entry)| (key.clone(), (&entry.value).into())).collect(),
                )
            }
        }
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Object(object) => {
                Self::Object(object.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
            Value::Array(items) => Self::Array(items.into_iter().map(Into::into).collect()),
            scalar => Self::Scalar(scalar),
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Scalar(text.into())
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?)
    }
}

/// Puts `new` with `value` in the place of `old`, if it is there.
pub(super) fn rename(object: &mut Object, old: &str, new: &str, value: impl FnOnce(Tree) -> Tree) {
    if let Some((index, _, old_value)) = object.shift_remove_full(old) {
        object.shift_remove(new);
        object.shift_insert(index.min(object.len()), new.to_owned(), value(old_value));
    }
}

/// Whether `key` is a key that OpenAPI leaves to its users.
pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn keeps_the_order_and_the_kinds_of_what_it_reads() {
        let text = r#"{"z":[1,-1,2.5,true,null],"a":{"y":"","b":{}},"m":[]}"#;
        let tree: Tree = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&tree).unwrap(), text);
        assert_eq!(Tree::from(serde_json::from_str::<Value>(text).unwrap()), tree);
    }

    #[test]
    fn a_renamed_key_stays_where_it_was() {
        let Tree::Object(mut object) = serde_json::from_str(r#"{"a":1,"b":2,"c":3}"#).unwrap()
        else {
            panic!("no object");
        };
        rename(&mut object, "b", "B", |value| Tree::Array(vec![value]));
        rename(&mut object, "x", "X", |value| value);
        assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"a":1,"B":[2],"c":3}"#);
    }

    #[test]
    fn keys_stand_as_they_were_written() {
        let cases = [
            ("z: 1\na: {y: 2, b: 3}\nm: 4", r#"{"z":1,"a":{"y":2,"b":3},"m":4}"#),
            ("- {b: 1, a: 2}\n- [{d: 3, c: 4}]", r#"[{"b":1,"a":2},[{"d":3,"c":4}]]"#),
            ("z: &x {k: 1, a: 2}\na: *x", r#"{"z":{"k":1,"a":2},"a":{"k":1,"a":2}}"#),
            ("500: z\n200: a\ndefault: m", r#"{"500":"z","200":"a","default":"m"}"#),
            ("true: z\nb: 1\na: 2", r#"{"true":"z","b":1,"a":2}"#),
            (
                r#"{"json": 1, "is": {"yaml": 2, "too": 3}}"#,
                r#"{"json":1,"is":{"yaml":2,"too":3}}"#,
            ),
        ];
        for (text, expected) in cases {
            let tree = Tree::from(Source::read("test", text).unwrap().root());
            assert_eq!(serde_json::to_string(&tree).unwrap(), expected, "{text}");
        }
    }
}
