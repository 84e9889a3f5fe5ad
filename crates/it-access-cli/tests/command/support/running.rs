//! A command that runs, and can be heard and interrupted meanwhile.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStderr, Command},
    thread::{self, JoinHandle},
};

use super::{Ended, Run};

/// A command that runs.
pub(crate) struct Running {
    child: Child,
    stdout: JoinHandle<String>,
    stderr: Option<BufReader<ChildStderr>>,
    heard: String,
    run: Run,
}

impl Running {
    pub(super) fn new(mut child: Child, run: Run) -> Self {
        let stdout = child.stdout.take();
        // Read all the time, so that neither pipe is ever full.
        let stdout = thread::spawn(move || {
            let mut text = String::new();
            if let Some(mut stdout) = stdout {
                stdout.read_to_string(&mut text).expect("UTF-8");
            }
            text
        });
        let stderr = child.stderr.take().map(BufReader::new);
        Self { child, stdout, stderr, heard: String::new(), run }
    }

    /// Reads standard error up to a line that holds this.
    pub(crate) fn wait_for(&mut self, text: &str) {
        let stderr = self.stderr.as_mut().expect("a pipe");
        loop {
            let mut line = String::new();
            stderr.read_line(&mut line).expect("UTF-8");
            assert!(!line.is_empty(), "{text:?} was never said, but {}", self.heard);
            self.heard += &line;
            if line.contains(text) {
                return;
            }
        }
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupt(&self) {
        self.signal("INT");
    }

    /// Closes the terminal, or the connection to it.
    pub(crate) fn hang_up(&self) {
        self.signal("HUP");
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        Command::new("sh").args(["-c", &kill]).status().expect("a signal is sent");
    }

    /// Kills it, and waits until it is dead.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a signal is sent");
        self.child.wait().expect("the command ends");
    }

    /// Waits for the end.
    pub(crate) fn end(mut self) -> Ended {
        if let Some(stderr) = &mut self.stderr {
            stderr.read_to_string(&mut self.heard).expect("UTF-8");
        }
        let status = self.child.wait().expect("the command ends");
        Ended {
            status: status.code().expect("an exit status, not a signal"),
            stdout: self.stdout.join().expect("UTF-8"),
            stderr: self.heard,
            token_file: self.run.token_file,
            home: self.run.home.path().display().to_string(),
            sent_elsewhere: self.run.elsewhere.requests(),
        }
    }
}
