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
    /// What the simulated service does.
    pub behaviour: &'static str,
}

/// Tells where a behaviour comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The vendor's pages state it.
    Documented,
    /// The vendor's pages say nothing, and the simulated service had to do something.
    OurReading,
    /// The vendor's pages state something, and the simulated service does not do it yet.
    NotSimulated,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
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
    reading("A device that is not in the account", "answers 0 (failed), also once it was deleted"),
    reading("Domain-controller agent", "is not a persistent agent, so `dhcprenew` answers -1"),
    reading(
        "Standing and agent",
        "are independent: `dhcprenew` looks at the agent only, ignored or not",
    ),
    reading("`unexempt` of a device that is not exempt", "answers 1 and changes nothing"),
    reading(
        "`exempt` of a device that is exempt",
        "answers 1; the new exemption replaces the old one",
    ),
    reading("`unignore`", "makes the device unknown again"),
    reading("`dhcprenew`, `re-identify`", "answer 1 at once; nothing shows in the fleet"),
    documented("`exempt_time` 0 or absent", "exempts forever"),
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
        "match in any case, with `:`, `-`, `.` or no separator; one of another form answers 0",
    ),
    reading("Keys of the answer", "keep the spelling and the order that were sent"),
    reading(
        "A device named twice in one request",
        "is changed once; the same identifier makes one key, two identifiers of one device make two with the same result",
    ),
    reading("Size of a request", "any number of devices up to a body of 16 MiB; above that, 413"),
    reading(
        "Invalid values besides the documented bounds",
        "400 for an empty list, an empty identifier or group id, null, `60.0` for `60`, an unknown key, a key twice",
    ),
    reading(
        "Several errors in one request",
        "the first counts: path, method, token, content type, body",
    ),
    reading(
        "`access_token`",
        "401 if it is missing, empty, wrong or given twice; a header is not read",
    ),
    reading("Other parameters of the query", "are ignored"),
    reading("Content type", "`application/json` with any parameters; 415 without one"),
    reading("Body of an error", "one line of plain text, which quotes nothing from the request"),
    not_simulated("Rate limit", "no quota, no `X-RateLimit-*` headers, no 429"),
    not_simulated("OAuth", "no token endpoint; the one token never expires"),
    not_simulated("Failures of the service", "no 500"),
    not_simulated("Time", "an exemption for hours does not run out"),
];

const fn documented(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::Documented, behaviour }
}

const fn reading(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::OurReading, behaviour }
}

const fn not_simulated(topic: &'static str, behaviour: &'static str) -> Assumption {
    Assumption { topic, basis: Basis::NotSimulated, behaviour }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_the_list() {
        let readme = include_str!("../README.md");
        let shown: Vec<&str> = readme
            .lines()
            .skip_while(|line| *line != "| topic | basis | what the simulator does |")
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .collect();
        let expected: Vec<String> = ASSUMPTIONS
            .iter()
            .map(|row| format!("| {} | {} | {} |", row.topic, row.basis, row.behaviour))
            .collect();
        assert_eq!(shown, expected, "copy these rows to README.md:\n{}", expected.join("\n"));
    }
}
