//! What a plan will take.

use std::{fmt, num::NonZeroUsize, time::Duration};

use it_access::Client;

/// What a plan will take, if every request is answered at once and nobody else uses the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// The number of requests, if none has to be repeated.
    pub requests: u64,
    /// The time until the last of them is sent.
    pub duration: Duration,
}

impl Estimate {
    /// By the rate limit that the document declares: as many requests as it allows at once, then again a window later.
    pub(crate) fn of(devices: usize, batch_size: NonZeroUsize) -> Self {
        let requests = devices.div_ceil(batch_size.get()) as u64;
        let limit = Client::rate_limit();
        let windows = requests.saturating_sub(1) / u64::from(limit.limit);
        let windows = u32::try_from(windows).unwrap_or(u32::MAX);
        Self { requests, duration: limit.window.saturating_mul(windows) }
    }
}

impl fmt::Display for Estimate {
    /// `200 requests, about 19 min`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.duration.as_secs().div_ceil(60);
        let requests = if self.requests == 1 { "request" } else { "requests" };
        write!(f, "{} {requests}, ", self.requests)?;
        match minutes {
            0 => f.write_str("less than a minute"),
            1..=120 => write!(f, "about {minutes} min"),
            _ => write!(f, "about {} h {} min", minutes / 60, minutes % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn the_quota_decides() {
        let cases = [
            (1, 50, "1 request, less than a minute"),
            (500, 50, "10 requests, less than a minute"),
            (501, 50, "11 requests, about 1 min"),
            (10_000, 50, "200 requests, about 19 min"),
            (1_000_000, 50, "20000 requests, about 33 h 19 min"),
        ];
        for (devices, batch_size, expected) in cases {
            let estimate = Estimate::of(devices, NonZeroUsize::new(batch_size).unwrap());
            assert_eq!(estimate.to_string(), expected);
        }
    }
}
