//! Where the objects of OpenAPI 3.0 stand. A key alone does not say what it holds: `example` may be a keyword, the name
//! of a property, or a part of an example.

use super::tree::{Object, Tree, is_extension};

/// A kind of object that OpenAPI defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Callback,
    Components,
    Document,
    Encoding,
    Example,
    Header,
    Link,
    MediaType,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityScheme,
}

/// How often a kind of object stands under a key.
enum Held {
    Once(Place),
    List(Place),
    Map(Place),
}

impl Place {
    /// Whether a reference may stand here, which in OpenAPI 3.0 stands alone: all beside it is ignored.
    pub(super) fn takes_references(self) -> bool {
        use Place::{
            Callback, Example, Header, Link, Parameter, RequestBody, Response, Schema,
            SecurityScheme,
        };
        matches!(
            self,
            Callback
                | Example
                | Header
                | Link
                | Parameter
                | RequestBody
                | Response
                | Schema
                | SecurityScheme
        )
    }

    fn under(self, key: &str) -> Option<Held> {
        use Held::{List, Map, Once};
        Some(match (self, key) {
            (Self::Document, "paths") => Once(Self::Paths),
            (Self::Document, "components") => Once(Self::Components),

            (Self::Components, "callbacks") => Map(Self::Callback),
            (Self::Components, "examples") => Map(Self::Example),
            (Self::Components, "headers") => Map(Self::Header),
            (Self::Components, "links") => Map(Self::Link),
            (Self::Components, "parameters") => Map(Self::Parameter),
            (Self::Components, "requestBodies") => Map(Self::RequestBody),
            (Self::Components, "responses") => Map(Self::Response),
            (Self::Components, "schemas") => Map(Self::Schema),
            (Self::Components, "securitySchemes") => Map(Self::SecurityScheme),

            (Self::Paths | Self::Callback, path) if !is_extension(path) => Once(Self::PathItem),
            (
                Self::PathItem,
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace",
            ) => Once(Self::Operation),
            (Self::PathItem | Self::Operation, "parameters") => List(Self::Parameter),
            (Self::Operation, "requestBody") => Once(Self::RequestBody),
            (Self::Operation, "responses") => Once(Self::Responses),
            (Self::Operation, "callbacks") => Map(Self::Callback),

            (Self::Responses, status) if !is_extension(status) => Once(Self::Response),
            (Self::Response | Self::Encoding, "headers") => Map(Self::Header),
            (Self::Response, "links") => Map(Self::Link),
            (Self::RequestBody | Self::Response | Self::Parameter | Self::Header, "content") => {
                Map(Self::MediaType)
            }
            (Self::Parameter | Self::Header | Self::MediaType, "schema") => Once(Self::Schema),
            (Self::Parameter | Self::Header | Self::MediaType, "examples") => Map(Self::Example),
            (Self::MediaType, "encoding") => Map(Self::Encoding),

            (Self::Schema, "properties") => Map(Self::Schema),
            (Self::Schema, "additionalProperties" | "items" | "not") => Once(Self::Schema),
            (Self::Schema, "allOf" | "anyOf" | "oneOf") => List(Self::Schema),
            _ => return None,
        })
    }
}

/// Calls `visitor` for `tree`, which is a `place`, and for each object below it, with its JSON pointer.
///
/// An object comes before its parts: the visitor may change them, and they are then visited as they have become.
pub(super) fn visit<E>(
    tree: &mut Tree,
    place: Place,
    visitor: &mut impl FnMut(Place, &str, &mut Object) -> Result<(), E>,
) -> Result<(), E> {
    visit_at(String::new(), tree, place, visitor)
}

fn visit_at<E>(
    pointer: String,
    tree: &mut Tree,
    place: Place,
    visitor: &mut impl FnMut(Place, &str, &mut Object) -> Result<(), E>,
) -> Result<(), E> {
    let Some(object) = tree.as_object_mut() else {
        return Ok(());
    };
    visitor(place, &pointer, object)?;
    for (key, part) in object {
        let pointer = below(&pointer, key);
        match (place.under(key), part) {
            (Some(Held::Once(place)), part) => visit_at(pointer, part, place, visitor)?,
            (Some(Held::List(place)), Tree::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    visit_at(format!("{pointer}/{index}"), item, place, visitor)?;
                }
            }
            (Some(Held::Map(place)), Tree::Object(entries)) => {
                for (key, entry) in entries {
                    visit_at(below(&pointer, key), entry, place, visitor)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn keywords_are_told_from_names_and_from_data() {
        let mut document: Tree = serde_json::from_str(
            r##"{
              "paths": {
                "x-schema": {"schema": {}},
                "/a": {
                  "parameters": [{"schema": {"items": {}}}],
                  "post": {"responses": {
                    "x-not": {"content": {"m": {"schema": {}}}},
                    "200": {"headers": {"x-id": {"schema": {}}},
                            "content": {"m": {"schema": {"additionalProperties": false}}}}
                  }}
                }
              },
              "components": {"schemas": {"schema": {
                "properties": {"properties": {"properties": {"x": {}}}, "example": {}},
                "example": {"properties": {"not": {}}},
                "oneOf": [{}, {"not": {}}]
              }}}
            }"##,
        )
        .unwrap();
        let mut schemas = Vec::new();
        let Ok(()) = visit(&mut document, Place::Document, &mut |place, pointer, _| {
            if place == Place::Schema {
                schemas.push(pointer.to_owned());
            }
            Ok::<_, Infallible>(())
        });
        assert_eq!(
            schemas,
            [
                "/paths/~1a/parameters/0/schema",
                "/paths/~1a/parameters/0/schema/items",
                "/paths/~1a/post/responses/200/headers/x-id/schema",
                "/paths/~1a/post/responses/200/content/m/schema",
                "/components/schemas/schema",
                "/components/schemas/schema/properties/properties",
                "/components/schemas/schema/properties/properties/properties/x",
                "/components/schemas/schema/properties/example",
                "/components/schemas/schema/oneOf/0",
                "/components/schemas/schema/oneOf/1",
                "/components/schemas/schema/oneOf/1/not",
            ]
        );
    }
}
