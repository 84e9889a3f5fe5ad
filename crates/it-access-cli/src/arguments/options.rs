//! What can be said to every command.

use std::{num::NonZeroU32, path::PathBuf};

use clap::{ArgAction, Args};
use it_access::DEFAULT_BASE_URL;

use super::Format;

/// What can be said to every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Options {
    /// Use a simulated service in place of the real one; needs no account and touches none
    #[arg(long, global = true)]
    pub(crate) simulate: bool,

    /// How much faster than real time the quota of the simulated service runs [default: 1]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=6000))]
    pub(crate) simulate_speed: Option<u32>,

    #[arg(
        long,
        global = true,
        value_name = "URL",
        help = format!(
            "Where the service is: https, or plain http to this machine \
             [env: IT_ACCESS_BASE_URL] [default: {DEFAULT_BASE_URL}]"
        )
    )]
    pub(crate) base_url: Option<String>,

    /// Read the access token from a file, or from standard input (-) [env: IT_ACCESS_TOKEN holds it, or
    /// IT_ACCESS_TOKEN_FILE names the file]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "client_id")]
    pub(crate) token_file: Option<PathBuf>,

    /// Get tokens as this client of the account's [env: IT_ACCESS_CLIENT_ID]
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) client_id: Option<String>,

    /// Read the client's secret from a file, or from standard input (-) [env: IT_ACCESS_CLIENT_SECRET holds it, or
    /// IT_ACCESS_CLIENT_SECRET_FILE names the file]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "token_file")]
    pub(crate) client_secret_file: Option<PathBuf>,

    /// How long to wait for an answer [env: IT_ACCESS_TIMEOUT] [default: 60]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) timeout: Option<u32>,

    /// How often to try a request that was certainly not carried out: no connection, 429
    /// [env: IT_ACCESS_ATTEMPTS] [default: 5]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) attempts: Option<NonZeroU32>,

    /// Use the settings of this profile [env: IT_ACCESS_PROFILE] [default: default, if there is one]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Read the profiles from this file [env: IT_ACCESS_CONFIG] [default: see `it-access config --path`]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How the results are written [env: IT_ACCESS_FORMAT] [default: table]
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,

    /// Say nothing on standard error but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say on standard error what is done; twice, everything there is to say
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}
