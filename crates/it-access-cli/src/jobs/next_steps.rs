//! What to type next, once a command on a job has ended.

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use it_access_jobs::JobId;

use crate::{
    arguments::{Options, Running},
    settings::Settings,
};

/// An option, and what was said by it; nothing, if that is an empty text.
type Said = (&'static str, Option<String>);

/// The commands that can follow, with all that was said of where the account, the quota and the job are, and of how many
/// devices go in a request.
pub(super) struct NextSteps {
    pub(super) resume: String,
    pub(super) report: String,
}

impl NextSteps {
    pub(super) fn of(
        settings: &Settings<'_>,
        running: &Running,
        batch_size: Option<NonZeroUsize>,
        job: &JobId,
    ) -> Self {
        let options = settings.options;
        // A profile may say where the jobs are.
        let mut local = vec![("--jobs-dir", path(&running.folder.jobs_dir))];
        local.extend(profile(options));
        let report = command(format!("it-access report {job}"), &local);
        let mut all = local;
        all.extend(service(options));
        all.push(("--quota-store", running.sending.quota_store.clone()));
        all.push(("--batch-size", batch_size.map(|size| size.to_string())));
        Self { resume: command(format!("it-access resume {job}"), &all), report }
    }
}

/// The command that carries out a plan, for the profile by which it was made.
pub(super) fn apply(settings: &Settings<'_>, plan: &Path) -> String {
    let plan = plan.display().to_string();
    // What begins with a hyphen would be taken for an option.
    let plan = if plan.starts_with('-') { format!("./{plan}") } else { plan };
    let plan = quoted(&plan);
    command(format!("it-access apply {plan}"), &profile(settings.options))
}

fn command(mut command: String, said: &[Said]) -> String {
    for (option, value) in said {
        match value.as_deref() {
            None => {}
            Some("") => command += &format!(" {option}"),
            Some(value) => command += &format!(" {option} {}", quoted(value)),
        }
    }
    command
}

fn profile(options: &Options) -> [Said; 2] {
    [("--profile", options.profile.clone()), ("--config", path(&options.config))]
}

fn service(options: &Options) -> [Said; 6] {
    [
        ("--simulate", options.simulate.then(String::new)),
        ("--simulate-speed", options.simulate_speed.map(|speed| speed.to_string())),
        ("--base-url", options.base_url.clone()),
        ("--token-file", path(&options.token_file)),
        ("--client-id", options.client_id.clone()),
        ("--client-secret-file", path(&options.client_secret_file)),
    ]
}

fn path(path: &Option<PathBuf>) -> Option<String> {
    path.as_ref().map(|path| path.display().to_string())
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+,".contains(&byte);
    match !word.is_empty() && word.bytes().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_same_word() {
        for (word, expected) in [
            ("jobs/2026", "jobs/2026"),
            ("", "''"),
            ("my jobs", "'my jobs'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
