//! Any bytes as the file of a plan: it is refused, or a plan comes of it that reads back when it is written again.

#![no_main]

use std::{fs, path::PathBuf, sync::LazyLock};

use it_access_jobs::Plan;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a temporary folder"));

// The first byte says whether the seal is put on: a fuzzer does not find one that fits.
fuzz_target!(|input: &[u8]| {
    let [is_sealed, text @ ..] = input else { return };
    let text = match is_sealed % 2 {
        1 => sealed(text),
        _ => text.to_vec(),
    };
    match open("plan", &text) {
        Ok(plan) => {
            assert_eq!(plan.targets().count(), plan.len());
            let mut written = Vec::new();
            plan.write_to(&mut written).expect("a vector");
            let again = open("again", &written).expect("a plan that was just written");
            assert!(again.targets().eq(plan.targets()));
        }
        Err(error) => drop(error),
    }
});

fn open(name: &str, text: &[u8]) -> Result<Plan, String> {
    let path: PathBuf = FOLDER.path().join(name);
    fs::write(&path, text).expect("a written file");
    Plan::open(&path).map_err(|error| error.to_string())
}

/// The lines of a plan without their checks, as the command would have written them.
fn sealed(text: &[u8]) -> Vec<u8> {
    let (mut digest, mut plan, mut lines) = (Sha256::new(), Vec::new(), 0_usize);
    for object in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        digest.update(object);
        digest.update("\n");
        let check = hexadecimal(&digest.clone().finalize()[..4]);
        plan.extend_from_slice(object.strip_suffix(b"}").unwrap_or(object));
        plan.extend_from_slice(format!(",\"check\":\"{check}\"}}\n").as_bytes());
        lines += 1;
    }
    let (devices, sha256) = (lines.saturating_sub(1), hexadecimal(&digest.finalize()));
    plan.extend_from_slice(
        format!("{{\"devices\":{devices},\"sha256\":\"{sha256}\"}}\n").as_bytes(),
    );
    plan
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
