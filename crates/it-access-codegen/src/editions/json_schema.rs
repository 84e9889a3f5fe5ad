//! From a schema of an OpenAPI 3.1 document to a JSON Schema that stands alone.

use std::collections::{BTreeSet, VecDeque};

use super::{
    EditionError,
    places::{self, Place},
    references::{self, SCHEMAS},
    tree::{Object, Tree, is_extension},
};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Brings the schema `name` and all that it refers to into one JSON Schema.
pub(super) fn stand_alone(
    document: &Tree,
    name: &str,
    comment: String,
) -> Result<Tree, EditionError> {
    let schemas = document.schemas();
    let find = |name: &str| schemas.and_then(|schemas| schemas.get_key_value(name));
    let (_, root) = find(name).ok_or_else(|| EditionError::NoSuchSchema(name.to_owned()))?;

    let mut definitions = Object::new();
    let mut seen = BTreeSet::from([name.to_owned()]);
    let mut root = root.clone();
    let mut waiting: VecDeque<String> = make_local(&mut root, name, name, &find)?.into();
    while let Some(next) = waiting.pop_front() {
        if seen.insert(next.clone())
            && let Some((_, schema)) = find(&next)
        {
            let mut schema = schema.clone();
            waiting.extend(make_local(&mut schema, &next, name, &find)?);
            definitions.insert(next, schema);
        }
    }

    let mut whole = Object::from_iter([
        ("$schema".to_owned(), DIALECT.into()),
        ("$comment".to_owned(), comment.into()),
        ("title".to_owned(), name.into()),
    ]);
    if let Tree::Object(root) = root {
        whole.extend(root);
    }
    if !definitions.is_empty() {
        whole.insert("$defs".to_owned(), Tree::Object(definitions));
    }
    Ok(Tree::Object(whole))
}

/// Leaves out what only OpenAPI knows, which strict validators refuse, and turns references to schemas of the document
/// into references to definitions. Gives the names of those schemas.
fn make_local<'a>(
    schema: &mut Tree,
    name: &str,
    root: &str,
    find: &impl Fn(&str) -> Option<(&'a String, &'a Tree)>,
) -> Result<Vec<String>, EditionError> {
    let mut names = Vec::new();
    places::visit(schema, Place::Schema, &mut |_, pointer, object| {
        object.retain(|key, _| {
            !is_extension(key) && !matches!(key.as_str(), "discriminator" | "externalDocs" | "xml")
        });
        let Some(reference) = object.get_mut("$ref") else {
            return Ok(());
        };
        let text = reference.as_str().unwrap_or_default();
        let Some((found, _)) = references::schema_name(text).and_then(find) else {
            return Err(EditionError::Unresolved {
                schema: name.to_owned(),
                pointer: format!("{pointer}/$ref"),
                reference: text.to_owned(),
            });
        };
        let below = &text[SCHEMAS.len() + found.len()..];
        *reference = match found.as_str() {
            found if found == root => format!("#{below}"),
            found => format!("#/$defs/{found}{below}"),
        }
        .into();
        names.push(found.clone());
        Ok(())
    })?;
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand_alone_of(schemas: &str) -> Result<String, EditionError> {
        let text = format!(r#"{{"components":{{"schemas":{schemas}}}}}"#);
        let schema = stand_alone(&serde_json::from_str(&text).unwrap(), "A", "why".to_owned())?;
        Ok(serde_json::to_string(&schema).unwrap())
    }

    #[test]
    fn what_is_referred_to_comes_along() {
        let cases = [
            (r#"{"B":{},"A":{"type":"null","x-a":1,"xml":{}}}"#, r#""title":"A","type":"null"}"#),
            (r#"{"A":{"title":"Its own"}}"#, r#""title":"Its own"}"#),
            (
                r##"{"B":{"$ref":"#/components/schemas/C"},"D":{},"C":{"x-a":1,"enum":["x-a"]},
                  "A":{"items":{"$ref":"#/components/schemas/B"},"not":{"$ref":"#/components/schemas/C"}}}"##,
                r##""title":"A","items":{"$ref":"#/$defs/B"},"not":{"$ref":"#/$defs/C"},"$defs":{"B":{"$ref":"#/$defs/C"},"C":{"enum":["x-a"]}}}"##,
            ),
            (
                r##"{"A":{"items":{"$ref":"#/components/schemas/A"},
                  "not":{"$ref":"#/components/schemas/B/properties/x-b"}},
                  "B":{"properties":{"x-b":{"$ref":"#/components/schemas/A/items"}}}}"##,
                r##""title":"A","items":{"$ref":"#"},"not":{"$ref":"#/$defs/B/properties/x-b"},"$defs":{"B":{"properties":{"x-b":{"$ref":"#/items"}}}}}"##,
            ),
        ];
        for (schemas, expected) in cases {
            let expected = format!(r#"{{"$schema":"{DIALECT}","$comment":"why",{expected}"#);
            assert_eq!(stand_alone_of(schemas).unwrap(), expected);
        }
    }

    #[test]
    fn what_cannot_come_along_is_named() {
        let cases = [
            (r#"{"B":{}}"#, "the document has no schema `A` below `components.schemas`"),
            (
                r##"{"A":{"items":{"$ref":"#/components/schemas/B"}},"B":{"items":{"$ref":"#/paths"}}}"##,
                "`#/paths`, which schema `B` refers to at /items/$ref, is no schema of the document",
            ),
            (
                r#"{"A":{"$ref":"b.json"}}"#,
                "`b.json`, which schema `A` refers to at /$ref, is no schema of the document",
            ),
        ];
        for (schemas, expected) in cases {
            assert_eq!(stand_alone_of(schemas).unwrap_err().to_string(), expected);
        }
    }
}
