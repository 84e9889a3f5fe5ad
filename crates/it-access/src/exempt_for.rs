//! How long an exemption holds.

use std::fmt;

use crate::InvalidInput;

/// How long an exemption holds. A caller must choose: on the wire, leaving the time out means forever.
///
/// ```
/// use it_access::ExemptFor;
///
/// assert_eq!(ExemptFor::hours(60)?.to_string(), "for 60 hours");
/// assert_eq!(ExemptFor::Forever.to_string(), "forever");
/// assert!(ExemptFor::hours(0).is_err());
/// assert!(ExemptFor::hours(65_000).is_err());
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExemptFor {
    /// For a number of hours, made by [`ExemptFor::hours`].
    Hours(ExemptHours),
    /// Until it is ended by [`Unexempt`](crate::DeviceAction::Unexempt).
    Forever,
}

impl ExemptFor {
    /// An exemption of 1 to 64999 hours.
    ///
    /// # Errors
    ///
    /// If there are no hours, or 65000 or more (vendor's page "Device Action v3.0").
    pub fn hours(hours: u64) -> Result<Self, InvalidInput> {
        match u16::try_from(hours) {
            Ok(number @ 1..=ExemptHours::MAX) => Ok(Self::Hours(ExemptHours(number))),
            _ => Err(InvalidInput::ExemptHours { hours }),
        }
    }
}

impl fmt::Display for ExemptFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(ExemptHours(1)) => f.write_str("for 1 hour"),
            Self::Hours(ExemptHours(hours)) => write!(f, "for {hours} hours"),
            Self::Forever => f.write_str("forever"),
        }
    }
}

/// The hours of an exemption: 1 to 64999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExemptHours(u16);

impl ExemptHours {
    /// The most hours that the service takes.
    pub const MAX: u16 = 64_999;

    /// The number of hours.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}
