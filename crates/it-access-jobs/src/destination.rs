//! Where a job is sent.

use std::sync::Arc;

use http::Uri;

use crate::RunError;

/// What is known of where jobs are sent before there is a base URL: a service that is not known by its host, and one of
/// several accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Destination {
    pub(crate) service: Option<Arc<str>>,
    pub(crate) account: Option<Arc<str>>,
}

impl Destination {
    /// The service at this base URL, by its name or else its host, and the account in front of it.
    pub(crate) fn at(&self, base_url: &str) -> Result<String, RunError> {
        let service = match &self.service {
            Some(name) => name.to_string(),
            None => host_at(base_url)?,
        };
        Ok(match &self.account {
            Some(account) => format!("{account}@{service}"),
            None => service,
        })
    }
}

/// The host, its port unless that is the one of https, and the path: behind one gateway there may be several services.
fn host_at(base_url: &str) -> Result<String, RunError> {
    let url = base_url.parse::<Uri>().map_err(|_| RunError::NoHost)?;
    let host = url.host().ok_or(RunError::NoHost)?.to_ascii_lowercase();
    let usual_port = if url.scheme_str() == Some("http") { 80 } else { 443 };
    let port = match url.port_u16().unwrap_or(usual_port) {
        443 => String::new(),
        port => format!(":{port}"),
    };
    Ok(format!("{host}{port}{}", url.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_port_or_path_is_another_service() {
        let cases = [
            ("https://Gears.OPSWAT.com", Some("gears.opswat.com")),
            ("https://gears.opswat.com:443", Some("gears.opswat.com")),
            ("https://gateway.example:8443/opswat", Some("gateway.example:8443/opswat")),
            ("http://127.0.0.1:40219", Some("127.0.0.1:40219")),
            ("http://[::1]:40219", Some("[::1]:40219")),
            ("http://localhost", Some("localhost:80")),
            ("https://localhost", Some("localhost")),
            ("https://gateway.example/eu/", Some("gateway.example/eu")),
            ("gears", Some("gears")),
            ("/opswat", None),
            ("", None),
        ];
        for (base_url, expected) in cases {
            assert_eq!(host_at(base_url).ok().as_deref(), expected, "{base_url}");
        }
    }

    #[test]
    fn an_account_stands_before_what_the_service_is_called() {
        let named = |service: Option<&str>, account: Option<&str>| Destination {
            service: service.map(Arc::from),
            account: account.map(Arc::from),
        };
        for (destination, expected) in [
            (named(None, None), "gears.opswat.com"),
            (named(None, Some("branch")), "branch@gears.opswat.com"),
            (named(Some("a trial"), None), "a trial"),
            (named(Some("a trial"), Some("branch")), "branch@a trial"),
        ] {
            let at = destination.at("https://gears.opswat.com").ok();
            assert_eq!(at.as_deref(), Some(expected), "{destination:?}");
        }
    }
}
