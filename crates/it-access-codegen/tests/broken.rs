//! Broken documents, each named by what is wrong with it, and the report that its author gets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod made_up;

use std::{collections::BTreeSet, fs, path::Path};

use it_access_codegen::{
    Diagnostics, Document, Error, Settings, Severity, generate_client, generate_httpmock,
};

fn parse(name: &str) -> Result<Document, Diagnostics> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    Document::parse(name, &fs::read_to_string(folder.join(name)).unwrap())
}

/// All that is found, warnings of a good document included.
fn findings(name: &str) -> Diagnostics {
    parse(name).map_or_else(|problems| problems, |document| document.warnings().clone())
}

fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn each_document_gets_its_report() {
    insta::with_settings!({ snapshot_path => "snapshots/broken", prepend_module_to_snapshot => false }, {
        for name in names() {
            let findings = findings(&name);
            assert!(!findings.is_empty(), "{name}");
            insta::assert_snapshot!(name.as_str(), findings);
        }
    });
}

#[test]
fn every_code_is_shown_by_a_document() {
    let shown: BTreeSet<_> = names()
        .iter()
        .flat_map(|name| findings(name).iter().map(|it| it.code()).collect::<Vec<_>>())
        .collect();
    let documented: BTreeSet<_> = include_str!("../DIAGNOSTICS.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    // These two are what is left for the unknown; nothing that leads to them is known.
    let unknown = BTreeSet::from(["unsupported", "generator-panic"]);
    assert_eq!(&documented - &shown, unknown);
}

#[test]
fn several_problems_are_reported_at_once() {
    let findings = parse("several-problems.yaml").unwrap_err();
    let found: Vec<_> = findings.iter().map(|it| (it.code(), it.line(), it.column())).collect();
    assert_eq!(
        found,
        [
            ("cookie-parameter", 8, 32),
            ("optional-body", 9, 7),
            ("several-request-media-types", 10, 9),
            ("unsupported-request-media-type", 12, 11),
            ("unresolved-ref", 16, 58),
            ("default-response", 17, 9),
            ("unsupported-security-scheme", 20, 20),
            ("misplaced-keyword", 22, 61),
        ]
    );
    assert!(findings.has_errors());
    assert_eq!(findings.iter().filter(|it| it.severity() == Severity::Warning).count(), 1);
}

/// The codes of what is found in a document with these paths and schemas.
fn codes_in(paths: &str, schemas: &str) -> Vec<&'static str> {
    made_up::codes(&format!("paths: {paths}\ncomponents: {{ schemas: {schemas} }}"))
}

#[test]
fn a_default_that_fits_is_none_of_them() {
    let cases = [
        "{ type: integer, maximum: 5, exclusiveMaximum: true, default: 4 }",
        "{ type: integer, minimum: 5, exclusiveMinimum: true, default: 6 }",
        "{ type: string, minLength: 2, maxLength: 4, default: abc }",
        "{ type: object, properties: { a: { type: string }, b: { type: integer } }, default: { a: x, b: 1 } }",
    ];
    for schema in cases {
        let thing = format!("{{ Thing: {{ type: object, properties: {{ it: {schema} }} }} }}");
        assert!(!codes_in("{}", &thing).contains(&"invalid-default"), "{schema}");
    }
}

#[test]
fn a_default_is_read_to_its_end() {
    for (last, is_found) in [("1", false), ("x", true)] {
        let list = format!("{}{last}", "1, ".repeat(150));
        let list = format!("{{ type: array, items: {{ type: integer }}, default: [{list}] }}");
        let thing = format!("{{ Thing: {{ type: object, properties: {{ it: {list} }} }} }}");
        let codes = codes_in("{}", &thing);
        assert_eq!(codes.contains(&"invalid-default"), is_found, "{last}: {codes:?}");
    }
}

#[test]
fn a_body_without_content_is_found_once() {
    let operation = "{ operationId: it, requestBody: { required: true }, responses: { '204': { description: Done } } }";
    let codes = codes_in(&format!("{{ /it: {{ post: {operation} }} }}"), "{}");
    assert_eq!(codes, ["missing-key"]);
}

#[test]
fn two_bodies_of_one_name_are_the_same_or_are_found() {
    for (other, is_found) in [("{ type: string }", false), ("{ type: integer }", true)] {
        let operation = |id: &str, property: &str| {
            let schema =
                format!("{{ title: Same, type: object, properties: {{ a: {property} }} }}");
            let body = format!(
                "{{ required: true, content: {{ application/json: {{ schema: {schema} }} }} }}"
            );
            format!(
                "{{ post: {{ operationId: {id}, requestBody: {body}, responses: {{ '204': {{ description: Done }} }} }} }}"
            )
        };
        let (one, two) = (operation("one", "{ type: string }"), operation("two", other));
        let codes = codes_in(&format!("{{ /one: {one}, /two: {two} }}"), "{}");
        assert_eq!(codes.contains(&"name-collision"), is_found, "{other}: {codes:?}");
    }
}

