//! What stops a run before more goes wrong.

use std::num::NonZeroUsize;

use crate::{InvalidMaxFailures, MaxFailures};

/// What stops a run before more goes wrong, and is kept for the next.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Safeguards {
    /// So many devices go first.
    pub(crate) canary: Option<NonZeroUsize>,
    pub(crate) max_failures: Option<MaxFailures>,
}

impl Safeguards {
    pub(super) fn to_columns(self) -> (Option<i64>, Option<String>) {
        let Self { canary, max_failures } = self;
        let canary = canary.map(|devices| i64::try_from(devices.get()).unwrap_or(i64::MAX));
        (canary, max_failures.map(|most| most.to_string()))
    }

    pub(super) fn from_columns(
        canary: Option<i64>,
        max_failures: Option<String>,
    ) -> Result<Self, InvalidMaxFailures> {
        Ok(Self {
            canary: canary.and_then(|devices| NonZeroUsize::new(devices as usize)),
            max_failures: max_failures.map(|most| most.parse()).transpose()?,
        })
    }
}
