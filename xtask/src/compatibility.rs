//! `cargo xtask compatibility`: what the released revision of the document promised, and whether the present one keeps it.
//!
//! The released editions stand in `openapi/released`; the policy is in `openapi/NOTES.md`, under "Revisions". What breaks
//! is oasdiff's to say, which is installed under `target/oasdiff`.

mod breakage;
mod comparison;
mod oasdiff;
mod revision;

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;

use crate::workspace::root;
pub use breakage::{Audience, Breakage};
pub use comparison::Comparison;
pub use oasdiff::Oasdiff;
pub use revision::Revision;

/// The editions that others generate clients from: how the names of their files end, released and derived.
const EDITIONS: [&str; 2] = [".json", ".flat.json"];

const DERIVED: &str = "openapi/dist/device-action-v3.0";
const RELEASED: &str = "openapi/released";

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Release the present revision: from now on, later ones are compared with it
    #[arg(long)]
    release: bool,
}

/// Runs the task: compares each edition with the newest that was released, and shows what speaks against publishing it.
///
/// # Errors
///
/// If oasdiff cannot be installed or run, or a file cannot be read or written.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let oasdiff = Oasdiff::install(&root)?;
    let newest = newest(&root.join(RELEASED))?;
    let mut out = io::stdout().lock();
    let mut sound = Vec::new();
    for ending in EDITIONS {
        let released = root.join(format!("{RELEASED}/{newest}{ending}"));
        let present = root.join(format!("{DERIVED}{ending}"));
        let comparison = oasdiff.compare(&released, &present)?;
        writeln!(out, "{DERIVED}{ending}: {comparison}")?;
        match comparison.objection() {
            Some(objection) => writeln!(out, "error: {objection}")?,
            None => sound.push((present, format!("{RELEASED}/{}{ending}", comparison.present))),
        }
    }
    if sound.len() < EDITIONS.len() {
        return Ok(ExitCode::FAILURE);
    }
    if options.release {
        for (present, path) in sound {
            let kept = root.join(&path);
            // What is released stays as it is: of the same revision, only the sum of a comment can be new.
            if !kept.exists() {
                fs::copy(present, kept).with_context(|| path.clone())?;
                writeln!(out, "wrote {path}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest revision that was released.
fn newest(released: &Path) -> anyhow::Result<Revision> {
    let mut newest = None;
    for entry in fs::read_dir(released).with_context(|| released.display().to_string())? {
        let name = entry?.file_name();
        let revision = name.to_str().and_then(|name| name.strip_suffix(EDITIONS[0]));
        // The other editions of a revision stand beside it, under longer names.
        newest = newest.max(revision.and_then(|revision| revision.parse().ok()));
    }
    newest.with_context(|| format!("nothing is released in {}", released.display()))
}
