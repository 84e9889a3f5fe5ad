//! The edge of each rule: what is just right, and what is just wrong.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../made_up/mod.rs"]
mod made_up;
mod names;
mod operations;
mod schemas;

fn found(paths: &str, components: &str) -> Vec<&'static str> {
    made_up::codes(&format!("paths: {paths}\ncomponents: {components}"))
}

fn found_in_schemas(schemas: &str) -> Vec<&'static str> {
    found("{}", &format!("{{ schemas: {schemas} }}"))
}
