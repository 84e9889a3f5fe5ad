//! The names of the faults, and what people are told of them.

use std::fmt;

use super::FaultKind;

/// Names a fault, without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultName {
    /// [`FaultKind::Latency`]
    Latency,
    /// [`FaultKind::ResetBeforeApply`]
    ResetBeforeApply,
    /// [`FaultKind::ResetAfterApply`]
    ResetAfterApply,
    /// [`FaultKind::CloseBeforeApply`]
    CloseBeforeApply,
    /// [`FaultKind::CloseAfterApply`]
    CloseAfterApply,
    /// [`FaultKind::SilenceBeforeApply`]
    SilenceBeforeApply,
    /// [`FaultKind::SilenceAfterApply`]
    SilenceAfterApply,
    /// [`FaultKind::HttpBeforeApply`]
    HttpBeforeApply,
    /// [`FaultKind::HttpAfterApply`]
    HttpAfterApply,
    /// [`FaultKind::HtmlBeforeApply`]
    HtmlBeforeApply,
    /// [`FaultKind::HtmlAfterApply`]
    HtmlAfterApply,
    /// [`FaultKind::TooManyRequests`]
    TooManyRequests,
    /// [`FaultKind::Unauthorized`]
    Unauthorized,
    /// [`FaultKind::Redirect`]
    Redirect,
    /// [`FaultKind::CutOff`]
    CutOff,
    /// [`FaultKind::SlowBody`]
    SlowBody,
    /// [`FaultKind::EndlessBody`]
    EndlessBody,
    /// [`FaultKind::UnknownCode`]
    UnknownCode,
    /// [`FaultKind::MissingKey`]
    MissingKey,
    /// [`FaultKind::ExtraKey`]
    ExtraKey,
    /// [`FaultKind::DuplicateKey`]
    DuplicateKey,
    /// [`FaultKind::MacEcho`]
    MacEcho,
    /// [`FaultKind::ContentType`]
    ContentType,
}

/// Describes a fault for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultDescription {
    /// Which fault.
    pub name: FaultName,
    /// How it is written, with an example of each parameter that it takes.
    pub example: &'static str,
    /// What goes wrong, and what is taken for a parameter that is left out.
    pub effect: &'static str,
}

/// Lists every fault, once.
///
/// Each can be written with `p=` (a probability from 0 to 1), `nth=` (only this request) or `next=`
/// (the next so many), and with `at=token` unless it changes the results of an action.
pub const FAULTS: &[FaultDescription] = &[
    fault(
        FaultName::Latency,
        "latency:ms=50..1500",
        "the answer comes late: by `ms=200`, evenly by `ms=50..1500`, or by `mean-ms=300` on average",
    ),
    fault(FaultName::ResetBeforeApply, "reset-before-apply", "reset; nothing is applied"),
    fault(FaultName::ResetAfterApply, "reset-after-apply", "applied, then reset"),
    fault(
        FaultName::CloseBeforeApply,
        "close-before-apply",
        "closed without an answer; nothing is applied",
    ),
    fault(
        FaultName::CloseAfterApply,
        "close-after-apply",
        "applied, then closed without an answer",
    ),
    fault(
        FaultName::SilenceBeforeApply,
        "silence-before-apply",
        "no answer, and nothing is applied",
    ),
    fault(FaultName::SilenceAfterApply, "silence-after-apply", "applied, and no answer"),
    fault(
        FaultName::HttpBeforeApply,
        "http-500-before-apply",
        "this status (200 to 599); nothing is applied",
    ),
    fault(FaultName::HttpAfterApply, "http-500-after-apply", "applied, then this status"),
    fault(
        FaultName::HtmlBeforeApply,
        "html-502-before-apply",
        "this status and a page of HTML; nothing is applied",
    ),
    fault(
        FaultName::HtmlAfterApply,
        "html-502-after-apply",
        "applied, then this status and a page of HTML",
    ),
    fault(
        FaultName::TooManyRequests,
        "too-many-requests:retry-after=5",
        "429 whatever the quota says; without `retry-after`, no such header",
    ),
    fault(FaultName::Unauthorized, "unauthorized", "401 although the token is good"),
    fault(
        FaultName::Redirect,
        "redirect:status=307,to=https://elsewhere.invalid/",
        "a redirect; nothing is applied (these are the defaults)",
    ),
    fault(
        FaultName::CutOff,
        "cut-off:percent=50",
        "applied; the answer breaks off (half of it is the default)",
    ),
    fault(
        FaultName::SlowBody,
        "slow-body:bytes=1,ms=100",
        "applied; the body comes in pieces, after a pause each (these are the defaults)",
    ),
    fault(
        FaultName::EndlessBody,
        "endless-body:ms=10",
        "applied; the body never ends, a KiB after each pause (10 ms is the default)",
    ),
    fault(
        FaultName::UnknownCode,
        "unknown-code:code=2",
        "applied; one device has this code (2 is the default)",
    ),
    fault(FaultName::MissingKey, "missing-key", "applied; one device is missing in the answer"),
    fault(
        FaultName::ExtraKey,
        "extra-key:key=unasked-001",
        "applied; the answer names this device besides (the default)",
    ),
    fault(
        FaultName::DuplicateKey,
        "duplicate-key",
        "applied; one device stands twice, with two results",
    ),
    fault(
        FaultName::MacEcho,
        "mac-echo:as=upper",
        "applied; MAC addresses come back as `upper` (the default), `hyphens`, `dots` or `bare`",
    ),
    fault(
        FaultName::ContentType,
        "content-type:type=text/html",
        "applied; the right body is declared as this (the default)",
    ),
];

