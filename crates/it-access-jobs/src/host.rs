//! The host of a base URL: a job is for one, whatever the port.

use crate::RunError;

pub(crate) fn of(base_url: &str) -> Result<String, RunError> {
    let url = base_url.parse::<http::Uri>().ok();
    match url.as_ref().and_then(http::Uri::host) {
        Some(host) => Ok(host.to_ascii_lowercase()),
        None => Err(RunError::NoHost { base_url: base_url.to_owned() }),
    }
}
