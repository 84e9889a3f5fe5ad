//! `it-access completions`: what a shell needs to complete the command's arguments.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::{arguments, exit_status::ExitStatus, failure::Failure, shown::shown};

pub(crate) fn write(shell: Shell) -> Result<ExitStatus, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(), "it-access", &mut script);
    if shell == Shell::Bash {
        script = with_its_own_labels(&script);
    }
    shown(io::stdout().lock().write_all(&script))
}

/// The script of bash walks to the label of a subcommand, and then branches by it. clap_complete 4.6 writes the hyphen of the
/// command's name in two ways in them, so that no branch is ever taken: <https://github.com/clap-rs/clap/issues/6421>.
fn with_its_own_labels(script: &[u8]) -> Vec<u8> {
    let script = String::from_utf8_lossy(script);
    script.replace("it__subcmd__access", "it__access").into_bytes()
}
