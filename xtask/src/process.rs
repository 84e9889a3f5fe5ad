//! Other programs: run to their end, or in the background for a while.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};

/// Runs a program to its end, and returns what it wrote on standard output.
pub(crate) fn output_of(command: &mut Command) -> anyhow::Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| program.clone())?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("{program} failed: {}\n{stdout}\n{stderr}", output.status);
    }
    Ok(stdout)
}

/// A program that is stopped when it is dropped.
pub(crate) struct Background(pub(crate) Child);

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
