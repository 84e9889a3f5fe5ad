//! Names that become Rust.

use super::{found, found_in_schemas};

#[test]
fn only_what_takes_a_taken_name_is_found() {
    for (schemas, code, is_found) in [
        (
            "{ Thing: { type: object, properties: { extra: { type: string } } } }",
            "reserved-name",
            false,
        ),
        (
            "{ Thing: { type: object, additionalProperties: { type: string }, properties: { other: { type: string } } } }",
            "reserved-name",
            false,
        ),
        (
            "{ Thing: { type: object, additionalProperties: { type: string }, properties: { extra: { type: string } } } }",
            "reserved-name",
            true,
        ),
        (
            "{ ThingIt: { type: string, enum: [a] }, Base: { type: object, properties: { a: { type: string } } }, \
               Thing: { type: object, properties: { it: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: { type: string } } }] } } } }",
            "name-collision",
            true,
        ),
        (
            "{ ThingInnerIt: { type: string, enum: [a] }, \
               Thing: { nullable: true, type: object, properties: { it: { type: string, enum: [b] } } } }",
            "name-collision",
            true,
        ),
        (
            "{ ThingIt: { type: string, enum: [a] }, \
               Thing: { nullable: true, type: object, properties: { it: { type: string, enum: [b] } } } }",
            "name-collision",
            false,
        ),
        (
            "{ ThingValueItem: { type: string, enum: [a] }, \
               Thing: { nullable: true, type: array, minItems: 1, items: { type: string, enum: [b] } } }",
            "name-collision",
            true,
        ),
    ] {
        let found = found_in_schemas(schemas);
        assert_eq!(found.contains(&code), is_found, "{schemas}: {found:?}");
    }
}

#[test]
fn a_schema_is_called_as_it_likes_but_for_a_few_names() {
    for (name, is_found) in [
        ("Error", false),
        ("Result", false),
        ("Option", false),
        ("Vec", false),
        ("Self", true),
        ("Err", true),
        ("None", true),
        ("Ok", true),
        ("Some", true),
        ("String", true),
    ] {
        let found = found_in_schemas(&format!("{{ {name}: {{ type: object }} }}"));
        assert_eq!(found.contains(&"reserved-name"), is_found, "{name}: {found:?}");
    }
}

#[test]
fn only_names_that_are_the_same_in_capitals_are_found() {
    for (other, is_found) in [("strasse", true), ("STRASSE", true), ("stra_sse", false)] {
        let operation = |id: &str| {
            format!("{{ operationId: {id}, responses: {{ '204': {{ description: Done }} }} }}")
        };
        let (one, two) = (operation("straße"), operation(other));
        let found = found(&format!("{{ /it: {{ get: {one}, put: {two} }} }}"), "{}");
        assert_eq!(found.contains(&"name-collision"), is_found, "{other}: {found:?}");
    }
}
