//! Documents that are not ours, and what comes of them; and what comes of wrong ones. `tests/fixtures` compiles and
//! exercises the same.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use insta::assert_snapshot;
use it_access_codegen::{Document, Error, Settings, generate_client, generate_httpmock};

const LAMP: &str = include_str!("lamp.yaml");

fn settings() -> Settings {
    Settings::new("make generate", "lamp.yaml").with_client("lamp_api")
}

fn client(text: &str) -> Result<String, Error> {
    generate_client(&Document::parse("lamp.yaml", text)?, &settings())
}

#[test]
fn a_client() {
    assert_snapshot!(client(LAMP).unwrap());
}

#[test]
fn the_mocks() {
    let document = Document::parse("lamp.yaml", LAMP).unwrap();
    assert_snapshot!(generate_httpmock(&document, &settings()).unwrap());
}

/// Client and mocks of a fixture document, with all that can be asked for.
fn fixture(name: &str) -> (String, String) {
    let documents = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/documents");
    let document =
        Document::parse(name, &fs::read_to_string(format!("{documents}/{name}")).unwrap());
    let document = document.unwrap();
    let settings = Settings::new("make generate", name)
        .with_client("crate::fixture")
        .with_schemars("schemars");
    (
        generate_client(&document, &settings).unwrap(),
        generate_httpmock(&document, &settings).unwrap(),
    )
}

#[test]
fn the_library() {
    let (client, mocks) = fixture("library.yaml");
    assert_snapshot!("library_client", client);
    assert_snapshot!("library_mocks", mocks);
}

#[test]
fn the_sensors() {
    let (client, mocks) = fixture("sensors.json");
    assert_snapshot!("sensors_client", client);
    assert_snapshot!("sensors_mocks", mocks);
}

#[test]
fn json_gives_the_same_as_yaml() {
    let document = Document::parse("lamp.yaml", LAMP).unwrap();
    let as_json = serde_json::to_string_pretty(document.json()).unwrap();
    let without_header = |code: String| code.lines().skip(2).collect::<Vec<_>>().join("\n");
    assert_eq!(without_header(client(&as_json).unwrap()), without_header(client(LAMP).unwrap()));
}

#[test]
fn derives_are_added_to_the_types_that_are_named() {
    let document = Document::parse("lamp.yaml", LAMP).unwrap();
    let settings = settings()
        .with_derive("Switch", "PartialEq")
        .with_derive("Power", "PartialEq")
        .with_derive("Power", "::std::cmp::Ord");
    let client = generate_client(&document, &settings).unwrap();

    let derives = |item: &str| {
        let before = client.split_once(&format!("pub {item} {{")).unwrap().0;
        before.rsplit_once("///").unwrap().1.to_owned()
    };
    assert!(derives("struct Switch").contains("PartialEq"), "{}", derives("struct Switch"));
    let power = derives("enum Power");
    assert!(power.contains("::std::cmp::Ord"), "{power}");
    assert_eq!(power.matches("PartialEq").count(), 1, "{power}");
}

#[test]
fn wrong_settings_are_refused_with_a_reason() {
    let document = Document::parse("lamp.yaml", LAMP).unwrap();
    let wrong = Settings::new("", "").with_client("lamp-api");
    assert_eq!(
        generate_httpmock(&document, &wrong).unwrap_err().to_string(),
        "setting `client`: `lamp-api` is not a Rust path"
    );

    let derive = |schema, derive| {
        generate_client(&document, &settings().with_derive(schema, derive)).unwrap_err().to_string()
    };
    assert_eq!(
        derive("Powr", "PartialEq"),
        "setting `derive`: the document has no schema `Powr`; did you mean `Power`?"
    );
    assert_eq!(
        derive("Fridge", "PartialEq"),
        "setting `derive`: the document has no schema `Fridge`"
    );
    assert_eq!(derive("Power", "2nd"), "setting `derive`: `2nd` is not a Rust path");
}

