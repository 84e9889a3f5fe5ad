//! `cargo xtask public-api`: the public items of each library, as text that is reviewed, and what their removal breaks.
//!
//! Beside each library's manifest stand two listings: `public-api.txt` of what it has, and, from its first release on,
//! `public-api.released.txt` of what it promised.

mod listing;
mod promise;

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;

use crate::{
    codegen::{Derived, write_or_check},
    workspace::root,
};
use promise::Promise;

const COMMAND: &str = "cargo xtask public-api";

/// The version of all the crates.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Write nothing; show what is stale, and exit with 1 if anything is
    #[arg(long)]
    check: bool,

    /// Release the present version: from now on, later ones are compared with it
    #[arg(long, conflicts_with = "check")]
    release: bool,
}

/// Runs the task: writes the listings that are stale or, to check, shows them; and shows what breaks a promise.
///
/// # Errors
///
/// If rustdoc fails, or writes another format than the one that is read here, or a file cannot be read or written.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let listings = listing::of_libraries(&root)?;
    let kept = listings.iter().map(|listing| keeps_its_promise(&root, listing));
    if kept.collect::<anyhow::Result<Vec<bool>>>()?.contains(&false) {
        return Ok(ExitCode::FAILURE);
    }
    let verdict = write_or_check(&listings, &root, options.check, COMMAND)?;
    if options.release {
        for listing in &listings {
            let promise = Promise::new(VERSION, &listing.content);
            fs::write(root.join(released(&listing.path)), promise.to_string())?;
        }
        writeln!(io::stdout(), "released {VERSION}")?;
    }
    Ok(verdict)
}

/// Whether the version allows for what `listing` breaks, which is shown if not.
fn keeps_its_promise(root: &Path, listing: &Derived) -> anyhow::Result<bool> {
    let path = released(&listing.path);
    let text = match fs::read_to_string(root.join(&path)) {
        Ok(text) => text,
        // Nothing is promised before the first release.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let promise: Promise = text.parse().with_context(|| path.display().to_string())?;
    let broken = promise.broken_by(&listing.content);
    if broken.is_empty() || promise.is_void_in(VERSION) {
        return Ok(true);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} is broken:", path.display())?;
    for item in broken {
        writeln!(out, "  {item}")?;
    }
    writeln!(
        out,
        "error: {VERSION} promises what {} did; take the change back, or raise the version of the workspace to {}",
        promise.version(),
        promise.next_to_break()
    )?;
    Ok(false)
}

/// Where the listing of the released version stands.
fn released(listing: &Path) -> PathBuf {
    listing.with_file_name("public-api.released.txt")
}
