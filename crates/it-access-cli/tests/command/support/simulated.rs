//! The simulated service as a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::command;

/// `it-access simulate`, on a free port, stopped when it is dropped.
pub(crate) struct Simulated {
    process: Option<Child>,
    introduction: String,
    base_url: String,
    token: String,
}

impl Simulated {
    pub(crate) fn start() -> Self {
        Self::start_with(&[], &[])
    }

    pub(crate) fn start_with(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut process = command()
            .envs(environment.iter().copied())
            .args(["simulate", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe")).lines();
        let mut introduction = String::new();
        // The line that a person would copy: export IT_ACCESS_BASE_URL=… IT_ACCESS_TOKEN=…
        let export = loop {
            let line = lines.next().expect("a line to copy").expect("a line");
            introduction += &format!("{line}\n");
            if line.trim_start().starts_with("export ") {
                break line;
            }
        };
        let value = |name: &str| {
            let setting = export.split_whitespace().find_map(|word| word.strip_prefix(name));
            setting.expect("a setting").to_owned()
        };
        Self {
            process: Some(process),
            introduction,
            base_url: value("IT_ACCESS_BASE_URL="),
            token: value("IT_ACCESS_TOKEN="),
        }
    }

    /// What it wrote on standard output, up to the line to copy.
    pub(crate) fn introduction(&self) -> &str {
        &self.introduction
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    /// Presses Ctrl-C, and waits for the end: not for ever.
    pub(crate) fn interrupt(mut self) -> ExitStatus {
        let mut process = self.process.take().expect("it runs");
        let id = process.id().to_string();
        let signal =
            |name: &str| Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status();
        signal("INT").expect("a signal is sent");
        let (ended, end) = mpsc::channel();
        thread::spawn(move || ended.send(process.wait()));
        end.recv_timeout(Duration::from_secs(10))
            .unwrap_or_else(|_| {
                signal("KILL").expect("a signal is sent");
                panic!("still running after 10 s")
            })
            .expect("it ends")
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
