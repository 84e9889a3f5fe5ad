//! How the time grows with the number of operations.

use std::{fs, path::Path};

use super::{
    generators::{Generators, Input, OURS, names, with_version},
    synthetic,
};
use crate::{
    bench::show,
    figures::{Chart, Costs, Line, Sample, take_turns},
};

const OPERATIONS: [usize; 4] = [1, 10, 100, 1000];

/// Not more, because a turn with the largest size takes a minute of a processor.
const TURNS: usize = 3;

/// One size: how many operations, and what each generator took. It is told in CPU time, which the neighbours of a run disturb less.
struct Step {
    operations: usize,
    costs: Costs,
}

impl Step {
    /// In milliseconds.
    fn cpu(&self, name: &str) -> Sample {
        self.costs.sample(name, |cost| cost.cpu * 1e3)
    }
}

/// The chart, and the table below it.
pub(super) fn measure(generators: &Generators, folder: &Path) -> anyhow::Result<String> {
    let mut steps = Vec::new();
    for operations in OPERATIONS {
        let folder = folder.join(operations.to_string());
        fs::create_dir_all(&folder)?;
        let document = folder.join("synthetic.json");
        fs::write(&document, synthetic::document(operations).to_string())?;
        let input = Input::Document(document);
        let costs = take_turns(&generators.ways(&input, &folder)?, TURNS)?;
        steps.push(Step { operations, costs });
    }
    let title = "From documents of many operations to code";
    let chart = show(&chart(title, &steps)?, "generation-growth", title)?;
    Ok(format!("{chart}\n{}", table(&steps)?))
}

fn table(steps: &[Step]) -> anyhow::Result<String> {
    let mut table = "| CPU in ms, with so many operations |".to_owned();
    for step in steps {
        table += &format!(" {} |", step.operations);
    }
    table += "\n| --- |";
    table += &" --: |".repeat(steps.len());
    for (name, version) in names()? {
        table += &format!("\n| {} |", with_version(name, &version));
        for step in steps {
            table += &format!(" {:.0} |", step.cpu(name));
        }
    }
    Ok(table + "\n")
}

fn chart(title: &str, steps: &[Step]) -> anyhow::Result<Chart> {
    let lines = names()?.into_iter().map(|(name, _)| Line {
        label: name.replace('`', ""),
        points: steps
            .iter()
            .map(|step| (step.operations as f64, step.cpu(name).median()))
            .collect(),
        ours: name == OURS,
    });
    Ok(Chart::Lines {
        title: title.to_owned(),
        x: "operations",
        y: "ms of CPU",
        lines: lines.collect(),
    })
}
