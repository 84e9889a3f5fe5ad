//! What to type to go on with a job.

use std::path::PathBuf;

use it_access_jobs::JobId;

use crate::{arguments::Running, settings::Settings};

/// The command that goes on with a job: with all that was said of where the account, the quota and the job are.
pub(super) fn of(settings: &Settings<'_>, running: &Running, job: &JobId) -> String {
    let options = settings.options;
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let said = [
        ("--base-url", options.base_url.clone()),
        ("--token-file", path(&options.token_file)),
        ("--client-id", options.client_id.clone()),
        ("--client-secret-file", path(&options.client_secret_file)),
        ("--profile", options.profile.clone()),
        ("--config", path(&options.config)),
        ("--simulate-speed", options.simulate_speed.map(|speed| speed.to_string())),
        ("--jobs-dir", path(&running.folder.jobs_dir)),
        ("--quota-store", running.sending.quota_store.clone()),
    ];
    let mut words = vec!["it-access resume".to_owned(), job.to_string()];
    if options.simulate {
        words.push("--simulate".to_owned());
    }
    for (option, value) in said {
        if let Some(value) = value {
            words.push(format!("{option} {}", quoted(&value)));
        }
    }
    words.join(" ")
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
