//! How a program tells what it cost: one line of JSON, read by `cargo xtask bench`. Linux only.

pub mod call;

use std::{
    fs,
    io::{self, Write},
    time::Instant,
};

use anyhow::Context;
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

/// Counts from its making on.
pub struct Meter {
    started: Instant,
    /// Seconds of all threads, in user and system mode.
    cpu: f64,
    /// The resident set that is not counted, in KiB.
    input_kib: u64,
}

impl Meter {
    /// To be called when the program is ready to work.
    #[must_use]
    pub fn start() -> Self {
        Self { started: Instant::now(), cpu: cpu_seconds(), input_kib: 0 }
    }

    /// The same, for a program whose input is in memory by now: it, and what making it took, is left out of the peak.
    ///
    /// # Errors
    ///
    /// If the system does not let the peak be counted anew.
    pub fn start_above_input() -> anyhow::Result<Self> {
        fs::write("/proc/self/clear_refs", "5").context("counting the peak of the memory anew")?;
        Ok(Self { input_kib: memory_kib("VmRSS:")?, ..Self::start() })
    }

    /// Prints what it cost.
    ///
    /// # Errors
    ///
    /// If the peak of the memory cannot be read, or nobody reads what is printed.
    pub fn tell(self) -> anyhow::Result<()> {
        let wall = self.started.elapsed().as_secs_f64();
        let peak_kib = memory_kib("VmHWM:")?.saturating_sub(self.input_kib);
        tell(wall, cpu_seconds() - self.cpu, peak_kib)
    }
}

/// Prints what something cost: seconds by the clock, seconds of processors, and the peak resident set.
///
/// # Errors
///
/// If nobody reads what is printed.
pub fn tell(wall: f64, cpu: f64, peak_kib: u64) -> anyhow::Result<()> {
    let cost = json!({ "wall": wall, "cpu": cpu, "peak_kib": peak_kib });
    writeln!(io::stdout(), "{cost}")?;
    Ok(())
}

fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// One of the system's figures of this process: `VmRSS:` is the resident set, `VmHWM:` its peak.
fn memory_kib(name: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|line| line.split_whitespace().next());
    Ok(figure.with_context(|| name.to_owned())?.parse()?)
}
