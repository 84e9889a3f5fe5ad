//! What became of the mutants of each area when it was tried last: `tests/mutants.json`. A run of all areas takes a night,
//! so that each is tried when its code has changed, and the page tells of all.

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::areas::AREAS;
use crate::{figures::table, workspace::root};

/// The last trial of each area, by its name.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record(BTreeMap<String, Trial>);

#[derive(Debug, Serialize, Deserialize)]
struct Trial {
    /// The day, and the commit.
    tried: String,
    #[serde(flatten)]
    tally: Tally,
}

/// What became of some mutants that could be built.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) caught: usize,
    pub(super) hung: usize,
    /// By what was changed, and how many there are of each.
    pub(super) missed: BTreeMap<String, usize>,
}

impl Record {
    pub(super) fn read() -> anyhow::Result<Self> {
        let file = file();
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        serde_json::from_str(&text).with_context(|| file.display().to_string())
    }

    pub(super) fn write(&self) -> anyhow::Result<()> {
        let file = file();
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(&file, text).with_context(|| file.display().to_string())
    }

    pub(super) fn enter(&mut self, area: &str, tried: String, tally: Tally) {
        self.0.insert(area.to_owned(), Trial { tried, tally });
    }

    /// Of a hundred mutants, so many were seen.
    pub(super) fn percent_seen(&self) -> f64 {
        let total = self.total();
        total.seen() as f64 / total.tried().max(1) as f64 * 100.0
    }

    /// Each survivor once, with how many there are of its name: a reason holds for so many, and for no further one.
    pub(super) fn survivors(&self) -> Vec<String> {
        let told = self.total().missed.into_iter().map(|(mutant, number)| match number {
            1 => mutant,
            _ => format!("{mutant} ({number} of them)"),
        });
        told.collect()
    }

    /// A row for each area, and one for all.
    pub(super) fn table(&self) -> String {
        let head = ["area", "mutants tried", "seen", "of them by hanging", "survivors", "on"];
        let areas = AREAS.iter().filter_map(|area| {
            let Trial { tried, tally } = self.0.get(area.name)?;
            Some(tally.row(&format!("{}: {}", area.name, area.what), tried))
        });
        table(&head, &areas.chain([self.total().row("all", "")]).collect::<Vec<_>>())
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for Trial { tally, .. } in self.0.values() {
            total.caught += tally.caught;
            total.hung += tally.hung;
            for (mutant, number) in &tally.missed {
                *total.missed.entry(mutant.clone()).or_default() += number;
            }
        }
        total
    }
}

impl Tally {
    fn seen(&self) -> usize {
        self.caught + self.hung
    }

    fn tried(&self) -> usize {
        self.seen() + self.survivors()
    }

    fn survivors(&self) -> usize {
        self.missed.values().sum()
    }

    fn row(&self, name: &str, tried: &str) -> Vec<String> {
        let numbers = [self.tried(), self.seen(), self.hung, self.survivors()];
        let numbers = numbers.map(|number| number.to_string());
        [name.to_owned()].into_iter().chain(numbers).chain([tried.to_owned()]).collect()
    }
}

/// A mutant by its file and what was changed. The line would be another after the next commit.
pub(super) fn without_place(mutant: &str) -> String {
    let mut parts = mutant.splitn(4, ':');
    match [parts.next(), parts.next(), parts.next(), parts.next()] {
        [Some(file), Some(_line), Some(_column), Some(change)] => {
            let file = file.strip_prefix("crates/").unwrap_or(file);
            format!("`{file}`: `{}`", change.trim())
        }
        _ => mutant.to_owned(),
    }
}

fn file() -> PathBuf {
    root().join("tests/mutants.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_is_named_without_its_line() {
        let line = "crates/it-access/src/pacing/alignment.rs:141:56: replace < with <= in Alignment::forgets";
        assert_eq!(
            without_place(line),
            "`it-access/src/pacing/alignment.rs`: `replace < with <= in Alignment::forgets`"
        );
    }

    #[test]
    fn a_reason_holds_for_as_many_as_there_are() {
        let missed = |mutants: &[(&str, usize)]| {
            let missed = mutants.iter().map(|(mutant, number)| ((*mutant).to_owned(), *number));
            Tally { caught: 4, hung: 1, missed: missed.collect() }
        };
        let mut record = Record::default();
        record.enter("pacing", "long ago".to_owned(), missed(&[("c", 9)]));
        record.enter("pacing", "today".to_owned(), missed(&[("b", 2), ("a", 1)]));
        record.enter("journal", "yesterday".to_owned(), missed(&[]));
        assert_eq!(record.survivors(), ["a", "b (2 of them)"]);
        assert_eq!(record.percent_seen().round(), 77.0);
        let table = record.table();
        assert!(table.contains(" | 8 | 5 | 1 | 3 | today |\n"), "{table}");
        assert!(table.contains("| all | 13 | 10 | 2 | 3 |  |\n"), "{table}");
    }
}
