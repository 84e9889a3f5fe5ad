//! `cargo xtask dist`: what a release publishes, in `target/dist`. The same commit gives the same bytes.

mod archive;
mod artefacts;
mod browser;
mod command;
mod dependencies;
mod documents;
mod notices;
mod page;
mod sbom;

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{self, ExitCode},
};

use anyhow::{Context, ensure};
use clap::Args;

use crate::{
    folders,
    process::output_of,
    workspace::{root, target},
};
use artefacts::Artefacts;
use command::Command;
use dependencies::Dependencies;

/// All crates have the version of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Leave out the command, which takes minutes to build
    #[arg(long)]
    without_command: bool,

    /// Build everything a second time, and compare; the program itself is taken as it is
    #[arg(long)]
    check_reproducible: bool,

    /// Compile the program a second time, too, in another folder
    #[arg(long, requires = "check_reproducible", conflicts_with = "without_command")]
    recompile: bool,

    /// Visit the pages in headless Chromium, as a reader would
    #[arg(long)]
    test: bool,

    /// Take pictures of the pages on that visit, and leave them in this folder
    #[arg(long, value_name = "DIR", requires = "test")]
    pictures: Option<PathBuf>,
}

/// Runs the task, and shows what was built.
///
/// # Errors
///
/// If something cannot be built, a second build differs, or a page does not do what it should.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let folder = target().join("dist");
    let build = |target: &Path| build(&root, (!options.without_command).then_some(target));

    let compiled = target().join("dist-build");
    let artefacts = build(&compiled)?;
    artefacts.write(&folder)?;
    // As a browser names it.
    let folder = folder.canonicalize()?;
    say(format_args!("{} files in {}", artefacts.files().len(), folder.display()))?;

    if options.check_reproducible {
        let again = if options.recompile {
            let other = target().join("dist-rebuild");
            // What was compiled there before would be taken for the second build.
            folders::remove(&other)?;
            build(&other)?
        } else {
            build(&compiled)?
        };
        let differences = artefacts.differences(&again);
        ensure!(differences.is_empty(), "a second build differs in {}", differences.join(", "));
        say("a second build gives the same bytes")?;
    }
    if options.test {
        say(documents::visit(&root, &folder, options.pictures.as_deref())?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that is published. The command is compiled in the folder `compiled`, if one is given.
fn build(root: &Path, compiled: Option<&Path>) -> anyhow::Result<Artefacts> {
    let mut artefacts = documents::build(root)?;
    artefacts.add_copy("CHANGES", &root.join("CHANGELOG.md"))?;
    add_licenses(&mut artefacts, root)?;
    if let Some(compiled) = compiled {
        add_command(&mut artefacts, root, compiled)?;
    }
    artefacts.add_sums();
    Ok(artefacts)
}

/// Adds what belongs to the command, and an archive that holds it all.
fn add_command(artefacts: &mut Artefacts, root: &Path, compiled: &Path) -> anyhow::Result<()> {
    let command = Command::build(root, compiled)?;
    let dependencies = Dependencies::of(root, command::PACKAGE)?;
    let manual = command.manual()?;

    let name = format!("it-access-{VERSION}-{}", command::host()?);
    let mut archived = manual.clone();
    archived.add_program("it-access", command.content()?);
    for page in ["README.md", "SAFETY.md"] {
        archived.add_copy(page, &root.join("crates/it-access-cli").join(page))?;
    }
    archived.add("THIRD-PARTY-LICENSES", notices::notices(root, &dependencies)?);
    add_licenses(&mut archived, root)?;
    artefacts.add(format!("{name}.tar.gz"), archive::tar_gz(&name, &archived, time(root)?)?);
    artefacts.add(format!("{name}.cdx.json"), sbom::sbom(&dependencies)?);
    artefacts.add_all(manual);
    Ok(())
}

fn add_licenses(artefacts: &mut Artefacts, root: &Path) -> io::Result<()> {
    for license in ["LICENSE-APACHE", "LICENSE-MIT"] {
        artefacts.add_copy(license, &root.join(license))?;
    }
    Ok(())
}

/// What files in an archive say of their last change: when the commit was made, unless `SOURCE_DATE_EPOCH` says otherwise.
fn time(root: &Path) -> anyhow::Result<u64> {
    let time = match env::var("SOURCE_DATE_EPOCH") {
        Ok(time) => time,
        Err(_) => {
            let mut git = process::Command::new("git");
            output_of(git.current_dir(root).args(["log", "-1", "--format=%ct"]))?
        }
    };
    time.trim().parse().with_context(|| format!("{time:?} is no time in seconds"))
}

fn say(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
