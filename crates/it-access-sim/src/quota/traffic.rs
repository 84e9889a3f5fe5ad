//! Requests that other programs send for the same account.

use std::time::Duration;

use fastrand::Rng;

/// The moments of a Poisson process, one after the other.
#[derive(Debug)]
pub(super) struct Traffic {
    rng: Rng,
    /// Seconds between two requests, on average.
    mean: f64,
    next: Duration,
}

impl Traffic {
    /// `None` if there is no traffic.
    pub(super) fn new(per_minute: f64, mut rng: Rng) -> Option<Self> {
        (per_minute > 0.0).then(|| {
            let mean = 60.0 / per_minute;
            let next = gap(&mut rng, mean);
            Self { rng, mean, next }
        })
    }

    /// The moment of the next request up to `now`.
    pub(super) fn next_until(&mut self, now: Duration) -> Option<Duration> {
        (self.next <= now).then(|| {
            let moment = self.next;
            self.next += gap(&mut self.rng, self.mean);
            moment
        })
    }

    /// Leaves out what came before `then`: after a leap in time it decides nothing.
    pub(super) fn skip_to(&mut self, then: Duration) {
        if self.next < then {
            self.next = then + gap(&mut self.rng, self.mean);
        }
    }
}

fn gap(rng: &mut Rng, mean: f64) -> Duration {
    // 1 - f64 lies in (0, 1], which has a logarithm.
    Duration::from_secs_f64(-(1.0 - rng.f64()).ln() * mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_at_its_rate_and_the_same_way_for_the_same_seed() {
        let hours = Duration::from_secs(100 * 60 * 60);
        let moments = |seed| {
            let mut traffic = Traffic::new(5.0, Rng::with_seed(seed)).expect("traffic");
            std::iter::from_fn(move || traffic.next_until(hours)).collect::<Vec<_>>()
        };
        let count = moments(1).len();
        assert!((29_000..31_000).contains(&count), "{count} requests in 6,000 minutes");
        assert!(moments(1).is_sorted());
        assert_eq!(moments(1), moments(1));
        assert_ne!(moments(1), moments(2));
        assert!(Traffic::new(0.0, Rng::with_seed(1)).is_none());
    }
}
