//! Programs that do not tell what they cost: another one runs them, and tells it.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use super::build_program;

/// Tells what a program costs from its start to its end, with all processes that it starts.
#[derive(Clone)]
pub(super) struct WholeProcess {
    cost_of: PathBuf,
}

impl WholeProcess {
    pub(super) fn build() -> anyhow::Result<Self> {
        Ok(Self { cost_of: build_program("cost_of")? })
    }

    /// The command, measured. What is to be removed is gone before.
    pub(super) fn of(&self, command: &Command, removed: &[&Path]) -> Command {
        let mut measured = Command::new(&self.cost_of);
        for path in removed {
            measured.arg("--remove").arg(path);
        }
        measured.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => measured.env(name, value),
                None => measured.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            measured.current_dir(folder);
        }
        measured
    }
}
