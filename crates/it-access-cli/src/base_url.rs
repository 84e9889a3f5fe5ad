//! Where the service is.

use std::env;

use anyhow::bail;
use it_access::DEFAULT_BASE_URL;

pub(crate) const VARIABLE: &str = "IT_ACCESS_BASE_URL";

/// A base URL, and who named it: what to mend if it is wrong.
pub(crate) struct BaseUrl {
    pub(crate) text: String,
    pub(crate) origin: &'static str,
}

/// Chooses what was said, else what the environment says, else the vendor's service.
pub(crate) fn choose(said: Option<&str>) -> anyhow::Result<BaseUrl> {
    let (text, origin) = match (said, env::var(VARIABLE)) {
        (Some(text), _) => (text.to_owned(), "--base-url"),
        (None, Ok(text)) => (text, VARIABLE),
        (None, Err(env::VarError::NotPresent)) => (DEFAULT_BASE_URL.to_owned(), "the default"),
        (None, Err(env::VarError::NotUnicode(_))) => bail!("{VARIABLE} is not valid UTF-8"),
    };
    if text.is_empty() {
        bail!("{origin} is empty; write it like {DEFAULT_BASE_URL}, or leave it out");
    }
    Ok(BaseUrl { text, origin })
}
