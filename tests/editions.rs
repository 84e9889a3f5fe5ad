//! The derived editions of the document: they accept and refuse what it does, or say where they do not.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use integration_tests::{copy_openapi, example, root, schema_of, wrong_answers, wrong_requests};
use it_access_codegen::{Document, Settings, generate_client, generate_httpmock};
use jsonschema::Validator;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use xtask::codegen::derive;

const REQUEST: &str = "DeviceActionRequest";
const ANSWER: &str = "DeviceActionResults";
const BUNDLED: &str = "device-action-v3.0.json";
const OPENAPI_3_1: &str = "device-action-v3.0.openapi-3.1.json";
const FLAT: &str = "device-action-v3.0.flat.json";

/// What the flat edition accepts beyond the document, the schema that says so, and how.
const WEAKER: [(&str, &str, &str); 3] = [
    ("neither list", "DeviceActionRequest", "neither of them, which the service does not"),
    ("both lists", "DeviceActionRequest", "`ids` and `macs` together"),
    ("an unknown code", "DeviceActionResult", "every integer"),
];

fn document() -> Document {
    let path = root().join("openapi/device-action-v3.0.yaml");
    Document::parse("document", &fs::read_to_string(path).unwrap()).unwrap()
}

/// The text of a file of `openapi/dist/`, as it is derived.
fn dist(name: &str) -> String {
    let path = format!("openapi/dist/{name}");
    derive(&root()).unwrap().into_iter().find(|file| file.path == path).unwrap().content
}

fn dist_json(name: &str) -> Value {
    serde_json::from_str(&dist(name)).unwrap()
}

/// Bodies by what they are: all examples, the smallest ones that are right, and all wrong ones.
fn bodies(kind: &str) -> Vec<(String, Value)> {
    let folder = fs::read_dir(root().join("openapi/examples")).unwrap();
    let files = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut bodies: Vec<(String, Value)> = files
        .filter(|name| name.ends_with(&format!(".{kind}.json")))
        .map(|name| (name.clone(), example(&name)))
        .collect();
    assert_eq!(bodies.len(), 4);
    let others = match kind {
        "request" => [
            ("params without content", json!({"types": "ignore", "macs": ["a"], "params": {}})),
            (
                "the longest",
                json!({"types": "exempt", "ids": ["a"], "params": {"exempt_time": 64999}}),
            ),
        ]
        .into_iter()
        .chain(wrong_requests())
        .collect::<Vec<_>>(),
        _ => [("nothing", json!({}))].into_iter().chain(wrong_answers()).collect(),
    };
    bodies.extend(others.into_iter().map(|(what, body)| (what.to_owned(), body)));
    bodies
}

fn accepted(validator: &Validator, bodies: &[(String, Value)]) -> BTreeSet<String> {
    let fitting = bodies.iter().filter(|(_, body)| validator.is_valid(body));
    fitting.map(|(what, _)| what.clone()).collect()
}

#[test]
fn the_editions_accept_and_refuse_the_same() {
    let document = document();
    for (kind, schema) in [("request", REQUEST), ("response", ANSWER)] {
        let bodies = bodies(kind);
        let canonical = accepted(&schema_of(document.json(), schema), &bodies);
        assert!(canonical.len() >= 5 && canonical.len() + 5 <= bodies.len(), "{canonical:?}");

        for edition in [BUNDLED, OPENAPI_3_1] {
            let edition_accepts = accepted(&schema_of(&dist_json(edition), schema), &bodies);
            assert_eq!(edition_accepts, canonical, "{edition}: {schema}");
        }
        let stand_alone = dist_json(&format!("{schema}.schema.json"));
        jsonschema::meta::validate(&stand_alone).unwrap();
        let stand_alone = jsonschema::draft202012::new(&stand_alone).unwrap();
        assert_eq!(accepted(&stand_alone, &bodies), canonical, "{schema}.schema.json");
    }
}

#[test]
fn the_flat_edition_is_weaker_only_where_it_says_so() {
    let document = document();
    let flat = dist_json(FLAT);
    let mut beyond = BTreeSet::new();
    for (kind, schema) in [("request", REQUEST), ("response", ANSWER)] {
        let bodies = bodies(kind);
        let canonical = accepted(&schema_of(document.json(), schema), &bodies);
        let flat = accepted(&schema_of(&flat, schema), &bodies);
        assert!(flat.is_superset(&canonical), "refuses {:?}", canonical.difference(&flat));
        beyond.extend(flat.difference(&canonical).cloned());
    }
    assert_eq!(beyond, WEAKER.map(|(what, ..)| what.to_owned()).into());

    let whole = flat["info"]["description"].as_str().unwrap();
    for (what, schema, how) in WEAKER {
        let line = whole.lines().find(|line| line.starts_with(&format!("- `{schema}` accepts ")));
        assert!(line.unwrap().contains(how), "{what} is not told in: {whole}");
        let own = flat["components"]["schemas"][schema]["description"].as_str().unwrap();
        let own = own.split_once("Weaker than the canonical edition: ").unwrap().1;
        assert!(own.contains(how), "{what} is not told in {schema}: {own}");
    }
    let told = whole.lines().filter(|line| line.starts_with("- ")).count();
    let schemas: BTreeSet<&str> = WEAKER.iter().map(|(_, schema, _)| *schema).collect();
    assert_eq!(told, schemas.len(), "{whole}");
}

