//! One object in the place of several alternatives.

use super::join;
use crate::editions::{
    references::SCHEMAS,
    tree::{Object, Tree, is_extension},
};

/// Makes one object of a schema that is only a `oneOf` of closed objects, and says what it accepts beyond that.
///
/// Only closed objects, because an open one accepts any value under a name that it does not mention: the merged object
/// would refuse what an alternative accepts.
pub(super) fn merge(schema: &mut Object, schemas: &Object) -> Option<String> {
    if !schema.keys().all(|key| key == "oneOf" || is_annotation(key)) {
        return None;
    }
    let alternatives: Vec<Alternative<'_>> = schema
        .get("oneOf")?
        .as_array()?
        .iter()
        .map(|alternative| Alternative::read(resolve(alternative, schemas)?))
        .collect::<Option<_>>()?;

    let mut properties = Object::new();
    for (name, property) in alternatives.iter().flat_map(|alternative| alternative.properties) {
        let first = properties.entry(name.clone()).or_insert_with(|| property.clone());
        if first != property {
            return None;
        }
    }
    let what = weakness(&alternatives, &properties)?;
    let required: Vec<Tree> = properties
        .keys()
        .filter(|name| alternatives.iter().all(|each| each.requires(name)))
        .map(|name| name.as_str().into())
        .collect();

    schema.shift_remove("oneOf");
    schema.insert("type".to_owned(), "object".into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), Tree::Array(required));
    }
    schema.insert("additionalProperties".to_owned(), Tree::Scalar(false.into()));
    schema.insert("properties".to_owned(), Tree::Object(properties));
    Some(what)
}

/// A closed object.
struct Alternative<'a> {
    properties: &'a Object,
    required: &'a [Tree],
}

impl<'a> Alternative<'a> {
    /// Nothing if the schema says anything that a merged object could not say.
    fn read(schema: &'a Object) -> Option<Self> {
        let known = |key: &str| {
            matches!(key, "type" | "properties" | "required" | "additionalProperties")
                || is_annotation(key)
        };
        let is_closed_object = schema.get("type")?.as_str() == Some("object")
            && schema.get("additionalProperties") == Some(&Tree::Scalar(false.into()))
            && schema.keys().all(|key| known(key));
        let required = schema.get("required").and_then(Tree::as_array).unwrap_or_default();
        let properties = schema.get("properties")?.as_object()?;
        is_closed_object.then_some(Self { properties, required })
    }

    fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required.as_str() == Some(name))
    }
}

fn resolve<'a>(schema: &'a Tree, schemas: &'a Object) -> Option<&'a Object> {
    match schema.get("$ref") {
        Some(reference) => schemas.get(reference.as_str()?.strip_prefix(SCHEMAS)?)?.as_object(),
        None => schema.as_object(),
    }
}

/// Whether a keyword of a schema leaves open what fits it.
fn is_annotation(key: &str) -> bool {
    matches!(key, "title" | "description" | "example" | "externalDocs") || is_extension(key)
}

