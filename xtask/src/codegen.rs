//! `cargo xtask codegen`: what is derived from the document, and whether it is fresh.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use it_access_codegen::{Document, Settings, generate_client, generate_httpmock};
use similar::TextDiff;

/// The command that the generated headers, and the report of a stale file, name.
pub const COMMAND: &str = "cargo xtask codegen";

const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

/// A file that is derived from the document.
#[derive(Debug)]
pub struct Derived {
    /// Where it belongs, relative to the root of the workspace.
    pub path: &'static str,
    /// What it should hold.
    pub content: String,
}

impl Derived {
    /// Compares with what is on the disk: a unified diff, or nothing if the file is fresh.
    ///
    /// # Errors
    ///
    /// If the file is there, but cannot be read.
    pub fn stale(&self, root: &Path) -> io::Result<Option<String>> {
        let present = match fs::read_to_string(root.join(self.path)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        if present == self.content {
            return Ok(None);
        }
        let diff = TextDiff::from_lines(&present, &self.content)
            .unified_diff()
            .header(self.path, &format!("{} (from {DOCUMENT})", self.path))
            .to_string();
        Ok(Some(diff))
    }
}

/// Derives everything from the document below `root`.
///
/// # Errors
///
/// If the document cannot be read, or cannot be generated from.
pub fn derive(root: &Path) -> anyhow::Result<Vec<Derived>> {
    let text = fs::read_to_string(root.join(DOCUMENT)).context(DOCUMENT)?;
    let document = Document::parse(&text).context(DOCUMENT)?;
    let settings =
        Settings::new(COMMAND, DOCUMENT).with_client("it_access_api").with_schemars("schemars");
    Ok(vec![
        Derived {
            path: "crates/it-access-api/src/generated.rs",
            content: generate_client(&document, &settings).context(DOCUMENT)?,
        },
        Derived {
            path: "crates/it-access-httpmock/src/generated.rs",
            content: generate_httpmock(&document, &settings).context(DOCUMENT)?,
        },
    ])
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs the task: writes what is stale or, to `check`, shows it.
///
/// # Errors
///
/// If the document cannot be generated from, or a file cannot be read or written.
pub fn run(check: bool) -> anyhow::Result<ExitCode> {
    let root = root();
    let mut out = io::stdout().lock();
    let mut stale = 0;
    for file in derive(&root)? {
        let Some(diff) = file.stale(&root).with_context(|| file.path.to_owned())? else {
            continue;
        };
        stale += 1;
        if check {
            write!(out, "{diff}")?;
        } else {
            fs::write(root.join(file.path), &file.content).with_context(|| file.path.to_owned())?;
            writeln!(out, "wrote {}", file.path)?;
        }
    }
    if stale == 0 {
        writeln!(out, "everything is fresh")?;
    } else if check {
        writeln!(out, "\n{stale} of the derived files are stale; to mend them, run: {COMMAND}")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
