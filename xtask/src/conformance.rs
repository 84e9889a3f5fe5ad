//! `cargo xtask conformance`: the document and the simulated service, before tools that no one here wrote.
//!
//! - Schemathesis makes up requests from the document, right and wrong ones, and checks the answers against it.
//! - Prism stands as a validating proxy between clients and the simulated service, and judges both directions. The clients
//!   are ours, and one that openapi-python-client generates from the document.
//!
//! The tools are installed under `target/conformance`, in the versions that `tests/conformance` pins.

mod proxy;
pub(crate) mod tools;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, ensure};
use clap::Args;

use crate::{
    process::output_of,
    simulator::{Simulator, build_simulator},
    workspace::{cargo, root},
};
use proxy::Proxy;
use tools::Tools;

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// How many requests Schemathesis makes up at most, besides those that cover the document
    #[arg(long, value_name = "N", default_value_t = 300)]
    max_examples: u32,

    /// Let the simulated service fail, to see that the tools notice; as for `it-access simulate`
    #[arg(long, value_name = "FAULT")]
    fault: Vec<String>,
}

/// Runs the task, and shows what ran.
///
/// # Errors
///
/// If a tool cannot be installed, or finds that something breaks the document; its output is the error.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let tools = Tools::install(&root.join("tests/conformance"), root.join("target/conformance"))?;
    build_simulator()?;

    let task = Task { root, tools, faults: &options.fault };
    let schemathesis = task.schemathesis(options.max_examples)?;
    say(format_args!("Schemathesis {}: {schemathesis}", task.tools.version("schemathesis")?))?;
    let prism = task.tools.node_version("prism")?;
    let ours = task.our_client()?;
    say(format_args!("Prism {prism}, our generated client: {ours}"))?;
    let theirs = task.their_client()?;
    let generator = task.tools.version("openapi-python-client")?;
    say(format_args!("Prism {prism}, client by openapi-python-client {generator}: {theirs}"))?;
    Ok(ExitCode::SUCCESS)
}

struct Task<'a> {
    root: PathBuf,
    tools: Tools,
    faults: &'a [String],
}

impl Task<'_> {
    /// Returns what Schemathesis says of the number of cases.
    fn schemathesis(&self, max_examples: u32) -> anyhow::Result<String> {
        // With a quota, so that its headers are checked, but one that is never used up.
        let simulator = self.simulator(&["--quota", "1000000"])?;
        let output = output_of(
            Command::new(self.tools.python_tool("st"))
                .current_dir(&self.tools.folder)
                .env("IT_ACCESS_TOKEN", &simulator.token)
                .arg("--config-file")
                .arg(self.root.join("tests/conformance/schemathesis.toml"))
                .arg("run")
                .arg(self.document())
                .args(["--url", &simulator.base_url, "--checks", "all", "--no-color"])
                // The same requests each time, so that what failed once fails again.
                .args(["--generation-deterministic", "--max-examples", &max_examples.to_string()]),
        )?;
        let cases = output.lines().skip_while(|line| line.trim() != "Test cases:").nth(1);
        let cases = cases.with_context(|| format!("Schemathesis told no test cases:\n{output}"))?;
        Ok(cases.trim().to_owned())
    }

    fn our_client(&self) -> anyhow::Result<String> {
        let simulator = self.simulator(&["--control"])?;
        let strict = self.proxy(&simulator, &["--errors"])?;
        let lenient = self.proxy(&simulator, &[])?;
        let output = output_of(
            cargo()
                .current_dir(&self.root)
                .args([
                    "test",
                    "--quiet",
                    "--package",
                    "integration-tests",
                    "--test",
                    "conformance",
                ])
                // One after the other: they share a quota.
                .args(["--", "--ignored", "--nocapture", "--test-threads", "1"])
                .env("IT_ACCESS_TOKEN", &simulator.token)
                .env("IT_ACCESS_CONFORMANCE_STRICT_PROXY", &strict.base_url)
                .env("IT_ACCESS_CONFORMANCE_LENIENT_PROXY", &lenient.base_url)
                .env("IT_ACCESS_CONFORMANCE_SIMULATOR", &simulator.base_url),
        )?;
        counts(&output)
    }

    fn their_client(&self) -> anyhow::Result<String> {
        let client = self.tools.folder.join("client");
        output_of(
            Command::new(self.tools.python_tool("openapi-python-client"))
                .current_dir(&self.tools.folder)
                .args(["generate", "--meta", "none", "--overwrite", "--path"])
                .arg(self.root.join("openapi/dist/device-action-v3.0.json"))
                .arg("--output-path")
                .arg(&client),
        )?;
        let simulator = self.simulator(&["--control"])?;
        let strict = self.proxy(&simulator, &["--errors"])?;
        let output = output_of(
            Command::new(self.tools.python_tool("python"))
                .env("PYTHONPATH", &self.tools.folder)
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env("IT_ACCESS_TOKEN", &simulator.token)
                .arg(self.root.join("tests/conformance/suite.py"))
                .args([&strict.base_url, &simulator.base_url]),
        )?;
        counts(&output)
    }

    fn simulator(&self, settings: &[&str]) -> anyhow::Result<Simulator> {
        let faults = self.faults.iter().flat_map(|fault| ["--fault", fault]);
        Simulator::start(settings.iter().copied().chain(faults))
    }

    fn proxy(&self, simulator: &Simulator, settings: &[&str]) -> anyhow::Result<Proxy> {
        Proxy::start(
            &self.tools.node_tool("prism"),
            &self.document(),
            &simulator.base_url,
            settings,
        )
    }

    fn document(&self) -> PathBuf {
        self.root.join("openapi/device-action-v3.0.yaml")
    }
}

/// The lines in which a suite says how much it did.
///
/// # Errors
///
/// If there are none: then nothing was tried.
fn counts(output: &str) -> anyhow::Result<String> {
    // A dot for a test that has passed may stand before it.
    let lines = output.lines().map(|line| line.trim_start_matches('.'));
    let counts: Vec<_> = lines.filter(|line| line.ends_with(" requests")).collect();
    ensure!(!counts.is_empty(), "the suite did not say how much it did:\n{output}");
    Ok(counts.join(" and "))
}

fn say(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn a_suite_that_does_not_say_what_it_did_has_failed() {
        let printed = "running 2 tests\n.strict: 12 requests\nlenient: 3 requests\n.\n";
        assert_eq!(counts(printed).expect("counts"), "strict: 12 requests and lenient: 3 requests");
        assert!(counts("running 0 tests\n").is_err());
    }
}
