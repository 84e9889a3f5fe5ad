//! `cargo xtask lint-document`: the document and its OpenAPI editions, before linters that others wrote.
//!
//! The linters are installed under `target/lint`, in the versions that `openapi/lint` pins. Their configurations stand
//! there too, and with each exception its reason.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context;
use clap::Args;

use crate::{conformance::tools::Tools, workspace::root};

/// Spectral looks for rule sets of others beside its configuration, so that goes where these are installed.
const SPECTRAL_RULES: &str = "spectral.yaml";

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Read these documents instead of ours and its editions
    #[arg(value_name = "FILE")]
    documents: Vec<PathBuf>,
}

/// Runs the task: each linter reads all the documents, and what it finds is shown.
///
/// # Errors
///
/// If a linter cannot be installed or run.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let documents = if options.documents.is_empty() {
        ours(&root().canonicalize()?)?
    } else {
        options.documents.clone()
    };
    let linters = Linters::install()?;
    let mut out = io::stdout().lock();
    let mut verdict = ExitCode::SUCCESS;
    for linter in Linter::ALL {
        let name = linters.name(linter)?;
        match linters.findings(linter, &documents)? {
            None => writeln!(out, "{name}: nothing to find fault with")?,
            Some(findings) => {
                verdict = ExitCode::FAILURE;
                writeln!(out, "{name} finds:\n{findings}")?;
            }
        }
    }
    Ok(verdict)
}

/// A linter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linter {
    /// Redocly's strict rules.
    Redocly,
    /// Spectral's rules for OpenAPI, and OWASP's.
    Spectral,
    /// The specification's own schema, and its rules for references and defaults.
    OpenapiSpecValidator,
}

impl Linter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Redocly, Self::Spectral, Self::OpenapiSpecValidator];
}

/// The linters, installed.
pub struct Linters {
    tools: Tools,
    configurations: PathBuf,
}

impl Linters {
    /// Installs the linters, unless that was done already.
    ///
    /// # Errors
    ///
    /// If Python or Node.js is missing, or the packages cannot be had.
    pub fn install() -> anyhow::Result<Self> {
        let root = root().canonicalize()?;
        let configurations = root.join("openapi/lint");
        let tools = Tools::install(&configurations, root.join("target/lint"))?;
        fs::copy(configurations.join(SPECTRAL_RULES), tools.folder.join(SPECTRAL_RULES))
            .context(SPECTRAL_RULES)?;
        Ok(Self { tools, configurations })
    }

    /// Lets a linter read documents. Returns what it says if it finds fault with one, be it a warning.
    ///
    /// # Errors
    ///
    /// If it cannot be run.
    pub fn findings(
        &self,
        linter: Linter,
        documents: &[PathBuf],
    ) -> anyhow::Result<Option<String>> {
        let mut command = self.command(linter);
        let output = command.args(documents).output().with_context(|| format!("{command:?}"))?;
        if output.status.success() {
            return Ok(None);
        }
        let said = [output.stdout, output.stderr].concat();
        Ok(Some(String::from_utf8_lossy(&said).into_owned()))
    }

    fn command(&self, linter: Linter) -> Command {
        match linter {
            Linter::Redocly => {
                let mut command = Command::new(self.tools.node_tool("redocly"));
                // It would ask its makers for news.
                command.env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
                command.env("REDOCLY_TELEMETRY", "off");
                command.args(["lint", "--max-problems", "1000", "--config"]);
                command.arg(self.configurations.join("redocly.yaml"));
                command
            }
            Linter::Spectral => {
                let mut command = Command::new(self.tools.node_tool("spectral"));
                command.args(["lint", "--fail-severity", "hint", "--ruleset"]);
                command.arg(self.tools.folder.join(SPECTRAL_RULES));
                command
            }
            Linter::OpenapiSpecValidator => {
                Command::new(self.tools.python_tool("openapi-spec-validator"))
            }
        }
    }

    /// What a report calls a linter: its name and its version.
    fn name(&self, linter: Linter) -> anyhow::Result<String> {
        let tools = &self.tools;
        Ok(match linter {
            Linter::Redocly => format!("Redocly {}", tools.node_version("redocly")?),
            Linter::Spectral => format!("Spectral {}", tools.node_version("spectral")?),
            Linter::OpenapiSpecValidator => {
                let version = tools.version("openapi-spec-validator")?;
                format!("openapi-spec-validator {version}")
            }
        })
    }
}

/// The document of this workspace, and its editions that are OpenAPI.
fn ours(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut documents = vec![root.join("openapi/device-action-v3.0.yaml")];
    for entry in fs::read_dir(root.join("openapi/dist"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("device-action-") && name.ends_with(".json") {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}
