//! `cargo xtask codegen`: what is derived from the document, and whether it is fresh.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use it_access_codegen::{
    Document, Editions, Settings, generate_client, generate_httpmock, sha256sums,
};
use similar::TextDiff;

/// The command that the generated headers, and the report of a stale file, name.
pub const COMMAND: &str = "cargo xtask codegen";

const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

/// The document's name and that of its request and its answer, as the editions tell them.
const DOCUMENT_NAME: &str = "device-action-v3.0.yaml";
const REQUEST: &str = "DeviceActionRequest";
const ANSWER: &str = "DeviceActionResults";

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

    /// The last part of its path.
    fn name(&self) -> &'static str {
        self.path.rsplit_once('/').map_or(self.path, |(_, name)| name)
    }

    fn write(&self, root: &Path) -> io::Result<()> {
        let path = root.join(self.path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, &self.content)
    }
}

/// Derives everything from the document below `root`.
///
/// # Errors
///
/// If the document or one of its examples cannot be read, or cannot be generated from.
pub fn derive(root: &Path) -> anyhow::Result<Vec<Derived>> {
    let text = fs::read_to_string(root.join(DOCUMENT)).context(DOCUMENT)?;
    let document = Document::parse(&text).context(DOCUMENT)?;
    let settings =
        Settings::new(COMMAND, DOCUMENT).with_client("it_access_api").with_schemars("schemars");
    let mut derived = vec![
        Derived {
            path: "crates/it-access-api/src/generated.rs",
            content: generate_client(&document, &settings).context(DOCUMENT)?,
        },
        Derived {
            path: "crates/it-access-httpmock/src/generated.rs",
            content: generate_httpmock(&document, &settings).context(DOCUMENT)?,
        },
    ];
    derived.extend(editions(root, &document).context(DOCUMENT)?);
    Ok(derived)
}

/// The files of `openapi/dist/`: the editions, and their checksums.
fn editions(root: &Path, document: &Document) -> anyhow::Result<Vec<Derived>> {
    let folder = root.join("openapi");
    let editions =
        Editions::of(document, DOCUMENT_NAME, |path| fs::read_to_string(folder.join(path)))?;
    let mut files: Vec<Derived> = [
        ("openapi/dist/DeviceActionRequest.schema.json", editions.json_schema(REQUEST)?),
        ("openapi/dist/DeviceActionResults.schema.json", editions.json_schema(ANSWER)?),
        ("openapi/dist/device-action-v3.0.flat.json", editions.flat()),
        ("openapi/dist/device-action-v3.0.json", editions.bundled()),
        ("openapi/dist/device-action-v3.0.openapi-3.1.json", editions.openapi_3_1()),
    ]
    .map(|(path, content)| Derived { path, content })
    .into();
    let sums = sha256sums(files.iter().map(|file| (file.name(), file.content.as_str())));
    files.push(Derived { path: "openapi/dist/SHA256SUMS", content: sums });
    Ok(files)
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
            file.write(&root).with_context(|| file.path.to_owned())?;
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
