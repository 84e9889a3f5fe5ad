//! Which base URLs credentials may be sent to.

use std::sync::Arc;

use reqwest::Url;

/// Why a base URL is refused. No variant holds the URL itself, which may carry a secret that went astray.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// It is no absolute URL.
    #[error("the base URL is not an absolute URL ({0}); write it like https://api.example.com")]
    Malformed(String),

    /// It is neither https nor http.
    #[error("the base URL begins with `{0}:`; the service is reached by https")]
    Scheme(String),

    /// It is plain http, to a host other than this one.
    #[error(
        "the base URL would send credentials to `{0}` unencrypted; use https \
         (plain http is allowed only to this machine: 127.0.0.1, [::1] or localhost)"
    )]
    Unencrypted(String),

    /// It carries a user, a query or a fragment.
    #[error(
        "the base URL has a {0}, which does not belong in it; write it like https://api.example.com"
    )]
    Excess(&'static str),
}

/// A base URL that credentials may be sent to: https, or plain http to this machine.
#[derive(Debug, Clone)]
pub struct BaseUrl {
    url: Arc<Url>,
}

impl BaseUrl {
    /// Reads a base URL: https or, if it is sent nothing `secret` or lies on this machine, plain http.
    pub(crate) fn parse(text: &str, secret: bool) -> Result<Self, InvalidBaseUrl> {
        let url = Url::parse(text).map_err(|error| InvalidBaseUrl::Malformed(error.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            "https" => {}
            "http" if !secret || is_loopback(host) => {}
            "http" => return Err(InvalidBaseUrl::Unencrypted(host.to_owned())),
            scheme => return Err(InvalidBaseUrl::Scheme(scheme.to_owned())),
        }
        let excess = [
            ("user or password", !url.username().is_empty() || url.password().is_some()),
            ("query", url.query().is_some()),
            ("fragment", url.fragment().is_some()),
        ];
        match excess.into_iter().find(|(_, is_there)| *is_there) {
            Some((what, _)) => Err(InvalidBaseUrl::Excess(what)),
            None => Ok(Self { url: Arc::new(url) }),
        }
    }

    /// Whether requests stay on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.url.host_str().is_some_and(is_loopback)
    }

    /// The host, and the port if it is not the scheme's own.
    pub(crate) fn authority(&self) -> &str {
        self.url.authority()
    }

    /// The URL itself: with the slash at its end, if there is one.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// The text that the document's paths, which begin with a slash, are put behind.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// The URL of a path of the document, which begins with a slash and has its parameters percent-encoded.
    #[must_use]
    pub fn join(&self, path: &str) -> Url {
        let mut url = Url::clone(&self.url);
        match self.url.path() {
            "/" => url.set_path(path),
            prefix => url.set_path(&format!("{}{path}", prefix.trim_end_matches('/'))),
        }
        url
    }

    pub(crate) fn is_same_origin(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_https_anywhere_and_http_to_this_machine() {
        let cases = [
            ("https://gears.opswat.com", "https://gears.opswat.com"),
            ("https://gears.opswat.com/", "https://gears.opswat.com"),
            ("https://gateway.example/opswat/", "https://gateway.example/opswat"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("HTTPS://Gears.OPSWAT.com", "https://gears.opswat.com"),
        ];
        for (text, expected) in cases {
            assert_eq!(BaseUrl::parse(text, true).unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn paths_are_put_behind_it() {
        let cases = [
            ("https://host.example", "/things/a%2Fb", "https://host.example/things/a%2Fb"),
            ("https://host.example/", "/", "https://host.example/"),
            ("https://host.example/api/", "/things", "https://host.example/api/things"),
            ("http://[::1]:8080/api", "/a b?c#d", "http://[::1]:8080/api/a%20b%3Fc%23d"),
        ];
        for (base_url, path, expected) in cases {
            let url = BaseUrl::parse(base_url, true).unwrap().join(path);
            assert_eq!(url.as_str(), expected, "{base_url} {path}");
        }
    }

    #[test]
    fn refuses_the_rest_without_repeating_it() {
        let cases = [
            ("gears.opswat.com", "absolute"),
            ("", "absolute"),
            ("https://", "absolute"),
            ("ftp://gears.opswat.com", "`ftp:`"),
            ("http://gears.opswat.com", "unencrypted"),
            ("http://localhost.evil.example", "unencrypted"),
            ("http://127.0.0.1.evil.example", "unencrypted"),
            ("http://0.0.0.0:80", "unencrypted"),
            ("https://user:canary@gears.opswat.com", "user or password"),
            ("https://canary@gears.opswat.com", "user or password"),
            ("https://gears.opswat.com?access_token=canary", "query"),
            ("https://gears.opswat.com#canary", "fragment"),
        ];
        for (text, expected) in cases {
            let message = BaseUrl::parse(text, true).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}: {message}");
            assert!(!message.contains("canary"), "{text}: {message}");
        }
    }
}
