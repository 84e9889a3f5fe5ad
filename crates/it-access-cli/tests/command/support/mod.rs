//! Running the command, and the servers that it speaks to.

mod server;
mod simulated;

use std::{
    fmt,
    io::{self, Write},
    path::Path,
    process::{Command, Stdio},
};

use tempfile::{Builder, NamedTempFile};

pub(crate) use server::{Server, http};
pub(crate) use simulated::Simulated;

const BINARY: &str = env!("CARGO_BIN_EXE_it-access");

/// One run of the command, with nothing of the environment but what the test sets.
///
/// Whatever is not sent to an address of the test's own goes to a server that only takes note: it is the base URL by
/// default, and the proxy on the way to every host but this one.
pub(crate) struct Run {
    command: Command,
    stdin: String,
    token_file: Option<String>,
    elsewhere: Server,
}

impl Run {
    pub(crate) fn new() -> Self {
        let elsewhere = Server::answering([http("503 Service Unavailable", "", "")]);
        let mut command = Command::new(BINARY);
        command
            .env_clear()
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env("IT_ACCESS_BASE_URL", elsewhere.base_url())
            .env("ALL_PROXY", elsewhere.base_url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self { command, stdin: String::new(), token_file: None, elsewhere }
    }

    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.command.args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.env("IT_ACCESS_TOKEN", token)
    }

    pub(crate) fn token_file(mut self, path: &Path) -> Self {
        let path = path.to_str().expect("UTF-8").to_owned();
        self.token_file = Some(path.clone());
        self.args(["--token-file", &path])
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    pub(crate) fn stdout_closed(mut self) -> Self {
        self.command.stdout(closed_pipe());
        self
    }

    pub(crate) fn stderr_closed(mut self) -> Self {
        self.command.stderr(closed_pipe());
        self
    }

    /// Runs the command, and waits for its end.
    pub(crate) fn end(mut self) -> Ended {
        let mut child = self.command.spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that does not read its input may be gone already.
        let _ = stdin.write_all(self.stdin.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        Ended {
            status: output.status.code().expect("an exit status, not a signal"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            token_file: self.token_file,
            sent_elsewhere: self.elsewhere.requests(),
        }
    }

    /// Runs the command, and shows what came of it.
    pub(crate) fn output(self) -> String {
        self.end().to_string()
    }
}

/// A pipe that nobody reads: writing to it is an error.
fn closed_pipe() -> Stdio {
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// What came of a run.
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    token_file: Option<String>,
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
}

impl fmt::Display for Ended {
    /// Exit status, standard output and standard error, with what differs from run to run replaced.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, stdout, stderr, token_file, .. } = self;
        let text = format!("exit: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}");
        let text = match token_file {
            Some(path) => text.replace(path, "FILE"),
            None => text,
        };
        f.write_str(&without_ports(&text))
    }
}

fn without_ports(text: &str) -> String {
    let mut parts = text.split("http://127.0.0.1:");
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        replaced += "http://127.0.0.1:PORT";
        replaced += part.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    replaced
}

/// A temporary file that holds `content`.
pub(crate) fn file(content: &str) -> NamedTempFile {
    file_named("", content)
}

/// A temporary file whose name ends in `ending` and that holds `content`.
pub(crate) fn file_named(ending: &str, content: &str) -> NamedTempFile {
    let mut file = Builder::new().suffix(ending).tempfile().expect("a temporary file");
    file.write_all(content.as_bytes()).expect("a written file");
    file
}
