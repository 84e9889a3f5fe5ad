//! A test that tells in figures what it has done.

use std::{process::Command, time::Instant};

use anyhow::Context;

use crate::{
    figures::progress,
    process::output_of,
    workspace::{cargo, root},
};

/// What a test begins its line of figures with.
const FIGURES: &str = "figures: ";

/// A test, and what it is called on the page.
pub(super) struct Trial {
    pub(super) what: &'static str,
    pub(super) package: &'static str,
    /// `--lib`, or `--test` and a name, and the features that it needs.
    pub(super) target: &'static [&'static str],
    pub(super) test: &'static str,
    /// The variable that says how far it goes.
    pub(super) extent: Option<(&'static str, u64)>,
}

/// Runs the tests one after the other, and makes a row of each.
///
/// # Errors
///
/// If a test fails, or tells no figures.
pub(super) fn table(trials: &[Trial]) -> anyhow::Result<String> {
    let mut table =
        "| what is tried | figures | minutes | test |\n| --- | --- | ---: | --- |\n".to_owned();
    for trial in trials {
        progress(format_args!("  {}", trial.what));
        let Trial { what, test, package, .. } = trial;
        output_of(trial.command().arg("--no-run")).with_context(|| package.to_owned())?;
        let began = Instant::now();
        let figures = trial.run().with_context(|| format!("{test} of {package}"))?;
        let minutes = began.elapsed().as_secs_f64() / 60.0;
        table += &format!("| {what} | {figures} | {minutes:.1} | `{test}` of `{package}` |\n");
    }
    Ok(table)
}

impl Trial {
    fn run(&self) -> anyhow::Result<String> {
        let mut command = self.command();
        command.args(["--", "--nocapture", self.test]);
        // Where something is not installed, as libfaketime, a test is to fail and not to leave out a part of what is told of it.
        command.env("CI", "true");
        command.envs(self.extent.map(|(variable, number)| (variable, number.to_string())));
        figures_in(&output_of(&mut command)?)
    }

    fn command(&self) -> Command {
        let mut command = cargo();
        command.current_dir(root()).args(["test", "--quiet", "--package"]);
        command.arg(self.package).args(self.target);
        command
    }
}

/// What a test has told, wherever it stands in what was printed.
///
/// # Errors
///
/// If it has told nothing.
pub(super) fn figures_in(printed: &str) -> anyhow::Result<String> {
    // The harness may have begun the line.
    let lines = printed.lines().filter_map(|line| line.split_once(FIGURES));
    let figures: Vec<&str> = lines.map(|(_, figures)| figures).collect();
    anyhow::ensure!(!figures.is_empty(), "it told no figures:\n{printed}");
    Ok(figures.join("; "))
}

#[cfg(test)]
mod tests {
    use super::figures_in;

    #[test]
    fn figures_are_found_wherever_they_stand_in_a_line() {
        let printed = "running 2 tests\ntest one ... figures: 3 runs\nfigures: 4 requests\nok\n";
        assert_eq!(figures_in(printed).expect("figures"), "3 runs; 4 requests");
        assert!(figures_in("running 0 tests\n").is_err());
    }
}
