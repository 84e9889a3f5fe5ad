//! `cargo xtask codegen`: what is derived from a document, and whether it is fresh.

mod derived;
mod ours;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use anyhow::Context;
use clap::Args;
use it_access_codegen::{Diagnostics, Document, Settings, generate_client, generate_httpmock};

use crate::workspace::root;
pub use derived::{Derived, Stale};
pub use ours::derive;

/// The command that the generated headers, and the report of a stale file, name.
pub const COMMAND: &str = "cargo xtask codegen";

/// Why there is nothing to join: the thread's own report stands above.
const PANICKED: &str = "a generator panicked";

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Write nothing; show what is stale, and exit with 1 if anything is
    #[arg(long)]
    check: bool,

    /// Take warnings about the document for errors
    #[arg(long)]
    deny_warnings: bool,

    /// Generate client.rs and httpmock.rs from this document instead; the mocks find the client as crate::client
    #[arg(long, value_name = "FILE", requires = "out")]
    document: Option<PathBuf>,

    /// Where the files go; into the workspace, if it is not said
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the task: writes what is stale or, to check, shows it. Warnings about the document are shown, or denied.
///
/// # Errors
///
/// If the document is refused, or a file cannot be read or written.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let (document, files, root) = match (&options.document, &options.out) {
        (Some(file), Some(out)) => {
            let document = read_document(file, &file.display().to_string())?;
            let files = derive_any(&document, file, out)?;
            (document, files, out.clone())
        }
        _ => {
            let root = root();
            let document = ours::document(&root)?;
            let files = ours::derive_from(&document, &root)?;
            (document, files, options.out.clone().unwrap_or(root))
        }
    };
    warn(document.warnings(), options.deny_warnings)?;
    write_or_check(&files, &root, options.check, COMMAND)
}

/// Reads a document, under the name that reports give it.
fn read_document(path: &Path, name: &str) -> anyhow::Result<Document> {
    let text = fs::read_to_string(path).with_context(|| name.to_owned())?;
    Document::parse(name, &text)
        .map_err(|problems| anyhow::anyhow!("the document is refused\n\n{}", report(&problems)))
}

/// Derives client and mocks from any document.
fn derive_any(document: &Document, file: &Path, out: &Path) -> anyhow::Result<Vec<Derived>> {
    let command = format!("{COMMAND} --document {} --out {}", file.display(), out.display());
    let settings = Settings::new(command, file.display().to_string()).with_client("crate::client");
    let (client, httpmock) = thread::scope(|scope| {
        let httpmock = scope.spawn(|| generate_httpmock(document, &settings));
        (generate_client(document, &settings), httpmock.join())
    });
    Ok(vec![
        Derived::new("client.rs", client?),
        Derived::new("httpmock.rs", httpmock.expect(PANICKED)?),
    ])
}

fn warn(warnings: &Diagnostics, deny: bool) -> anyhow::Result<()> {
    if !warnings.is_empty() {
        writeln!(io::stderr(), "{}", report(warnings))?;
        anyhow::ensure!(!deny, "warnings are denied");
    }
    Ok(())
}

/// The report, in colours if a person is looking.
fn report(diagnostics: &Diagnostics) -> String {
    if io::stderr().is_terminal() { diagnostics.render_colored() } else { diagnostics.to_string() }
}

/// Writes what is stale or, to check, shows it and the command that mends it.
pub(crate) fn write_or_check(
    files: &[Derived],
    root: &Path,
    check: bool,
    command: &str,
) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut stale = 0;
    for file in files {
        let path = file.path.display();
        let Some(diff) = file.stale(root).with_context(|| path.to_string())? else { continue };
        stale += 1;
        if check {
            write!(out, "{diff}")?;
        } else {
            file.write(root).with_context(|| path.to_string())?;
            writeln!(out, "wrote {path}")?;
        }
    }
    if stale == 0 {
        writeln!(out, "everything is fresh")?;
    } else if check {
        writeln!(out, "\n{stale} of the derived files are stale; to mend them, run: {command}")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
