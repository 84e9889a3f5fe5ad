//! Running the command, and the simulated service as a process of its own.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use tempfile::NamedTempFile;

const BINARY: &str = env!("CARGO_BIN_EXE_it-access");

/// One run of the command, with nothing of the environment but what the test sets.
pub(crate) struct Run {
    command: Command,
    stdin: String,
}

impl Run {
    pub(crate) fn new() -> Self {
        let mut command = Command::new(BINARY);
        command.env_clear().env("NO_COLOR", "1").env("COLUMNS", "100");
        Self { command, stdin: String::new() }
    }

    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.command.args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.env("IT_ACCESS_TOKEN", token)
    }

    pub(crate) fn token_file(self, path: &Path) -> Self {
        self.args(["--token-file".into(), path.to_string_lossy()])
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    /// Exit status, standard output and standard error in one text, with what differs from run to run replaced.
    pub(crate) fn output(self) -> String {
        let output = self.run();
        show(&output, &text(&output.stdout), &text(&output.stderr))
    }

    /// The same, without the lines of the log.
    pub(crate) fn output_without_log(self) -> String {
        let output = self.run();
        let levels = ["TRACE", "DEBUG", " INFO", " WARN", "ERROR"];
        let talk: Vec<_> = text(&output.stderr)
            .lines()
            .filter(|line| !levels.iter().any(|level| line.starts_with(level)))
            .map(str::to_owned)
            .collect();
        show(&output, &text(&output.stdout), &(talk.join("\n") + "\n"))
    }

    /// The same as [`Run::output`], without the results.
    pub(crate) fn output_without_stdout(self) -> String {
        let output = self.run();
        show(&output, "…\n", &text(&output.stderr))
    }

    fn run(mut self) -> Output {
        let pipes =
            self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that does not read its input may be gone already.
        let _ = stdin.write_all(self.stdin.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("the command ends")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn show(output: &Output, stdout: &str, stderr: &str) -> String {
    let status = output.status.code().expect("an exit status, not a signal");
    let text = format!("exit: {status}\n--- stdout\n{stdout}--- stderr\n{stderr}");
    let text =
        replace_after(&text, "http://127.0.0.1:", |character| character.is_ascii_digit(), "PORT");
    replace_after(&text, "token file ", |character| !":\n".contains(character), "FILE")
}

/// Replaces what follows each `marker`, as long as it `belongs`.
fn replace_after(
    text: &str,
    marker: &str,
    belongs: impl Fn(char) -> bool,
    replacement: &str,
) -> String {
    let mut parts = text.split(marker);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        replaced += marker;
        replaced += replacement;
        replaced += part.trim_start_matches(&belongs);
    }
    replaced
}

/// A temporary file that holds `content`.
pub(crate) fn file(content: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a temporary file");
    file.write_all(content.as_bytes()).expect("a written file");
    file
}

/// `it-access simulate`, on a free port, stopped when it is dropped.
pub(crate) struct Simulated {
    process: Child,
    base_url: String,
    token: String,
}

impl Simulated {
    pub(crate) fn start() -> Self {
        let mut process = Command::new(BINARY)
            .args(["simulate", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let introduction = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        // The line that a person would copy: export IT_ACCESS_BASE_URL=… IT_ACCESS_TOKEN=…
        let export = introduction
            .map(|line| line.expect("a line"))
            .find(|line| line.trim_start().starts_with("export "))
            .expect("a line to copy");
        let value = |name: &str| {
            let setting = export.split_whitespace().find_map(|word| word.strip_prefix(name));
            setting.expect("a setting").to_owned()
        };
        Self { process, base_url: value("IT_ACCESS_BASE_URL="), token: value("IT_ACCESS_TOKEN=") }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
