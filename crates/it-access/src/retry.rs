//! When a request is repeated: by what is known of it, and by its action.

use std::{num::NonZeroU32, time::Duration};

use crate::{DeviceAction, jitter::Jitter};

/// When a request that failed is repeated by itself.
///
/// | what is known | what happens |
/// | --- | --- |
/// | it was not sent: no connection, no token yet | repeated, for any action, after a pause |
/// | 429 | repeated after the reset that the service tells, and a pause at least; nobody who shares the quota sends before the reset |
/// | 401 | repeated once, if there is another token; why there is none counts as above |
/// | 413 | not repeated; a run cuts its batches in half |
/// | refused otherwise | not repeated: the answer would be the same |
/// | **perhaps applied** | not repeated, unless [`Retry::with_uncertain`] allows it, and never for `Delete`, `RenewDhcp` and `ReIdentify` |
///
/// The pauses are random, up to 1 s after the first attempt, then up to twice as long each time, and up to a minute.
///
/// ```
/// use it_access::{DeviceAction, Retry};
///
/// let retry = Retry::default().with_uncertain(true);
/// assert!(retry.repeats_uncertain(&DeviceAction::Unexempt));
/// assert!(!retry.repeats_uncertain(&DeviceAction::Delete));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    max_attempts: NonZeroU32,
    first_pause: Duration,
    longest_pause: Duration,
    uncertain: bool,
}

impl Default for Retry {
    /// At most five attempts.
    fn default() -> Self {
        Self {
            max_attempts: const { NonZeroU32::new(5).expect("5 is not zero") },
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
            uncertain: false,
        }
    }
}

impl Retry {
    /// Never repeats a request.
    #[must_use]
    pub fn never() -> Self {
        Self { max_attempts: NonZeroU32::MIN, ..Self::default() }
    }

    /// Sets the most attempts for one request, the first included.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: NonZeroU32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest pause after the first attempt, and the longest of all.
    #[must_use]
    pub fn with_pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// Allows to repeat a request that was perhaps applied, if its action comes to the same when it is done twice.
    ///
    /// The second answer counts, which is about the device as the first one has left it: a device that was ignored by a
    /// lost request is reported as not supported by the next.
    #[must_use]
    pub fn with_uncertain(mut self, allowed: bool) -> Self {
        self.uncertain = allowed;
        self
    }

    /// Whether a request of this action is repeated although it was perhaps applied.
    #[must_use]
    pub fn repeats_uncertain(&self, action: &DeviceAction) -> bool {
        self.uncertain && action.converges()
    }

    /// The most attempts for one request.
    pub(crate) fn max_attempts(&self) -> u32 {
        self.max_attempts.get()
    }

    /// How long to pause after this attempt, counted from 1.
    pub(crate) fn pause(&self, attempt: u32, jitter: &Jitter) -> Duration {
        let doubled = 2u32.saturating_pow(attempt.saturating_sub(1));
        self.first_pause.saturating_mul(doubled).min(self.longest_pause).mul_f64(jitter.fraction())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_are_random() {
        let retry = Retry::default();
        let longest = |attempt| {
            let jitter = Jitter::seeded(7);
            (0..1000).map(|_| retry.pause(attempt, &jitter)).max().unwrap()
        };
        for (attempt, bound) in [(1, 1.0), (2, 2.0), (3, 4.0), (7, 60.0), (u32::MAX, 60.0)] {
            let longest = longest(attempt).as_secs_f64();
            assert!(longest <= bound && longest > 0.95 * bound, "{attempt}: {longest}");
        }
    }

    #[test]
    fn each_setting_leaves_the_others() {
        let two = const { NonZeroU32::new(2).expect("2 is not zero") };
        let retry = Retry::default().with_uncertain(true).with_max_attempts(two);
        assert!(retry.repeats_uncertain(&DeviceAction::Unexempt));
        let attempts = [Retry::never(), retry, Retry::default()].map(|it| it.max_attempts());
        assert_eq!(attempts, [1, 2, 5]);
    }

    #[test]
    fn what_was_perhaps_applied_is_repeated_by_choice_and_by_action() {
        let group = "finance".parse().unwrap();
        let cases = [
            (DeviceAction::Exempt(crate::ExemptFor::Forever), true),
            (DeviceAction::Unexempt, true),
            (DeviceAction::Ignore, true),
            (DeviceAction::Unignore, true),
            (DeviceAction::AssignToGroup(group), true),
            (DeviceAction::Delete, false),
            (DeviceAction::RenewDhcp, false),
            (DeviceAction::ReIdentify, false),
        ];
        for (action, expected) in cases {
            assert!(!Retry::default().repeats_uncertain(&action), "{action}");
            let retry = Retry::default().with_uncertain(true);
            assert_eq!(retry.repeats_uncertain(&action), expected, "{action}");
        }
    }
}
