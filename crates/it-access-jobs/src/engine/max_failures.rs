//! How many devices may fail before a run stops.

use std::{fmt, num::NonZeroUsize, str::FromStr};

/// How many devices of a run may come out as anything but applied. With one more, it stops.
///
/// ```
/// use it_access_jobs::MaxFailures;
///
/// let some: MaxFailures = "10".parse()?;
/// assert_eq!(some.of(1000), 10);
/// let percent: MaxFailures = "2.5%".parse()?;
/// assert_eq!(percent.of(1000), 25);
/// # Ok::<(), it_access_jobs::InvalidMaxFailures>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaxFailures(Form);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Devices(usize),
    /// 0 to 100.
    Percent(f64),
}

/// A text that says no number of failures.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no number of failures; give a number of devices, or a part of them like 5%")]
pub struct InvalidMaxFailures(String);

impl MaxFailures {
    /// This many devices.
    #[must_use]
    pub fn devices(devices: usize) -> Self {
        Self(Form::Devices(devices))
    }

    /// How many that are, for a job of this many devices.
    #[must_use]
    pub fn of(self, devices: usize) -> usize {
        match self.0 {
            Form::Devices(devices) => devices,
            Form::Percent(percent) => {
                // 32.3 % of 1000 are 322.99999999999994.
                let part = devices as f64 * percent / 100.0;
                (part * (1.0 + 2.0 * f64::EPSILON)).floor() as usize
            }
        }
    }

    /// With how many a run stops that has had `before` already.
    pub(super) fn left(self, devices: usize, before: usize) -> NonZeroUsize {
        let left = self.of(devices).saturating_sub(before);
        NonZeroUsize::MIN.saturating_add(left)
    }
}

impl FromStr for MaxFailures {
    type Err = InvalidMaxFailures;

    fn from_str(text: &str) -> Result<Self, InvalidMaxFailures> {
        let form = match text.strip_suffix('%') {
            None => text.parse().map(Form::Devices).ok(),
            Some(number) => {
                let percent = number.parse().ok();
                percent.filter(|it| (0.0..=100.0).contains(it)).map(Form::Percent)
            }
        };
        form.map(Self).ok_or_else(|| InvalidMaxFailures(text.to_owned()))
    }
}

impl fmt::Display for MaxFailures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Devices(devices) => write!(f, "{devices}"),
            Form::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_part_is_rounded_down() {
        let cases = [
            ("0", 7, 0),
            ("3", 7, 3),
            ("0%", 7, 0),
            ("50%", 7, 3),
            ("100%", 7, 7),
            ("0.1%", 999, 0),
            ("32.3%", 1000, 323),
        ];
        for (text, devices, expected) in cases {
            let most: MaxFailures = text.parse().unwrap();
            assert_eq!((most.of(devices), most.to_string().as_str()), (expected, text));
            assert_eq!(most.left(devices, 2).get(), expected.saturating_sub(2) + 1);
        }
    }

    #[test]
    fn nothing_else_is_a_number_of_failures() {
        for text in ["", "%", "-1", "-1%", "101%", "NaN%", "inf%", "1.5", "many"] {
            assert!(text.parse::<MaxFailures>().is_err(), "{text}");
        }
    }
}
