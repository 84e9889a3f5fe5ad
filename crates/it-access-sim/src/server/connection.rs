//! One connection: requests in, and what they are sent out, faults of the connection included.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::body::ReplyBody;
use crate::call::{BodyError, MAX_BODY_BYTES};
use crate::{Answer, Simulator};

/// How long the head of a request may take, which includes the pause before it.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// How long the body of a request may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// A body that is larger, in bytes, waits for one of a few places.
const SMALL: usize = 64 << 10;

/// So many large bodies, and answers to them, are in memory at once.
const MOST_LARGE: usize = 8;

/// What the connections of one service share.
#[derive(Clone, Debug)]
pub(super) struct Server {
    simulator: Simulator,
    /// Closed once the service shall end.
    pub(super) stopped: watch::Receiver<()>,
    large: Arc<Semaphore>,
}

impl Server {
    pub(super) fn new(simulator: Simulator, stopped: watch::Receiver<()>) -> Self {
        Self { simulator, stopped, large: Arc::new(Semaphore::new(MOST_LARGE)) }
    }
}

/// Says that a connection ends without a whole answer, as it was asked to.
#[derive(Debug, thiserror::Error)]
#[error("a fault that was asked for")]
pub(super) struct BrokenOff;

/// Serves a connection to its end.
pub(super) async fn serve(stream: TcpStream, server: Server) {
    // Pieces of a slow body shall not be gathered. Whether that can be set does not matter more.
    let _ = stream.set_nodelay(true);
    let reset = AtomicBool::new(false);
    let mut stopped = server.stopped.clone();
    let service = service_fn(|request| respond(request, &server, &reset));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);

    // Its errors are the client's affair, or faults that were asked for.
    let goes_on = tokio::select! {
        _ = &mut connection => false,
        _ = stopped.changed() => true,
    };
    if goes_on {
        Pin::new(&mut connection).graceful_shutdown();
        let _ = (&mut connection).await;
    }
    let stream = connection.into_parts().io.into_inner();
    if reset.load(Ordering::Relaxed) {
        // Dropped with it, the stream is reset and not closed.
        let _ = stream.set_zero_linger();
    }
}

async fn respond(
    request: Request<Incoming>,
    server: &Server,
    reset: &AtomicBool,
) -> Result<Response<ReplyBody>, BrokenOff> {
    let (head, body) = request.into_parts();
    let (body, place) = match tokio::time::timeout(BODY_TIME, read(body, &server.large)).await {
        Ok((body, place)) => (body, place),
        Err(_) => (Err(BodyError::CutOff), None),
    };
    let body = body.as_deref().map_err(|error| *error);
    let reply = server.simulator.answer(&head.method, &head.uri, &head.headers, body);
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    match reply.answer {
        Answer::Whole(response) => Ok(response.map(|body| ReplyBody::whole(body, place))),
        Answer::CutOff { response, sent } => Ok(ReplyBody::cut_off(response, sent)),
        Answer::Slow { response, piece, pause } => {
            Ok(response.map(|body| ReplyBody::slow(body, piece, pause, place)))
        }
        Answer::Endless { response, pause } => {
            Ok(response.map(|body| ReplyBody::endless(body, pause, server.stopped.clone())))
        }
        Answer::Closed => Err(BrokenOff),
        Answer::Reset => {
            reset.store(true, Ordering::Relaxed);
            Err(BrokenOff)
        }
        Answer::Silence => {
            // If the client goes first, the connection's end ends this too.
            let _ = server.stopped.clone().changed().await;
            Err(BrokenOff)
        }
    }
}

/// Reads a body, and keeps a place for it if it is large.
async fn read(
    mut body: Incoming,
    large: &Arc<Semaphore>,
) -> (Result<Bytes, BodyError>, Option<OwnedSemaphorePermit>) {
    // One that announces its length is refused before it is sent.
    if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return (Err(BodyError::TooLarge), None);
    }
    let mut place = None;
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return (Err(BodyError::CutOff), place) };
        let Ok(data) = frame.into_data() else { continue };
        if whole.is_empty() && body.is_end_stream() {
            return (Ok(data), place);
        }
        if whole.len() + data.len() > MAX_BODY_BYTES {
            return (Err(BodyError::TooLarge), place);
        }
        if place.is_none() && whole.len() + data.len() > SMALL {
            place = Arc::clone(large).acquire_owned().await.ok();
        }
        whole.extend_from_slice(&data);
    }
    (Ok(whole.freeze()), place)
}
