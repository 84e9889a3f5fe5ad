//! Operations: parameters, bodies, answers, servers and security.

use super::{found, made_up};

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
