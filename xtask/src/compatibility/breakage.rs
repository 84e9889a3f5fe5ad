//! One change that breaks something, and for whom.

use std::fmt;

use serde::Deserialize;

/// A change that breaks something, as oasdiff reports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Breakage {
    /// The kind of change, in oasdiff's words.
    id: String,
    /// What was changed.
    text: String,
    /// The HTTP method, if it is about one operation.
    #[serde(default)]
    operation: String,
    /// The path, if it is about one operation.
    #[serde(default)]
    path: String,
}

/// Who has to change a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Who sends requests: one that was right is now wrong.
    Senders,
    /// Who reads answers: one may now hold what was excluded, or lack what was promised.
    Readers,
    /// Who generates a client: a name in it changes.
    Generators,
    /// Whoever uses the API at all.
    Everyone,
}

impl Breakage {
    /// For whom it breaks something.
    #[must_use]
    pub fn audience(&self) -> Audience {
        if self.id.starts_with("api-operation-id-") || self.id.starts_with("api-schema-") {
            Audience::Generators
        } else if self.id.contains("request") {
            Audience::Senders
        } else if self.id.contains("response") {
            Audience::Readers
        } else {
            Audience::Everyone
        }
    }
}

impl fmt::Display for Breakage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, text, operation, path } = self;
        let place = [operation.as_str(), path].join(" ");
        write!(f, "{}{text} ({id})", if path.is_empty() { String::new() } else { place + ": " })
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Senders => "programs that send requests",
            Self::Readers => "programs that read answers",
            Self::Generators => "programs that use a generated client",
            Self::Everyone => "every program",
        })
    }
}
