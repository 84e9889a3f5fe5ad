//! What can be said on the command line.

use std::path::PathBuf;

use clap::{
    Args, CommandFactory, Parser, Subcommand, ValueEnum, builder::Styles, error::ErrorKind,
};
use it_access::{
    DEFAULT_BASE_URL, DeviceAction, ExemptFor, ExemptHours, GroupId, Hwid, MacAddress,
};

use crate::{base_url, simulate};

const EXAMPLES: &str = "\
Examples:
  Try it without an account:
    it-access --simulate exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

  The same on your account:
    export IT_ACCESS_TOKEN=…
    it-access exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

  By MAC address, for a script:
    it-access --format json renew-dhcp --mac 00:0c:29:cd:c7:b2

Exit status:
  0  the action was applied to every device
  1  not applied to some device: failed, not supported, or an unknown code
  2  wrong usage; nothing was sent
  3  no device was processed: nothing was sent, or the request was refused
  4  some devices were not processed
  5  unknown or unreported for some device: the action may have been applied;
     or the results could not be written
  Where several hold, the highest.

Unofficial: not published or endorsed by OPSWAT.";

/// Act on many devices of OPSWAT MetaDefender IT Access at once
#[derive(Parser)]
#[command(name = "it-access", version, after_help = EXAMPLES, styles = Styles::styled())]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Reads the command line. Ends the process where there is a mistake in it, or a question for help.
    pub(crate) fn read() -> Self {
        let arguments = Self::parse();
        if let Some(conflict) = arguments.conflict() {
            Self::command().error(ErrorKind::ArgumentConflict, conflict).exit();
        }
        arguments
    }

    /// Which two arguments exclude each other. Where one stands before the subcommand and the other behind it, clap does
    /// not see it.
    fn conflict(&self) -> Option<String> {
        let Options { simulate, base_url, token_file, format, .. } = &self.options;
        let of_the_service = [
            ("--base-url <URL>", base_url.is_some()),
            ("--token-file <FILE>", token_file.is_some()),
        ];
        let of_an_action = [("--simulate", *simulate), ("--format <FORMAT>", format.is_some())];

        let (other, excluded) = match self.command {
            Command::Simulate(_) => ("simulate", [of_the_service, of_an_action].concat()),
            Command::Act(_) if *simulate => ("--simulate", of_the_service.to_vec()),
            Command::Act(_) => return None,
        };
        let (argument, _) = excluded.into_iter().find(|(_, is_given)| *is_given)?;
        Some(format!("the argument '{argument}' cannot be used with '{other}'"))
    }
}

/// What holds for every command.
#[derive(Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Options {
    /// Use a simulated service in place of the real one; needs no account and touches none
    #[arg(long, global = true)]
    pub(crate) simulate: bool,

    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = format!(
            "Where the service is: https, or plain http to this machine \
             [env: {}] [default: {DEFAULT_BASE_URL}]",
            base_url::VARIABLE
        )
    )]
    pub(crate) base_url: Option<String>,

    /// Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    /// How the results are written [default: table]
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,

    /// Say on standard error what is done; twice, everything there is to say
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Act(Act),

    /// Serve the simulated service, to try the command or a client of your own
    Simulate(simulate::Settings),
}

#[derive(Subcommand)]
pub(crate) enum Act {
    /// Exempt devices from the policy checks
    Exempt {
        #[command(flatten)]
        time: ExemptTime,
        #[command(flatten)]
        devices: Devices,
    },

    /// End an exemption
    Unexempt {
        #[command(flatten)]
        devices: Devices,
    },

    /// Ignore unknown devices
    Ignore {
        #[command(flatten)]
        devices: Devices,
    },

    /// Undo `ignore`
    Unignore {
        #[command(flatten)]
        devices: Devices,
    },

    /// Delete devices from the account; asks first
    Delete {
        /// Do not ask
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        devices: Devices,
    },

    /// Make the agents renew their DHCP lease; applied means accepted
    RenewDhcp {
        #[command(flatten)]
        devices: Devices,
    },

    /// Make the agents identify their devices anew; applied means accepted
    ReIdentify {
        #[command(flatten)]
        devices: Devices,
    },

    /// Assign devices to a group
    AssignToGroup {
        /// Id of the group; the service does not refuse one that does not exist
        #[arg(long, value_name = "ID")]
        group: GroupId,
        #[command(flatten)]
        devices: Devices,
    },
}

/// A time must be chosen: the service takes a missing one for "forever".
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ExemptTime {
    /// For so many hours, 1 to 64999
    #[arg(long, value_name = "N", value_parser = exempt_hours, allow_negative_numbers = true)]
    hours: Option<ExemptFor>,

    /// Until `unexempt`
    #[arg(long)]
    forever: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Devices {
    /// A device by HWID; repeat it for more
    #[arg(long = "hwid", value_name = "HWID")]
    pub(crate) hwids: Vec<Hwid>,

    /// A device by MAC address; repeat it for more
    #[arg(long = "mac", value_name = "MAC")]
    pub(crate) macs: Vec<MacAddress>,
}

/// An action as it was asked for.
pub(crate) struct Request {
    pub(crate) action: DeviceAction,
    pub(crate) devices: Devices,
    /// Whether a person must agree first.
    pub(crate) needs_consent: bool,
}

impl From<Act> for Request {
    fn from(act: Act) -> Self {
        let (action, devices, needs_consent) = match act {
            Act::Exempt { time, devices } => {
                // Without hours it is --forever: clap demands one of the two.
                let time = time.hours.unwrap_or(ExemptFor::Forever);
                (DeviceAction::Exempt(time), devices, false)
            }
            Act::Unexempt { devices } => (DeviceAction::Unexempt, devices, false),
            Act::Ignore { devices } => (DeviceAction::Ignore, devices, false),
            Act::Unignore { devices } => (DeviceAction::Unignore, devices, false),
            Act::Delete { yes, devices } => (DeviceAction::Delete, devices, !yes),
            Act::RenewDhcp { devices } => (DeviceAction::RenewDhcp, devices, false),
            Act::ReIdentify { devices } => (DeviceAction::ReIdentify, devices, false),
            Act::AssignToGroup { group, devices } => {
                (DeviceAction::AssignToGroup(group), devices, false)
            }
        };
        Self { action, devices, needs_consent }
    }
}

fn exempt_hours(text: &str) -> Result<ExemptFor, String> {
    let hours = text.parse().ok().and_then(|hours| ExemptFor::hours(hours).ok());
    hours.ok_or_else(|| format!("choose 1 to {} hours, or --forever", ExemptHours::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
