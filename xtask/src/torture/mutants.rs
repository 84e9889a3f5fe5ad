//! The code, changed in one place at a time: cargo-mutants says whether a test sees it.
//!
//! A run takes a night. One that was cut off goes on where it ended: what was seen in an area is not tried again, as long as the
//! area's code is the same, and the packages whose tests judge it.

mod area;
mod areas;
mod found;
mod record;
mod tree;

use std::fs;

use anyhow::{Context, bail};

use super::tool;
use crate::{
    codegen::root,
    figures::{progress, when},
};
use areas::AREAS;
use record::Record;

const VERSION: &str = "27.1.0";

/// Of the mutants that can be built, so many of a hundred must be seen.
const SEEN_AT_LEAST: f64 = 95.0;

/// The names of all areas.
pub(super) fn areas() -> impl Iterator<Item = &'static str> {
    AREAS.iter().map(|area| area.name)
}

/// Tries one of so many mutants of each area, or of those that are named.
///
/// # Errors
///
/// If cargo-mutants cannot be run, or the tests see too few.
pub(super) fn run(named: &[String], mutants_per_trial: u64) -> anyhow::Result<String> {
    let program = tool::install("cargo-mutants", VERSION)?;
    tree::copy_sources()?;
    let tries_all = mutants_per_trial == 1;
    let mut record = if tries_all { Record::read()? } else { Record::default() };
    let is_named = |name: &str| named.is_empty() || named.iter().any(|it| it == name);
    for area in AREAS.iter().filter(|area| is_named(area.name)) {
        progress(format_args!("  {}", area.name));
        let when = when()?;
        record.enter(area.name, when, area.try_out(&program, mutants_per_trial)?);
        if tries_all {
            record.write()?;
        }
    }
    let percent = record.percent_seen();
    let survivors = record.survivors();
    let mut figures = record.table();
    figures += &format!("\n{percent:.1} % of the mutants that could be built were seen.\n");
    if !survivors.is_empty() {
        figures += &format!("\nSurvivors:\n\n- {}\n", survivors.join("\n- "));
    }
    // Read only now: it may have been written meanwhile.
    let page = fs::read_to_string(root().join("RELIABILITY.md"))?;
    let (_, reasons) = page.split_once("<!-- /mutants -->").context("the section of mutants")?;
    let unexplained: Vec<_> = survivors.iter().filter(|it| !reasons.contains(*it)).collect();
    if !unexplained.is_empty() || percent < SEEN_AT_LEAST {
        bail!("{figures}\nwants a test, or a reason in RELIABILITY.md: {unexplained:#?}");
    }
    Ok(figures)
}
