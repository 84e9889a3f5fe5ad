//! No pacing at all.

use std::time::Duration;

use crate::{Ask, BoxFuture, Permit, Quota, QuotaError};

/// A quota that grants every request at once: for a service without one, and for programs that pace themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unpaced;

impl Quota for Unpaced {
    fn acquire(&self, _: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(async { Ok(Permit::unpaced()) })
    }

    fn estimate(&self, _: u64) -> BoxFuture<'_, Result<Duration, QuotaError>> {
        Box::pin(async { Ok(Duration::ZERO) })
    }
}
