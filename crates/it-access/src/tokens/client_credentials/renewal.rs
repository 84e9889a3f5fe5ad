//! One token for all callers, renewed by one of them at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::{
    exchange::Exchange,
    grant::Grant,
    schedule::{Lease, pause},
};
use crate::{AccessToken, TokenError, jitter::Jitter};

/// What is known, shared by all callers, and the turn to learn more.
pub(super) struct Renewal<E> {
    exchange: E,
    jitter: Jitter,
    state: Mutex<State>,
    /// Who holds it asks the endpoint. It is free again when that caller gives up, too.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    failed: Option<Failed>,
}

/// The token in use.
struct Held {
    token: AccessToken,
    lease: Lease,
}

/// The failures since the last success.
struct Failed {
    count: u32,
    last: TokenError,
    /// Until then the endpoint is left alone.
    pause_ends: Instant,
}

/// What can be done for a caller without asking the endpoint.
enum Supply {
    /// There is nothing to ask for, or it is too early to.
    Ready(Result<AccessToken, TokenError>),
    /// There is a token, and it is time for the next one.
    Aging(AccessToken),
    /// There is nothing.
    Empty,
}

impl<E: Exchange> Renewal<E> {
    pub(super) fn new(exchange: E, jitter: Jitter) -> Self {
        let (state, turn) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { exchange, jitter, state, turn }
    }

    pub(super) fn exchange(&self) -> &E {
        &self.exchange
    }

    pub(super) async fn token(&self) -> Result<AccessToken, TokenError> {
        let supply = self.state().supply(Instant::now());
        let _turn = match supply {
            Supply::Ready(result) => return result,
            Supply::Aging(token) => match self.turn.try_lock() {
                Ok(turn) => turn,
                Err(_) => return Ok(token),
            },
            Supply::Empty => self.turn.lock().await,
        };
        // Who had the turn before may have settled it.
        let supply = self.state().supply(Instant::now());
        match supply {
            Supply::Ready(result) => result,
            Supply::Aging(_) | Supply::Empty => self.renew().await,
        }
    }

    /// Drops `token` if it is the one in use.
    pub(super) fn refuse(&self, token: &AccessToken) {
        self.state().held.take_if(|held| held.token.same_as(token));
    }

    async fn renew(&self) -> Result<AccessToken, TokenError> {
        let asked = Instant::now();
        let answer = self.exchange.ask().await;
        let chance = self.jitter.fraction();
        match answer {
            Ok(grant) => Ok(self.state().succeed(grant, asked, chance)),
            Err(error) => self.state().fail(error, Instant::now(), chance),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn supply(&self, now: Instant) -> Supply {
        let valid = self.held.as_ref().filter(|held| now < held.lease.end);
        let paused = self.failed.as_ref().filter(|failed| now < failed.pause_ends);
        match (valid, paused) {
            (Some(held), Some(_)) => Supply::Ready(Ok(held.token.clone())),
            (Some(held), None) if now < held.lease.renew => Supply::Ready(Ok(held.token.clone())),
            (Some(held), None) => Supply::Aging(held.token.clone()),
            (None, Some(failed)) => Supply::Ready(Err(failed.error(now))),
            (None, None) => Supply::Empty,
        }
    }

    fn succeed(&mut self, grant: Grant, asked: Instant, chance: f64) -> AccessToken {
        self.failed = None;
        let lease = Lease::new(asked, grant.lifetime, chance);
        self.held = Some(Held { token: grant.token.clone(), lease });
        grant.token
    }

    /// Notes a failure. A token that is still valid is used on.
    fn fail(
        &mut self,
        error: TokenError,
        now: Instant,
        chance: f64,
    ) -> Result<AccessToken, TokenError> {
        let count = self.failed.as_ref().map_or(0, |failed| failed.count).saturating_add(1);
        let pause_ends = now + pause(&error, count, chance);
        let failed = self.failed.insert(Failed { count, last: error, pause_ends });
        match &self.held {
            Some(held) if now < held.lease.end => {
                tracing::warn!(error = %failed.last, "the access token is not renewed, and used on");
                Ok(held.token.clone())
            }
            _ => Err(failed.error(now)),
        }
    }
}

impl Failed {
    fn error(&self, now: Instant) -> TokenError {
        self.last.clone().with_retry_after(self.pause_ends - now)
    }
}

#[cfg(test)]
mod tests;
