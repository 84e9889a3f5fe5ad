//! The flat edition: for generators that cannot read `oneOf`, and for clients that must outlive an unknown code.

mod one_object;
mod open_integer;

use std::{collections::BTreeSet, fmt::Write};

use super::{
    places::Place,
    references,
    tree::{Object, Tree},
    visit_all,
};

/// How a schema became weaker than the one that it was made from.
struct Weakness {
    /// JSON pointer to the schema.
    pointer: String,
    /// What it now does, as a sentence without its subject.
    what: String,
}

/// Flattens every schema that can be, and says in the document what that did.
pub(super) fn flatten(mut document: Tree) -> Tree {
    let schemas = document.schemas().cloned().unwrap_or_default();
    let referenced = references::referenced_schemas(&document);
    let mut weaknesses = Vec::new();
    visit_all(&mut document, |place, pointer, object| {
        if place == Place::Schema
            && let Some(what) =
                one_object::merge(object, &schemas).or_else(|| open_integer::open(object))
        {
            append(object, &format!("Weaker than the canonical edition: this one {what}"));
            weaknesses.push(Weakness { pointer: pointer.to_owned(), what });
        }
    });
    let dropped = drop_orphans(&mut document, &referenced);
    weaknesses.retain(|weakness| {
        let pointer = format!("#{}", weakness.pointer);
        references::schema_name(&pointer).is_none_or(|name| !dropped.contains(name))
    });
    let mut keeps_alternatives = false;
    visit_all(&mut document, |place, _, object| {
        keeps_alternatives |= place == Place::Schema && object.contains_key("oneOf");
    });
    if let Some(info) = document.object_at_mut("info") {
        append(info, &introduction(&weaknesses, keeps_alternatives));
    }
    document
}

/// Drops the schemas that the document referred to only before it was flattened. Gives their names.
fn drop_orphans(document: &mut Tree, referenced: &BTreeSet<String>) -> BTreeSet<String> {
    let mut dropped = BTreeSet::new();
    loop {
        let still = references::referenced_schemas(document);
        let orphans: Vec<_> = referenced.difference(&still).collect();
        let Some(schemas) = document.schemas_mut() else {
            return dropped;
        };
        let before = schemas.len();
        schemas.retain(|name, _| !orphans.contains(&name));
        if schemas.len() == before {
            return dropped;
        }
        dropped.extend(orphans.into_iter().cloned());
    }
}

fn introduction(weaknesses: &[Weakness], keeps_alternatives: bool) -> String {
    let mut text = "**This is the flat edition**, for generators that cannot read `oneOf`, and for clients that must \
        outlive an unknown value of an enumeration of integers."
        .to_owned();
    if keeps_alternatives {
        text += " Where one object cannot stand for several, `oneOf` remains.";
    }
    text += " It accepts all that the canonical edition accepts";
    if weaknesses.is_empty() {
        return text + ", and nothing else.";
    }
    text += ", and more:\n";
    for Weakness { pointer, what } in weaknesses {
        let name = pointer
            .strip_prefix("/components/schemas/")
            .filter(|name| !name.contains('/'))
            .unwrap_or(pointer);
        // Writing to a string does not fail.
        let _ = write!(text, "\n- `{name}` {what}");
    }
    text
}

/// Adds a paragraph to the description of `object`.
fn append(object: &mut Object, paragraph: &str) {
    let description = match object.get("description").and_then(Tree::as_str) {
        Some(present) => format!("{}\n\n{paragraph}\n", present.trim_end()),
        None => format!("{paragraph}\n"),
    };
    object.insert("description".to_owned(), description.into());
}

/// Joins at least one item as prose does.
fn join(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [item] => item.clone(),
        [start @ .., end] => format!("{} {last} {end}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r##"{
      "info": {"description": "A lamp.\n"},
      "paths": {"/": {"put": {"requestBody": {"content": {"m": {"schema": {"$ref": "#/components/schemas/Body"}}}}}}},
      "components": {"schemas": {
        "Body": {"oneOf": [{"$ref": "#/components/schemas/ByA"}, {"$ref": "#/components/schemas/ByB"}]},
        "ByA": {"type": "object", "additionalProperties": false, "required": ["a"],
          "properties": {"a": {"$ref": "#/components/schemas/Shared"}, "n": {"type": "integer", "enum": [1]}}},
        "ByB": {"type": "object", "additionalProperties": false, "required": ["b"],
          "properties": {"b": {"type": "string"}, "n": {"type": "integer", "enum": [1]}}},
        "Shared": {"type": "string"},
        "Unused": {"type": "string"}
      }}
    }"##;

    #[test]
    fn what_became_weaker_is_said_once_in_the_whole() {
        let flat = flatten(serde_json::from_str(DOCUMENT).unwrap());
        let description = flat.get("info").unwrap().get("description").unwrap().as_str().unwrap();
        let lines: Vec<&str> = description.lines().collect();
        assert_eq!(lines[0], "A lamp.");
        assert!(lines[2].ends_with("accepts all that the canonical edition accepts, and more:"));
        assert!(lines[4].starts_with("- `Body` accepts `a` and `b` together"), "{description}");
        assert!(
            lines[5].starts_with("- `/components/schemas/Body/properties/n` accepts every integer"),
            "{description}"
        );
        assert_eq!(lines.len(), 6, "{description}");
    }

    #[test]
    fn only_what_flattening_orphaned_is_dropped() {
        let flat = flatten(serde_json::from_str(DOCUMENT).unwrap());
        let names: Vec<&String> = flat.schemas().unwrap().keys().collect();
        assert_eq!(names, ["Body", "Shared", "Unused"]);
    }

    #[test]
    fn what_is_flat_already_stays_and_says_so() {
        let document =
            r#"{"info":{},"components":{"schemas":{"S":{"type":"string","enum":["a"]}}}}"#;
        let flat = flatten(serde_json::from_str(document).unwrap());
        let text = serde_json::to_string(&flat).unwrap();
        assert!(text.contains("the canonical edition accepts, and nothing else."), "{text}");
        assert!(text.ends_with(r#""schemas":{"S":{"type":"string","enum":["a"]}}}}"#), "{text}");
    }

    #[test]
    fn it_says_whether_alternatives_remain() {
        let schema = r#"{"oneOf":[{"type":"string"},{"type":"boolean"}]}"#;
        let document = format!(r#"{{"info":{{}},"components":{{"schemas":{{"S":{schema}}}}}}}"#);
        for (document, remain) in [(document.as_str(), true), (DOCUMENT, false)] {
            let flat = flatten(serde_json::from_str(document).unwrap()).to_string();
            assert_eq!(flat.contains("`oneOf` remains"), remain, "{flat}");
        }
    }
}
