//! How long commands take to say which version they are, as whole processes.

use std::{path::Path, process::Command};

use crate::{
    bench::{show, whole_process::WholeProcess},
    figures::{Bar, Chart, Way, take_turns},
    process::output_of,
};

const TURNS: usize = 100;

const OURS: &str = "it-access --version";

/// What may be on a machine. The first does nothing: that is what a process costs.
const OTHERS: [&str; 7] = [
    "true",
    "curl --version",
    "git --version",
    "go version",
    "kubectl version --client",
    "node --version",
    "/usr/bin/python3 --version",
];

/// The chart, and the table below it.
pub(super) fn measure(it_access: &Path) -> anyhow::Result<String> {
    let whole_process = WholeProcess::build()?;
    let mut ours = Command::new(it_access);
    ours.arg("--version");
    let mut commands = vec![(OURS, ours)];
    for line in OTHERS {
        let mut words = line.split(' ');
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        if output_of(&mut command).is_ok() {
            commands.push((line, command));
        }
    }
    let names: Vec<&str> = commands.iter().map(|(name, _)| *name).collect();
    let ways = commands.into_iter().map(|(name, command)| {
        let whole_process = whole_process.clone();
        Way { name, command: Box::new(move || whole_process.of(&command, &[])) }
    });
    let costs = take_turns(&ways.collect::<Vec<_>>(), TURNS)?;

    let mut table = "| command | wall, ms | CPU, ms |\n| --- | --: | --: |\n".to_owned();
    let mut bars = Vec::new();
    for name in names {
        let wall = costs.sample(name, |cost| cost.wall * 1e3);
        let cpu = costs.sample(name, |cost| cost.cpu * 1e3);
        table += &format!("| `{name}` | {wall:.1} | {cpu:.1} |\n");
        bars.push(Bar { label: name.to_owned(), value: wall.median(), ours: name == OURS });
    }
    let title = "The time of a command that tells its version";
    let chart = Chart::Bars { title: title.to_owned(), unit: "ms", bars };
    Ok(format!("{}\n{table}", show(&chart, "start", title)?))
}
