//! What the simulated service does where the vendor's pages say nothing.

use std::fmt;

/// Describes one behaviour of the simulated service, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumption {
    /// What it is about.
    pub topic: &'static str,
    /// Where the behaviour comes from.
    pub basis: Basis,
    /// What the simulated service does unless it is told otherwise.
    pub behaviour: &'static str,
    /// The flags of `it-access simulate` that change it, if any do.
    pub flags: &'static [&'static str],
}

/// Tells where a behaviour comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The vendor's pages state it.
    Documented,
    /// The vendor's pages say nothing, and the simulated service had to do something.
    OurReading,
    /// The vendor's pages state something, and the simulated service does not do it.
    NotSimulated,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documented => "documented",
            Self::OurReading => "our reading",
            Self::NotSimulated => "not simulated",
        })
    }
}

/// Lists every behaviour that the vendor does not document, the documented ones that surprise, and
/// what is missing.
///
/// ```
/// use it_access_sim::{ASSUMPTIONS, Basis};
///
/// for assumption in ASSUMPTIONS.iter().filter(|a| a.basis == Basis::OurReading) {
///     println!("{}: {}", assumption.topic, assumption.behaviour);
/// }
/// ```
pub const ASSUMPTIONS: &[Assumption] = &[
    documented("Devices", "a fleet of examples, whose answer to the vendor's own example is the vendor's")
        .changed_by(&["--fleet", "--devices"]),
    reading("A device that is not in the account", "answers 0 (failed), also once it was deleted"),
    reading("Domain-controller agent", "is not a persistent agent, so `dhcprenew` answers -1"),
    reading(
        "Standing and agent",
        "are independent: `dhcprenew` looks at the agent only, ignored or not",
    ),
    reading("`unexempt` of a device that is not exempt", "answers 1 and changes nothing"),
    reading(
        "`exempt` of a device that is exempt",
        "answers 1; the new exemption replaces the old one, and its hours count anew",
    ),
    reading("`unignore`", "makes the device unknown again"),
    reading("`dhcprenew`, `re-identify`", "answer 1 at once; nothing shows in the fleet"),
    documented("`exempt_time` 0 or absent", "exempts forever"),
    documented("`exempt_time` above 0", "exempts until so many hours have passed")
        .changed_by(&["--control"]),
    documented("`group_id` absent", "assigns to the group `default`"),
    documented(
        "A group that does not exist",
        "is accepted since 2018-04-10; here any id that is not empty is",
    ),
    reading(
        "A parameter that the action does not need",
        "is checked as if it were needed, then ignored",
    ),
    reading("HWIDs", "match exactly, case included"),
    reading(
        "MAC addresses",
        "match in any case, as `00:0c:29:cd:c7:b2`, `00-0c-29-cd-c7-b2`, `000c.29cd.c7b2` or `000c29cdc7b2`; one of another form answers 0",
    ),
    reading("Keys of the answer", "keep the spelling and the order that were sent")
        .changed_by(&["--fault"]),
    reading("A device that was asked for", "is in the answer, once, with -1, 0 or 1")
        .changed_by(&["--fault"]),
    reading(
        "A device named twice in one request",
        "is changed once; the same identifier makes one key, two identifiers of one device make two with the same result",
    ),
    reading("Size of a request", "any number of devices up to a body of 4 MiB; above that, 413"),
    reading(
        "Invalid values besides the documented bounds",
        "400 for an empty list, an empty identifier or group id, null, `60.0` for `60`, an unknown key, a key twice",
    ),
    reading(
        "Several errors in one request",
        "the first counts: path, method, token, quota, content type, body",
    ),
    reading(
        "`access_token`",
        "401 if it is missing, empty, wrong, expired or given twice; a header is not read",
    ),
    reading("Other parameters of the query", "are ignored"),
    reading("Content type", "`application/json` with any parameters; 415 without one"),
    reading("Body of an error", "one line of plain text, which quotes nothing from the request")
        .changed_by(&["--fault"]),
    documented("Quota", "10 requests a minute; more are answered by 429").changed_by(&["--quota"]),
    reading(
        "Kind of quota",
        "fixed windows, one after the other; the first begins with the simulator",
    )
    .changed_by(&["--quota-policy", "--quota-phase"]),
    reading(
        "What the quota counts",
        "every POST to the action's path with a good token, whatever becomes of it, also those answered by 429",
    )
    .changed_by(&["--refused"]),
    reading("Other programs of the account", "send nothing").changed_by(&["--other-traffic"]),
    documented(
        "`X-RateLimit-Limit`, `-Remaining`, `-Reset-Time`",
        "are on every answer but those of the token endpoint and those that a fault sends as a gateway would; on none without a quota",
    )
    .changed_by(&["--quota", "--fault"]),
    reading(
        "`X-RateLimit-Reset-Time`",
        "seconds, rounded up, until more requests are left: until the next window, or until the oldest request leaves a sliding one",
    )
    .changed_by(&["--reset"]),
    reading("`Retry-After`", "is not sent").changed_by(&["--retry-after"]),
    documented(
        "Token endpoint",
        "takes a form with `client_id`, `client_secret` and `grant_type=client_credentials`; other grants and HTTP Basic are not taken",
    )
    .changed_by(&["--oauth-client"]),
    reading(
        "Answer of the token endpoint",
        "`access_token` (48 capital letters and digits), `token_type`, `expires_in` and `scope`; errors as in RFC 6749",
    ),
    reading(
        "Life of a token",
        "12 hours for one that was issued; the one given at the start does not expire; a new one ends no other",
    )
    .changed_by(&["--token-lifetime", "--control"]),
    not_simulated("Failures of the service", "it does not fail by itself").changed_by(&["--fault"]),
    reading("Latency", "answers come at once").changed_by(&["--fault"]),
];

const fn documented(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::Documented, behaviour, flags: &[] }
}

const fn reading(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::OurReading, behaviour, flags: &[] }
}

const fn not_simulated(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::NotSimulated, behaviour, flags: &[] }
}

impl Assumption {
    const fn changed_by(self, flags: &'static [&'static str]) -> Self {
        Self { flags, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_the_list() {
        let readme = include_str!("../README.md");
        let shown: Vec<&str> = readme
            .lines()
            .skip_while(|line| *line != "| topic | basis | what the simulator does | changed by |")
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .collect();
        let expected: Vec<String> = ASSUMPTIONS
            .iter()
            .map(|row| {
                let flags: Vec<String> = row.flags.iter().map(|flag| format!("`{flag}`")).collect();
                format!(
                    "| {} | {} | {} | {} |",
                    row.topic,
                    row.basis,
                    row.behaviour,
                    flags.join(", ")
                )
            })
            .collect();
        assert_eq!(shown, expected, "copy these rows to README.md:\n{}", expected.join("\n"));
    }
}