impl FaultName {
    /// Returns the name as it is written, with `STATUS` for a status.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Latency => "latency",
            Self::ResetBeforeApply => "reset-before-apply",
            Self::ResetAfterApply => "reset-after-apply",
            Self::CloseBeforeApply => "close-before-apply",
            Self::CloseAfterApply => "close-after-apply",
            Self::SilenceBeforeApply => "silence-before-apply",
            Self::SilenceAfterApply => "silence-after-apply",
            Self::HttpBeforeApply => "http-STATUS-before-apply",
            Self::HttpAfterApply => "http-STATUS-after-apply",
            Self::HtmlBeforeApply => "html-STATUS-before-apply",
            Self::HtmlAfterApply => "html-STATUS-after-apply",
            Self::TooManyRequests => "too-many-requests",
            Self::Unauthorized => "unauthorized",
            Self::Redirect => "redirect",
            Self::CutOff => "cut-off",
            Self::SlowBody => "slow-body",
            Self::EndlessBody => "endless-body",
            Self::UnknownCode => "unknown-code",
            Self::MissingKey => "missing-key",
            Self::ExtraKey => "extra-key",
            Self::DuplicateKey => "duplicate-key",
            Self::MacEcho => "mac-echo",
            Self::ContentType => "content-type",
        }
    }
}

impl fmt::Display for FaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FaultKind {
    pub(super) fn name(&self) -> FaultName {
        match self {
            Self::Latency(_) => FaultName::Latency,
            Self::ResetBeforeApply => FaultName::ResetBeforeApply,
            Self::ResetAfterApply => FaultName::ResetAfterApply,
            Self::CloseBeforeApply => FaultName::CloseBeforeApply,
            Self::CloseAfterApply => FaultName::CloseAfterApply,
            Self::SilenceBeforeApply => FaultName::SilenceBeforeApply,
            Self::SilenceAfterApply => FaultName::SilenceAfterApply,
            Self::HttpBeforeApply(_) => FaultName::HttpBeforeApply,
            Self::HttpAfterApply(_) => FaultName::HttpAfterApply,
            Self::HtmlBeforeApply(_) => FaultName::HtmlBeforeApply,
            Self::HtmlAfterApply(_) => FaultName::HtmlAfterApply,
            Self::TooManyRequests { .. } => FaultName::TooManyRequests,
            Self::Unauthorized => FaultName::Unauthorized,
            Self::Redirect { .. } => FaultName::Redirect,
            Self::CutOff { .. } => FaultName::CutOff,
            Self::SlowBody { .. } => FaultName::SlowBody,
            Self::EndlessBody { .. } => FaultName::EndlessBody,
            Self::UnknownCode(_) => FaultName::UnknownCode,
            Self::MissingKey => FaultName::MissingKey,
            Self::ExtraKey(_) => FaultName::ExtraKey,
            Self::DuplicateKey => FaultName::DuplicateKey,
            Self::MacEcho(_) => FaultName::MacEcho,
            Self::ContentType(_) => FaultName::ContentType,
        }
    }
}

const fn fault(name: FaultName, example: &'static str, effect: &'static str) -> FaultDescription {
    FaultDescription { name, example, effect }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn every_example_is_a_fault_of_its_name_and_reads_as_it_is_displayed() {
        for description in FAULTS {
            let fault: Fault = description.example.parse().unwrap();
            assert_eq!(fault.name(), description.name);
            assert_eq!(fault.to_string(), description.example);
        }
    }

    #[test]
    fn the_readme_shows_the_list() {
        let readme = include_str!("../../README.md");
        let shown: Vec<&str> = readme
            .lines()
            .skip_while(|line| *line != "| fault | what goes wrong |")
            .skip(2)
            .take_while(|line| line.starts_with('|'))
            .collect();
        let expected: Vec<String> =
            FAULTS.iter().map(|row| format!("| `{}` | {} |", row.example, row.effect)).collect();
        assert_eq!(shown, expected, "copy these rows to README.md:\n{}", expected.join("\n"));
    }
}
