//! What it takes to build a program on the library; what the command weighs, and how soon it is there.

mod programs;
mod start;

use std::fs;

use super::{build_published, show, whole_process::WholeProcess};
use crate::figures::{Bar, Chart, Costs, Way, take_turns};
use programs::{BY_HAND, OURS, Program};

/// Not more, because a turn is several minutes of a processor; and a build's CPU time hardly varies.
const TURNS: usize = 3;

pub(super) fn measure() -> anyhow::Result<String> {
    let programs = programs::lay_out()?;
    let whole_process = WholeProcess::build()?;
    let ways = programs.iter().map(|program| {
        let (whole_process, build, target) =
            (whole_process.clone(), program.build(), program.target());
        Way { name: program.name, command: Box::new(move || whole_process.of(&build, &[&target])) }
    });
    let costs = take_turns(&ways.collect::<Vec<_>>(), TURNS)?;
    let (table, command) = (table(&programs, &costs)?, command()?);
    let title = "A clean debug build of a program with one call";
    let chart = show(&chart(title, &programs, &costs), "building", title)?;
    Ok(format!("{chart}\n{table}\n{command}"))
}

fn table(programs: &[Program], costs: &Costs) -> anyhow::Result<String> {
    let mut table = "| one call by | CPU, s | CPU, next to by hand | crates | release |\n\
                     | --- | --: | --: | --: | --: |\n"
        .to_owned();
    for program in programs {
        table += &format!(
            "| {} | {:.1} | {:.2} | {} | {} |\n",
            program.name,
            costs.sample(program.name, |cost| cost.cpu),
            costs.ratio(program.name, BY_HAND, |cost| cost.cpu),
            program.crates()?,
            megabytes(program.release_size()?),
        );
    }
    Ok(table)
}

fn chart(title: &str, programs: &[Program], costs: &Costs) -> Chart {
    let bars = programs.iter().map(|program| Bar {
        label: program.name.replace('`', ""),
        value: costs.sample(program.name, |cost| cost.cpu).median(),
        ours: program.name == OURS,
    });
    Chart::Bars { title: title.to_owned(), unit: "s of CPU", bars: bars.collect() }
}

/// The size of the command, and how soon it is there.
fn command() -> anyhow::Result<String> {
    let program = build_published("it-access-cli", "it-access")?;
    let size = megabytes(fs::metadata(&program)?.len());
    Ok(format!(
        "The command `it-access`, as it is released, with its symbols: {size}.\n\n{}",
        start::measure(&program)?
    ))
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
