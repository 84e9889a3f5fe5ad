//! What came of a run.

use std::fmt;

/// What came of a run.
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(super) token_file: Option<String>,
    pub(super) home: String,
    /// The requests that went to none of the test's own addresses.
    pub(crate) sent_elsewhere: Vec<String>,
}

impl Ended {
    /// The same, after a look whether something was sent.
    pub(crate) fn with_nothing_sent(self) -> Self {
        assert!(self.sent_elsewhere.is_empty(), "{self}\n{:?}", self.sent_elsewhere);
        self
    }

    /// The same, without the results.
    pub(crate) fn without_stdout(self) -> Self {
        Self { stdout: "…\n".to_owned(), ..self }
    }

    /// The same, without the lines of the log.
    pub(crate) fn without_log(self) -> Self {
        let is_log = |line: &&str| line.contains("DEBUG ") || line.contains("TRACE ");
        let talk = self.stderr.lines().filter(|line| !is_log(line));
        let stderr = talk.map(|line| format!("{line}\n")).collect();
        Self { stderr, ..self }
    }

    /// Standard error, with what differs from run to run replaced.
    pub(crate) fn shown_stderr(&self) -> String {
        let text = self.to_string();
        text.split_once("--- stderr\n").map(|(_, stderr)| stderr.to_owned()).unwrap_or_default()
    }
}

impl fmt::Display for Ended {
    /// Exit status, standard output and standard error, with what differs from run to run replaced.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, stdout, stderr, token_file, home, .. } = self;
        let text = format!("exit: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}");
        let text = text.replace(home, "HOME");
        let text = match token_file {
            Some(path) => text.replace(path, "FILE"),
            None => text,
        };
        f.write_str(&without_jobs(&without_ports(&text)))
    }
}

fn without_ports(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        replaced += "127.0.0.1:PORT";
        replaced += part.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    replaced
}

/// The text with JOB in the place of every job's name: `2026-11-23-kwmfz`.
pub(crate) fn without_jobs(text: &str) -> String {
    const PATTERN: &[u8] = b"0000-00-00-aaaaa";

    let fits = |name: &[u8]| {
        name.iter().zip(PATTERN).all(|(byte, pattern)| match pattern {
            b'0' => byte.is_ascii_digit(),
            b'a' => byte.is_ascii_lowercase(),
            pattern => byte == pattern,
        })
    };
    let name = text.as_bytes().windows(PATTERN.len()).position(fits);
    match name {
        Some(start) => {
            let (before, rest) = text.split_at(start);
            format!("{before}JOB{}", without_jobs(&rest[PATTERN.len()..]))
        }
        None => text.to_owned(),
    }
}
