//! The group that devices are assigned to.

use std::{fmt, str::FromStr};

use crate::{InvalidInput, invalid_input::identifier_problem, text_form::text_form};

/// The id of a device group of the account.
///
/// A caller names it always: on the wire a group that is left out means the group `default`, which is seldom meant.
/// The service does not refuse a group that does not exist (vendor's page "Device Action v3.0", history 2018-04-10).
///
/// ```
/// let group: it_access::GroupId = "finance".parse()?;
/// assert_eq!(group.as_str(), "finance");
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct GroupId(String);

impl GroupId {
    /// The id as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_form!(GroupId: as_str);

impl FromStr for GroupId {
    type Err = InvalidInput;

    fn from_str(text: &str) -> Result<Self, InvalidInput> {
        match identifier_problem(text) {
            Some(problem) => Err(InvalidInput::GroupId { text: text.to_owned(), problem }),
            None => Ok(Self(text.to_owned())),
        }
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
