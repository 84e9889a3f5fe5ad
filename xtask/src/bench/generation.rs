//! From the document to code: each generator as a whole process, next to ours.

mod generators;
mod growth;
mod synthetic;

use std::fs;

use super::show;
use crate::{
    figures::{Bar, Chart, Costs, take_turns},
    workspace::target,
};
use generators::{Generators, Input, OURS, names, with_version};

const TURNS: usize = 10;

pub(super) fn measure() -> anyhow::Result<String> {
    let generators = Generators::install()?;
    let folder = target().join("generation");
    let ours = folder.join("our-document");
    fs::create_dir_all(&ours)?;
    let costs = take_turns(&generators.ways(&Input::OurDocument, &ours)?, TURNS)?;
    let growth = growth::measure(&generators, &folder)?;
    let chart = show(&chart(&costs)?, "generation", "From our document to code")?;
    Ok(format!("{chart}\n{}\n{growth}", table(&costs)?))
}

fn table(costs: &Costs) -> anyhow::Result<String> {
    let mut table =
        "| generator | wall, ms | CPU, ms | wall, next to ours |\n| --- | --: | --: | --: |\n"
            .to_owned();
    for (name, version) in names()? {
        let wall = costs.sample(name, |cost| cost.wall * 1e3);
        let cpu = costs.sample(name, |cost| cost.cpu * 1e3);
        let ratio = costs.ratio(name, OURS, |cost| cost.wall);
        table +=
            &format!("| {} | {wall:.0} | {cpu:.0} | {ratio:.1} |\n", with_version(name, &version));
    }
    Ok(table)
}

fn chart(costs: &Costs) -> anyhow::Result<Chart> {
    let bars = names()?.into_iter().map(|(name, _)| Bar {
        label: name.replace('`', ""),
        value: costs.sample(name, |cost| cost.wall).median() * 1e3,
        ours: name == OURS,
    });
    Ok(Chart::Bars {
        title: "From our document to code".to_owned(),
        unit: "ms",
        bars: bars.collect(),
    })
}
