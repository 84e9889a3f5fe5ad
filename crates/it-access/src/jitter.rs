//! Chance, so that many programs that started together do not ask together.

use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};

/// A sequence of random fractions, not for secrets (SplitMix64).
#[derive(Debug)]
pub(crate) struct Jitter(AtomicU64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Jitter {
    /// A sequence of its own for each program and each call.
    pub(crate) fn random() -> Self {
        Self::seeded(RandomState::new().hash_one(STEP))
    }

    /// The same sequence for the same seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next fraction: 0 or more, and less than 1.
    pub(crate) fn fraction(&self) -> f64 {
        let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from((mixed >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_spread_evenly_and_differ_by_seed() {
        let jitter = Jitter::seeded(2);
        let fractions: Vec<f64> = (0..10_000).map(|_| jitter.fraction()).collect();
        assert!(fractions.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        for tenth in 0..10 {
            let in_tenth = |fraction: &&f64| (**fraction * 10.0) as u32 == tenth;
            let count = fractions.iter().filter(in_tenth).count();
            assert!((900..1100).contains(&count), "{tenth}: {count}");
        }
        assert_eq!(Jitter::seeded(2).fraction(), fractions[0]);
        assert_ne!(Jitter::seeded(3).fraction(), fractions[0]);
        assert_ne!(Jitter::random().fraction(), Jitter::random().fraction());
    }
}
