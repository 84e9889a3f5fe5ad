//! The `it-access` command.

mod act;
mod arguments;
mod base_url;
mod color;
mod confirm;
mod connect;
mod exit_status;
mod failure;
mod logging;
mod report;
mod simulate;
mod talk;
mod token;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use exit_status::ExitStatus;
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::read();
    logging::start(arguments.options.verbose);
    let status = run(arguments).unwrap_or_else(|failure| {
        failure.print();
        failure.status()
    });
    status.into()
}

#[tokio::main(flavor = "current_thread")]
async fn run(Arguments { options, command }: Arguments) -> Result<ExitStatus, Failure> {
    match command {
        Command::Simulate(settings) => simulate::simulate(settings).await,
        Command::Act(request) => act::act(&options, request.into()).await,
    }
}
