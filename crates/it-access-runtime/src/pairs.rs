//! The map type of generated clients.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser::SerializeMap};

/// The entries of a JSON object, in the order of the text, with keys that stand twice kept twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs<K, V>(pub Vec<(K, V)>);

impl<K, V> Pairs<K, V> {
    /// Whether there is no entry. Generated code names this function to leave out empty maps.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K, V> Default for Pairs<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> std::ops::Deref for Pairs<K, V> {
    type Target = [(K, V)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<K, V> FromIterator<(K, V)> for Pairs<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K, V> IntoIterator for Pairs<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Pairs<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Pairs<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut pairs = Vec::new();
        each_pair(deserializer, |key, value| pairs.push((key, value)))?;
        Ok(Self(pairs))
    }
}

/// Reads the entries of a JSON object, in the order of the text, and keeps none of them.
///
/// # Errors
///
/// If it is no object, or not one of such entries. `take` has been given those before the mistake.
pub fn each_pair<'de, D: Deserializer<'de>, K: Deserialize<'de>, V: Deserialize<'de>>(
    deserializer: D,
    take: impl FnMut(K, V),
) -> Result<(), D::Error> {
    deserializer.deserialize_map(PairVisitor { take, pair: PhantomData })
}

struct PairVisitor<F, K, V> {
    take: F,
    pair: PhantomData<(K, V)>,
}

impl<'de, F: FnMut(K, V), K: Deserialize<'de>, V: Deserialize<'de>> de::Visitor<'de>
    for PairVisitor<F, K, V>
{
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: de::MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry()? {
            (self.take)(key, value);
        }
        Ok(())
    }
}

#[cfg(feature = "schemars")]
impl<K, V: schemars::JsonSchema> schemars::JsonSchema for Pairs<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Pairs_of_{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, V>>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_duplicates_both_ways() {
        let text = r#"{"z":1,"a":2,"z":3}"#;
        let pairs: Pairs<String, i64> = serde_json::from_str(text).unwrap();

        let entries: Vec<_> = pairs.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_eq!(entries, [("z", 1), ("a", 2), ("z", 3)]);
        assert_eq!(serde_json::to_string(&pairs).unwrap(), text);
        assert_eq!(pairs.clone().into_iter().collect::<Pairs<_, _>>(), pairs);
    }

    #[test]
    fn reads_objects_only() {
        assert_eq!(serde_json::from_str::<Pairs<String, i64>>("{}").unwrap(), Pairs::default());
        let error = serde_json::from_str::<Pairs<String, i64>>("[1]").unwrap_err();
        assert!(error.to_string().contains("expected a JSON object"), "{error}");
    }
}
