//! The names of jobs.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    str::FromStr,
    time::SystemTime,
};

use serde::Serialize;

use crate::timestamp;

/// The name of a job: the day on which it was made, and five letters. `2026-11-23-kwmfz`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct JobId(String);

/// A text that is no name of a job.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no name of a job; it looks like 2026-11-23-kwmfz")]
pub struct InvalidJobId(String);

/// No vowels, so that no words come out; and none that look like digits.
const LETTERS: &[u8; 18] = b"bcdfghjkmnpqrstvwz";
const LETTER_COUNT: usize = 5;

impl JobId {
    /// A name for a job that is made now.
    pub(crate) fn random(now: SystemTime) -> Self {
        let mut chance = RandomState::new().hash_one(now);
        let mut name = timestamp::day(now);
        name.push('-');
        for _ in 0..LETTER_COUNT {
            name.push(LETTERS[(chance % 18) as usize].into());
            chance /= 18;
        }
        Self(name)
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for JobId {
    type Err = InvalidJobId;

    fn from_str(text: &str) -> Result<Self, InvalidJobId> {
        let is_valid = text.split('-').map(str::len).eq([4, 2, 2, LETTER_COUNT])
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 7 | 10 => byte == b'-',
                0..10 => byte.is_ascii_digit(),
                _ => byte.is_ascii_lowercase(),
            });
        if is_valid { Ok(Self(text.to_owned())) } else { Err(InvalidJobId(text.to_owned())) }
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::time::Duration;

    use super::*;

    #[test]
    fn a_name_begins_with_its_day_and_reads_back() {
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_435_200);
        let id = JobId::random(noon);
        assert!(id.as_str().starts_with("2026-11-23-"), "{id}");
        assert_eq!(id.as_str().parse::<JobId>().unwrap(), id);
    }

    #[test]
    fn nothing_else_is_a_name() {
        let texts = [
            "",
            "kwmfz",
            "2026-11-23",
            "2026-11-23-kwmf",
            "2026-11-23-kwmfzz",
            "2026-11-23-KWMFZ",
            "2026-11-23/kwmfz",
            "../../etc/passwd",
            "2026-1-123-kwmfz",
            "2026-11-23-kwmé",
        ];
        for text in texts {
            assert!(text.parse::<JobId>().is_err(), "{text}");
        }
    }
}
