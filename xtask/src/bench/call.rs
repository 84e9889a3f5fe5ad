//! One request that acts on many devices, from a list of HWIDs to a state for each: with `it-access`, by hand, and with
//! clients that others generate.

mod goals;
mod instructions;
mod measured;
mod programs;

use std::collections::BTreeMap;

use super::{service::Service, show};
use crate::figures::{Way, take_turns};
use measured::Measured;
use programs::{Call, Program};

/// The devices of a request, how many requests a program sends in its turn, and how often its turn comes. Small requests
/// differ by little more than noise, which takes many turns to see through.
const SIZES: [(usize, usize, usize); 3] = [(3, 1000, 41), (1000, 200, 11), (50_000, 6, 11)];

/// For so many devices instructions are counted too: there, the programs in Rust differ by little more than noise.
const COUNTED: usize = 3;

pub(super) fn measure() -> anyhow::Result<String> {
    let programs = programs::build()?;
    let all: Vec<Measured> =
        SIZES.iter().map(|size| measure_size(&programs, *size)).collect::<Result<_, _>>()?;
    let peers = programs.iter().filter(|program| program.is_peer).map(|program| program.name);
    let mut section = goals::table(&all, &peers.collect::<Vec<_>>());
    for measured in &all {
        let (title, name) = (measured.title(), format!("call-{}", measured.devices));
        section += &format!("\n### {title}\n\n");
        section += &show(&measured.chart(&programs), &name, &format!("CPU for {title}"))?;
        section += &format!("\n{}", measured.table(&programs)?);
        if measured.devices == COUNTED && measured.instructions.is_empty() {
            section += "\nInstructions were not counted: valgrind is not installed.\n";
        }
    }
    Ok(section)
}

fn measure_size(
    programs: &[Program],
    (devices, requests, turns): (usize, usize, usize),
) -> anyhow::Result<Measured> {
    let service = Service::start()?;
    // Compilers that work while a program runs are to have done so.
    let call =
        Call { base_url: &service.base_url, devices, warm_up: requests.div_ceil(4), requests };
    let ways: Vec<Way> = programs.iter().map(|program| way(program, call)).collect();
    let costs = take_turns(&ways, turns)?;
    let mut instructions = BTreeMap::new();
    let rust = programs.iter().filter(|program| program.language == "Rust");
    for program in rust.filter(|_| devices == COUNTED) {
        if let Some(count) = instructions::count(program, call)? {
            instructions.insert(program.name, count);
        }
    }
    Ok(Measured { devices, requests, costs, instructions })
}

fn way<'a>(program: &'a Program, call: Call<'a>) -> Way<'a> {
    Way { name: program.name, command: Box::new(move || program.command(call)) }
}
