//! JSON that keeps the order of its keys: a reader expects an example as it was written.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// A value of JSON.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Json {
    Object(IndexMap<String, Json>),
    Array(Vec<Json>),
    /// What is neither object nor array.
    Scalar(Value),
}

impl Json {
    /// What stands under `key` of this object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(object) => object.get(key),
            _ => None,
        }
    }

    /// The text under `key`.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether `true` stands under `key`.
    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Self::Scalar(Value::Bool(true))))
    }

    /// The entries of the object under `key`; none if there is no such object.
    pub(super) fn entries(&self, key: &str) -> impl Iterator<Item = (&str, &Self)> {
        let object = match self.get(key) {
            Some(Self::Object(object)) => Some(object),
            _ => None,
        };
        object.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// The items of the list under `key`; none if there is no such list.
    pub(super) fn items(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(Self::Array(items)) => items,
            _ => &[],
        }
    }

    /// A text as it is, and anything else as JSON in one line.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Object(object) => {
                let entries = object
                    .iter()
                    .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), value.json()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Self::Array(items) => {
                format!("[{}]", items.iter().map(Self::json).collect::<Vec<_>>().join(", "))
            }
            Self::Scalar(Value::String(text)) => text.clone(),
            Self::Scalar(scalar) => scalar.to_string(),
        }
    }

    /// As JSON in one line.
    fn json(&self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.to_string(),
            _ => self.shown(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn is_shown_in_the_order_in_which_it_was_written() {
        for text in [r#"{"z": [1, "b"], "a": {"y": null}}"#, "[]", "{}", "-1", "plain"] {
            let json = serde_json::from_str(text).unwrap_or(Json::Scalar(text.into()));
            assert_eq!(json.shown(), text);
        }
    }
}
