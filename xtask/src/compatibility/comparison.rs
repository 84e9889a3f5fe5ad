//! What a comparison of two revisions came to.

use std::fmt;

use super::{Audience, Breakage, Revision};

/// The difference between an edition that was released and the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The revision that was released.
    pub released: Revision,
    /// The present one.
    pub present: Revision,
    /// Whether anything was changed but comments.
    pub changed: bool,
    /// What breaks programs that were built on the released one.
    pub breakages: Vec<Breakage>,
}

impl Comparison {
    /// What breaks something for these people.
    pub fn breakages_for(&self, audience: Audience) -> impl Iterator<Item = &Breakage> {
        self.breakages.iter().filter(move |breakage| breakage.audience() == audience)
    }

    /// What speaks against publishing the present revision: nothing, if it keeps the promise or says that it does not.
    #[must_use]
    pub fn objection(&self) -> Option<String> {
        let Self { released, present, .. } = *self;
        if present < released {
            return Some(format!("info.version is {present}, lower than the released {released}"));
        }
        if !self.breakages.is_empty() && present.promises_the_same_as(released) {
            return Some(format!(
                "info.version is {present}, which promises to break nothing that was built on {released}; take the \
                 change back, or make it {} (openapi/NOTES.md, \"Revisions\")",
                released.next_to_break()
            ));
        }
        if self.changed && present == released {
            return Some(format!(
                "the document was changed, and info.version is still the released {released}; raise it"
            ));
        }
        None
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { released, present, changed, breakages } = self;
        if !changed {
            return write!(f, "revision {present} is as released");
        }
        if breakages.is_empty() {
            return write!(f, "revision {present} breaks nothing that was built on {released}");
        }
        write!(f, "revision {present} breaks what was built on {released}")?;
        let audiences =
            [Audience::Senders, Audience::Readers, Audience::Generators, Audience::Everyone];
        for audience in audiences {
            for (number, breakage) in self.breakages_for(audience).enumerate() {
                if number == 0 {
                    write!(f, "\n  {audience}:")?;
                }
                write!(f, "\n    {breakage}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_change_needs_a_number_and_a_break_a_hundred() {
        let keep = |released, present| (released, present, false, false);
        let change = |released, present| (released, present, true, false);
        let breaks = |released, present| (released, present, true, true);
        let cases = [
            (keep("3.0.1", "3.0.1"), None),
            (keep("3.0.1", "3.0.2"), None),
            (change("3.0.1", "3.0.1"), Some("raise it")),
            (change("3.0.1", "3.0.2"), None),
            (change("3.0.2", "3.0.1"), Some("lower than the released 3.0.2")),
            (breaks("3.0.1", "3.0.1"), Some("make it 3.0.100")),
            (breaks("3.0.1", "3.0.99"), Some("make it 3.0.100")),
            (breaks("3.0.1", "3.0.100"), None),
            (breaks("3.0.100", "3.0.101"), Some("make it 3.0.200")),
            (breaks("3.0.199", "3.0.200"), None),
        ];
        for (case, expected) in cases {
            let (released, present, changed, breaks) = case;
            let breakage = r#"{"id":"request-body-max-decreased","text":"…"}"#;
            let comparison = Comparison {
                released: released.parse().unwrap(),
                present: present.parse().unwrap(),
                changed,
                breakages: breaks
                    .then(|| serde_json::from_str(breakage).unwrap())
                    .into_iter()
                    .collect(),
            };
            let objection = comparison.objection();
            match expected {
                None => assert_eq!(objection, None, "{case:?}"),
                Some(part) => assert!(objection.unwrap().contains(part), "{case:?}"),
            }
        }
    }
}
