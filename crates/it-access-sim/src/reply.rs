//! What a client is sent, and how.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};

/// Tells what a client is sent, and when.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reply {
    /// How long the simulator waits before it sends anything.
    pub delay: Duration,
    /// What it sends.
    pub answer: Answer,
}

/// Tells what a client is sent, which need not be an answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The whole answer.
    Whole(Response<Bytes>),
    /// The answer as if it were whole, of which only the first bytes of the body are sent; then the
    /// connection is closed.
    CutOff {
        /// The whole answer.
        response: Response<Bytes>,
        /// How many bytes of its body are sent.
        sent: usize,
    },
    /// The whole answer, its body in pieces.
    Slow {
        /// The whole answer.
        response: Response<Bytes>,
        /// The size of a piece, in bytes.
        piece: usize,
        /// The pause before each piece.
        pause: Duration,
    },
    /// The answer, its body followed by spaces without an end, a KiB at a time.
    Endless {
        /// The whole answer.
        response: Response<Bytes>,
        /// The pause before each KiB.
        pause: Duration,
    },
    /// Nothing: the connection is closed.
    Closed,
    /// Nothing: the connection is reset.
    Reset,
    /// Nothing: the connection stays open.
    Silence,
}

impl Reply {
    pub(crate) fn now(response: Response<Bytes>) -> Self {
        Self { delay: Duration::ZERO, answer: Answer::Whole(response) }
    }
}

impl Answer {
    /// Returns the status, headers and whole body, or `None` if nothing is sent.
    #[must_use]
    pub fn response(&self) -> Option<&Response<Bytes>> {
        match self {
            Self::Whole(response)
            | Self::CutOff { response, .. }
            | Self::Slow { response, .. }
            | Self::Endless { response, .. } => Some(response),
            Self::Closed | Self::Reset | Self::Silence => None,
        }
    }

    /// Returns the status, or `None` if nothing is sent.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Response::status)
    }

    pub(crate) fn response_mut(&mut self) -> Option<&mut Response<Bytes>> {
        match self {
            Self::Whole(response)
            | Self::CutOff { response, .. }
            | Self::Slow { response, .. }
            | Self::Endless { response, .. } => Some(response),
            Self::Closed | Self::Reset | Self::Silence => None,
        }
    }
}
