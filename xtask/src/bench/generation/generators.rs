//! The generators that are compared, each as a whole process.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::super::{build_published, whole_process::WholeProcess};
use crate::{
    figures::Way,
    languages::{GENERATORS, Generator, Workshop},
    workspace::root,
};

pub(super) const OURS: &str = "`cargo xtask codegen`";
pub(super) const PROGENITOR: &str = "progenitor";

/// Those of other languages, by their names in `cargo xtask languages`, which installs them.
const FOREIGN: [&str; 5] = [
    "go/oapi-codegen",
    "python/openapi-python-client",
    "rust/openapi-generator",
    "typescript/hey-api",
    "typescript/openapi-typescript",
];

/// What the generators of other languages write, beside their configuration.
const OUTPUTS: [&str; 2] = ["client", "client.d.ts"];

/// The name of each, and its version where it is not pinned by our own lock.
pub(super) fn names() -> anyhow::Result<Vec<(&'static str, String)>> {
    let rust = [OURS, PROGENITOR].map(|name| Ok((name, String::new())));
    let versions = foreign().map(|it| Ok((it.title, it.version(&root())?)));
    rust.into_iter().chain(versions).collect()
}

/// A name with its version, if it has one.
pub(super) fn with_version(name: &str, version: &str) -> String {
    format!("{name} {version}").trim_end().to_owned()
}

fn foreign() -> impl Iterator<Item = &'static Generator> {
    GENERATORS.iter().filter(|generator| FOREIGN.contains(&generator.name))
}

/// A document for all of them.
pub(super) enum Input {
    /// Ours, from which we derive the mocks and the editions too. The others read the edition that is made for them.
    OurDocument,
    /// Another, as JSON.
    Document(PathBuf),
}

/// All generators, installed.
pub(super) struct Generators {
    root: PathBuf,
    xtask: PathBuf,
    progenitor: PathBuf,
    workshop: Workshop,
    whole_process: WholeProcess,
}

impl Generators {
    pub(super) fn install() -> anyhow::Result<Self> {
        let root = root().canonicalize()?;
        Ok(Self {
            xtask: build_published("xtask", "xtask")?,
            progenitor: build_published("benchmarks", "generate_progenitor")?,
            workshop: Workshop::open(&root)?,
            whole_process: WholeProcess::build()?,
            root,
        })
    }

    /// All of them. What they make lies in the folder.
    pub(super) fn ways(&self, input: &Input, folder: &Path) -> anyhow::Result<Vec<Way<'_>>> {
        let mut ways = self.rust(input, folder);
        ways.extend(self.foreign(input, folder)?);
        Ok(ways)
    }

    /// Ours, and progenitor by itself.
    fn rust(&self, input: &Input, folder: &Path) -> Vec<Way<'_>> {
        let mut ours = Command::new(&self.xtask);
        ours.arg("codegen").arg("--out").arg(folder.join("ours"));
        if let Input::Document(document) = input {
            ours.arg("--document").arg(document);
        }
        let mut progenitor = Command::new(&self.progenitor);
        progenitor.arg(self.as_json(input)).arg(folder.join("progenitor.rs"));
        vec![
            self.way(OURS, ours, vec![folder.join("ours")]),
            self.way(PROGENITOR, progenitor, vec![folder.join("progenitor.rs")]),
        ]
    }

    /// Those of other languages.
    fn foreign(&self, input: &Input, folder: &Path) -> anyhow::Result<Vec<Way<'_>>> {
        let workshop = self.workshop.moved_to(folder.to_owned());
        let document = self.as_json(input);
        let way = |generator: &'static Generator| {
            let command = workshop.generation(generator, &document)?;
            Ok(self.way(generator.title, command, OUTPUTS.map(PathBuf::from).into()))
        };
        foreign().map(way).collect()
    }

    fn as_json(&self, input: &Input) -> PathBuf {
        match input {
            Input::OurDocument => self.root.join("openapi/dist/device-action-v3.0.json"),
            Input::Document(document) => document.clone(),
        }
    }

    fn way(&self, name: &'static str, command: Command, removed: Vec<PathBuf>) -> Way<'_> {
        let whole_process = self.whole_process.clone();
        let command = move || {
            let removed: Vec<&Path> = removed.iter().map(PathBuf::as_path).collect();
            whole_process.of(&command, &removed)
        };
        Way { name, command: Box::new(command) }
    }
}
