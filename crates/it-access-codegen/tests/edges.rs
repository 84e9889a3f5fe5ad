//! The edge of each rule: what is just right, and what is just wrong.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod made_up;

use it_access_codegen::Document;

fn found(paths: &str, components: &str) -> Vec<&'static str> {
    made_up::codes(&format!("paths: {paths}\ncomponents: {components}"))
}

fn found_in_schemas(schemas: &str) -> Vec<&'static str> {
    found("{}", &format!("{{ schemas: {schemas} }}"))
}

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
fn only_what_an_operation_cannot_have_is_found() {
    let responses = "responses: { '204': { description: Done } }";
    for (path, operation, code, is_found) in [
        (
            "/it",
            "parameters: [{ name: a, in: query, schema: { type: string }, content: { application/json: { schema: { type: string } } } }]",
            "schema-or-content",
            true,
        ),
        (
            "/it",
            "x-rate-limit: { limit: 1, window-seconds: 1, scope: account }",
            "invalid-rate-limit",
            false,
        ),
        (
            "/it",
            "x-rate-limit: { limit: 1, window-seconds: 1, scope: '' }",
            "invalid-rate-limit",
            true,
        ),
        ("/it", "security: [{ x-rate-limits: [] }]", "unknown-extension", false),
        (
            "/{id}",
            "parameters: [{ name: id, in: path, required: true, schema: { type: string } }]",
            "invalid-path",
            false,
        ),
        (
            "/{id(x)}",
            "parameters: [{ name: 'id(x)', in: path, required: true, schema: { type: string } }]",
            "path-pattern",
            false,
        ),
        ("/it(x)", "summary: It", "path-pattern", true),
        ("/it", "servers: []", "operation-servers", false),
        ("/it", "servers: [{ url: 'https://other.example' }]", "operation-servers", true),
    ] {
        let paths =
            format!("{{ '{path}': {{ get: {{ operationId: it, {operation}, {responses} }} }} }}");
        let found = found(&paths, "{}");
        assert_eq!(found.contains(&code), is_found, "{operation}: {found:?}");
    }
}

