//! Writing a plan.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{
    TargetLine,
    header::Header,
    seal::{Seal, last_line},
};
use crate::{
    files,
    plan::{Plan, PlanError},
};

impl Plan {
    /// Writes the plan to a new file, as a whole or not at all. Only its owner can read it.
    ///
    /// # Errors
    ///
    /// If the file is there already, or cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), PlanError> {
        self.write_file(path.as_ref(), false)
    }

    /// Writes the plan to a file, in place of what may be there.
    ///
    /// # Errors
    ///
    /// If the file cannot be written. What was there is then there still.
    pub fn replace(&self, path: impl AsRef<Path>) -> Result<(), PlanError> {
        self.write_file(path.as_ref(), true)
    }

    /// Writes the plan as a file would hold it.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_to(&self, mut out: impl Write) -> io::Result<()> {
        seal(self, &mut out).map(drop)
    }

    fn write_file(&self, path: &Path, replaces: bool) -> Result<(), PlanError> {
        let unwritable = |source| match source {
            error if error_is_exists(&error) => PlanError::Exists { path: path.to_owned() },
            source => PlanError::Unwritable { path: path.to_owned(), source },
        };
        let mut file = files::Pending::beside(path).map_err(unwritable)?;
        let mut out = BufWriter::new(file.as_file_mut());
        let written = self.write_to(&mut out).and_then(|()| out.flush());
        drop(out);
        written.and_then(|()| file.keep(path, replaces)).map_err(unwritable)
    }
}

fn error_is_exists(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}

pub(in crate::plan) fn sha256(plan: &Plan) -> String {
    seal(plan, &mut io::sink()).unwrap_or_default()
}

/// Writes all lines, and gives back their SHA-256.
fn seal(plan: &Plan, out: &mut impl Write) -> io::Result<String> {
    let mut seal = Seal::default();
    let header = serde_json::to_string(&Header::from(plan))?;
    writeln!(out, "{}", seal.line(&header))?;
    for target in plan.targets() {
        let object =
            serde_json::to_string(&TargetLine { line: target.line, id: target.id.into() })?;
        writeln!(out, "{}", seal.line(&object))?;
    }
    let sha256 = seal.sha256();
    writeln!(out, "{}", last_line(plan.len(), &sha256))?;
    Ok(sha256)
}
