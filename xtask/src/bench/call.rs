//! One request that acts on many devices, from a list of HWIDs to a state for each: with `it-access`, by hand, and with
//! clients that others generate.

mod goals;
mod instructions;
mod measured;
mod programs;

use std::collections::BTreeMap;

use super::{service::Service, show};
use crate::figures::{Way, take_turns, thousands};
use measured::Measured;
use programs::{Call, Program};

/// What is sent and answered, and how often.
#[derive(Clone, Copy)]
struct Case {
    devices: usize,
    order: Order,
    /// How many requests a program sends in its turn, and how often its turn comes.
    requests: usize,
    turns: usize,
}

/// In which order the answer names the devices.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    OfTheRequest,
    Reversed,
}

/// Small requests differ by little more than noise, which takes many turns to see through. The last case shows what it costs
/// where the client's own reader does not understand the answer, and leaves it to serde_json.
const CASES: [Case; 4] = [
    Case { devices: 3, order: Order::OfTheRequest, requests: 1000, turns: 41 },
    Case { devices: 1000, order: Order::OfTheRequest, requests: 200, turns: 11 },
    Case { devices: 50_000, order: Order::OfTheRequest, requests: 6, turns: 11 },
    Case { devices: 50_000, order: Order::Reversed, requests: 6, turns: 11 },
];

/// So many requests at least are sent before it is counted: compilers that work while a program runs are to have done so.
const LEAST_WARM_UP: usize = 5;

/// For so many devices instructions are counted too: there, the programs in Rust differ by little more than noise.
const COUNTED: usize = 3;

pub(super) fn measure() -> anyhow::Result<String> {
    let programs = programs::build()?;
    let all = CASES.iter().map(|case| measure_case(&programs, *case));
    let all = all.collect::<anyhow::Result<Vec<_>>>()?;
    let peers = programs.iter().filter(|program| program.is_peer).map(|program| program.name);
    let mut section = goals::table(&all, &peers.collect::<Vec<_>>());
    for measured in &all {
        let title = measured.case.title();
        section += &format!("\n### {title}\n\n");
        let chart = measured.chart(&programs);
        section += &show(&chart, &measured.case.chart_name(), &format!("CPU for {title}"))?;
        section += &format!("\n{}", measured.table(&programs)?);
        if measured.case.devices == COUNTED && measured.instructions.is_empty() {
            section += "\nInstructions were not counted: valgrind is not installed.\n";
        }
    }
    Ok(section)
}

impl Case {
    fn title(self) -> String {
        let devices = thousands(self.devices as f64);
        match self.order {
            Order::OfTheRequest => format!("{devices} devices"),
            Order::Reversed => format!("{devices} devices, answered in another order"),
        }
    }

    fn chart_name(self) -> String {
        match self.order {
            Order::OfTheRequest => format!("call-{}", self.devices),
            Order::Reversed => format!("call-{}-reversed", self.devices),
        }
    }
}

fn measure_case(programs: &[Program], case: Case) -> anyhow::Result<Measured> {
    let Case { devices, order, requests, turns } = case;
    let service = match order {
        Order::OfTheRequest => Service::start()?,
        Order::Reversed => Service::start_reversed()?,
    };
    let warm_up = requests.div_ceil(4).max(LEAST_WARM_UP);
    let call = Call { base_url: &service.base_url, devices, warm_up, requests };
    let ways: Vec<Way> = programs.iter().map(|program| way(program, call)).collect();
    let costs = take_turns(&ways, turns)?;
    let mut instructions = BTreeMap::new();
    let rust = programs.iter().filter(|program| program.language == "Rust");
    for program in rust.filter(|_| devices == COUNTED) {
        if let Some(count) = instructions::count(program, call)? {
            instructions.insert(program.name, count);
        }
    }
    Ok(Measured { case, costs, instructions })
}

fn way<'a>(program: &'a Program, call: Call<'a>) -> Way<'a> {
    Way { name: program.name, command: Box::new(move || program.command(call)) }
}
