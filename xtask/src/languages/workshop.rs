//! The folder in which clients are generated, compiled and driven.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::Context;

use super::{
    Generator, Outcome,
    matrix::Edition,
    outcome::{Check, Service},
};
use crate::{
    folders,
    foreign::{install_node, install_python, once, text_of},
    process::output_of,
    simulator::Simulator,
};

/// What must be there before: how to ask for it, and how a person calls it.
const NEEDED: [(&str, &str, &str); 3] = [
    ("go", "version", "Go 1.25 or newer"),
    ("javac", "-version", "a JDK, 17 or newer,"),
    ("mvn", "-version", "Maven 3.8 or newer"),
];

/// `target/languages`, with the tools in it.
pub(crate) struct Workshop {
    root: PathBuf,
    folder: PathBuf,
    /// The commands that the tools brought come before the system's.
    path: OsString,
}

impl Workshop {
    /// Installs the tools, unless that was done already.
    pub(crate) fn open(root: &Path) -> anyhow::Result<Self> {
        for (program, argument, name) in NEEDED {
            output_of(Command::new(program).arg(argument))
                .with_context(|| format!("{name} is needed"))?;
        }
        let pins = root.join("tests/languages");
        let folder = root.join("target/languages");
        let python = folder.join("python");
        let requirements = pins.join("python/requirements.txt");
        once(&python, &[requirements], || install_python(&pins.join("python"), &python))?;
        let node = folder.join("typescript");
        let packages =
            ["package.json", "package-lock.json"].map(|file| pins.join("typescript").join(file));
        once(&node, &packages, || install_node(&pins.join("typescript"), &node))?;

        let system = std::env::var_os("PATH").unwrap_or_default();
        let tools = [python.join("venv/bin"), node.join("node_modules/.bin")];
        let path = std::env::join_paths(tools.into_iter().chain(std::env::split_paths(&system)))?;
        Ok(Self { root: root.to_owned(), folder, path })
    }

    /// Generates a client of the canonical edition for another program than the driver: the files in `program` take the
    /// place of the driver's. The command that makes the client is the generator's, if no other is named. Returns the folder
    /// of both.
    pub(crate) fn generate_for(
        &self,
        program: &Path,
        generator: &Generator,
        generate: Option<&str>,
    ) -> anyhow::Result<PathBuf> {
        let document = self.root.join("openapi/dist").join(Edition::Canonical.file());
        let folder = self.lay_out(generator, &document)?;
        folders::copy(program, &folder)?;
        output_of(&mut self.shell(&folder, generate.unwrap_or(generator.generate)))
            .context(generator.name)?;
        Ok(folder)
    }

    /// The same tools, and another folder to generate in.
    pub(crate) fn moved_to(&self, folder: PathBuf) -> Self {
        Self { root: self.root.clone(), folder, path: self.path.clone() }
    }

    /// The command that generates a client from a document.
    pub(crate) fn generation(
        &self,
        generator: &Generator,
        document: &Path,
    ) -> anyhow::Result<Command> {
        Ok(self.shell(&self.lay_out(generator, document)?, generator.generate))
    }

    /// Generates a client from an edition, compiles it, and drives it against a simulated service of its own.
    pub(super) fn try_out(
        &self,
        generator: &'static Generator,
        edition: Edition,
    ) -> anyhow::Result<Outcome> {
        let document = self.root.join("openapi/dist").join(edition.file());
        let driver = self.lay_out(generator, &document)?;
        let mut outcome = Outcome::new(generator, edition);
        for (check, command) in
            [(Check::Generates, generator.generate), (Check::Compiles, generator.compile)]
        {
            let output = self.shell(&driver, command).output()?;
            if !output.status.success() {
                outcome.fail(check, said(&output));
                return Ok(outcome);
            }
            outcome.pass(check);
        }

        let simulator = Simulator::start(["--control"].into_iter())?;
        let output = self.drive(generator, &driver, &simulator)?;
        let service = Service {
            devices: serde_json::from_str(&simulator.control("devices")?)?,
            applied: serde_json::from_str(&simulator.control("applied")?)?,
        };
        outcome.judge(&text_of(&output.stdout), &service);
        outcome.explain(said(&output));

        if outcome.is_whole() {
            let simulator = Simulator::start(["--fault", "unknown-code:nth=1"].into_iter())?;
            let output = self.drive(generator, &driver, &simulator)?;
            outcome.judge_unknown_code(&text_of(&output.stdout));
        }
        Ok(outcome)
    }

    fn drive(
        &self,
        generator: &Generator,
        folder: &Path,
        simulator: &Simulator,
    ) -> io::Result<Output> {
        self.shell(folder, generator.drive)
            .env("IT_ACCESS_BASE_URL", &simulator.base_url)
            .env("IT_ACCESS_TOKEN", &simulator.token)
            .output()
    }

    /// Copies the driver, what it shares with others of its language, and the document; returns the driver's folder.
    fn lay_out(&self, generator: &Generator, document: &Path) -> anyhow::Result<PathBuf> {
        let (language, name) = generator.name.split_once('/').context("language/name")?;
        let from = self.root.join("tests/languages").join(language);
        let to = self.folder.join(language);
        let driver = to.join(name);
        folders::remove(&driver)?;
        folders::copy(&from.join(name), &driver)?;
        for shared in fs::read_dir(&from)? {
            let shared = shared?;
            if shared.file_type()?.is_file() {
                fs::copy(shared.path(), to.join(shared.file_name()))?;
            }
        }
        if from.join("cases").is_dir() {
            folders::copy(&from.join("cases"), &to.join("cases"))?;
        }
        fs::copy(document, to.join("document.json"))?;
        Ok(driver)
    }

    /// A command as the page prints it.
    pub(crate) fn shell(&self, folder: &Path, command: &str) -> Command {
        let mut shell = Command::new("bash");
        shell
            .args(["-euc", command])
            .current_dir(folder)
            .stdin(Stdio::null())
            .env("PATH", &self.path)
            // One folder for both Rust clients, whose dependencies are much the same.
            .env("CARGO_TARGET_DIR", self.folder.join("rust/target"));
        shell
    }
}

/// What a program wrote, standard error last.
fn said(output: &Output) -> String {
    let [stdout, stderr] = [&output.stdout, &output.stderr].map(|bytes| text_of(bytes));
    format!("{}\n{}", stdout.trim(), stderr.trim()).trim().to_owned()
}
