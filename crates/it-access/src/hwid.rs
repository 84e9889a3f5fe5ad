//! The HWID of a device.

use std::{fmt, str::FromStr};

use crate::{
    InvalidInput, invalid_input::identifier_problem, short_text::ShortText, text_form::text_form,
};

/// The HWID that the agent gave a device: opaque, of no fixed length, its case kept.
///
/// ```
/// use it_access::Hwid;
///
/// let hwid: Hwid = "0CQN6GRVGU2F1".parse()?;
/// assert_eq!(hwid.as_str(), "0CQN6GRVGU2F1");
/// assert!("".parse::<Hwid>().is_err());
/// assert!(" 0CQN6GRVGU2F1".parse::<Hwid>().is_err());
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct Hwid(ShortText);

impl Hwid {
    /// The HWID as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_form!(Hwid: as_str);

impl FromStr for Hwid {
    type Err = InvalidInput;

    fn from_str(text: &str) -> Result<Self, InvalidInput> {
        match identifier_problem(text) {
            Some(problem) => Err(InvalidInput::Hwid { text: text.to_owned(), problem }),
            None => Ok(Self(text.into())),
        }
    }
}

impl fmt::Display for Hwid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
