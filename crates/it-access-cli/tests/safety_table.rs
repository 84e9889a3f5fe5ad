//! Every complaint in `SAFETY.md` is answered by tests that are there.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

#[test]
fn each_test_that_is_named_exists() {
    let sources = sources_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let rows = include_str!("../SAFETY.md").lines().filter(|line| line.starts_with("| "));
    let tests = rows.skip(1).map(|row| row.split(" | ").last().unwrap());
    let tests: Vec<&str> = tests.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(tests.len() > 20, "{tests:?}");
    for test in tests {
        assert!(sources.contains(&format!("fn {test}()")), "there is no test {test}");
    }
}

fn sources_below(folder: &Path) -> String {
    let mut sources = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources += &sources_below(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources += &fs::read_to_string(path).unwrap();
        }
    }
    sources
}
