//! The document: its examples fit it, wrong bodies do not, and the wrapper agrees with it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs};

use integration_tests::{
    SchemaExample, example, root, schema_at, schema_examples, schema_of, schemas, wrong_answers,
    wrong_requests,
};
use it_access_api::types;
use it_access_codegen::Document;
use it_access_sim::{Fleet, Service};
use jsonschema::Validator;
use serde_json::{Value, json};

fn document() -> Value {
    let path = root().join("openapi/device-action-v3.0.yaml");
    let text = fs::read_to_string(path).unwrap();
    Document::parse("device-action-v3.0.yaml", &text).unwrap().json().clone()
}

fn validator(schema: &str) -> Validator {
    schema_of(&document(), schema)
}

fn operation(document: &Value) -> &Value {
    &document["paths"]["/o/api/v3/devices/action"]["post"]
}

/// The files that `content` names as examples, relative to the document.
fn example_files(content: &Value) -> BTreeSet<String> {
    let examples = content["application/json"]["examples"].as_object().unwrap();
    examples
        .values()
        .map(|example| example["externalValue"].as_str().unwrap())
        .map(|path| path.strip_prefix("examples/").unwrap().to_owned())
        .collect()
}

#[test]
fn every_example_is_named_in_the_document_and_fits_it() {
    let document = document();
    let requests = example_files(&operation(&document)["requestBody"]["content"]);
    let answers = example_files(&operation(&document)["responses"]["200"]["content"]);

    let files: BTreeSet<String> = fs::read_dir(root().join("openapi/examples"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, requests.union(&answers).cloned().collect());

    for (schema, names) in [("DeviceActionRequest", &requests), ("DeviceActionResults", &answers)] {
        let validator = validator(schema);
        for name in names {
            if let Err(error) = validator.validate(&example(name)) {
                panic!("{name}: {error}");
            }
        }
    }
}

#[test]
fn every_example_has_an_answer_for_each_of_its_devices() {
    let document = document();
    for name in example_files(&operation(&document)["requestBody"]["content"]) {
        let request = example(&name);
        let answer = example(&name.replace(".request.", ".response."));
        let devices = request["ids"].as_array().or(request["macs"].as_array()).unwrap();
        let devices: BTreeSet<&str> = devices.iter().map(|id| id.as_str().unwrap()).collect();
        let answered: BTreeSet<&str> =
            answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(devices, answered, "{name}");
    }
}

#[test]
fn the_generated_types_read_and_write_every_example() {
    let document = document();
    for name in example_files(&operation(&document)["requestBody"]["content"]) {
        let request: types::DeviceActionRequest = serde_json::from_value(example(&name)).unwrap();
        assert_eq!(serde_json::to_value(&request).unwrap(), example(&name), "{name}");
        let name = name.replace(".request.", ".response.");
        let answer: types::DeviceActionResults = serde_json::from_value(example(&name)).unwrap();
        assert_eq!(serde_json::to_value(&answer).unwrap(), example(&name), "{name}");
    }
}

#[test]
fn wrong_requests_do_not_fit() {
    let validator = validator("DeviceActionRequest");
    for (what, request) in wrong_requests() {
        assert!(!validator.is_valid(&request), "{what} fits the document");
        let read = serde_json::from_value::<types::DeviceActionRequest>(request);
        assert!(read.is_err(), "{what} fits the generated types: {read:?}");
    }
}

#[test]
fn wrong_answers_do_not_fit() {
    let validator = validator("DeviceActionResults");
    for (what, answer) in wrong_answers() {
        assert!(!validator.is_valid(&answer), "{what} fits the document");
    }
    assert!(validator.is_valid(&json!({})));
}

#[test]
fn every_example_in_a_schema_or_beside_one_fits_it() {
    let document = document();
    let examples = schema_examples(&document);
    for SchemaExample { place, schema, value } in &examples {
        if let Err(error) = schema_at(&document, schema).validate(value) {
            panic!("{place}: {error}");
        }
    }
    // Of a named schema, of a property, of a header, and of a body.
    for place in [
        "/components/schemas/Hwid/example",
        "/components/schemas/DeviceActionParams/properties/exempt_time/example",
        "/components/headers/RateLimitRemaining/example",
        "/paths/~1o~1api~1v3~1devices~1action/post/requestBody/content/application~1json/examples/delete",
    ] {
        assert!(examples.iter().any(|example| example.place == place), "{place} was not found");
    }
}

#[tokio::test]
async fn the_simulated_service_answers_the_requests_among_the_examples_by_the_responses() {
    let document = document();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for name in example_files(&operation(&document)["requestBody"]["content"]) {
        let service = Service::new(Fleet::example(), "my-test-token");
        let service = service.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let url = format!("{}/o/api/v3/devices/action", service.base_url());
        let request = http.post(url).query(&[("access_token", "my-test-token")]);
        let answer = request.json(&example(&name)).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer, example(&name.replace(".request.", ".response.")), "{name}");
    }
}

#[test]
fn every_documented_status_has_the_three_rate_limit_headers() {
    let document = document();
    let responses = operation(&document)["responses"].as_object().unwrap();
    let statuses: Vec<&str> = responses.keys().map(String::as_str).collect();
    assert_eq!(statuses, ["200", "400", "401", "404", "405", "415", "429", "500"]);

    for (status, response) in responses {
        let response = match response["$ref"].as_str() {
            Some(reference) => document.pointer(&reference[1..]).unwrap(),
            None => response,
        };
        let headers: Vec<&str> =
            response["headers"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            headers,
            ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset-Time"],
            "{status}"
        );
    }
}

#[test]
fn the_wrapper_agrees_with_the_document() {
    let document = document();
    let host = document["servers"][0]["variables"]["host"]["default"].as_str().unwrap();
    assert_eq!(it_access::DEFAULT_BASE_URL, format!("https://{host}"));

    let declared = &operation(&document)["x-rate-limit"];
    let quota = it_access::Client::rate_limit();
    assert_eq!(declared["limit"], quota.limit);
    assert_eq!(declared["window-seconds"], quota.window.as_secs());
    assert_eq!(declared["scope"], quota.scope);

    let hours =
        &document["components"]["schemas"]["DeviceActionParams"]["properties"]["exempt_time"];
    assert_eq!(hours["maximum"], it_access::ExemptHours::MAX);

    let results = &document["components"]["schemas"]["DeviceActionResult"];
    let names = results["x-enum-varnames"].as_array().unwrap();
    for (code, name) in results["enum"].as_array().unwrap().iter().zip(names) {
        let status = it_access::ActionStatus::from_code(code.as_i64().unwrap());
        assert_eq!(format!("{status:?}"), name.as_str().unwrap());
    }
}

#[test]
fn no_schema_has_a_default_that_generators_would_send_unasked() {
    let document = document();
    let schemas = schemas(&document);
    for (place, schema) in &schemas {
        assert!(schema.get("default").is_none(), "{place}: {schema}");
    }
    for place in [
        "/components/schemas/GroupId",
        "/components/schemas/DeviceActionParams/properties/exempt_time",
        "/components/schemas/DeviceActionRequestByIds/properties/ids/items",
        "/components/headers/RateLimitLimit/schema",
    ] {
        assert!(schemas.iter().any(|(found, _)| found == place), "{place} was not found");
    }
}
