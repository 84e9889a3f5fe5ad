//! Whether a request that failed may have been applied.

use super::Problem;

/// What is known of the request after it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request never left: certainly not applied.
    NotSent,
    /// The service, or something before it, refused each attempt that left: certainly not applied.
    Refused,
    /// The answer did not come, or its status does not rule it out: perhaps applied. So it is with 5xx, and with the 4xx
    /// that may come after the fact, such as 408 and 409.
    MaybeApplied,
}

impl ErrorKind {
    /// What is known after an attempt had this problem, and of those before it.
    pub(super) fn of(problem: &Problem, attempts: Attempts) -> Self {
        match problem {
            _ if attempts.is_tainted => Self::MaybeApplied,
            Problem::Status(status) if REFUSALS.contains(&status.as_u16()) => Self::Refused,
            Problem::Timeout | Problem::Broken | Problem::Unreadable | Problem::Status(_) => {
                Self::MaybeApplied
            }
            _ if attempts.was_refused => Self::Refused,
            Problem::Invalid
            | Problem::Stopped
            | Problem::TimeOver
            | Problem::NoToken
            | Problem::NoPermit
            | Problem::NotWrittenDown
            | Problem::Connect => Self::NotSent,
        }
    }
}

/// What is known of all attempts of a request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Attempts {
    /// Those of which something was sent, or could have been.
    pub(crate) number: u32,
    /// Whether one was perhaps applied, whatever became of those after it.
    pub(crate) is_tainted: bool,
    /// Whether one was refused.
    pub(super) was_refused: bool,
}

impl Attempts {
    /// Adds what is known of the last one.
    pub(crate) fn add(&mut self, kind: ErrorKind) {
        self.is_tainted |= kind == ErrorKind::MaybeApplied;
        self.was_refused |= kind == ErrorKind::Refused;
    }
}

/// The statuses that say that nothing was applied: whoever answered would not act on such a request, or not here.
///
/// They are listed one by one, because a 4xx as such says nothing of the kind. 408 and 499 come for a request that took
/// too long, perhaps while it was carried out; 409 and 422 may stand for a part of it that failed; 425 for one that may
/// be a repetition; a number that nobody has heard of, for anything. Of the redirects, 301 to 303 may mean after a
/// POST that it was done.
const REFUSALS: [u16; 20] = [
    307, 308, 400, 401, 403, 404, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431,
    451,
];

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::Error;

    #[test]
    fn every_status_says_whether_it_may_have_been_applied() {
        let refused = [
            307, 308, 400, 401, 403, 404, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 428,
            429, 431, 451,
        ];
        for status in 100..1000 {
            let code = StatusCode::from_u16(status).unwrap();
            let expected = match refused.contains(&status) {
                true => ErrorKind::Refused,
                false => ErrorKind::MaybeApplied,
            };
            let error = Error::new("https://host", Problem::Status(code));
            assert_eq!(error.kind(), expected, "{status}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.is_unauthorized(), status == 401, "{status}");
            assert_eq!(error.is_rate_limited(), status == 429, "{status}");
        }
    }
}
