//! What is derived from the document is fresh, and an edit of the document is seen.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use integration_tests::{copy_openapi, root};
use it_access_codegen::Document;
use xtask::codegen::{COMMAND, derive};

const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

#[test]
fn everything_is_fresh() {
    for file in derive(&root()).unwrap() {
        if let Some(diff) = file.stale(&root()).unwrap() {
            panic!("stale; run `{COMMAND}`\n{diff}");
        }
    }
}

/// The diffs of all derived files after `edit`, between what is on the disk and what the edited document gives.
fn diffs_after(edit: impl FnOnce(String) -> String) -> Vec<String> {
    let edited_root = tempfile::tempdir().unwrap();
    copy_openapi(edited_root.path());
    let document = edited_root.path().join(DOCUMENT);
    let edited = edit(fs::read_to_string(&document).unwrap());
    fs::write(document, edited).unwrap();
    let derived = derive(edited_root.path()).unwrap();
    derived.iter().filter_map(|file| Some(file.stale(&root()).unwrap()?.to_string())).collect()
}

#[test]
fn an_edit_shows_in_the_diff() {
    let diffs = diffs_after(|text| text.replace("- unexempt\n", "- unexempt\n        - reboot\n"));
    assert!(diffs[0].contains("+        Reboot,"), "{}", diffs[0]);
}

#[test]
fn an_edit_of_a_comment_makes_everything_stale() {
    let diffs = diffs_after(|text| format!("{text}# a comment\n"));
    let present = fs::read_to_string(root().join(DOCUMENT)).unwrap();
    let sha256 = Document::parse("document", &present).unwrap().sha256().to_owned();
    let (checksums, others) = diffs.split_last().unwrap();
    assert_eq!(others.len(), 7);
    for diff in others {
        let origin = diff.lines().filter(|line| line.starts_with('-') && line.contains(&sha256));
        assert_eq!(origin.count(), 1, "{diff}");
    }
    assert!(checksums.contains("+++ openapi/dist/SHA256SUMS"), "{checksums}");
}

#[test]
fn a_missing_file_is_stale() {
    for file in derive(&root()).unwrap() {
        let diff = file.stale(Path::new("no-such-folder")).unwrap().unwrap().to_string();
        let first_line = file.content.lines().next().unwrap();
        assert!(diff.contains(&format!("\n+{first_line}\n")), "{diff}");
    }
}
