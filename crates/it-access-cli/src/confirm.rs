//! Asking a person before something that cannot be undone, or that is large.

use std::{
    fmt,
    io::{self, BufRead, IsTerminal, Write},
};

use anyhow::{Context, anyhow};
use it_access::DeviceAction;

use crate::failure::Failure;

/// How many devices the question names.
const NAMED: usize = 5;

/// What a person is to agree to.
pub(crate) struct Question<'a> {
    action: &'a DeviceAction,
    count: usize,
    named: Vec<String>,
    base_url: &'a str,
}

impl<'a> Question<'a> {
    /// An action on so many devices, of which the question names the first.
    pub(crate) fn new(
        action: &'a DeviceAction,
        count: usize,
        devices: impl Iterator<Item = String>,
        base_url: &'a str,
    ) -> Self {
        Self { action, count, named: devices.take(NAMED).collect(), base_url }
    }

    /// Asks at the terminal whether to go on; refuses where there is none.
    pub(crate) fn ask(&self) -> Result<(), Failure> {
        if !can_ask() {
            return Err(Failure::usage(anyhow!(
                "`{}` asks before it starts, and there is no terminal to ask at; \
                 to go on without a question, add --yes",
                self.action
            )));
        }
        self.consent(&mut io::stdin().lock(), &mut io::stderr())
    }

    fn consent(&self, input: &mut impl BufRead, output: &mut impl Write) -> Result<(), Failure> {
        let answer = answer(self, input, output).map_err(Failure::nothing_processed)?;
        match answer.trim() == self.proof() {
            true => Ok(()),
            false => Err(Failure::nothing_processed(anyhow!("not confirmed; nothing was sent"))),
        }
    }

    /// What must be typed. A deletion cannot be undone: who types the number has read it.
    fn proof(&self) -> String {
        match self.action {
            DeviceAction::Delete => self.count.to_string(),
            _ => "yes".to_owned(),
        }
    }
}

/// Whether there is a person to ask.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks whether to go on with the rest. No answer is a no.
pub(crate) fn ask_to_go_on() -> bool {
    let question = "Type yes to go on with the others all the same: ";
    let answer = answer(question, &mut io::stdin().lock(), &mut io::stderr());
    answer.is_ok_and(|answer| answer.trim() == "yes")
}

fn answer(
    question: impl fmt::Display,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<String> {
    let mut answer = String::new();
    write!(output, "{question}")
        .and_then(|()| output.flush())
        .and_then(|()| input.read_line(&mut answer))
        .context("the question could not be asked; nothing was sent")?;
    Ok(answer)
}

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, count, named, base_url } = self;
        let s = if *count == 1 { "" } else { "s" };
        writeln!(f, "{action} {count} device{s} at {base_url}:")?;
        write!(f, "  {}", named.join(", "))?;
        if *count > NAMED {
            write!(f, ", and {} more", count - NAMED)?;
        }
        match self.action {
            DeviceAction::Delete => write!(f, "\nType the number of devices to go on: "),
            _ => write!(f, "\nType yes to go on: "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit_status::ExitStatus;

    const UNEXEMPT: DeviceAction = DeviceAction::Unexempt;

    /// What is asked, and the exit status if it is not agreed to.
    fn consent(action: &DeviceAction, count: usize, input: &str) -> (String, Option<ExitStatus>) {
        let names = (1..=count).map(|number| format!("device{number}"));
        let question = Question::new(action, count, names, "https://gears.opswat.com");
        let mut output = Vec::new();
        let consent = question.consent(&mut input.as_bytes(), &mut output);
        let asked = String::from_utf8_lossy(&output).into_owned();
        (asked, consent.err().map(|failure| failure.status()))
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["yes\n", "yes\r\n", " yes \n", "yes"] {
            assert_eq!(consent(&UNEXEMPT, 1, yes).1, None, "{yes:?}");
        }
        for no in ["no\n", "y\n", "YES\n", "yes please\n", "\nyes\n", "", "\n", "1\n"] {
            assert_eq!(consent(&UNEXEMPT, 1, no).1, Some(ExitStatus::NoneProcessed), "{no:?}");
        }
    }

    #[test]
    fn a_deletion_wants_the_number() {
        for (answer, refused) in
            [("12\n", false), (" 12 \n", false), ("yes\n", true), ("1\n", true), ("\n", true)]
        {
            let (_, status) = consent(&DeviceAction::Delete, 12, answer);
            assert_eq!(status.is_some(), refused, "{answer:?}");
        }
    }

    #[test]
    fn the_question_names_the_first_devices() {
        let cases = [
            (1, "unexempt 1 device at https://gears.opswat.com:\n  device1\n"),
            (
                5,
                "unexempt 5 devices at https://gears.opswat.com:\n  \
                 device1, device2, device3, device4, device5\n",
            ),
            (
                7,
                "unexempt 7 devices at https://gears.opswat.com:\n  \
                 device1, device2, device3, device4, device5, and 2 more\n",
            ),
        ];
        for (count, expected) in cases {
            let asked = consent(&UNEXEMPT, count, "no\n").0;
            assert_eq!(asked, format!("{expected}Type yes to go on: "));
        }
    }

    #[test]
    fn a_question_that_cannot_be_asked_is_not_agreed_to() {
        let question = Question::new(&UNEXEMPT, 1, ["a".to_owned()].into_iter(), "https://host");
        let refused = question.consent(&mut "yes\n".as_bytes(), &mut [0; 3].as_mut_slice());
        assert_eq!(refused.err().map(|failure| failure.status()), Some(ExitStatus::NoneProcessed));
    }
}
