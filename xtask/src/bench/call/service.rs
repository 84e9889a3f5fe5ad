//! The service that all programs call: it answers from memory, in a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::Context;

use crate::{bench::program, process::Background};

/// It ends when it is dropped.
pub(super) struct Service {
    _process: Background,
    pub(super) base_url: String,
    /// How many devices there are in each request.
    pub(super) devices: usize,
}

impl Service {
    pub(super) fn start(devices: usize) -> anyhow::Result<Self> {
        let mut process = Command::new(program("call_server")?)
            .arg(devices.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .context("call_server")?;
        let stdout = process.stdout.take().context("the service's standard output")?;
        let process = Background(process);
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        Ok(Self { _process: process, base_url: line.trim().to_owned(), devices })
    }
}