/// The types of the client of a document with these paths and schemas.
fn types(paths: &str, schemas: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Made up, version: '1' }}\npaths: {paths}\ncomponents: {{ schemas: {schemas} }}"
    );
    let client = client(&text).unwrap();
    let (_, types) = client.split_once("pub mod types {").unwrap();
    let types = types.split("\n}\n").next().unwrap().lines().filter_map(|line| {
        let item = line.strip_prefix("    pub ")?;
        item.strip_prefix("struct ").or_else(|| item.strip_prefix("enum "))
    });
    types.map(|item| item.split(['(', ' ']).next().unwrap().to_owned()).collect()
}

#[test]
fn what_also_takes_null_has_a_type_of_its_own_within() {
    let reference = "{ $ref: '#/components/schemas/Tag' }";
    for (thing, within) in [
        ("title: Thing, type: object, properties: { a: { type: string } }", "ThingInner"),
        ("title: Tag, type: object, properties: { a: { type: string } }", "ThingInner"),
        ("title: Thing, type: string, enum: [a, null]", "ThingInner"),
        ("title: Thing, type: string, maxLength: 3", "ThingInner"),
        ("allOf: [{ type: object, properties: { a: { type: string } } }]", "ThingInner"),
        ("title: Thing, type: integer, minimum: 1", "ThingValue"),
        ("title: Thing, type: string", ""),
        ("type: string, enum: [null]", ""),
        ("type: integer, enum: [1, null]", "ThingInner"),
        ("type: object, additionalProperties: { type: integer }", ""),
        ("title: Thing, type: array, items: { type: string }", ""),
        (&format!("title: Thing, anyOf: [{reference}]"), "ThingInner"),
        (&format!("title: Thing, allOf: [{reference}]"), ""),
    ] {
        let tag = "Tag: { type: object, properties: { b: { type: string } } }";
        let types = types("{}", &format!("{{ {tag}, Thing: {{ nullable: true, {thing} }} }}"));
        let expected: Vec<_> =
            ["Tag", "Thing", within].into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(types[types.len() - expected.len()..], expected, "{thing}: {types:?}");
    }
}

#[test]
fn a_property_does_not_take_the_name_of_what_is_within() {
    let thing = "Thing: { nullable: true, type: object, properties: { inner: { type: integer, minimum: 1 } } }";
    assert_eq!(types("{}", &format!("{{ {thing} }}")), ["Thing", "ThingInner", "ThingInnerInner"]);
    let other = "ThingInner: { type: string, enum: [a] }";
    let types = types("{}", &format!("{{ {thing}, {other} }}"));
    assert_eq!(types, ["Thing", "ThingInner", "ThingInner2", "ThingInner2Inner"]);
}

#[test]
fn equal_answers_have_one_type() {
    let answer = |schema: &str| {
        format!("{{ description: It, content: {{ application/json: {{ schema: {schema} }} }} }}")
    };
    let list = answer("{ type: array, minItems: 1, items: { type: string } }");
    let size = answer("{ type: integer, minimum: 1, nullable: true }");
    let responses = format!("{{ '200': {list}, '201': {list}, '400': {size}, '404': {size} }}");
    let paths = format!("{{ /it: {{ get: {{ operationId: it, responses: {responses} }} }} }}");
    assert_eq!(types(&paths, "{}"), ["ItResponse", "ItResponse2"]);
}

#[test]
fn a_list_in_pages_needs_no_other_crate() {
    let page = "{ type: object, required: [items], properties: { items: { type: array, items: { type: string } }, \
                next_page: { type: string, nullable: true } } }";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Made up, version: '1' }}\n\
         paths: {{ /it: {{ get: {{ operationId: it, x-dropshot-pagination: {{ required: [] }}, parameters: [\
         {{ name: page_token, in: query, schema: {{ type: string, nullable: true }} }}, \
         {{ name: limit, in: query, schema: {{ type: integer, nullable: true }} }}], responses: {{ '200': {{ description: It, \
         content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Page' }} }} }} }} }} }} }} }}\n\
         components: {{ schemas: {{ Page: {page} }} }}"
    );
    assert!(!client(&text).unwrap().contains("futures"));
}
