//! Bodies of answers, as faults have them sent.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_LENGTH;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

use super::connection::BrokenOff;
use super::request_body::Place;

/// What follows an endless body, again and again.
const SPACES: Bytes = Bytes::from_static(&[b' '; 1024]);

pub(super) struct ReplyBody {
    rest: Bytes,
    pace: Pace,
    end: End,
    /// The place that a large answer has in memory.
    _place: Option<Place>,
}

enum Pace {
    AtOnce,
    Pieces { bytes: usize, pause: Duration, sleep: Option<Pin<Box<Sleep>>> },
}

enum End {
    Whole,
    /// Breaks off, once what is sent so far is on its way.
    CutOff {
        flushed: bool,
    },
    /// Goes on until the service ends.
    Never(watch::Receiver<()>),
}

impl ReplyBody {
    pub(super) fn whole(body: Bytes, place: Option<Place>) -> Self {
        Self { rest: body, pace: Pace::AtOnce, end: End::Whole, _place: place }
    }

    /// Declares the whole length, and breaks off before.
    pub(super) fn cut_off(mut response: Response<Bytes>, sent: usize) -> Response<Self> {
        let length = response.body().len();
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
        response.map(|body| Self {
            rest: body.slice(..sent.min(length)),
            pace: Pace::AtOnce,
            end: End::CutOff { flushed: false },
            _place: None,
        })
    }

    pub(super) fn slow(body: Bytes, bytes: usize, pause: Duration) -> Self {
        let pace = Pace::Pieces { bytes: bytes.max(1), pause, sleep: None };
        Self { rest: body, pace, end: End::Whole, _place: None }
    }

    pub(super) fn endless(body: Bytes, pause: Duration, stopped: watch::Receiver<()>) -> Self {
        let pace = Pace::Pieces { bytes: SPACES.len(), pause, sleep: None };
        Self { rest: body, pace, end: End::Never(stopped), _place: None }
    }

    /// Takes what is sent next.
    fn next(&mut self) -> Bytes {
        let bytes = match &self.pace {
            Pace::AtOnce => self.rest.len(),
            Pace::Pieces { bytes, .. } => self.rest.len().min(*bytes),
        };
        self.rest.split_to(bytes)
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        let this = self.get_mut();
        if this.rest.is_empty() {
            match &mut this.end {
                End::Whole => return Poll::Ready(None),
                End::CutOff { flushed: true } => return Poll::Ready(Some(Err(BrokenOff))),
                End::CutOff { flushed } => {
                    *flushed = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                End::Never(stopped) => {
                    if stopped.has_changed().is_err() {
                        return Poll::Ready(Some(Err(BrokenOff)));
                    }
                    this.rest = SPACES;
                }
            }
        }
        if let Pace::Pieces { pause, sleep: pending, .. } = &mut this.pace {
            let sleeping = pending.get_or_insert_with(|| Box::pin(sleep(*pause)));
            ready!(sleeping.as_mut().poll(context));
            *pending = None;
        }
        Poll::Ready(Some(Ok(Frame::data(this.next()))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && matches!(self.end, End::Whole)
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Whole => SizeHint::with_exact(self.rest.len() as u64),
            End::CutOff { .. } | End::Never(_) => SizeHint::default(),
        }
    }
}
