//! The programs that are measured: those of clients that others generate are in `tests/benchmarks/peers`, the rest in
//! `tests/benchmarks/src/bin`. Each takes `<base URL> <devices> <requests to warm up> <requests>`.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Context;

use crate::{
    bench::{OPENAPI_GENERATOR, build_program},
    languages::{GENERATORS, Workshop},
    process::output_of,
    workspace::root,
};

pub(super) const OURS: &str = "it-access";
pub(super) const BY_HAND: &str = "reqwest and serde, by hand";

/// A program that makes calls.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) language: &'static str,
    /// Whether another generator made its client of the same document.
    pub(super) is_peer: bool,
    folder: PathBuf,
    executable: PathBuf,
    /// What it is told before the job.
    arguments: &'static [&'static str],
}

/// What a program is asked for.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) base_url: &'a str,
    /// How many there are in each request.
    pub(super) devices: usize,
    /// How many requests are sent before it is counted what they cost.
    pub(super) warm_up: usize,
    pub(super) requests: usize,
}

impl Program {
    /// The command that makes the calls.
    pub(super) fn command(&self, call: Call<'_>) -> Command {
        let mut command = Command::new(&self.executable);
        command.current_dir(&self.folder).args(self.arguments).arg(call.base_url);
        command.args([call.devices, call.warm_up, call.requests].map(|number| number.to_string()));
        command
    }
}

/// Builds all of them, after the clients that they are for were generated.
pub(super) fn build() -> anyhow::Result<Vec<Program>> {
    let mut programs = vec![
        rust(OURS, "call_it_access")?,
        rust(BY_HAND, "call_by_hand")?,
        rust("hyper alone, the limit", "call_hyper")?,
    ];
    let workshop = Workshop::open(&root().canonicalize()?)?;
    for peer in &PEERS {
        programs.push(peer.build(&workshop)?);
    }
    Ok(programs)
}

fn rust(name: &'static str, binary: &str) -> anyhow::Result<Program> {
    let executable = build_program(binary)?.canonicalize()?;
    let (folder, arguments) = (root(), [].as_slice());
    Ok(Program { name, language: "Rust", is_peer: false, folder, executable, arguments })
}

/// A client that another generator makes of the same document.
struct Peer {
    name: &'static str,
    language: &'static str,
    /// Its row in the matrix of `cargo xtask languages`.
    generator: &'static str,
    /// What makes the client, if not the command of that row.
    generate: Option<&'static str>,
    build: &'static str,
    /// What begins with a dot is in the folder of the program.
    executable: &'static str,
    arguments: &'static [&'static str],
}

const PEERS: [Peer; 5] = [
    Peer {
        name: "progenitor",
        language: "Rust",
        generator: "rust/progenitor",
        generate: None,
        build: "cargo build --quiet --release",
        executable: "../target/release/progenitor-call",
        arguments: &[],
    },
    Peer {
        name: "openapi-generator",
        language: "Rust",
        generator: "rust/openapi-generator",
        generate: Some(OPENAPI_GENERATOR),
        build: "cargo build --quiet --release",
        executable: "../target/release/openapi-generator-call",
        arguments: &[],
    },
    Peer {
        name: "oapi-codegen",
        language: "Go",
        generator: "go/oapi-codegen",
        generate: None,
        build: "go vet . && go build -o call .",
        executable: "./call",
        arguments: &[],
    },
    Peer {
        name: "openapi-fetch",
        language: "TypeScript",
        generator: "typescript/openapi-typescript",
        generate: None,
        build: "tsc --noEmit false --outDir built",
        executable: "node",
        arguments: &["built/main.js"],
    },
    Peer {
        name: "openapi-python-client",
        language: "Python",
        generator: "python/openapi-python-client",
        generate: None,
        build: "mypy --strict --follow-imports silent main.py",
        executable: "../venv/bin/python",
        arguments: &["main.py"],
    },
];

impl Peer {
    fn build(&self, workshop: &Workshop) -> anyhow::Result<Program> {
        let generator = GENERATORS.iter().find(|generator| generator.name == self.generator);
        let generator = generator.with_context(|| format!("no generator {}", self.generator))?;
        let program = root().join("tests/benchmarks/peers").join(self.generator);
        let folder = workshop.generate_for(&program, generator, self.generate)?;
        if self.language == "Rust" {
            // The versions of reqwest, serde_json and all else are those of the other programs.
            fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        output_of(&mut workshop.shell(&folder, self.build)).context(self.generator)?;
        let executable = match self.executable {
            path if path.starts_with('.') => folder.join(path),
            name => name.into(),
        };
        let &Self { name, language, arguments, .. } = self;
        Ok(Program { name, language, is_peer: true, folder, executable, arguments })
    }
}