/// What one object accepts beyond the alternatives; nothing if they do not differ.
fn weakness(alternatives: &[Alternative<'_>], properties: &Object) -> Option<String> {
    let status = |each: &Alternative<'_>, name: &String| {
        (each.properties.contains_key(name), each.requires(name))
    };
    let differing: Vec<&String> = properties
        .keys()
        .filter(|name| {
            let first = alternatives.first().map(|each| status(each, name));
            alternatives.iter().any(|each| Some(status(each, name)) != first)
        })
        .collect();
    if differing.is_empty() {
        return None;
    }
    let quoted: Vec<String> = differing.iter().map(|name| format!("`{name}`")).collect();
    let all = join(&quoted, "and");

    let taken: Vec<String> = alternatives
        .iter()
        .map(|each| {
            let named: Vec<String> = differing
                .iter()
                .filter_map(|name| match status(each, name) {
                    (false, _) => None,
                    (true, true) => Some(format!("`{name}`")),
                    (true, false) => Some(format!("optionally `{name}`")),
                })
                .collect();
            if named.is_empty() { "none of them".to_owned() } else { named.join(" with ") }
        })
        .collect();
    let is_choice_of_two = alternatives.len() == 2
        && differing.len() == 2
        && alternatives.iter().all(|each| {
            let named = differing.iter().filter(|name| each.properties.contains_key(**name));
            named.map(|name| each.requires(name)).eq([true])
        });
    let beyond = if is_choice_of_two {
        format!("{all} together, and neither of them, which the service does not")
    } else {
        format!("every combination of {all}, and none of them")
    };
    Some(format!("accepts {beyond}; the service takes either {}.", join(&taken, "or")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Merges a schema, with two others to refer to: one that requires `a`, one that requires `b`.
    fn merged(schema: &str) -> (Option<String>, String) {
        let schemas = r#"{
          "A": {"type":"object","additionalProperties":false,"required":["s","a"],"title":"A",
                "properties":{"s":{"type":"string"},"a":{"minItems":1}}},
          "B": {"type":"object","additionalProperties":false,"required":["b","s"],
                "properties":{"s":{"type":"string"},"b":{"minItems":2}}}
        }"#;
        let schemas: Object = serde_json::from_str(schemas).unwrap();
        let mut schema = serde_json::from_str(schema).unwrap();
        let what = merge(&mut schema, &schemas);
        (what, serde_json::to_string(&schema).unwrap())
    }

    const A: &str = r##"{"$ref":"#/components/schemas/A"}"##;
    const B: &str = r##"{"$ref":"#/components/schemas/B"}"##;

    /// An object of alternatives of strings, each optional but for those with a `!` at their end.
    fn object(names: &[&str]) -> String {
        let properties: Vec<String> = names
            .iter()
            .map(|name| format!(r#""{}":{{"type":"string"}}"#, name.trim_end_matches('!')))
            .collect();
        let required: Vec<String> = names
            .iter()
            .filter_map(|name| name.strip_suffix('!'))
            .map(|name| format!("{name:?}"))
            .collect();
        format!(
            r#"{{"type":"object","additionalProperties":false,"required":[{}],"properties":{{{}}}}}"#,
            required.join(","),
            properties.join(",")
        )
    }

    #[test]
    fn alternatives_become_one_object() {
        let (what, schema) = merged(&format!(r#"{{"description":"Both.","oneOf":[{A},{B}]}}"#));
        assert_eq!(
            what.unwrap(),
            "accepts `a` and `b` together, and neither of them, which the service does not; the service takes either \
             `a` or `b`."
        );
        assert_eq!(
            schema,
            r#"{"description":"Both.","type":"object","required":["s"],"additionalProperties":false,"properties":{"s":{"type":"string"},"a":{"minItems":1},"b":{"minItems":2}}}"#
        );
    }

    #[test]
    fn the_weakness_is_named_whatever_differs() {
        let cases: [(&[&[&str]], &str); 5] = [
            (&[&["s!", "a!"], &["s!", "b!", "c"]], "`a` or `b` with optionally `c`"),
            (&[&["a!"], &["b!"], &["c!"]], "`a`, `b` or `c`"),
            (&[&["s!", "a!", "b!"], &["s!"]], "`a` with `b` or none of them"),
            (&[&["a"], &["b"]], "optionally `a` or optionally `b`"),
            (&[&["a!", "b"], &["a", "b!"]], "`a` with optionally `b` or optionally `a` with `b`"),
        ];
        for (alternatives, expected) in cases {
            let alternatives: Vec<String> =
                alternatives.iter().map(|names| object(names)).collect();
            let (what, _) = merged(&format!(r#"{{"oneOf":[{}]}}"#, alternatives.join(",")));
            let what = what.unwrap();
            assert!(what.starts_with("accepts every combination of `a`"), "{what}");
            assert!(what.ends_with(&format!("the service takes either {expected}.")), "{what}");
        }
    }

    #[test]
    fn what_one_object_cannot_say_is_left_alone() {
        let open = r#"{"type":"object","properties":{"b":{}}}"#;
        let bounded = object(&["b!"]).replacen('{', r#"{"minProperties":1,"#, 1);
        let other_s = object(&["b!", "s"]).replace("string", "integer");
        let nowhere = r##"{"$ref":"#/components/schemas/Nowhere"}"##;
        let beside = format!(r#"{{"oneOf":[{A},{B}],"discriminator":{{"propertyName":"s"}}}}"#);
        let cases = [
            beside,
            format!(r#"{{"oneOf":[{A},{open}]}}"#),
            format!(r#"{{"oneOf":[{A},{bounded}]}}"#),
            format!(r#"{{"oneOf":[{A},{other_s}]}}"#),
            format!(r#"{{"oneOf":[{A},{nowhere}]}}"#),
            format!(r#"{{"oneOf":[{A},{{"type":"string"}}]}}"#),
            format!(r#"{{"oneOf":[{A}]}}"#),
            format!(r#"{{"anyOf":[{A},{B}]}}"#),
        ];
        for schema in cases {
            assert_eq!(merged(&schema), (None, schema));
        }
    }
}
