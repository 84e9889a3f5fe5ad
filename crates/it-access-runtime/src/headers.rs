//! Reading declared response headers.

use std::str::FromStr;

use reqwest::header::{AsHeaderName, HeaderMap};

/// Reads a header's value. `None` if it is missing, or is not of its type.
///
/// ```
/// use reqwest::header::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("x-ratelimit-limit", "10".parse()?);
/// assert_eq!(it_access_runtime::header(&headers, "x-ratelimit-limit"), Some(10));
/// assert_eq!(it_access_runtime::header::<i64>(&headers, "x-ratelimit-remaining"), None);
/// # Ok::<(), reqwest::header::InvalidHeaderValue>(())
/// ```
#[must_use]
pub fn header<T: FromStr>(headers: &HeaderMap, name: impl AsHeaderName) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
