//! The simulated service, as the command serves it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::{
    process::{Background, output_of},
    workspace::{cargo, root, target},
};

/// `it-access simulate`, on a free port. It ends when it is dropped.
pub(crate) struct Simulator {
    _process: Background,
    pub(crate) base_url: String,
    pub(crate) token: String,
}

impl Simulator {
    pub(crate) fn start<'a>(settings: impl Iterator<Item = &'a str>) -> anyhow::Result<Self> {
        let mut process = Command::new(target().join("debug/it-access"))
            .args(["simulate", "--listen", "127.0.0.1:0"])
            .args(settings)
            .stdout(Stdio::piped())
            .spawn()
            .context("it-access simulate")?;
        let stdout = process.stdout.take().context("the simulator's standard output")?;
        let process = Background(process);
        // The line that a person would copy: export IT_ACCESS_BASE_URL=… IT_ACCESS_TOKEN=…
        let lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let export = lines.into_iter().find(|line| line.trim_start().starts_with("export "));
        let export = export.context("the simulator did not start")?;
        let value = |name: &str| {
            let value = export.split_whitespace().find_map(|word| word.strip_prefix(name));
            value.map(str::to_owned).with_context(|| format!("the simulator names no {name}"))
        };
        Ok(Self {
            _process: process,
            base_url: value("IT_ACCESS_BASE_URL=")?,
            token: value("IT_ACCESS_TOKEN=")?,
        })
    }

    /// Reads a resource of the control interface, for which `--control` is needed.
    pub(crate) fn control(&self, resource: &str) -> anyhow::Result<String> {
        let address = self.base_url.strip_prefix("http://").context("a base URL without TLS")?;
        let mut connection = TcpStream::connect(address)?;
        write!(
            connection,
            "GET /_sim/{resource} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").context("an answer of HTTP")?;
        Ok(body.to_owned())
    }
}

/// Builds `it-access`, whose simulator is [`Simulator`].
pub(crate) fn build_simulator() -> anyhow::Result<()> {
    let arguments = ["build", "--quiet", "--package", "it-access-cli"];
    output_of(cargo().current_dir(root()).args(arguments))?;
    Ok(())
}