#[test]
fn only_what_a_parameter_cannot_be_is_found() {
    let schemas = "Text: { type: string }, Nothing: { type: string, nullable: true }, \
                   Circle: { $ref: '#/components/schemas/Circle' }, Round: { allOf: [{ $ref: '#/components/schemas/Round' }] }";
    for (place, schema, code, is_found) in [
        ("header", "type: string, nullable: true", "nullable-parameter", false),
        ("header", "$ref: '#/components/schemas/Text'", "nullable-parameter", false),
        ("header", "$ref: '#/components/schemas/Nothing'", "nullable-parameter", true),
        ("query", "allOf: [{ $ref: '#/components/schemas/Nothing' }]", "nullable-parameter", true),
        ("query", "allOf: [{ $ref: '#/components/schemas/Text' }]", "nullable-parameter", false),
        ("query", "$ref: '#/components/schemas/Circle'", "nullable-parameter", false),
        ("query", "$ref: '#/components/schemas/Round'", "nullable-parameter", false),
        (
            "query",
            "type: array, items: { type: string }, minItems: 2, maxItems: 2",
            "parameter-style",
            true,
        ),
        (
            "query",
            "type: array, items: { type: string }, minItems: 1, maxItems: 2",
            "parameter-style",
            false,
        ),
        (
            "query",
            "type: array, items: { type: string }, minItems: 0, maxItems: 0",
            "parameter-style",
            false,
        ),
        ("query", "type: array, items: { type: string }", "parameter-style", false),
        (
            "query",
            "type: array, items: { type: string }, minItems: 2, maxItems: 2, uniqueItems: true",
            "parameter-style",
            false,
        ),
        (
            "query",
            "type: array, items: { type: array, items: { type: string } }",
            "parameter-style",
            true,
        ),
        ("query", "type: object, additionalProperties: { type: object }", "parameter-style", true),
        (
            "query",
            "type: object, properties: { a: { $ref: '#/components/schemas/Text' } }",
            "parameter-style",
            false,
        ),
    ] {
        let parameter = format!("{{ name: p, in: {place}, schema: {{ {schema} }} }}");
        let paths = format!(
            "{{ /it: {{ get: {{ operationId: it, parameters: [{parameter}], responses: {{ '204': {{ description: Done }} }} }} }} }}"
        );
        let found = found(&paths, &format!("{{ schemas: {{ {schemas} }} }}"));
        assert_eq!(found.contains(&code), is_found, "{place}, {schema}: {found:?}");
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
fn only_what_a_security_scheme_cannot_be_is_found() {
    for (scheme, code, times) in [
        ("type: apiKey, in: header, name: X-Key", "invalid-header-name", 0),
        ("type: apiKey, in: header, name: a b", "invalid-header-name", 1),
        ("type: http, scheme: bearer", "missing-key", 0),
        ("type: http", "missing-key", 1),
        ("type: http, scheme: 7", "missing-key", 0),
    ] {
        let found = found("{}", &format!("{{ securitySchemes: {{ Key: {{ {scheme} }} }} }}"));
        assert_eq!(found.iter().filter(|it| **it == code).count(), times, "{scheme}: {found:?}");
    }
}

#[test]
fn the_braces_of_a_server_match_or_are_found() {
    for (url, variable, is_found) in [
        ("https://{b}", "b", false),
        ("https://a}{b}", "b", true),
        ("https://{}", "", true),
        ("https://{a{b}", "a{b", true),
        ("https://{b}}", "b", true),
    ] {
        let found = made_up::codes(&format!(
            "paths: {{}}\nservers: [{{ url: '{url}', variables: {{ '{variable}': {{ default: a }} }} }}]"
        ));
        assert_eq!(found.contains(&"server-variable"), is_found, "{url}: {found:?}");
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
fn a_server_that_no_client_can_be_made_with_is_found() {
    let key = "{ Key: { type: apiKey, in: header, name: X-Key } }";
    for (url, schemes, is_found) in [
        ("https://example.com/api/v1", key, false),
        ("HTTPS://example.com:8443", key, false),
        ("http://example.com", "{}", false),
        ("http://example.com", key, true),
        ("http://localhost:8080/v1", key, false),
        ("http://127.0.0.1", key, false),
        ("http://[::1]:8080/", key, false),
        ("http://[::2]", key, true),
        ("/api/v1", "{}", true),
        ("//example.com", "{}", true),
        ("example.com", "{}", true),
        ("ws://example.com", "{}", true),
        ("https://", "{}", true),
        ("https://a user@example.com", "{}", true),
        ("https://user@example.com", "{}", true),
        ("https://example.com/a@b", "{}", false),
        ("https://example.com?a=b", "{}", true),
        ("https://example.com#a", "{}", true),
        ("https://{host}", "{}", false),
        ("https://{host}/{part}", "{}", true),
    ] {
        let part = if url.contains("{part}") { ", part: { default: '?' }" } else { "" };
        let variables = match url.contains('{') {
            true => format!("{{ host: {{ default: example.com }}{part} }}"),
            false => "{}".to_owned(),
        };
        let found = made_up::codes(&format!(
            "paths: {{}}\nservers: [{{ url: '{url}', variables: {variables} }}]\ncomponents: {{ securitySchemes: {schemes} }}"
        ));
        assert_eq!(found.contains(&"unusable-server"), is_found, "{url}: {found:?}");
    }
}

#[test]
fn an_answer_has_a_body_where_http_has_one() {
    let thing = "content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }";
    let schemas = "{ schemas: { Thing: { type: object } } }";
    for (method, responses, code, is_found) in [
        ("get", format!("'200': {{ description: It, {thing} }}"), "impossible-body", false),
        ("get", format!("'204': {{ description: It, {thing} }}"), "impossible-body", true),
        ("get", format!("'205': {{ description: It, {thing} }}"), "impossible-body", true),
        ("get", "'204': { description: It, content: {} }".to_owned(), "impossible-body", false),
        ("head", format!("'200': {{ description: It, {thing} }}"), "impossible-body", true),
        ("head", "'200': { description: It }".to_owned(), "impossible-body", false),
        (
            "get",
            format!("'200': {{ description: It, {thing} }}, '204': {{ description: It, {thing} }}"),
            "several-success-types",
            true,
        ),
        (
            "head",
            format!("'200': {{ description: It, {thing} }}, '204': {{ description: It }}"),
            "several-success-types",
            false,
        ),
        (
            "head",
            format!("'404': {{ description: It, {thing} }}, '400': {{ description: It }}"),
            "several-error-types",
            false,
        ),
    ] {
        let paths = format!(
            "{{ /it: {{ {method}: {{ operationId: it, responses: {{ {responses} }} }} }} }}"
        );
        let found = found(&paths, schemas);
        assert_eq!(found.contains(&code), is_found, "{method}, {responses}: {found:?}");
    }
}

#[test]
fn only_a_described_body_that_is_not_read_is_found() {
    let schemas = "{ schemas: { Thing: { type: object }, Text: { type: string } } }";
    for (content, is_found) in [
        ("application/json: { schema: { type: object } }", false),
        ("application/json; charset=utf-8: { schema: { type: object } }", false),
        ("application/octet-stream: { schema: { type: string, format: binary } }", false),
        ("text/plain: { schema: { $ref: '#/components/schemas/Text' } }", false),
        ("'*/*': {}", false),
        ("'*/*': { schema: {} }", false),
        ("'*/*': { schema: { description: Anything. } }", false),
        ("'*/*': { schema: { $ref: '#/components/schemas/Thing' } }", true),
        ("text/csv: { schema: { type: array, items: { type: string } } }", true),
        ("application/problem+json: { schema: { $ref: '#/components/schemas/Thing' } }", true),
    ] {
        let responses = format!("{{ '200': {{ description: It, content: {{ {content} }} }} }}");
        let paths = format!("{{ /it: {{ get: {{ operationId: it, responses: {responses} }} }} }}");
        let found = found(&paths, schemas);
        assert_eq!(found.contains(&"unread-response"), is_found, "{content}: {found:?}");
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
