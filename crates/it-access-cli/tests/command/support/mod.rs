//! Running the command, and the servers that it speaks to.

mod ended;
mod running;
mod server;
mod simulated;

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use tempfile::{Builder, NamedTempFile, TempDir};

pub(crate) use ended::{Ended, without_jobs};
pub(crate) use running::Running;
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
    home: Arc<TempDir>,
    elsewhere: Server,
}

/// The command with an empty environment, but for where a map of coverage is drawn.
fn command() -> Command {
    with_empty_environment(Command::new(BINARY))
}

fn with_empty_environment(mut command: Command) -> Command {
    command.env_clear().envs(env::vars_os().filter(|(name, _)| name == "LLVM_PROFILE_FILE"));
    command
}

impl Run {
    pub(crate) fn new() -> Self {
        Self::at_home(&Arc::new(TempDir::new().expect("a temporary folder")))
    }

    /// A run in a folder that several share, which is the user's home as well.
    pub(crate) fn at_home(home: &Arc<TempDir>) -> Self {
        Self::of(command(), home)
    }

    /// A run that can make no file longer than so many blocks, as on a disk that is nearly full. A block is half a KiB or one,
    /// by the shell.
    #[cfg(target_os = "linux")]
    pub(crate) fn with_space_for(blocks: u32, home: &Arc<TempDir>) -> Self {
        let limited = format!(r#"trap '' XFSZ; ulimit -f {blocks}; exec "$0" "$@""#);
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &limited, BINARY]);
        let mut shell = with_empty_environment(shell);
        // Nor is there space for a map of coverage, and what is said of that is no talk of the command.
        shell.env("LLVM_PROFILE_FILE", "/dev/null");
        Self::of(shell, home)
    }

    fn of(mut command: Command, home: &Arc<TempDir>) -> Self {
        let elsewhere = Server::answering([http("503 Service Unavailable", "", "")]);
        let home = Arc::clone(home);
        command
            .current_dir(home.path())
            .env("HOME", home.path())
            .env("IT_ACCESS_ATTEMPTS", "1")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env("IT_ACCESS_BASE_URL", elsewhere.base_url())
            .env("ALL_PROXY", elsewhere.base_url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self { command, stdin: String::new(), token_file: None, home, elsewhere }
    }

    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.command.args(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Writes the file with the profiles.
    pub(crate) fn config(self, content: impl AsRef<[u8]>) -> Self {
        let folder = self.home.path().join(".config/it-access");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("config.toml"), content).expect("a written file");
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

    #[cfg(target_os = "linux")]
    pub(crate) fn stdout_full(mut self) -> Self {
        let full = fs::File::create("/dev/full").expect("a device that is full");
        self.command.stdout(full);
        self
    }

    pub(crate) fn stderr_closed(mut self) -> Self {
        self.command.stderr(closed_pipe());
        self
    }

    /// The command, for who gives it a terminal.
    pub(crate) fn into_command(mut self) -> Command {
        for set in [Command::stdin, Command::stdout, Command::stderr] {
            set(&mut self.command, Stdio::inherit());
        }
        self.command
    }

    /// Starts the command.
    pub(crate) fn start(mut self) -> Running {
        let mut child = self.command.spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that does not read its input may be gone already.
        let _ = stdin.write_all(self.stdin.as_bytes());
        drop(stdin);
        Running::new(child, self)
    }

    /// Runs the command, and waits for its end.
    pub(crate) fn end(self) -> Ended {
        self.start().end()
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
