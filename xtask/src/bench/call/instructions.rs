//! Instructions in user mode, counted by valgrind: their number hardly depends on what else the machine does.

use std::{
    fs, io,
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};

use super::programs::{Call, Program};

/// So many requests, and twice as many: what the start of the program takes is in both.
const REQUESTS: usize = 200;

/// Counts those of one request; nothing if there is no valgrind.
pub(super) fn count(program: &Program, call: Call<'_>) -> anyhow::Result<Option<f64>> {
    let total = |requests| total(&program.command(Call { warm_up: 1, requests, ..call }));
    let (Some(once), Some(twice)) = (total(REQUESTS)?, total(2 * REQUESTS)?) else {
        return Ok(None);
    };
    Ok(Some((twice - once) / REQUESTS as f64))
}

/// Those of a whole program.
fn total(command: &Command) -> anyhow::Result<Option<f64>> {
    let folder = tempfile::tempdir()?;
    let counted = folder.path().join("counted");
    let status = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counted.display()))
        .arg(command.get_program())
        .args(command.get_args())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        status => ensure!(status?.success(), "a program failed in valgrind: {command:?}"),
    }
    let counted = fs::read_to_string(counted)?;
    let total = counted.lines().find_map(|line| line.strip_prefix("totals: "));
    Ok(Some(total.context("a count of valgrind")?.trim().parse()?))
}
