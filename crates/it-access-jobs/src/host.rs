//! Which service a job is for.

use http::Uri;

use crate::RunError;

/// The service: by its name, if it has one, or else by the host of the base URL.
pub(crate) fn named_or_at(name: Option<&str>, base_url: &str) -> Result<String, RunError> {
    name.map_or_else(|| at(base_url), |name| Ok(name.to_owned()))
}

/// The host, and its port where that is not the usual one.
fn at(base_url: &str) -> Result<String, RunError> {
    let url = base_url.parse::<Uri>().ok();
    let host = url.as_ref().and_then(Uri::host).map(str::to_ascii_lowercase);
    let usual_port = match url.as_ref().and_then(Uri::scheme_str) {
        Some("http") => 80,
        _ => 443,
    };
    let port = url.as_ref().and_then(Uri::port_u16).filter(|port| *port != usual_port);
    match (host, port) {
        (None, _) => Err(RunError::NoHost { base_url: base_url.to_owned() }),
        (Some(host), Some(port)) => Ok(format!("{host}:{port}")),
        (Some(host), None) => Ok(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_port_is_another_service() {
        let cases = [
            ("https://Gears.OPSWAT.com", Some("gears.opswat.com")),
            ("https://gears.opswat.com:443", Some("gears.opswat.com")),
            ("https://gateway.example:8443/opswat", Some("gateway.example:8443")),
            ("http://127.0.0.1:40219", Some("127.0.0.1:40219")),
            ("http://[::1]:40219", Some("[::1]:40219")),
            ("http://localhost:80", Some("localhost")),
            ("http://localhost:443", Some("localhost:443")),
            ("gears", Some("gears")),
            ("/opswat", None),
            ("", None),
        ];
        for (base_url, expected) in cases {
            assert_eq!(at(base_url).ok().as_deref(), expected, "{base_url}");
        }
    }
}
