//! Schemas, what stands for them, and references.

use it_access_codegen::Document;

use super::{found, found_in_schemas};

#[test]
fn a_default_fits_its_schema_or_is_found() {
    for (schema, right, wrong) in [
        ("type: array, items: { type: integer }", "[1]", "{ a: 1 }"),
        ("type: array, items: { type: integer }", "[1, 1]", "[x]"),
        ("type: array, items: { type: integer }, uniqueItems: true", "[1, 2]", "[1, 1]"),
        ("type: array, items: { type: integer }, minItems: 2", "[1, 2]", "[1]"),
        ("type: array, items: { type: integer }, maxItems: 1", "[1]", "[1, 2]"),
        ("type: boolean", "true", "1"),
        ("type: number", "1.5", "x"),
        ("type: integer, minimum: 5, exclusiveMinimum: true", "6", "5"),
        ("type: integer, maximum: 5, exclusiveMaximum: true", "4", "5"),
        ("type: integer, minimum: 5", "5", "4"),
        ("type: integer, maximum: 5", "5", "6"),
        ("type: integer, format: int8", "127", "128"),
        ("type: integer, format: uint8", "255", "-1"),
        ("type: integer, format: int16", "-32768", "32768"),
        ("type: integer, format: uint16", "65535", "65536"),
        ("type: integer, format: int32", "2147483647", "2147483648"),
        ("type: integer, format: uint32", "4294967295", "4294967296"),
        ("type: integer, format: uint64", "0", "-1"),
        ("type: string, nullable: true", "null", "1"),
        ("type: string", "x", "null"),
        ("type: object, additionalProperties: { type: integer }", "{ a: 1 }", "{ a: x }"),
        ("type: object, additionalProperties: true", "{ a: x }", "x"),
        (
            "type: object, additionalProperties: false, properties: { b: { type: string } }",
            "{ b: x }",
            "{ a: x }",
        ),
        ("allOf: [{ $ref: '#/components/schemas/Text' }]", "x", "1"),
    ] {
        for (default, is_right) in [(right, true), (wrong, false)] {
            let thing = format!("{{ {schema}, default: {default} }}");
            let found =
                found_in_schemas(&format!("{{ Text: {{ type: string }}, Thing: {thing} }}"));
            assert_eq!(!found.contains(&"invalid-default"), is_right, "{thing}: {found:?}");
        }
    }
}

#[test]
fn a_default_that_would_take_for_ever_is_refused() {
    let alternatives = |level: usize| {
        let of = |name: &str| format!("{{ $ref: '#/components/schemas/{name}{}' }}", level + 1);
        let both = format!("{{ anyOf: [{}, {}] }}", of("A"), of("B"));
        format!("A{level}: {both}, B{level}: {both}")
    };
    let levels: Vec<_> = (0..28).map(alternatives).collect();
    let end = "A28: { type: string }, B28: { type: boolean }";
    let thing = "Thing: { allOf: [{ $ref: '#/components/schemas/A0' }], default: 1 }";
    let found = found_in_schemas(&format!("{{ {}, {end}, {thing} }}", levels.join(", ")));
    assert!(found.contains(&"invalid-default"), "{found:?}");
}

#[test]
fn a_circle_of_references_comes_to_an_end() {
    let circle = "A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' }";
    let thing = "Thing: { allOf: [{ $ref: '#/components/schemas/A' }], default: 1 }";
    let found = found_in_schemas(&format!("{{ {circle}, {thing} }}"));
    assert!(found.contains(&"ref-cycle"), "{found:?}");
}

#[test]
fn only_what_cannot_be_is_found() {
    for (schema, code, is_found) in [
        ("type: string, minLength: 5, maxLength: 5", "empty-range", false),
        ("type: integer, minimum: 5, maximum: 5", "empty-range", false),
        ("type: integer, minimum: 5, maximum: 5, exclusiveMaximum: true", "empty-range", true),
        (
            "type: array, items: { type: string }, minItems: 5, maxItems: 5, exclusiveMaximum: true, maximum: 7",
            "empty-range",
            false,
        ),
        ("type: integer, format: int8, minimum: 127", "empty-range", false),
        ("type: integer, format: int8, minimum: 127, exclusiveMinimum: true", "empty-range", true),
        ("type: integer, format: int8, maximum: -128", "empty-range", false),
        ("type: integer, format: int8, maximum: -128, exclusiveMaximum: true", "empty-range", true),
        ("type: integer, format: int8, maximum: 300", "empty-range", false),
        ("type: integer, multipleOf: 2", "unchecked-keyword", false),
        ("type: array, items: { type: string }, uniqueItems: true", "unchecked-keyword", false),
        ("type: array, items: { type: string }, minItems: 32, maxItems: 32", "long-array", false),
        ("type: array, items: { type: string }, minItems: 33, maxItems: 33", "long-array", true),
    ] {
        let found = found_in_schemas(&format!("{{ Thing: {{ {schema} }} }}"));
        assert_eq!(found.contains(&code), is_found, "{schema}: {found:?}");
    }
}

#[test]
fn a_form_is_flat_or_is_found() {
    for (schema, is_found) in [
        ("type: object, properties: { a: { type: integer } }", false),
        ("type: object, properties: { a: { type: array, items: { type: string } } }", true),
        ("type: string", true),
        ("allOf: [{ type: object, properties: { a: { type: integer } } }]", false),
    ] {
        let content =
            format!("{{ application/x-www-form-urlencoded: {{ schema: {{ {schema} }} }} }}");
        let paths = format!(
            "{{ /it: {{ post: {{ operationId: it, requestBody: {{ required: true, content: {content} }}, responses: {{ '204': {{ description: Done }} }} }} }} }}"
        );
        let found = found(&paths, "{}");
        assert_eq!(found.contains(&"form-schema"), is_found, "{schema}: {found:?}");
    }
}

#[test]
fn a_reference_of_any_kind_leads_somewhere() {
    for (section, responses) in [
        (
            "examples",
            "{ '200': { description: It, content: { application/json: { schema: { type: string }, examples: { a: { $ref: '#/components/examples/None' } } } } } }",
        ),
        (
            "links",
            "{ '204': { description: It, links: { a: { $ref: '#/components/links/None' } } } }",
        ),
    ] {
        let paths = format!("{{ /it: {{ get: {{ operationId: it, responses: {responses} }} }} }}");
        let found = found(&paths, "{}");
        assert!(found.contains(&"unresolved-ref"), "{section}: {found:?}");
    }
}

#[test]
fn help_is_for_what_it_helps_with() {
    for (key, is_helped) in [("exclusiveMinimum", true), ("nullable", false)] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: Made up, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ \
             Thing: {{ type: integer, {key}: 5 }} }} }}\n"
        );
        let found = Document::parse("made-up.yaml", &text).unwrap_err().to_string();
        assert_eq!(found.contains("the limit belongs under"), is_helped, "{found}");
    }
}
