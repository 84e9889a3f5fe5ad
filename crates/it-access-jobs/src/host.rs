//! Which service a job is for.

use http::Uri;

use crate::RunError;

/// The service: by its name, if it has one, or else by what is its own in the base URL.
pub(crate) fn named_or_at(name: Option<&str>, base_url: &str) -> Result<String, RunError> {
    name.map_or_else(|| at(base_url), |name| Ok(name.to_owned()))
}

/// The host, its port unless that is the one of https, and the path: behind one gateway there may be several services.
fn at(base_url: &str) -> Result<String, RunError> {
    let no_host = || RunError::NoHost { base_url: base_url.to_owned() };
    let url = base_url.parse::<Uri>().map_err(|_| no_host())?;
    let host = url.host().ok_or_else(no_host)?.to_ascii_lowercase();
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
            assert_eq!(at(base_url).ok().as_deref(), expected, "{base_url}");
        }
    }
}
