//! Asking a person before something that cannot be undone.

use std::io::{self, BufRead, IsTerminal};

use anyhow::anyhow;
use it_access::{Client, DeviceAction, Targets};

use crate::failure::Failure;

/// Asks whether to go on; refuses where there is nobody to ask.
#[expect(clippy::print_stderr, reason = "talk goes to standard error")]
pub(crate) fn consent(
    action: &DeviceAction,
    targets: &Targets,
    client: &Client,
) -> Result<(), Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::usage(anyhow!(
            "`{action}` asks before it starts, and there is no terminal to ask at; \
             to go on without a question, add --yes"
        )));
    }
    let count = match targets.len() {
        1 => "1 device".to_owned(),
        count => format!("{count} devices"),
    };
    eprint!("{action} {count} at {}? Type yes to go on: ", client.base_url());
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(Failure::nothing_processed)?;
    match answer.trim() {
        "yes" => Ok(()),
        _ => Err(Failure::nothing_processed(anyhow!("not confirmed; nothing was sent"))),
    }
}
