//! Runs another program to its end, and tells what it cost with all processes that it started. Its output becomes talk.
//!
//! `cost_of [--remove PATH]... PROGRAM [ARGUMENT]...`: what is to be removed is gone before it begins to count.

use std::{
    env, fs, io,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use benchmarks::tell;
use nix::sys::{
    resource::{Usage, UsageWho, getrusage},
    time::TimeVal,
};

fn main() -> anyhow::Result<()> {
    let mut words = env::args_os().skip(1);
    let mut program = words.next();
    while program.as_deref().is_some_and(|word| word == "--remove") {
        let path = words.next().context("--remove of nothing")?;
        remove(path.as_ref()).with_context(|| path.display().to_string())?;
        program = words.next();
    }
    let mut command = Command::new(program.context("no program")?);
    command.args(words).stdin(Stdio::null()).stdout(io::stderr());

    let started = Instant::now();
    let status = command.status().with_context(|| format!("{command:?}"))?;
    let wall = started.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} failed: {status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    tell(wall, cpu_seconds(&usage), usage.max_rss().try_into()?)
}

/// A file or a whole folder, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    let result = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn cpu_seconds(usage: &Usage) -> f64 {
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(usage.user_time()) + seconds(usage.system_time())
}
