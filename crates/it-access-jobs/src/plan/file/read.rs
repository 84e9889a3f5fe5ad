//! Reading a plan, and seeing that it is still what was planned.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use super::{
    FORMAT, TargetLine, VERSION,
    header::{Header, Version},
    seal::{Seal, last_line},
};
use crate::{
    list::Lines,
    plan::{Plan, PlanError, selection::Unique},
};

/// Longer than any line of a plan: the first shows some devices that are left out.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

impl Plan {
    /// Reads a plan, and checks that nobody has changed it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is no plan, comes from a later version, or is not as it was written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, PlanError> {
        let path = path.as_ref();
        let named = |problem: Problem| problem.of(path);
        let file = File::open(path).map_err(|error| named(error.into()))?;
        read(BufReader::new(file)).map_err(named)
    }
}

enum Problem {
    Unreadable(io::Error),
    NotAPlan,
    Newer(u64),
    Changed(u64),
    CutOff(u64),
}

fn read(input: impl BufRead) -> Result<Plan, Problem> {
    let mut lines = SealedLines { lines: Lines::new(input, LONGEST_LINE), last: 0 };
    let mut seal = Seal::default();
    let header = lines.header(&mut seal)?;
    let mut selection = Unique::default();
    for _ in 0..header.devices {
        lines.target(&mut seal, &header, &mut selection)?;
    }
    let sha256 = seal.sha256();
    if lines.next()? != last_line(header.devices, &sha256) {
        return Err(Problem::Changed(lines.last));
    }
    if lines.lines.next()?.is_some() {
        return Err(Problem::Changed(lines.last + 1));
    }
    let header = header.into_plan(selection.into_selection(), sha256);
    header.map_err(|_| Problem::Changed(1))
}

struct SealedLines<R> {
    lines: Lines<R>,
    /// The number of the line that was read last.
    last: u64,
}

impl<R: BufRead> SealedLines<R> {
    fn header(&mut self, seal: &mut Seal) -> Result<Header, Problem> {
        let line = match self.next() {
            Ok(line) => line,
            Err(Problem::Changed(_)) => return Err(Problem::NotAPlan),
            Err(problem) => return Err(problem),
        };
        match serde_json::from_str::<Version>(&line) {
            Ok(Version { format, version }) if format == FORMAT && version > VERSION => {
                return Err(Problem::Newer(version));
            }
            Ok(Version { format, .. }) if format == FORMAT => {}
            _ => return Err(Problem::NotAPlan),
        }
        let object = seal.object(&line).ok_or(Problem::Changed(1))?;
        serde_json::from_str(&object).map_err(|_| Problem::Changed(1))
    }

    fn target(
        &mut self,
        seal: &mut Seal,
        header: &Header,
        selection: &mut Unique,
    ) -> Result<(), Problem> {
        let line = self.next()?;
        let changed = || Problem::Changed(self.last);
        let object = seal.object(&line).ok_or_else(changed)?;
        let target: TargetLine<'_> = serde_json::from_str(&object).map_err(|_| changed())?;
        let id = header.kind().canonical(&target.id).map_err(|_| changed())?;
        match id == target.id && selection.add(target.line, &id) {
            true => Ok(()),
            false => Err(changed()),
        }
    }

    /// The next line, which must have an end. Without one, the file is cut off.
    fn next(&mut self) -> Result<String, Problem> {
        let Some(line) = self.lines.next()? else { return Err(Problem::CutOff(self.last)) };
        if !line.is_whole {
            return Err(Problem::CutOff(self.last));
        }
        self.last = line.number;
        line.text.map(str::to_owned).map_err(|_| Problem::Changed(self.last))
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl Problem {
    fn of(self, path: &Path) -> PlanError {
        let path = path.to_owned();
        match self {
            Self::Unreadable(source) => PlanError::Unreadable { path, source },
            Self::NotAPlan => PlanError::NotAPlan { path },
            Self::Newer(version) => PlanError::Newer { path, version, known: VERSION },
            Self::Changed(line) => PlanError::Changed { path, line },
            Self::CutOff(line) => PlanError::CutOff { path, line },
        }
    }
}
