//! How long it takes from a document's text to client and mocks, and how that grows with the number of operations.
//!
//! `cargo bench -p it-access-codegen`. The cost of an operation should not depend on how many there are.

use std::fs;

use divan::{Bencher, counter::ItemsCount};
use it_access_codegen::{Document, Settings, generate_client, generate_httpmock};

fn main() {
    divan::main();
}

/// Everything that is generated from a document.
fn generate(text: &str) -> [String; 2] {
    let document = Document::parse("document", text).expect("a document");
    let settings = Settings::new("cargo bench", "document").with_schemars("schemars");
    [
        generate_client(&document, &settings).expect("a client"),
        generate_httpmock(&document, &settings).expect("mocks"),
    ]
}

#[divan::bench]
fn our_document(bencher: Bencher<'_, '_>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/device-action-v3.0.yaml");
    let text = fs::read_to_string(path).expect("our document");
    bencher.bench(|| generate(&text));
}

/// The throughput is in operations.
#[divan::bench(args = [1, 10, 100, 1000], sample_count = 5)]
fn operations(bencher: Bencher<'_, '_>, count: usize) {
    let text = synthetic(count);
    bencher.counter(ItemsCount::new(count)).bench(|| generate(&text));
}

/// A document of so many operations, each with a body, an answer and an enumeration of its own.
fn synthetic(operations: usize) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for number in 0..operations {
        paths += &format!(
            r"
  /things{number}/{{id}}:
    put:
      operationId: change_thing{number}
      summary: Change a thing
      x-rate-limit: {{ limit: 10, window-seconds: 60, scope: account }}
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: page, in: query, schema: {{ type: integer, minimum: 1 }} }}
      requestBody:
        required: true
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{number}' }} }} }}
      responses:
        '200':
          description: The states of all things.
          headers: {{ X-Left: {{ schema: {{ type: integer }} }} }}
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/States{number}' }} }} }}
        '404': {{ description: There is no such thing. }}"
        );
        schemas += &format!(
            r"
    Thing{number}:
      type: object
      required: [name]
      properties:
        name: {{ type: string, minLength: 1 }}
        size: {{ type: integer, format: int32, minimum: 0, maximum: 9 }}
        parts: {{ type: array, minItems: 1, items: {{ type: string }} }}
        state: {{ $ref: '#/components/schemas/State{number}' }}
    State{number}:
      type: integer
      enum: [0, 1]
      x-enum-varnames: [Off, On]
    States{number}:
      type: object
      additionalProperties: {{ $ref: '#/components/schemas/State{number}' }}"
        );
    }
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Things, version: '1' }}\nsecurity: [{{ Token: [] }}]\n\
         paths:{paths}\ncomponents:\n  securitySchemes: {{ Token: {{ type: http, scheme: bearer }} }}\n  schemas:{schemas}\n"
    )
}
