//! Input that cannot become a request.

/// Why a text or a number is no part of a request. Found before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidInput {
    /// No device is named.
    #[error("there is no device to act on; name at least one")]
    NoTargets,

    /// A HWID is empty, has spaces around it, or holds a control character or an invisible one.
    #[error("the HWID {text:?} {problem}; give it as the account shows it")]
    Hwid {
        /// The text as it was given.
        text: String,
        /// What is wrong with it.
        problem: &'static str,
    },

    /// A MAC address is not of a known form.
    #[error(
        "{text:?} is not a MAC address; write its twelve hexadecimal digits like \
         00:0c:29:cd:c7:b2, 00-0c-29-cd-c7-b2, 000c.29cd.c7b2 or 000c29cdc7b2"
    )]
    MacAddress {
        /// The text as it was given.
        text: String,
    },

    /// One device of a list is not what it should be.
    #[error("the device at place {place}: {problem}")]
    Target {
        /// Where it stands in the list, from 1.
        place: usize,
        /// What is wrong with it.
        problem: Box<Self>,
    },

    /// An exemption is of no hours, or of too many.
    #[error(
        "an exemption of {hours} hours is not possible; choose 1 to 64999 hours, or exempt forever"
    )]
    ExemptHours {
        /// The hours as they were given.
        hours: u64,
    },

    /// A group id is empty, has spaces around it, or holds a control character or an invisible one.
    #[error("the group id {text:?} {problem}; give it as the account shows it")]
    GroupId {
        /// The text as it was given.
        text: String,
        /// What is wrong with it.
        problem: &'static str,
    },

    /// An access token is empty, holds anything but visible ASCII characters, or is a whole answer or page in the place
    /// of a token. The token itself is not told.
    #[error("the access token {problem}")]
    AccessToken {
        /// What is wrong with it, and what to give instead.
        problem: &'static str,
    },
}

/// Whether a character is seen by nobody: a byte order mark in the middle of a file, or what a web page breaks lines by. Two names that
/// look the same would be two devices.
///
/// These are Unicode's `Default_Ignorable_Code_Point`, the separators of lines and paragraphs, and what changes the direction.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// What is wrong with `text` as an opaque identifier, if anything. Nothing is trimmed: a space at an end is an error to
/// show, not to hide.
pub(crate) fn identifier_problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
        // Nearly all are such, and a list may hold a million: so each byte is looked at, many at a time.
        None
    } else if text.chars().any(char::is_control) {
        Some("holds a control character")
    } else if text.chars().any(is_invisible) {
        Some("holds an invisible character")
    } else if text.trim() != text {
        Some("has spaces around it")
    } else {
        None
    }
}
