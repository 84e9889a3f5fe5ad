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
    figures::{progress, when},
    workspace::root,
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
    let mut figures = record.table();
    figures += &format!("\n{percent:.1} % of the mutants that could be built were seen.\n");
    // Read only now: it may have been written meanwhile.
    let page = fs::read_to_string(root().join("RELIABILITY.md"))?;
    let (survivors, explained) = (record.survivors(), explained(&page)?);
    // Of several of the same, one of the trial may be all.
    let is_explained = |it: &&String| explained.iter().any(|one| one.starts_with(it.as_str()));
    let unexplained: Vec<_> = survivors.iter().filter(|it| !is_explained(it)).collect();
    if !unexplained.is_empty() || percent < SEEN_AT_LEAST {
        bail!("{figures}\nwants a test, or a reason in RELIABILITY.md: {unexplained:#?}");
    }
    let seen: Vec<_> =
        explained.iter().filter(|it| !survivors.iter().any(|survivor| survivor == *it)).collect();
    if tries_all && !seen.is_empty() {
        bail!("{figures}\nneeds no reason in RELIABILITY.md any more: {seen:#?}");
    }
    Ok(figures)
}

/// The survivors that have a reason on the page: the inner list behind the figures.
fn explained(page: &str) -> anyhow::Result<Vec<&str>> {
    let (_, reasons) = page.split_once("<!-- /mutants -->").context("the section of mutants")?;
    let section = reasons.lines().take_while(|line| !line.starts_with("## "));
    Ok(section.filter_map(|line| line.strip_prefix("  - ")).collect())
}
