//! What to type next, once a command on a job has ended.

use std::{num::NonZeroUsize, path::PathBuf};

use it_access_jobs::JobId;

use crate::{arguments::Running, settings::Settings};

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
        let local = [
            ("--jobs-dir", path(&running.folder.jobs_dir)),
            ("--profile", options.profile.clone()),
            ("--config", path(&options.config)),
        ];
        let service = service(settings, running);
        let requests = [("--batch-size", batch_size.map(|size| size.to_string()))];
        Self {
            resume: command("resume", job, local.iter().chain(&service).chain(&requests)),
            report: command("report", job, &local),
        }
    }
}

fn command<'a>(
    name: &str,
    job: &JobId,
    options: impl IntoIterator<Item = &'a (&'static str, Option<String>)>,
) -> String {
    let mut command = format!("it-access {name} {job}");
    for (option, value) in options {
        match value.as_deref() {
            None => {}
            Some("") => command += &format!(" {option}"),
            Some(value) => command += &format!(" {option} {}", quoted(value)),
        }
    }
    command
}

/// What was said of the service. An option without a value has an empty one.
fn service(settings: &Settings<'_>, running: &Running) -> [(&'static str, Option<String>); 7] {
    let options = settings.options;
    [
        ("--simulate", options.simulate.then(String::new)),
        ("--simulate-speed", options.simulate_speed.map(|speed| speed.to_string())),
        ("--base-url", options.base_url.clone()),
        ("--token-file", path(&options.token_file)),
        ("--client-id", options.client_id.clone()),
        ("--client-secret-file", path(&options.client_secret_file)),
        ("--quota-store", running.sending.quota_store.clone()),
    ]
}

fn path(path: &Option<PathBuf>) -> Option<String> {
    path.as_ref().map(|path| path.display().to_string())
}

/// A word as a shell reads it.
pub(super) fn quoted(word: &str) -> String {
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
