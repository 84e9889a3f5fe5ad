//! An answer as it came, whatever its status.

use bytes::Bytes;
use reqwest::{Response, StatusCode, header::HeaderMap};

/// An answer as it came, whatever its status: read to its end, and free of the request's credentials.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as far as it was read: 64 MiB of a success, 64 KiB of anything else.
    pub body: Bytes,
}

impl Answer {
    /// Makes an answer of one's own: for tests, and for what stands in the place of a service.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into() }
    }

    /// Takes apart a response of [`send`](crate::send), whose body is in memory.
    ///
    /// # Errors
    ///
    /// None, for such a response.
    pub async fn of(mut response: Response) -> reqwest::Result<Self> {
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        Ok(Self { status, headers, body: response.bytes().await? })
    }
}
