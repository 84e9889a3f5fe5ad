//! The eight actions, as they are asked for.

use clap::{Args, Subcommand};
use it_access::{DeviceAction, ExemptFor, ExemptHours, GroupId};

/// One of the eight actions, and what else `Rest` has to say of it.
#[derive(Subcommand)]
pub(crate) enum Action<Rest: Args> {
    /// Exempt devices from the policy checks
    Exempt {
        #[command(flatten)]
        time: ExemptTime,
        #[command(flatten)]
        rest: Rest,
    },

    /// End an exemption
    Unexempt {
        #[command(flatten)]
        rest: Rest,
    },

    /// Ignore unknown devices
    Ignore {
        #[command(flatten)]
        rest: Rest,
    },

    /// Undo `ignore`
    Unignore {
        #[command(flatten)]
        rest: Rest,
    },

    /// Delete devices from the account
    Delete {
        #[command(flatten)]
        rest: Rest,
    },

    /// Make the agents renew their DHCP lease; applied means accepted
    RenewDhcp {
        #[command(flatten)]
        rest: Rest,
    },

    /// Make the agents identify their devices anew; applied means accepted
    ReIdentify {
        #[command(flatten)]
        rest: Rest,
    },

    /// Assign devices to a group
    AssignToGroup {
        /// Id of the group; the service does not refuse one that does not exist
        #[arg(long, value_name = "ID")]
        group: GroupId,
        #[command(flatten)]
        rest: Rest,
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

impl<Rest: Args> Action<Rest> {
    pub(crate) fn rest(&self) -> &Rest {
        match self {
            Self::Exempt { rest, .. }
            | Self::Unexempt { rest }
            | Self::Ignore { rest }
            | Self::Unignore { rest }
            | Self::Delete { rest }
            | Self::RenewDhcp { rest }
            | Self::ReIdentify { rest }
            | Self::AssignToGroup { rest, .. } => rest,
        }
    }

    /// Takes it apart: the action, and the rest.
    pub(crate) fn into_parts(self) -> (DeviceAction, Rest) {
        match self {
            // Without hours it is --forever: clap demands one of the two.
            Self::Exempt { time, rest } => {
                (DeviceAction::Exempt(time.hours.unwrap_or(ExemptFor::Forever)), rest)
            }
            Self::Unexempt { rest } => (DeviceAction::Unexempt, rest),
            Self::Ignore { rest } => (DeviceAction::Ignore, rest),
            Self::Unignore { rest } => (DeviceAction::Unignore, rest),
            Self::Delete { rest } => (DeviceAction::Delete, rest),
            Self::RenewDhcp { rest } => (DeviceAction::RenewDhcp, rest),
            Self::ReIdentify { rest } => (DeviceAction::ReIdentify, rest),
            Self::AssignToGroup { group, rest } => (DeviceAction::AssignToGroup(group), rest),
        }
    }
}

fn exempt_hours(text: &str) -> Result<ExemptFor, String> {
    let hours = text.parse().ok().and_then(|hours| ExemptFor::hours(hours).ok());
    hours.ok_or_else(|| format!("choose 1 to {} hours, or --forever", ExemptHours::MAX))
}
