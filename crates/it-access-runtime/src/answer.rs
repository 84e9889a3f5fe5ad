//! An answer as it came, whatever its status.

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

/// An answer as it came, whatever its status: read as far as it is kept, and free of the request's credentials.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as far as it was read: 64 MiB of a success, 64 KiB of anything else.
    pub body: Bytes,
    /// Whether that is all of the body.
    pub is_whole: bool,
}

impl Answer {
    /// Makes an answer of one's own: for tests, and for what stands in the place of a service.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into(), is_whole: true }
    }
}
