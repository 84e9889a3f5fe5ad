//! Asking a person before something that cannot be undone.

use std::{
    fmt,
    io::{self, BufRead, IsTerminal, Write},
};

use anyhow::{Context, anyhow};
use it_access::{DeviceAction, Targets};

use crate::failure::Failure;

/// How many devices the question names.
const NAMED: usize = 5;

/// What a person is to agree to.
pub(crate) struct Question<'a> {
    pub(crate) action: &'a DeviceAction,
    pub(crate) targets: &'a Targets,
    pub(crate) base_url: &'a str,
}

impl Question<'_> {
    /// Asks at the terminal whether to go on; refuses where there is none.
    pub(crate) fn ask(&self) -> Result<(), Failure> {
        let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        self.consent(terminal, &mut io::stdin().lock(), &mut io::stderr())
    }

    fn consent(
        &self,
        terminal: bool,
        input: &mut impl BufRead,
        output: &mut impl Write,
    ) -> Result<(), Failure> {
        if !terminal {
            return Err(Failure::usage(anyhow!(
                "`{}` asks before it starts, and there is no terminal to ask at; \
                 to go on without a question, add --yes",
                self.action
            )));
        }
        match self.answer(input, output).map_err(Failure::nothing_processed)?.trim() {
            "yes" => Ok(()),
            _ => Err(Failure::nothing_processed(anyhow!("not confirmed; nothing was sent"))),
        }
    }

    fn answer(&self, input: &mut impl BufRead, output: &mut impl Write) -> anyhow::Result<String> {
        let mut answer = String::new();
        write!(output, "{self}")
            .and_then(|()| output.flush())
            .and_then(|()| input.read_line(&mut answer))
            .context("the question could not be asked; nothing was sent")?;
        Ok(answer)
    }
}

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, targets, base_url } = self;
        let (count, s) = (targets.len(), if targets.len() == 1 { "" } else { "s" });
        let named: Vec<String> = targets.iter().take(NAMED).map(|id| id.to_string()).collect();
        writeln!(f, "{action} {count} device{s} at {base_url}:")?;
        write!(f, "  {}", named.join(", "))?;
        if count > NAMED {
            write!(f, ", and {} more", count - NAMED)?;
        }
        write!(f, "\nType yes to go on: ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit_status::ExitStatus;

    /// What is asked, and the exit status if it is not agreed to.
    fn consent(terminal: bool, count: usize, input: &str) -> (String, Option<ExitStatus>) {
        let names = (1..=count).map(|number| format!("device{number}"));
        let targets = Targets::hwids(names).unwrap();
        let question = Question {
            action: &DeviceAction::Delete,
            targets: &targets,
            base_url: "https://gears.opswat.com",
        };
        let mut output = Vec::new();
        let consent = question.consent(terminal, &mut input.as_bytes(), &mut output);
        let asked = String::from_utf8(output).unwrap();
        (asked, consent.err().map(|failure| failure.status()))
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["yes\n", "yes\r\n", " yes \n", "yes"] {
            assert_eq!(consent(true, 1, yes).1, None, "{yes:?}");
        }
        for no in ["no\n", "y\n", "YES\n", "yes please\n", "\nyes\n", "", "\n"] {
            assert_eq!(consent(true, 1, no).1, Some(ExitStatus::NoneProcessed), "{no:?}");
        }
    }

    #[test]
    fn without_a_terminal_nothing_is_asked() {
        assert_eq!(consent(false, 1, "yes\n"), (String::new(), Some(ExitStatus::Usage)));
    }

    #[test]
    fn the_question_names_the_first_devices() {
        let cases = [
            (1, "delete 1 device at https://gears.opswat.com:\n  device1\n"),
            (
                5,
                "delete 5 devices at https://gears.opswat.com:\n  \
                 device1, device2, device3, device4, device5\n",
            ),
            (
                7,
                "delete 7 devices at https://gears.opswat.com:\n  \
                 device1, device2, device3, device4, device5, and 2 more\n",
            ),
        ];
        for (count, expected) in cases {
            let asked = consent(true, count, "no\n").0;
            assert_eq!(asked, format!("{expected}Type yes to go on: "));
        }
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_not_agreed_to() {
        let targets = Targets::hwids(["a"]).unwrap();
        let question =
            Question { action: &DeviceAction::Delete, targets: &targets, base_url: "https://host" };
        let failure = question.consent(true, &mut "yes\n".as_bytes(), &mut [0; 3].as_mut_slice());
        assert_eq!(failure.unwrap_err().status(), ExitStatus::NoneProcessed);
    }
}
