//! Random bytes for everything that reads, by libFuzzer: the targets of `tests/fuzz`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};

use crate::{
    figures::progress,
    folders,
    process::output_of,
    workspace::{cargo, root, target},
};

/// A program of `tests/fuzz`, and what it reads.
const TARGETS: [(&str, &str); 6] = [
    ("answer", "what a service answers, over a connection, by the whole client"),
    ("headers", "what an answer's headers say of the quota"),
    ("list", "lists of devices: CSV, text, JSON and NDJSON"),
    ("plan", "the file of a plan, sealed or not"),
    ("journal", "the file of a journal, and its report in every form"),
    ("document", "an OpenAPI document, and the code that is made of it"),
];

/// What has the compiler count the edges of the code that a run takes, for libFuzzer, and show it what is compared. These are
/// the flags of cargo-fuzz without a sanitizer. That would need nightly Rust, and finds mistakes of `unsafe` code, which
/// is not allowed here.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Builds the targets, and runs each for so long.
///
/// # Errors
///
/// If a target cannot be built, or something was found.
pub(super) fn run(length: Duration) -> anyhow::Result<String> {
    let programs = build()?;
    let mut findings = Vec::new();
    let mut table =
        "| what is read | minutes | inputs tried | edges of the code reached | kept as worth trying |\n\
         | --- | ---: | ---: | ---: | ---: |\n"
            .to_owned();
    for (name, what) in TARGETS {
        progress(format_args!("  {name}"));
        match fuzz(&programs, name, length) {
            Ok(Figures { tried, edges, kept }) => {
                let minutes = length.as_secs_f64() / 60.0;
                table +=
                    &format!("| {what} (`{name}`) | {minutes} | {tried} | {edges} | {kept} |\n");
            }
            Err(finding) => findings.push(format!("{name}: {finding:#}")),
        }
    }
    if !findings.is_empty() {
        // What was tried besides, for an hour perhaps, is worth telling.
        bail!("{}\n\n{table}", findings.join("\n\n"));
    }
    Ok(table)
}

fn build() -> anyhow::Result<PathBuf> {
    let version = output_of(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("the name of this machine's platform")?;
    let folder = target().join("fuzz");
    // With a target named, the flags are not those of build scripts and macros.
    let arguments = ["build", "--quiet", "--release", "--locked", "--target", host];
    let mut command = cargo();
    command.current_dir(root().join("tests/fuzz")).args(arguments);
    output_of(command.env("CARGO_TARGET_DIR", &folder).env("RUSTFLAGS", FLAGS))?;
    Ok(folder.join(host).join("release"))
}

/// What libFuzzer says of a run that has found nothing.
#[derive(Debug, PartialEq, Eq)]
struct Figures {
    tried: u64,
    edges: u64,
    kept: usize,
}

fn fuzz(programs: &Path, name: &str, length: Duration) -> anyhow::Result<Figures> {
    let folder = target().join("fuzz");
    let (kept, findings) = (folder.join("kept").join(name), folder.join("findings").join(name));
    // What an earlier run has kept would be told as reached in the time of this one.
    folders::remove(&kept)?;
    fs::create_dir_all(&kept)?;
    fs::create_dir_all(&findings)?;
    let sources = root().join("tests/fuzz");
    let mut command = Command::new(programs.join(name));
    command
        .arg(format!("-max_total_time={}", length.as_secs()))
        .arg(format!("-artifact_prefix={}/", findings.display()))
        // An input that takes longer is a finding too.
        .args(["-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=1"])
        .arg(&kept)
        .arg(sources.join("corpus").join(name))
        // Files that a target writes need not reach a disk.
        .env("TMPDIR", "/dev/shm")
        .stdin(Stdio::null());
    let dictionary = sources.join(name).with_extension("dict");
    if dictionary.exists() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    let output = command.output().context("libFuzzer")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let last: Vec<&str> = said.lines().rev().take(40).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        bail!("something was found: {}\n{}", findings.display(), last.join("\n"));
    }
    let (tried, edges) = figures_in(&said).context("libFuzzer said no figures")?;
    Ok(Figures { tried, edges, kept: fs::read_dir(kept)?.count() })
}

/// How many inputs were tried, and how many edges were reached: `#2097152 DONE cov: 1843 ft: …`.
fn figures_in(said: &str) -> Option<(u64, u64)> {
    let done = said.lines().rfind(|line| line.contains("DONE"))?;
    let mut words = done.split_whitespace();
    let tried = words.next()?.strip_prefix('#')?.parse().ok()?;
    let edges = words.skip_while(|word| *word != "cov:").nth(1)?.parse().ok()?;
    Some((tried, edges))
}

#[cfg(test)]
mod tests {
    use super::figures_in;

    #[test]
    fn reads_what_libfuzzer_says_at_the_end() {
        let said = "#2\tINITED cov: 3 ft: 4\n#5120\tDONE   cov: 812 ft: 1920 corp: 93/7Kb\nDone\n";
        assert_eq!(figures_in(said), Some((5120, 812)));
        assert_eq!(figures_in("==7== ERROR: libFuzzer: deadly signal\n"), None);
    }
}
