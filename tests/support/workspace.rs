//! Files of the workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// An example body of the document, by the name of its file.
#[must_use]
pub fn example(name: &str) -> Value {
    let path = root().join("openapi/examples").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Copies the document and its examples to below another root.
pub fn copy_openapi(other_root: &Path) {
    for folder in ["openapi", "openapi/examples"] {
        let (from, to) = (root().join(folder), other_root.join(folder));
        let copied = fs::create_dir(&to).and_then(|()| {
            for entry in fs::read_dir(from)? {
                let entry = entry?;
                if entry.file_type()?.is_file() {
                    fs::copy(entry.path(), to.join(entry.file_name()))?;
                }
            }
            Ok(())
        });
        copied.unwrap_or_else(|error| panic!("{folder}: {error}"));
    }
}
