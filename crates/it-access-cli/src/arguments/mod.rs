//! What can be said on the command line.

mod action;
mod conflicts;
mod devices;
mod direct;
mod examples;
mod exit_statuses;
mod format;
mod job;
mod options;
mod reading;
mod running;
mod sending;

use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, builder::Styles, error::ErrorKind};
use clap_complete::Shell;

pub(crate) use action::Action;
pub(crate) use direct::Direct;
pub(crate) use format::Format;
pub(crate) use job::{Apply, Planning, Report, Resume};
pub(crate) use options::Options;
pub(crate) use reading::Reading;
pub(crate) use running::{JobsFolder, Running};
pub(crate) use sending::Sending;

use crate::simulate;

/// Act on many devices of OPSWAT MetaDefender IT Access at once
#[derive(Parser)]
#[command(name = "it-access", version, styles = Styles::styled())]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the command can do.
#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Act(Action<Direct>),

    /// Read and check a list, and plan an action on its devices; nothing is sent
    #[command(subcommand)]
    Plan(Action<Planning>),

    /// Carry out a plan, as a job
    Apply(Apply),

    /// Go on with a job where it stopped
    Resume(Resume),

    /// List the jobs
    Jobs(JobsFolder),

    /// Show what became of each device of a job
    Report(Report),

    /// Show each setting, its value, and who says so
    Config {
        /// Show only where the file with the profiles is
        #[arg(long)]
        path: bool,
    },

    /// Look after the credentials
    #[command(subcommand)]
    Auth(Auth),

    /// Serve the simulated service, to try the command or a client of your own
    Simulate(simulate::Settings),

    /// Write the completions of a shell to standard output
    Completions {
        /// For which shell
        shell: Shell,
    },

    /// Write the manual, in the form of man pages
    Man {
        /// Write the pages of all commands to this folder, not one to standard output
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// What can be done with credentials.
#[derive(Subcommand)]
pub(crate) enum Auth {
    /// Check the credentials and the service, as far as that is possible without changing a device
    Check,

    /// Store the secret of the profile in the system's keyring: it is asked for, or read from standard input
    Store,

    /// Remove the secret of the profile from the system's keyring
    Forget,
}

impl Arguments {
    /// Reads the command line. Ends the process where there is a mistake in it, or a question for help.
    pub(crate) fn read() -> Self {
        let matches = command().get_matches();
        let arguments = Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        if let Some(conflict) = arguments.conflict() {
            command().error(ErrorKind::ArgumentConflict, conflict).exit();
        }
        arguments
    }
}

/// The whole command, with its examples: what help, completions and manual are made of.
pub(crate) fn command() -> clap::Command {
    let command = Arguments::command();
    let help =
        format!("{}\n\n{}\n\n{UNOFFICIAL}", examples::of(&["it-access"]), exit_statuses::LIST);
    examples::add(command.after_help(help))
}

const UNOFFICIAL: &str = "Unofficial: not published or endorsed by OPSWAT.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        command().debug_assert();
    }
}
