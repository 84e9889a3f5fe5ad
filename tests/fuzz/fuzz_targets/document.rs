//! Any text as a document: it is refused, or code comes of it. Nothing panics.
//!
//! libFuzzer ends the program at every panic, those included that the generator's last line of defence would catch:
//! so this also finds what the checks have missed.

#![no_main]

use it_access_codegen::{Document, Settings, generate_client, generate_httpmock};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Document::parse("fuzz.yaml", text) {
        Ok(document) => {
            let settings = Settings::new("fuzz", "fuzz.yaml");
            // A refusal is as good as code.
            let _ = generate_client(&document, &settings);
            let _ = generate_httpmock(&document, &settings);
        }
        Err(problems) => drop(problems.to_string()),
    }
});
