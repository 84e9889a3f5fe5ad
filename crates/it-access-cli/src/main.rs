//! The `it-access` command.

mod act;
mod address;
mod arguments;
mod auth;
mod color;
mod completions;
mod config;
mod confirm;
mod connect;
#[cfg(unix)]
mod core_dumps;
mod credentials;
mod exit_status;
mod failure;
mod interrupts;
mod jobs;
mod logging;
mod man;
mod quota;
mod report;
mod settings;
mod shown;
mod simulate;
mod simulated;
mod talk;
mod tell;

use std::process::ExitCode;

use arguments::{Arguments, Auth, Command};
use exit_status::ExitStatus;
use failure::Failure;
use settings::Settings;

fn main() -> ExitCode {
    #[cfg(unix)]
    core_dumps::switch_off();
    let arguments = Arguments::read();
    logging::start(arguments.options.verbose);
    if arguments.options.quiet {
        talk::be_quiet();
    }
    let status = run(arguments).unwrap_or_else(|failure| {
        failure.print();
        failure.status()
    });
    status.into()
}

#[tokio::main(flavor = "current_thread")]
async fn run(Arguments { options, command }: Arguments) -> Result<ExitStatus, Failure> {
    let settings = || Settings::read(&options).map_err(Failure::usage);
    match command {
        Command::Act(action) => {
            let (action, direct) = action.into_parts();
            let settings = settings()?;
            match direct.devices.list() {
                Some(_) => jobs::apply_list(&settings, action, direct).await,
                None if direct.dry_run => jobs::dry_run(&settings, action, direct),
                None => act::act(&settings, action, direct).await,
            }
        }
        Command::Plan(action) => {
            let (action, planning) = action.into_parts();
            jobs::plan(&settings()?, action, &planning)
        }
        Command::Apply(apply) => jobs::apply(&settings()?, apply).await,
        Command::Resume(resume) => jobs::resume(&settings()?, resume).await,
        Command::Jobs(folder) => jobs::list(&settings()?, &folder),
        Command::Report(report) => jobs::report(&settings()?, &report),
        Command::Config { path: true } => config::show_path(&options),
        Command::Config { path: false } => config::show(&settings()?),
        Command::Auth(Auth::Check) => auth::check(&settings()?).await,
        Command::Auth(Auth::Store) => auth::store(&settings()?),
        Command::Auth(Auth::Forget) => auth::forget(&settings()?),
        Command::Simulate(settings) => simulate::simulate(settings).await,
        Command::Completions { shell } => completions::write(shell),
        Command::Man { out } => man::write(out.as_deref()),
    }
}
