//! What a person is told once the simulated service listens.

use std::io::{self, Write};

use it_access_sim::{DEFAULT_ACCESS_TOKEN, RunningService};

use super::settings::{CLIENT_SECRET_VARIABLE, Settings, client_secret};
use crate::{credentials::TOKEN_VARIABLE, settings::Key};

/// Says where the service is, and what can be copied into another terminal. All at once: who reads this may go as soon
/// as it has what it needs.
pub(super) fn write(service: &RunningService, settings: &Settings) -> io::Result<()> {
    let base_url = service.base_url();
    let address = Key::BaseUrl.variable().unwrap_or_default();
    let secret = match client_secret() {
        Ok(secret) if !secret.is_chosen => secret.text,
        _ => format!("as {CLIENT_SECRET_VARIABLE} says"),
    };
    let control = if settings.control {
        format!("Control interface: {base_url}/_sim/devices, log, applied, faults, clock, tokens\n")
    } else {
        String::new()
    };
    let introduction = format!(
        "Simulated service on {base_url}; Ctrl-C stops it.\n\
         OAuth client: {}, secret: {secret}\n\
         {control}\
         In another terminal:\n\n  \
         export {address}={base_url} {TOKEN_VARIABLE}={DEFAULT_ACCESS_TOKEN}\n  \
         it-access exempt --hours 60 --hwid device123 --hwid device456 --hwid device789\n\n",
        settings.oauth_client,
    );
    let mut out = io::stdout().lock();
    out.write_all(introduction.as_bytes())?;
    out.flush()
}
