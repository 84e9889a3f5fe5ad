//! Good documents, broken at random: whatever comes of it, nothing panics.

use std::{collections::BTreeMap, fs, path::Path};

use it_access_codegen::{Document, Error, Settings, generate_client, generate_httpmock};
use serde_json::{Value, json};

const CASES: u64 = 2_000;

#[test]
fn nothing_panics() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let texts = ["tests/shop.yaml", "tests/lamp.yaml", "../../openapi/device-action-v3.0.yaml"]
        .map(|name| fs::read_to_string(folder.join(name)).unwrap());
    let documents =
        texts.each_ref().map(|text| Document::parse("api", text).unwrap().json().clone());

    let mut outcomes: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..CASES {
        let mut random = Random(seed);
        let which = random.below(documents.len());
        let text = if random.below(20) == 0 {
            truncated(&texts[which], &mut random)
        } else {
            let mut document = documents[which].clone();
            for _ in 0..=random.below(3) {
                mutate(&mut document, &mut random);
            }
            document.to_string()
        };
        *outcomes.entry(outcome(seed, &text)).or_default() += 1;
    }
    let told: Vec<String> =
        outcomes.iter().map(|(what, times)| format!("{times} {what}")).collect();
    println!("figures: seeds 0 to {}, {}", CASES - 1, told.join(", "));
    // Were all refused, or all accepted, these cases would show little.
    assert!(outcomes["refused"] > CASES / 4, "{outcomes:?}");
    assert!(outcomes["generated"] > CASES / 20, "{outcomes:?}");
}

/// What becomes of a text. A panic that the last line of defence has caught counts as one.
fn outcome(seed: u64, text: &str) -> &'static str {
    let Ok(document) = Document::parse("api", text) else {
        return "refused";
    };
    let settings = Settings::new("make", "api");
    for result in [generate_client(&document, &settings), generate_httpmock(&document, &settings)] {
        match result {
            Ok(_) => {}
            Err(Error::Document(found)) if found.iter().all(|it| it.code() == "unsupported") => {
                return "unsupported";
            }
            Err(error) => panic!("seed {seed}: {error}\n\n{text}"),
        }
    }
    "generated"
}

fn truncated(text: &str, random: &mut Random) -> String {
    text.chars().take(random.below(text.chars().count())).collect()
}

/// Breaks one thing: deletes it, replaces it by something else, or swaps it with another.
fn mutate(document: &mut Value, random: &mut Random) {
    let mut pointers = Vec::new();
    collect(document, String::new(), &mut pointers);
    let pointer = pointers[random.below(pointers.len())].clone();
    let other = pointers[random.below(pointers.len())].clone();
    match random.below(4) {
        0 => drop(delete(document, &pointer)),
        1 => {
            let values = [
                json!(null),
                json!(true),
                json!(-1),
                json!(1.5),
                json!(""),
                json!("$"),
                json!("x"),
                json!("#/components/schemas/Tree"),
                json!([]),
                json!(["x", "x"]),
                json!([1, null]),
                json!({}),
                json!({"$ref": "#/components/schemas/Thing"}),
                json!({"type": "object", "properties": {"type": {"type": "string"}}}),
            ];
            set(document, &pointer, values[random.below(values.len())].clone());
        }
        2 => {
            let copy = document.pointer(&other).cloned().unwrap_or_default();
            set(document, &pointer, copy);
        }
        _ => rename(document, &pointer, &other),
    }
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), pointers);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(entry, format!("{pointer}/{key}"), pointers);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        pointers.push(pointer);
    }
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = document.pointer_mut(pointer) {
        *place = value;
    }
}

fn delete(document: &mut Value, pointer: &str) -> Option<(String, Value)> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent)? {
        Value::Array(items) => Some((key.clone(), items.remove(key.parse().ok()?))),
        Value::Object(entries) => entries.remove_entry(&key),
        _ => None,
    }
}

/// Gives an entry the key that another one has.
fn rename(document: &mut Value, pointer: &str, other: &str) {
    let key = other.rsplit('/').next().unwrap_or_default().to_owned();
    let Some((parent, _)) = pointer.rsplit_once('/') else { return };
    if let Some((_, value)) = delete(document, pointer) {
        match document.pointer_mut(parent) {
            Some(Value::Object(entries)) => drop(entries.insert(key, value)),
            Some(Value::Array(items)) => items.push(value),
            _ => {}
        }
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct Random(u64);

impl Random {
    /// A number below the limit, and 0 if that is 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }
}