#[test]
fn nothing_is_found_in_what_is_not_broken() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["tests/lamp.yaml", "tests/shop.yaml", "../../openapi/device-action-v3.0.yaml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let document = Document::parse(name, &text).unwrap_or_else(|found| panic!("{found}"));
        assert!(document.warnings().is_empty(), "{}", document.warnings());
        let settings = Settings::new("make", name);
        generate_client(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
        generate_httpmock(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn json_is_read_with_all_its_escapes() {
    let text = r#"{"openapi": "3.0.3", "info": {"title": "\ud83d\ude00 \/", "version": "1"}, "paths": {}}"#;
    let document = Document::parse("api.json", text).unwrap();
    assert_eq!(document.json()["info"]["title"], "😀 /");
}

#[test]
fn a_document_with_warnings_is_generated_from() {
    let names = names();
    let with_warnings: Vec<_> = names.iter().filter_map(|name| parse(name).ok()).collect();
    assert!(with_warnings.len() > 3, "{}", with_warnings.len());
    for document in with_warnings {
        let settings = Settings::new("make", "api.yaml");
        assert!(!document.warnings().has_errors());
        generate_client(&document, &settings).unwrap();
        generate_httpmock(&document, &settings).unwrap();
    }
}

#[test]
fn a_report_has_colours_for_a_terminal_only() {
    let problems = parse("missing-operation-id.yaml").unwrap_err();
    assert!(problems.render_colored().contains("\u{1b}["));
    assert!(!problems.to_string().contains('\u{1b}'));
    let error = Error::from(problems.clone());
    assert_eq!(error.to_string(), problems.to_string());
}

#[test]
fn depth_and_size_are_limited() {
    let deep = ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000)];
    for text in deep {
        let problems = Document::parse("deep.yaml", &text).unwrap_err();
        assert!(["too-deep", "syntax"].contains(&problems.iter().next().unwrap().code()));
    }
}

#[test]
fn the_longest_chain_does_not_exhaust_the_stack() {
    let chain = |links: usize, link: fn(usize) -> String| {
        let schemas: String = (1..links).map(|n| format!("    A{n}: {}\n", link(n - 1))).collect();
        format!(
            "openapi: 3.0.3\ninfo: {{ title: Long, version: '1' }}\npaths: {{}}\ncomponents:\n  \
             schemas:\n    A0: {{ type: object }}\n{schemas}"
        )
    };
    let links: [fn(usize) -> String; 4] = [
        |to| format!("{{ $ref: '#/components/schemas/A{to}' }}"),
        |to| format!("{{ allOf: [{{ $ref: '#/components/schemas/A{to}' }}] }}"),
        |to| format!("{{ oneOf: [{{ $ref: '#/components/schemas/A{to}' }}] }}"),
        |to| format!("{{ allOf: [{{ $ref: '#/components/schemas/A{to}' }}, {{ type: object }}] }}"),
    ];
    for link in links {
        let document = Document::parse("long.yaml", &chain(32, link)).unwrap();
        generate_client(&document, &Settings::new("make", "long.yaml"))
            .unwrap_or_else(|error| panic!("{error}"));
        let problems = Document::parse("long.yaml", &chain(8_000, link)).unwrap_err();
        assert!(problems.iter().any(|it| it.code() == "too-deep"), "{problems}");
    }
    // A chain of keys is no such chain, however long.
    let properties =
        |to| format!("{{ properties: {{ a: {{ $ref: '#/components/schemas/A{to}' }} }} }}");
    let document = Document::parse("long.yaml", &chain(1_000, properties)).unwrap();
    generate_client(&document, &Settings::new("make", "long.yaml")).unwrap();
}

#[test]
fn so_many_objects_come_together_and_no_more() {
    /// Objects with a property each, and one that is all of them. The last may describe the property of the first anew.
    fn found(objects: usize, overlaps: bool) -> Vec<&'static str> {
        let object = |number: usize| {
            let property = if overlaps && number == objects { 1 } else { number };
            let kind = if number == 1 { "string" } else { "integer" };
            format!("Part{number}: {{ properties: {{ p{property}: {{ type: {kind} }} }} }}, ")
        };
        let parts: String = (1..=objects).map(object).collect();
        let part = |number| format!("{{ $ref: '#/components/schemas/Part{number}' }}");
        let whole = (1..=objects).map(part).collect::<Vec<_>>().join(", ");
        codes_in("{}", &format!("{{ {parts}Whole: {{ allOf: [{whole}] }} }}"))
    }
    // The whole counts as well.
    assert_eq!(found(63, false), [""; 0]);
    assert_eq!(found(64, false), ["too-large"]);
    assert_eq!(found(63, true), ["unsupported-all-of"]);
}

#[test]
fn the_deepest_document_does_not_exhaust_the_stack() {
    let nested = |open: &str, close: &str, levels: usize| {
        format!(
            "{{openapi: 3.0.3, info: {{title: Deep, version: '1'}}, paths: {{}}, components: \
             {{schemas: {{Deep: {}{{type: string}}{}}}}}}}",
            open.repeat(levels),
            close.repeat(levels)
        )
    };
    for (open, close, levels) in [
        ("{type: array, items: ", "}", 15),
        ("{type: object, additionalProperties: ", "}", 15),
        ("{type: object, properties: {a: ", "}}", 15),
        ("{allOf: [", "]}", 15),
        ("{example: ", "}", 60),
    ] {
        let document = Document::parse("deep.yaml", &nested(open, close, levels)).unwrap();
        let settings = Settings::new("make", "deep.yaml");
        generate_client(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
        generate_httpmock(&document, &settings).unwrap_or_else(|error| panic!("{error}"));
        let problems = Document::parse("deep.yaml", &nested(open, close, levels * 2)).unwrap_err();
        assert_eq!(problems.iter().next().unwrap().code(), "too-deep");
    }
}
