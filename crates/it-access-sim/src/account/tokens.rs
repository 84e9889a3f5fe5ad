//! Access tokens: which are good, and for how long.

use std::collections::VecDeque;
use std::time::Duration;

use fastrand::Rng;

use crate::call::TokenError;
use crate::secret::Secret;

/// Names a token that says of itself that it is simulated.
pub const DEFAULT_ACCESS_TOKEN: &str = "simulated-access-token";

/// So many issued tokens are remembered, of all clients together: of more, the oldest are forgotten.
const MOST_ISSUED: usize = 1024;

/// How long the vendor's sample token is: capital letters and digits.
const LENGTH: usize = 48;

#[derive(Debug)]
pub(crate) struct Tokens {
    /// The one that the simulator was started with, until it is revoked.
    given: Option<Secret>,
    lifetime: Duration,
    /// Those issued, each with the time of its end; the oldest first.
    issued: VecDeque<(Secret, Duration)>,
    rng: Rng,
}

impl Tokens {
    pub(crate) fn new(given: Secret, lifetime: Duration, seed: u64) -> Self {
        // No request can carry an empty token.
        let given = Some(given).filter(|token| !token.expose().is_empty());
        Self { given, lifetime, issued: VecDeque::new(), rng: Rng::with_seed(seed) }
    }

    /// Tells whether a token is good.
    pub(crate) fn check(&self, token: &Secret, now: Duration) -> Result<(), TokenError> {
        let given = self.given.as_ref() == Some(token);
        let issued = || self.issued.iter().any(|(known, end)| known == token && now < *end);
        if given || issued() { Ok(()) } else { Err(TokenError::Invalid) }
    }

    /// Issues a new token, and tells for how long it holds.
    pub(crate) fn issue(&mut self, now: Duration) -> (Secret, Duration) {
        while self.issued.front().is_some_and(|(_, end)| *end <= now) {
            self.issued.pop_front();
        }
        if self.issued.len() == MOST_ISSUED {
            self.issued.pop_front();
        }
        let symbol = || {
            let symbol = self.rng.char('0'..='Z');
            symbol.is_ascii_alphanumeric().then_some(symbol)
        };
        let token: String = std::iter::repeat_with(symbol).flatten().take(LENGTH).collect();
        let token = Secret::new(token);
        self.issued.push_back((token.clone(), now.saturating_add(self.lifetime)));
        (token, self.lifetime)
    }

    /// Makes all tokens invalid, the given one included. New ones can be issued.
    pub(crate) fn revoke(&mut self) {
        self.given = None;
        self.issued.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn a_token_holds_until_it_expires_or_is_revoked() {
        let mut tokens = Tokens::new(secret("given"), HOUR, 1);
        let (issued, lifetime) = tokens.issue(HOUR);
        assert_eq!(lifetime, HOUR);
        let just_before = 2 * HOUR - Duration::from_nanos(1);
        assert_eq!(tokens.check(&issued, just_before), Ok(()));
        assert_eq!(tokens.check(&issued, 2 * HOUR), Err(TokenError::Invalid));
        assert_eq!(tokens.check(&secret("given"), 1000 * HOUR), Ok(()));
        assert_eq!(tokens.check(&secret("Given"), HOUR), Err(TokenError::Invalid));

        let (newer, _) = tokens.issue(2 * HOUR);
        tokens.revoke();
        assert_eq!(tokens.check(&newer, 2 * HOUR), Err(TokenError::Invalid));
        assert_eq!(tokens.check(&secret("given"), 2 * HOUR), Err(TokenError::Invalid));
    }

    #[test]
    fn an_empty_token_admits_nobody() {
        let tokens = Tokens::new(secret(""), HOUR, 1);
        assert_eq!(tokens.check(&secret(""), HOUR), Err(TokenError::Invalid));
    }

    #[test]
    fn issued_tokens_look_like_the_vendors_and_differ() {
        let mut tokens = Tokens::new(secret("given"), HOUR, 1);
        let (first, _) = tokens.issue(HOUR);
        let (second, _) = tokens.issue(HOUR);
        assert_ne!(first, second);
        assert_eq!(first.expose().len(), 48);
        let is_symbol = |symbol: char| symbol.is_ascii_uppercase() || symbol.is_ascii_digit();
        assert!(first.expose().chars().all(is_symbol));
    }

    #[test]
    fn no_more_tokens_are_remembered_than_anyone_needs() {
        let mut tokens = Tokens::new(secret("given"), HOUR, 1);
        let (first, _) = tokens.issue(HOUR);
        for _ in 0..MOST_ISSUED {
            let _ = tokens.issue(HOUR);
        }
        assert_eq!(tokens.issued.len(), MOST_ISSUED);
        assert_eq!(tokens.check(&first, HOUR), Err(TokenError::Invalid));
    }
}
