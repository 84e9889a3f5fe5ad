//! What each fault does to a request, and which faults exclude each other.

use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::{FaultKind, Latency, MacSpelling};

/// What a fault does, sorted by where on the way of a request it strikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Effect<'a> {
    /// The answer comes late.
    Delay(Latency),
    /// Something takes the place of carrying out the request.
    BeforeApply(Instead<'a>),
    /// Something takes the place of the answer.
    AfterApply(Instead<'a>),
    /// The results of an action change on their way into the answer.
    Results(Edit<'a>),
    /// The answer is declared as something else.
    Declaration(&'a HeaderValue),
    /// The answer is sent in another way.
    Delivery(Delivery),
}

/// What takes the place of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Instead<'a> {
    Reset,
    Close,
    Silence,
    Http(StatusCode),
    Html(StatusCode),
    TooManyRequests { retry_after: Option<u32> },
    Unauthorized,
    Redirect { status: StatusCode, to: &'a HeaderValue },
}

/// How results change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Edit<'a> {
    UnknownCode(i64),
    MissingKey,
    ExtraKey(&'a str),
    DuplicateKey,
    MacEcho(MacSpelling),
}

/// How an answer is sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Delivery {
    CutOff { percent: u8 },
    Slow { bytes: usize, pause: Duration },
    Endless { pause: Duration },
}

impl FaultKind {
    pub(crate) fn effect(&self) -> Effect<'_> {
        match self {
            Self::Latency(latency) => Effect::Delay(*latency),
            Self::ResetBeforeApply => Effect::BeforeApply(Instead::Reset),
            Self::ResetAfterApply => Effect::AfterApply(Instead::Reset),
            Self::CloseBeforeApply => Effect::BeforeApply(Instead::Close),
            Self::CloseAfterApply => Effect::AfterApply(Instead::Close),
            Self::SilenceBeforeApply => Effect::BeforeApply(Instead::Silence),
            Self::SilenceAfterApply => Effect::AfterApply(Instead::Silence),
            Self::HttpBeforeApply(status) => Effect::BeforeApply(Instead::Http(*status)),
            Self::HttpAfterApply(status) => Effect::AfterApply(Instead::Http(*status)),
            Self::HtmlBeforeApply(status) => Effect::BeforeApply(Instead::Html(*status)),
            Self::HtmlAfterApply(status) => Effect::AfterApply(Instead::Html(*status)),
            Self::TooManyRequests { retry_after } => {
                Effect::BeforeApply(Instead::TooManyRequests { retry_after: *retry_after })
            }
            Self::Unauthorized => Effect::BeforeApply(Instead::Unauthorized),
            Self::Redirect { status, to } => {
                Effect::BeforeApply(Instead::Redirect { status: *status, to })
            }
            Self::CutOff { percent } => Effect::Delivery(Delivery::CutOff { percent: *percent }),
            Self::SlowBody { bytes, pause } => {
                Effect::Delivery(Delivery::Slow { bytes: *bytes, pause: *pause })
            }
            Self::EndlessBody { pause } => Effect::Delivery(Delivery::Endless { pause: *pause }),
            Self::UnknownCode(code) => Effect::Results(Edit::UnknownCode(*code)),
            Self::MissingKey => Effect::Results(Edit::MissingKey),
            Self::ExtraKey(key) => Effect::Results(Edit::ExtraKey(key)),
            Self::DuplicateKey => Effect::Results(Edit::DuplicateKey),
            Self::MacEcho(spelling) => Effect::Results(Edit::MacEcho(*spelling)),
            Self::ContentType(media_type) => Effect::Declaration(media_type),
        }
    }

    /// Whether it changes the results of an action, which a token has none of.
    pub(super) fn changes_results(&self) -> bool {
        matches!(self.effect(), Effect::Results(_))
    }
}

impl Effect<'_> {
    /// Whether no request can be struck by both.
    pub(super) fn excludes(self, other: Self) -> bool {
        use Effect::{Declaration, Delivery, Results};

        match (self, other) {
            (Declaration(_), Declaration(_)) | (Delivery(_), Delivery(_)) => true,
            (Results(Edit::MacEcho(_)), Results(Edit::MacEcho(_))) => true,
            _ => self.leaves_no_answer() && other.leaves_no_answer(),
        }
    }

    /// Whether it leaves no answer that another fault could change.
    pub(super) fn leaves_no_answer(self) -> bool {
        matches!(self, Self::BeforeApply(_) | Self::AfterApply(_))
    }

    /// Whether it needs an answer, to change it.
    pub(super) fn changes_answer(self) -> bool {
        matches!(self, Self::Results(_) | Self::Declaration(_) | Self::Delivery(_))
    }
}
