//! `cargo xtask codegen`: what is derived from the document, and whether it is fresh.

use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use it_access_codegen::{Diagnostics, Document, Settings, generate_client, generate_httpmock};
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

/// Reads the document below `root`.
///
/// # Errors
///
/// If the document cannot be read, or cannot be generated from.
pub fn document(root: &Path) -> anyhow::Result<Document> {
    let text = fs::read_to_string(root.join(DOCUMENT)).context(DOCUMENT)?;
    Document::parse(DOCUMENT, &text)
        .map_err(|problems| anyhow::anyhow!("the document is refused\n\n{}", report(&problems)))
}

/// Derives everything from the document below `root`.
///
/// # Errors
///
/// If the document cannot be read, or cannot be generated from.
pub fn derive(root: &Path) -> anyhow::Result<Vec<Derived>> {
    let document = document(root)?;
    let settings = Settings::new(COMMAND, DOCUMENT)
        .with_credential("crate::AccessToken")
        .with_client_crate("it_access_api");
    Ok(vec![
        Derived {
            path: "crates/it-access-api/src/generated.rs",
            content: generate_client(&document, &settings)?,
        },
        Derived {
            path: "crates/it-access-httpmock/src/generated.rs",
            content: generate_httpmock(&document, &settings)?,
        },
    ])
}

/// The report, in colours if a person is looking.
fn report(diagnostics: &Diagnostics) -> String {
    if io::stderr().is_terminal() { diagnostics.render_colored() } else { diagnostics.to_string() }
}

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs the task: writes what is stale or, to `check`, shows it. Warnings about the document are shown, or denied.
///
/// # Errors
///
/// If the document cannot be generated from, or a file cannot be read or written.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a command's output")]
pub fn run(check: bool, deny_warnings: bool) -> anyhow::Result<ExitCode> {
    let root = root();
    let document = document(&root)?;
    let warnings = document.warnings();
    if !warnings.is_empty() {
        eprintln!("{}", report(warnings));
        anyhow::ensure!(!deny_warnings, "warnings are denied");
    }
    let mut stale = 0;
    for file in derive(&root)? {
        let Some(diff) = file.stale(&root).with_context(|| file.path.to_owned())? else {
            continue;
        };
        stale += 1;
        if check {
            print!("{diff}");
        } else {
            fs::write(root.join(file.path), &file.content).with_context(|| file.path.to_owned())?;
            println!("wrote {}", file.path);
        }
    }
    if stale == 0 {
        println!("everything is fresh");
    } else if check {
        eprintln!("\n{stale} of the derived files are stale; to mend them, run: {COMMAND}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
