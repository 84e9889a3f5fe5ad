//! Which account a quota is for.

use std::fmt;

/// The name of an account in a store, which may hold the quotas of several.
///
/// Everybody who sends for the account must use the same. It is made of the service's host and a name that tells the
/// accounts of that service apart, and never of a secret.
///
/// ```
/// use it_access_jobs::quota_stores::AccountKey;
///
/// let account = AccountKey::new("https://gears.opswat.com", "production");
/// assert_eq!(account.to_string(), "production@gears.opswat.com");
/// assert_eq!(account, AccountKey::new("https://Gears.opswat.com/", "production"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountKey(String);

impl AccountKey {
    /// Names an account of the service at this base URL. Of the URL, only host and port count, and the port only where it is not
    /// the scheme's own.
    #[must_use]
    pub fn new(base_url: &str, name: &str) -> Self {
        let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", base_url));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        let own_port = if scheme.eq_ignore_ascii_case("http") { ":80" } else { ":443" };
        let host = host.strip_suffix(own_port).unwrap_or(&host);
        Self(format!("{name}@{host}"))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_url_only_host_and_port_count() {
        for (base_url, expected) in [
            ("https://tenant.example", "a@tenant.example"),
            ("https://Tenant.Example/", "a@tenant.example"),
            ("https://tenant.example:8443/api?token=secret", "a@tenant.example:8443"),
            ("https://user:secret@tenant.example#part", "a@tenant.example"),
            ("http://[::1]:8080", "a@[::1]:8080"),
            ("https://tenant.example:443/", "a@tenant.example"),
            ("HTTP://127.0.0.1:80", "a@127.0.0.1"),
            ("http://127.0.0.1:443", "a@127.0.0.1:443"),
            ("tenant.example", "a@tenant.example"),
        ] {
            assert_eq!(AccountKey::new(base_url, "a").to_string(), expected, "{base_url}");
        }
    }
}