#[test]
fn the_flat_edition_has_no_alternatives() {
    assert!(document().json().to_string().contains(r#""oneOf":"#));
    let flat = dist_json(FLAT);
    for keyword in ["oneOf", "anyOf", "allOf", "x-enum-varnames"] {
        assert!(!flat.to_string().contains(&format!(r#""{keyword}":"#)), "{keyword}");
    }
    let request = &flat["components"]["schemas"][REQUEST];
    assert_eq!(request["required"], json!(["types"]));
    let properties: Vec<&String> = request["properties"].as_object().unwrap().keys().collect();
    assert_eq!(properties, ["ids", "macs", "params", "types"]);
}

#[test]
fn the_bundle_holds_the_examples() {
    let document = document();
    let bundled = dist_json(BUNDLED);
    let content = |document: &Value, part: &str| {
        let operation = &document["paths"]["/o/api/v3/devices/action"]["post"];
        let content = operation.pointer(part).unwrap()["content"]["application/json"].clone();
        content["examples"].as_object().unwrap().clone()
    };
    for part in ["/requestBody", "/responses/200"] {
        let inlined = content(&bundled, part);
        for (name, in_file) in content(document.json(), part) {
            let file = in_file["externalValue"].as_str().unwrap();
            let file = file.strip_prefix("examples/").unwrap();
            let mut expected = in_file.as_object().unwrap().clone();
            expected.remove("externalValue");
            expected.insert("value".to_owned(), example(file));
            assert_eq!(inlined[&name], Value::Object(expected), "{name}");
        }
    }
    assert!(!bundled.to_string().contains("externalValue"));
}

#[test]
fn the_bundle_gives_the_same_code() {
    let (source, bundled) = (document(), Document::parse("bundled", &dist(BUNDLED)).unwrap());
    let settings = Settings::new("command", "document");
    let code = |text: String| text.split_once("\n\n").unwrap().1.to_owned();
    for generate in [generate_client, generate_httpmock] {
        let from_source = code(generate(&source, &settings).unwrap());
        assert!(from_source.len() > 1000);
        assert!(code(generate(&bundled, &settings).unwrap()) == from_source);
    }
}

#[test]
fn each_edition_keeps_the_order_of_the_document() {
    let keys = ["openapi", "info", "servers", "tags", "security", "paths", "components"];
    for edition in [BUNDLED, OPENAPI_3_1, FLAT] {
        let text = dist(edition);
        let top: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("  \"")?.split_once('"'))
            .map(|(key, _)| key)
            .collect();
        assert_eq!(top, keys, "{edition}");
        assert!(text.ends_with("}\n") && !text.ends_with("\n\n"), "{edition}");
    }
}

#[test]
fn each_edition_says_what_it_is_derived_from() {
    let document = document();
    let origin = json!({"document": "device-action-v3.0.yaml", "sha256": document.sha256()});
    for edition in [BUNDLED, OPENAPI_3_1, FLAT] {
        assert_eq!(dist_json(edition)["info"]["x-derived-from"], origin, "{edition}");
    }
    for schema in [REQUEST, ANSWER] {
        let schema = dist_json(&format!("{schema}.schema.json"));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let comment = schema["$comment"].as_str().unwrap();
        for part in ["device-action-v3.0.yaml", document.sha256()] {
            assert!(comment.contains(part), "{comment}");
        }
    }
}

#[test]
fn the_checksums_are_those_of_all_files() {
    let folder = root().join("openapi/dist");
    let listed: BTreeMap<String, String> = fs::read_to_string(folder.join("SHA256SUMS"))
        .unwrap()
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect();
    let actual: BTreeMap<String, String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "SHA256SUMS")
        .map(|name| {
            let sum = Sha256::digest(fs::read(folder.join(&name)).unwrap());
            (name, sum.iter().map(|byte| format!("{byte:02x}")).collect())
        })
        .collect();
    assert_eq!(listed, actual);
}

#[test]
fn a_missing_example_is_named_with_its_place() {
    let other_root = tempfile::tempdir().unwrap();
    copy_openapi(other_root.path());
    derive(other_root.path()).unwrap();
    fs::remove_file(other_root.path().join("openapi/examples/delete.request.json")).unwrap();
    let message = format!("{:#}", derive(other_root.path()).unwrap_err());
    let expected = "openapi/device-action-v3.0.yaml: the example at \
        /paths/~1o~1api~1v3~1devices~1action/post/requestBody/content/application~1json/examples/delete \
        names the file `examples/delete.request.json`, which cannot be read: ";
    assert!(message.starts_with(expected), "{message}");
}
