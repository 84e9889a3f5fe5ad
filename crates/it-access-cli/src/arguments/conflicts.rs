//! Global options that would change nothing, and are a mistake for that.

use super::{Arguments, Auth, Command, Options};

/// Which global options a command has a use for.
#[derive(Clone, Copy, Default)]
struct Uses {
    service: bool,
    simulate: bool,
    settings: bool,
    format: bool,
}

impl Arguments {
    /// Which two arguments exclude each other. Where one stands before the subcommand and the other behind it, clap does
    /// not see it.
    pub(super) fn conflict(&self) -> Option<String> {
        let Options { simulate, .. } = self.options;
        let (other, uses) = self.command.uses();
        let (other, uses) = match simulate && uses.simulate {
            true => ("--simulate", Uses { service: false, ..uses }),
            false => (other, uses),
        };
        if self.options.simulate_speed.is_some() && !simulate {
            return Some("the argument '--simulate-speed <N>' needs '--simulate'".to_owned());
        }
        let (argument, _) = self.options.given(uses).into_iter().find(|(_, is_given)| *is_given)?;
        Some(format!("the argument '{argument}' cannot be used with '{other}'"))
    }
}

impl Command {
    fn uses(&self) -> (&'static str, Uses) {
        let all = Uses { service: true, simulate: true, settings: true, format: true };
        match self {
            Self::Act(_) => ("", all),
            Self::Config { path: false } => ("config", Uses { simulate: false, ..all }),
            Self::Config { path: true } => {
                ("config --path", Uses { settings: true, ..Uses::default() })
            }
            Self::Auth(Auth::Check) => {
                ("auth check", Uses { simulate: false, format: false, ..all })
            }
            Self::Simulate(_) => ("simulate", Uses::default()),
            Self::Completions { .. } => ("completions", Uses::default()),
            Self::Man { .. } => ("man", Uses::default()),
        }
    }
}

impl Options {
    /// The options beyond these uses, and whether they are given.
    fn given(&self, uses: Uses) -> Vec<(&'static str, bool)> {
        let mut options = Vec::new();
        if !uses.service {
            options.extend([
                ("--base-url <URL>", self.base_url.is_some()),
                ("--token-file <FILE>", self.token_file.is_some()),
                ("--client-id <ID>", self.client_id.is_some()),
                ("--client-secret-file <FILE>", self.client_secret_file.is_some()),
            ]);
        }
        if !uses.simulate {
            options.push(("--simulate", self.simulate));
        }
        if !uses.settings {
            options.extend([
                ("--timeout <SECONDS>", self.timeout.is_some()),
                ("--attempts <N>", self.attempts.is_some()),
                ("--profile <NAME>", self.profile.is_some()),
                ("--config <FILE>", self.config.is_some()),
            ]);
        }
        if !uses.format {
            options.push(("--format <FORMAT>", self.format.is_some()));
        }
        options
    }
}
