//! Documents of any size.

use serde_json::{Map, Value, json};

/// A document of so many operations, each with a body, an answer and an enumeration of its own.
pub(super) fn document(operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for number in 0..operations {
        paths.insert(format!("/things{number}/{{id}}"), json!({ "put": operation(number) }));
        schemas.extend(types(number));
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "servers": [{ "url": "https://things.example" }],
        "security": [{ "Token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "Token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn operation(number: usize) -> Value {
    json!({
        "operationId": format!("change_thing{number}"),
        "summary": "Change a thing",
        "x-rate-limit": { "limit": 10, "window-seconds": 60, "scope": "account" },
        "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "page", "in": "query", "schema": { "type": "integer", "minimum": 1 } },
        ],
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": reference("Thing", number) } },
        },
        "responses": {
            "200": {
                "description": "The states of all things.",
                "headers": { "X-Left": { "schema": { "type": "integer" } } },
                "content": { "application/json": { "schema": reference("States", number) } },
            },
            "404": { "description": "There is no such thing." },
        },
    })
}

fn types(number: usize) -> [(String, Value); 3] {
    let thing = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": { "type": "string", "minLength": 1 },
            "size": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 9 },
            "parts": { "type": "array", "minItems": 1, "items": { "type": "string" } },
            "state": reference("State", number),
        },
    });
    let state = json!({ "type": "integer", "enum": [0, 1], "x-enum-varnames": ["Off", "On"] });
    let states = json!({ "type": "object", "additionalProperties": reference("State", number) });
    [("Thing", thing), ("State", state), ("States", states)]
        .map(|(name, schema)| (format!("{name}{number}"), schema))
}

fn reference(name: &str, number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}{number}") })
}
