//! The host of a base URL: a job is for one.

use std::net::IpAddr;

use crate::RunError;

pub(crate) fn of(base_url: &str) -> Result<String, RunError> {
    let url = base_url.parse::<http::Uri>().ok();
    let host = url.as_ref().and_then(http::Uri::host).map(str::to_ascii_lowercase);
    let port = url.as_ref().and_then(http::Uri::port_u16).filter(|port| *port != 443);
    match (host, port) {
        (None, _) => Err(RunError::NoHost { base_url: base_url.to_owned() }),
        (Some(host), Some(port)) if !is_this_machine(&host) => Ok(format!("{host}:{port}")),
        (Some(host), _) => Ok(host),
    }
}

/// On this machine a service has another port each time it is started.
fn is_this_machine(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_port_is_another_service_but_on_this_machine() {
        let cases = [
            ("https://Gears.OPSWAT.com", Some("gears.opswat.com")),
            ("https://gears.opswat.com:443", Some("gears.opswat.com")),
            ("https://gateway.example:8443/opswat", Some("gateway.example:8443")),
            ("http://127.0.0.1:40219", Some("127.0.0.1")),
            ("http://[::1]:40219", Some("[::1]")),
            ("http://localhost:40219", Some("localhost")),
            ("gears", Some("gears")),
            ("/opswat", None),
            ("", None),
        ];
        for (base_url, expected) in cases {
            assert_eq!(of(base_url).ok().as_deref(), expected, "{base_url}");
        }
    }
}
