//! What was measured in one case, as a chart, a table, and the ratios that the goals are about.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    Case,
    programs::{BY_HAND, OURS, Program},
};
use crate::figures::{Bar, Chart, Cost, Costs, Sample, thousands};

/// The costs of all programs in one case.
pub(super) struct Measured {
    pub(super) case: Case,
    pub(super) costs: Costs,
    /// Those of one request, by the name of the program.
    pub(super) instructions: BTreeMap<&'static str, f64>,
}

impl Measured {
    /// What is picked of a program's costs, as a multiple of what code by hand takes.
    pub(super) fn ratio(&self, program: &str, pick: fn(&Cost) -> f64) -> Sample {
        self.costs.ratio(program, BY_HAND, pick)
    }

    /// The same for instructions, if they were counted.
    pub(super) fn ratio_of_instructions(&self, program: &str) -> Option<f64> {
        Some(self.instructions.get(program)? / self.instructions.get(BY_HAND)?)
    }

    pub(super) fn chart(&self, programs: &[Program]) -> Chart {
        let bar = |program: &Program| Bar {
            label: format!("{} ({})", program.name, program.language),
            value: self.ratio(program.name, |cost| cost.cpu).median(),
            ours: program.name == OURS,
        };
        Chart::Bars {
            title: format!("CPU of a call for {}, next to code by hand", self.case.title()),
            unit: "",
            bars: programs.iter().map(bar).collect(),
        }
    }

    pub(super) fn table(&self, programs: &[Program]) -> anyhow::Result<String> {
        let counted = !self.instructions.is_empty();
        let mut table = "| | language | CPU, µs | CPU | time | peak memory |".to_owned();
        table += if counted { " instructions | |\n" } else { "\n" };
        table += "| --- | --- | ---: | ---: | ---: | ---: |";
        table += if counted { " ---: | ---: |\n" } else { "\n" };
        for program in programs {
            let cpu = self.costs.sample(program.name, |cost| cost.cpu);
            write!(
                table,
                "| {} | {} | {} {} | {:.2} | {:.2} | {:.2} |",
                program.name,
                program.language,
                thousands(cpu.median() / self.case.requests as f64 * 1e6),
                cpu.spread(),
                self.ratio(program.name, |cost| cost.cpu),
                self.ratio(program.name, |cost| cost.wall),
                self.ratio(program.name, |cost| cost.peak_kib),
            )?;
            if let Some(ratio) = self.ratio_of_instructions(program.name) {
                let count = thousands(self.instructions[program.name]);
                write!(table, " {count} | {ratio:.2} |")?;
            } else if counted {
                table += " | |";
            }
            table += "\n";
        }
        Ok(table)
    }
}
