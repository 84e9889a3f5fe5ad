//! Requires no property that goes only one way: `readOnly` ones are left out of requests and `writeOnly` ones of answers, and one
//! type stands for both.

use serde_json::Value;

use super::schemas::visit_all;

pub(super) fn adapt(document: &mut Value) {
    visit_all(document, &mut |schema| {
        let Some(schema) = schema.as_object_mut() else { return };
        let properties = schema.get("properties").and_then(Value::as_object);
        let goes_one_way =
            |property: &Value| property["readOnly"] == true || property["writeOnly"] == true;
        let names: Vec<String> = properties
            .into_iter()
            .flatten()
            .filter(|(_, property)| goes_one_way(property))
            .map(|(name, _)| name.clone())
            .collect();
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| !names.iter().any(|it| name == it));
        }
    });
}
