//! Bodies of requests: read within a time and up to a size, and only a few large ones at once.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::call::{BodyError, MAX_BODY_BYTES};

/// How long the body of a request may take.
pub(super) const BODY_TIME: Duration = Duration::from_secs(30);

/// A body that is larger, in bytes, waits for a place.
const SMALL: usize = 64 << 10;

/// So many large bodies, and answers to them, are in memory at once, but for those that a fault delays.
const MOST_LARGE: usize = 8;

/// The place in memory of a large body, and of the answer to it.
pub(super) type Place = OwnedSemaphorePermit;

/// The places that there are.
#[derive(Clone, Debug)]
pub(super) struct Places(Arc<Semaphore>);

impl Places {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(MOST_LARGE)))
    }

    /// Reads a body, and takes a place for it if it is large.
    ///
    /// Only the reading is timed: the wait for a place is none of the client's doing.
    pub(super) async fn read<B>(&self, mut body: B) -> Result<(Bytes, Option<Place>), BodyError>
    where
        B: Body<Data = Bytes> + Unpin,
    {
        // One that announces its length is refused before it is sent.
        if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
            return Err(BodyError::TooLarge);
        }
        let mut deadline = Instant::now() + BODY_TIME;
        let mut place = None;
        let mut whole = BytesMut::new();
        while let Some(frame) =
            timeout_at(deadline, body.frame()).await.map_err(|_| BodyError::CutOff)?
        {
            let Ok(data) = frame.map_err(|_| BodyError::CutOff)?.into_data() else { continue };
            if whole.is_empty() && body.is_end_stream() {
                return Ok((data, place));
            }
            if whole.len() + data.len() > MAX_BODY_BYTES {
                return Err(BodyError::TooLarge);
            }
            if place.is_none() && whole.len() + data.len() > SMALL {
                let waiting = Instant::now();
                place = Arc::clone(&self.0).acquire_owned().await.ok();
                deadline += waiting.elapsed();
            }
            whole.extend_from_slice(&data);
        }
        Ok((whole.freeze(), place))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use hyper::body::Frame;
    use tokio::time::{Sleep, sleep};

    use super::*;

    /// A body that comes in pieces, each after a pause.
    struct Pieces {
        rest: VecDeque<(Duration, Bytes)>,
        pause: Option<Pin<Box<Sleep>>>,
    }

    impl Pieces {
        fn new(pieces: impl IntoIterator<Item = (Duration, usize)>) -> Self {
            let pieces = pieces.into_iter();
            let rest = pieces.map(|(pause, length)| (pause, Bytes::from(vec![b' '; length])));
            Self { rest: rest.collect(), pause: None }
        }
    }

    impl Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let Some((pause, _)) = self.rest.front() else { return Poll::Ready(None) };
            let pause = *pause;
            let sleeping = self.pause.get_or_insert_with(|| Box::pin(sleep(pause)));
            ready!(sleeping.as_mut().poll(context));
            self.pause = None;
            let next = self.rest.pop_front();
            Poll::Ready(next.map(|(_, piece)| Ok(Frame::data(piece))))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_has_its_time_and_no_more() {
        let piece = |seconds| (Duration::from_secs(seconds), 1);
        let places = Places::new();
        let read = places.read(Pieces::new([piece(15), piece(14)])).await;
        assert_eq!(read.unwrap().0.len(), 2);
        let read = places.read(Pieces::new([piece(15), piece(16)])).await;
        assert_eq!(read.unwrap_err(), BodyError::CutOff);
    }

    #[tokio::test(start_paused = true)]
    async fn the_wait_for_a_place_is_not_timed() {
        let places = Places::new();
        let taken = Arc::clone(&places.0).acquire_many_owned(MOST_LARGE as u32).await;
        let waiting = tokio::spawn({
            let places = places.clone();
            let second = Duration::from_secs(1);
            async move { places.read(Pieces::new([(second, SMALL), (second, 1), (second, 1)])).await }
        });
        sleep(10 * BODY_TIME).await;
        assert!(!waiting.is_finished(), "it took no place");
        drop(taken);
        let (body, place) = waiting.await.unwrap().unwrap();
        assert_eq!((body.len(), place.is_some()), (SMALL + 2, true));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_is_too_large_is_refused_as_soon_as_that_is_known() {
        let second = Duration::from_secs(1);
        let pieces = Pieces::new([(second, MAX_BODY_BYTES), (second, 1), (10 * BODY_TIME, 1)]);
        let start = Instant::now();
        let read = Places::new().read(pieces).await;
        assert_eq!((read.unwrap_err(), start.elapsed()), (BodyError::TooLarge, 2 * second));
    }
}
