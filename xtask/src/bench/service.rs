//! The service that is sent to: a process of its own, which answers from memory.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::Context;

use super::build_program;
use crate::process::Background;

/// A running service, which ends when it is dropped.
pub(super) struct Service {
    process: Background,
    pub(super) base_url: String,
}

impl Service {
    pub(super) fn start() -> anyhow::Result<Self> {
        Self::start_by(&mut Command::new(build_program("service")?))
    }

    /// One whose answers name the devices in the opposite order, and have spaces in them.
    pub(super) fn start_reversed() -> anyhow::Result<Self> {
        Self::start_by(Command::new(build_program("service")?).arg("reversed"))
    }

    fn start_by(command: &mut Command) -> anyhow::Result<Self> {
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let stdout = process.stdout.take().context("the service's standard output")?;
        let process = Background(process);
        let mut base_url = String::new();
        BufReader::new(stdout).read_line(&mut base_url)?;
        Ok(Self { process, base_url: base_url.trim_end().to_owned() })
    }

    /// How long its only thread has kept a processor busy so far, in seconds.
    pub(super) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let file = format!("/proc/{}/schedstat", self.process.0.id());
        let text = fs::read_to_string(&file).with_context(|| file.clone())?;
        let nanoseconds = text.split(' ').next().and_then(|figure| figure.parse::<f64>().ok());
        Ok(nanoseconds.context(file)? / 1e9)
    }
}
