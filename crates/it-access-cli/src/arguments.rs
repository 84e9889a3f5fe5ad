//! What can be said on the command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::Styles};
use it_access::{DEFAULT_BASE_URL, DeviceAction, ExemptFor, GroupId, Hwid, MacAddress};

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
  5  unknown for some device: the action may have been applied
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

/// What holds for every command.
#[derive(Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Options {
    /// Use a simulated service in place of the real one; needs no account and touches none
    #[arg(long, global = true)]
    pub(crate) simulate: bool,

    /// Where the service is: https, or plain http to this machine
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "IT_ACCESS_BASE_URL",
        hide_env_values = true,
        default_value = DEFAULT_BASE_URL
    )]
    pub(crate) base_url: String,

    /// Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,

    /// How the results are written
    #[arg(long, global = true, value_enum, default_value_t)]
    pub(crate) format: Format,

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
    Simulate {
        /// Where to listen; port 0 takes a free one
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
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
    #[arg(long, value_name = "N", value_parser = exempt_hours)]
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
    let hours = text.parse().map_err(|_| "not a whole number of hours".to_owned())?;
    ExemptFor::hours(hours).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
