//! What the document says of an operation besides its types.

use std::time::Duration;

/// An operation, as the document describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its HTTP method, in upper case.
    pub method: &'static str,
    /// Its path, with the parameters in braces, without the base URL.
    pub path: &'static str,
    /// Which security schemes it needs: all of one of these lists. None at all, if there is no list.
    pub security: &'static [&'static [&'static str]],
    /// Its rate limit, if it declares one by `x-rate-limit`.
    pub rate_limit: Option<RateLimit>,
}

/// How many requests a service takes: the document's `x-rate-limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// The number of requests in one window.
    pub limit: u32,
    /// The length of the window.
    pub window: Duration,
    /// Whose requests are counted together: `account`, for example.
    pub scope: &'static str,
}
