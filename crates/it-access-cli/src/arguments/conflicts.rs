//! Arguments that would change nothing where they stand, and are a mistake for that.

use super::{Arguments, Auth, Command, Options, Running};

/// Which global options a command has a use for.
#[derive(Clone, Copy, Default)]
struct Uses {
    /// Those that say where the account is.
    service: bool,
    simulate: bool,
    timeout: bool,
    attempts: bool,
    profile: bool,
    format: bool,
}

impl Arguments {
    /// Which argument is in the wrong place. Where one stands before the subcommand and the other behind it, clap does not
    /// see it.
    pub(super) fn conflict(&self) -> Option<String> {
        let simulate = self.options.simulate;
        if let Some(argument) = self.command.without_a_list() {
            return Some(format!(
                "the argument '{argument}' needs '--hwids-from <FILE>' or '--macs-from <FILE>'"
            ));
        }
        if self.options.simulate_speed.is_some() && !simulate {
            return Some("the argument '--simulate-speed <N>' needs '--simulate'".to_owned());
        }
        if simulate && self.command.is_dry_run() {
            return Some("the argument '--simulate' cannot be used with '--dry-run'".to_owned());
        }
        if let Some(running) = self.command.running() {
            let quota_store = ("--quota-store <STORE>", running.sending.quota_store.is_some());
            let (other, unused) = match self.command.is_dry_run() {
                true => {
                    ("--dry-run", first_given(running.given().into_iter().chain([quota_store])))
                }
                false => ("--simulate", first_given([quota_store]).filter(|_| simulate)),
            };
            if let Some(argument) = unused {
                return Some(format!("the argument '{argument}' cannot be used with '{other}'"));
            }
        }
        if self.command.reads_standard_input() && self.options.reads_standard_input() {
            return Some("a secret and a list cannot both be read from standard input".to_owned());
        }
        let (other, uses) = self.command.uses();
        let (other, uses) = match simulate && uses.simulate {
            true => ("--simulate", Uses { service: false, ..uses }),
            false => (other, uses),
        };
        let argument = first_given(self.options.given(uses))?;
        Some(format!("the argument '{argument}' cannot be used with '{other}'"))
    }
}

/// The first argument that is given, of those that may be.
pub(super) fn first_given(
    arguments: impl IntoIterator<Item = (&'static str, bool)>,
) -> Option<&'static str> {
    arguments.into_iter().find_map(|(argument, is_given)| is_given.then_some(argument))
}

impl Command {
    fn uses(&self) -> (&'static str, Uses) {
        let all = Uses {
            service: true,
            simulate: true,
            timeout: true,
            attempts: true,
            profile: true,
            format: true,
        };
        let local = Uses { profile: true, format: true, ..Uses::default() };
        match self {
            Self::Act(_) => ("an action", all),
            Self::Apply(_) => ("apply", all),
            Self::Resume(_) => ("resume", all),
            Self::Plan(_) => ("plan", local),
            Self::Jobs(_) => ("jobs", local),
            Self::Report(_) => ("report", local),
            Self::Config { path: false } => ("config", Uses { simulate: false, ..all }),
            Self::Config { path: true } => ("config --path", Uses { format: false, ..local }),
            Self::Auth(Auth::Check) => {
                ("auth check", Uses { simulate: false, attempts: false, format: false, ..all })
            }
            Self::Auth(Auth::Store | Auth::Forget) => ("auth", Uses { format: false, ..local }),
            Self::Simulate(_) => ("simulate", Uses::default()),
            Self::Completions { .. } => ("completions", Uses::default()),
            Self::Man { .. } => ("man", Uses::default()),
        }
    }

    /// What was said of a list although there is none.
    fn without_a_list(&self) -> Option<&'static str> {
        match self {
            Self::Act(action) => action.rest().misplaced(),
            _ => None,
        }
    }

    fn reads_standard_input(&self) -> bool {
        let list = match self {
            Self::Act(action) => action.rest().devices.list(),
            _ => None,
        };
        list.is_some_and(|(_, path)| path == "-")
    }

    /// How a job is carried out, if it is.
    fn running(&self) -> Option<&Running> {
        match self {
            Self::Act(action) => Some(&action.rest().running),
            Self::Apply(apply) => Some(&apply.running),
            Self::Resume(resume) => Some(&resume.running),
            _ => None,
        }
    }

    fn is_dry_run(&self) -> bool {
        match self {
            Self::Act(action) => action.rest().dry_run,
            Self::Apply(apply) => apply.dry_run,
            _ => false,
        }
    }
}

impl Options {
    fn reads_standard_input(&self) -> bool {
        [&self.token_file, &self.client_secret_file]
            .into_iter()
            .any(|path| path.as_deref().is_some_and(|path| path == "-"))
    }

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
        if !uses.timeout {
            options.push(("--timeout <SECONDS>", self.timeout.is_some()));
        }
        if !uses.attempts {
            options.push(("--attempts <N>", self.attempts.is_some()));
        }
        if !uses.profile {
            options.extend([
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
