//! A page says all that the document says, leads nowhere that is not there, and asks for nothing.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::HashSet, fs};

use it_access_codegen::{Document, Editions};
use serde_json::Value;

use super::*;
use crate::workspace::root;

fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn our_reference() -> String {
    reference(&file("openapi/dist/device-action-v3.0.json"), &[], &[]).unwrap()
}

fn migration() -> String {
    guide(&file("openapi/MIGRATION.md"), "MIGRATION.md", &[])
}

fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let parts = page.split(&start).skip(1);
    parts.map(|part| part.split('"').next().unwrap()).collect()
}

fn ids(page: &str) -> HashSet<&str> {
    let ids = values(page, "id");
    let distinct: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len(), "an id stands twice: {ids:?}");
    distinct
}

/// The text of a page, without its tags.
fn text(page: &str) -> String {
    let mut text = page.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
    let text = text.by_ref().collect::<String>();
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every text of a document that a reader should find on its page.
fn texts(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(object) => {
            for (key, value) in object {
                let Some(value) = value.as_str() else { continue };
                if ["description", "summary", "title"].contains(&key.as_str()) {
                    found.push(value.to_owned());
                }
            }
            object.values().for_each(|value| texts(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

fn words(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_reference_says_all_that_the_document_says() {
    let document: Value =
        serde_json::from_str(&file("openapi/dist/device-action-v3.0.json")).unwrap();
    let mut expected = Vec::new();
    texts(&document, &mut expected);
    assert!(expected.len() > 40, "{}", expected.len());
    let page = words(&text(&our_reference()));
    for text in expected {
        // A table's rule has no words.
        assert!(page.contains(&words(&text)), "{text}");
    }
}

#[test]
fn the_reference_of_another_api_knows_nothing_of_ours() {
    let document = Document::parse("library", &file("tests/fixtures/documents/library.yaml"));
    let editions = Editions::of(&document.unwrap(), "library.yaml", |path| panic!("{path}"));
    let page = reference(&editions.unwrap().bundled(), &[], &[]).unwrap();
    ids(&page);
    for expected in ["Lending library", "Lend books to a reader", "per_page", "X-Fine-Due", "409"] {
        assert!(page.contains(expected), "{expected}");
    }
    let page = page.to_lowercase();
    for ours in ["metadefender", "opswat", "hwid", "dhcp", "group_id", "access_token"] {
        assert!(!page.contains(ours), "{ours}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let (reference, migration) = (our_reference(), migration());
    let (reference_ids, migration_ids) = (ids(&reference), ids(&migration));
    for link in values(&reference, "href") {
        let known = link.strip_prefix('#').is_some_and(|id| reference_ids.contains(id));
        assert!(known || link == "data:,", "{link}");
    }
    for link in values(&migration, "href") {
        let known = match link.split_once('#') {
            Some(("", id)) => migration_ids.contains(id),
            Some(("index.html", id)) => reference_ids.contains(id),
            _ => link == "data:,",
        };
        assert!(known, "{link}");
    }
}

#[test]
fn nothing_is_loaded() {
    for page in [our_reference(), migration()] {
        assert!(page.contains("default-src 'none'"));
        for loading in [" src=", " style=", "@import", "url(", "<iframe", " onclick="] {
            assert!(!page.contains(loading), "{loading}");
        }
    }
}

#[test]
fn the_migration_page_shows_the_examples_of_the_document() {
    let text = file("openapi/MIGRATION.md");
    let shown = text.split("```json\n").skip(1).map(|block| block.split("```").next().unwrap());
    let shown: Vec<Value> = shown.map(|block| serde_json::from_str(block).unwrap()).collect();
    let examples: [Value; 2] = ["request", "response"].map(|kind| {
        serde_json::from_str(&file(&format!("openapi/examples/exempt.{kind}.json"))).unwrap()
    });
    assert_eq!(shown, examples);
}
