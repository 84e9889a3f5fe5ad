//! The parameters in a fault's text.

use std::str::FromStr;
use std::time::Duration;

use super::InvalidFault;

/// The parameters of a fault that were not asked for yet.
pub(super) struct Parameters<'a> {
    fault: &'a str,
    rest: Vec<(&'a str, &'a str)>,
}

impl<'a> Parameters<'a> {
    pub(super) fn read(fault: &'a str, text: &'a str) -> Result<Self, InvalidFault> {
        let parameters = text.split(',').filter(|parameter| !parameter.is_empty());
        let rest = parameters.map(|parameter| {
            let pair = parameter.split_once('=');
            pair.ok_or_else(|| InvalidFault::Parameter { parameter: parameter.to_owned() })
        });
        Ok(Self { fault, rest: rest.collect::<Result<_, _>>()? })
    }

    /// Takes the value of a parameter, if it is there.
    pub(super) fn take(&mut self, key: &str) -> Option<String> {
        let index = self.rest.iter().position(|(known, _)| *known == key)?;
        Some(self.rest.remove(index).1.to_owned())
    }

    pub(super) fn number<N: FromStr>(
        &mut self,
        key: &'static str,
        expected: &'static str,
    ) -> Result<Option<N>, InvalidFault> {
        let Some(text) = self.take(key) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| invalid(key, &text, expected))
    }

    pub(super) fn milliseconds(
        &mut self,
        key: &'static str,
    ) -> Result<Option<Duration>, InvalidFault> {
        let Some(text) = self.take(key) else { return Ok(None) };
        let duration = milliseconds(&text);
        duration.map(Some).ok_or_else(|| invalid(key, &text, "milliseconds, up to a day,"))
    }

    /// Makes sure that every parameter was asked for.
    pub(super) fn end(self) -> Result<(), InvalidFault> {
        match self.rest.first() {
            None => Ok(()),
            Some((key, _)) => {
                Err(InvalidFault::Key { fault: self.fault.to_owned(), key: (*key).to_owned() })
            }
        }
    }
}

/// Up to a day, beyond which nobody waits.
pub(super) fn milliseconds(text: &str) -> Option<Duration> {
    let number = text.parse().ok().filter(|&number: &u32| number <= 24 * 60 * 60 * 1000);
    number.map(|number| Duration::from_millis(number.into()))
}

pub(super) fn invalid(key: &'static str, value: &str, expected: &'static str) -> InvalidFault {
    InvalidFault::Value { key, value: value.to_owned(), expected }
}
