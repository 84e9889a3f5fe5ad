//! What cargo-mutants wrote down of an area, in this run and in those before it.

use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::record::{Tally, without_place};
use crate::folders;

/// The folder in which cargo-mutants writes down what became of the mutants of an area.
pub(super) struct Found(PathBuf);

impl Found {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    pub(super) fn forget(&self) -> anyhow::Result<()> {
        folders::remove(&self.0).with_context(|| self.0.display().to_string())
    }

    /// Goes on with what was found before, unless that was in other code, in which a mutant of the same name may be another, or
    /// by other tests, which may have seen what those of now do not.
    pub(super) fn go_on_with(&self, code_and_tests: &str) -> anyhow::Result<()> {
        let file = self.0.join(CODE_AND_TESTS);
        if !fs::read_to_string(&file).is_ok_and(|before| before == code_and_tests) {
            self.forget()?;
        }
        fs::create_dir_all(&self.0)?;
        fs::write(file, code_and_tests)?;
        // The last run may have been cut off.
        self.keep()
    }

    /// Adds what the last run has seen to the lists of all that was: the next run begins its own lists anew.
    pub(super) fn keep(&self) -> anyhow::Result<()> {
        if !self.last("").exists() {
            return Ok(());
        }
        let hung = lines(&self.last("timeout.txt"))?;
        append(&self.0.join(SEEN), &lines(&self.last("caught.txt"))?)?;
        append(&self.0.join(HUNG), &hung)?;
        // What hung would be tried again by itself.
        append(&self.last("previously_caught.txt"), &hung)
    }

    /// What became of those that there are in the code as it is now.
    pub(super) fn tally(&self, listed: &BTreeSet<&str>) -> anyhow::Result<Tally> {
        let number = |list: &str| -> anyhow::Result<usize> {
            let mutants = lines(&self.0.join(list))?;
            Ok(mutants.iter().filter(|mutant| listed.contains(mutant.as_str())).count())
        };
        let mut tally = Tally { caught: number(SEEN)?, hung: number(HUNG)?, ..Tally::default() };
        for mutant in lines(&self.last("missed.txt"))? {
            *tally.missed.entry(without_place(&mutant)).or_default() += 1;
        }
        Ok(tally)
    }

    fn last(&self, list: &str) -> PathBuf {
        self.0.join("mutants.out").join(list)
    }
}

const CODE_AND_TESTS: &str = "code-and-tests.rs";
const SEEN: &str = "seen.txt";
const HUNG: &str = "hung.txt";

/// Adds the lines that are not there to a file.
fn append(file: &Path, more: &BTreeSet<String>) -> anyhow::Result<()> {
    let before = lines(file)?;
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    more.difference(&before).try_for_each(|line| writeln!(file, "{line}"))?;
    Ok(())
}

/// The lines of a file; none, if it is not there.
fn lines(file: &Path) -> anyhow::Result<BTreeSet<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_stays_seen_as_long_as_it_is_there() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let found = Found::new(folder.path().to_owned());
        let run = |caught: &str, hung: &str, missed: &str| -> anyhow::Result<()> {
            fs::create_dir_all(found.last(""))?;
            for (list, mutants) in
                [("caught.txt", caught), ("timeout.txt", hung), ("missed.txt", missed)]
            {
                fs::write(found.last(list), mutants)?;
            }
            found.keep()
        };
        let seen = || lines(&found.0.join(SEEN));
        found.go_on_with("fn a() {}")?;
        run("a\nb\n", "c\n", "d\ne\n")?;
        // What hung is among those that are not tried again.
        assert!(lines(&found.last("previously_caught.txt"))?.contains("c"));
        run("d\n", "", "e\n")?;
        // `b` is no longer in the code.
        let tally = found.tally(&["a", "c", "d", "e"].into())?;
        let expected = Tally { caught: 2, hung: 1, missed: [("e".to_owned(), 1)].into() };
        assert_eq!(tally, expected);
        found.go_on_with("fn a() {}")?;
        assert!(seen()?.contains("d"));
        found.go_on_with("fn a() { b() }")?;
        assert_eq!(seen()?, BTreeSet::new());
        Ok(())
    }
}
