//! Addresses that somebody has written down, as they may be shown.

/// What a secret is shown as.
pub(crate) const HIDDEN: &str = "[hidden]";

/// The address without user, password and query: a password or a token may be in each of them.
pub(crate) fn without_secrets(address: &str) -> String {
    let (scheme, rest) = split_scheme(address);
    let mut shown = scheme.to_owned();
    let rest = match rest.rsplit_once('@') {
        Some((_, rest)) => {
            shown += HIDDEN;
            shown += "@";
            rest
        }
        None => rest,
    };
    match rest.split_once(['?', '#']) {
        Some((rest, _)) => shown + rest + "?" + HIDDEN,
        None => shown + rest,
    }
}

/// Whether a user, and perhaps a password, is in the address.
pub(crate) fn has_user(address: &str) -> bool {
    split_scheme(address).1.contains('@')
}

/// The scheme, as far as there is one, with all that parts it from the rest.
fn split_scheme(address: &str) -> (&str, &str) {
    let start = address.find("://").map_or(0, |colon| colon + "://".len());
    address.split_at(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_is_hidden() {
        for (address, shown) in [
            ("https://gears.opswat.com", "https://gears.opswat.com"),
            ("https://host:8443/opswat", "https://host:8443/opswat"),
            ("https://u:p@host/x?access_token=t", "https://[hidden]@host/x?[hidden]"),
            ("https://host#t", "https://host?[hidden]"),
            ("u:p@with-an-@@host", "[hidden]@host"),
            ("rediss://:p@host/0", "rediss://[hidden]@host/0"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(address), shown, "{address}");
            assert_eq!(has_user(address), shown.contains('@'), "{address}");
        }
    }
}
