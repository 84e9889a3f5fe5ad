//! `cargo xtask dist`: what a release publishes, in `target/dist`.

mod browser;
mod page;

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use crate::codegen::root;
use browser::Reading;

/// The editions of the document, and for whom each is.
const EDITIONS: [(&str, &str); 5] = [
    ("device-action-v3.0.json", "one JSON file, with the examples in it"),
    ("device-action-v3.0.openapi-3.1.json", "for tools of OpenAPI 3.1"),
    ("device-action-v3.0.flat.json", "for generators that cannot read `oneOf`"),
    ("DeviceActionRequest.schema.json", "JSON Schema of a request"),
    ("DeviceActionResults.schema.json", "JSON Schema of an answer"),
];

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Visit the pages in headless Chromium, as a reader would
    #[arg(long)]
    test: bool,
    /// Take pictures of the pages meanwhile, and leave them here
    #[arg(long, value_name = "DIR", requires = "test")]
    pictures: Option<PathBuf>,
}

/// Runs the task.
///
/// # Errors
///
/// If the document is refused, or a file cannot be read or written.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let folder = root.join("target/dist");
    fs::create_dir_all(&folder)?;
    let bundled = fs::read_to_string(root.join("openapi/dist/device-action-v3.0.json"))?;
    let text = fs::read_to_string(root.join("openapi/MIGRATION.md"))?;
    let others = [("index.html", "Reference"), ("migration-v2-to-v3.html", "From v2.0 to v3.0")];
    fs::write(folder.join("index.html"), page::reference(&bundled, &EDITIONS, &others[1..])?)?;
    fs::write(
        folder.join("migration-v2-to-v3.html"),
        page::guide(&text, "MIGRATION.md", &others[..1]),
    )?;
    writeln!(io::stdout(), "wrote {}", folder.display())?;
    if options.test {
        let reading = Reading {
            search: "lease agent",
            found: "schema-DeviceActionType",
            not_found: "schema-GroupId",
            example: (
                "Assign two devices to a group",
                &fs::read_to_string(root.join("openapi/examples/assign-to-group.request.json"))?,
            ),
            alternatives: &["ids", "macs"],
        };
        writeln!(
            io::stdout(),
            "{}",
            browser::visit(
                &folder,
                "index.html",
                &["index.html", "migration-v2-to-v3.html"],
                &reading,
                options.pictures.as_deref()
            )?
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
