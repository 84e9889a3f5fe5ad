//! One connection: requests in, and what they are sent out, faults of the connection included.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::body::ReplyBody;
use super::lingering::read_to_the_end;
use super::request_body::Places;
use crate::{Answer, Simulator};

/// How long the head of a request may take, which includes the pause before it.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// What the connections of one service share.
#[derive(Clone, Debug)]
pub(super) struct Server {
    simulator: Simulator,
    /// Closed once the service shall end.
    pub(super) stopped: watch::Receiver<()>,
    large: Places,
}

impl Server {
    pub(super) fn new(simulator: Simulator, stopped: watch::Receiver<()>) -> Self {
        Self { simulator, stopped, large: Places::new() }
    }
}

/// What is to be heeded when a connection is closed.
#[derive(Debug, Default)]
struct Closing {
    /// It shall be reset.
    reset: AtomicBool,
    /// A body was not read to its end.
    unread: AtomicBool,
}

/// Says that a connection ends without a whole answer, as it was asked to.
#[derive(Debug, thiserror::Error)]
#[error("a fault that was asked for")]
pub(super) struct BrokenOff;

/// Serves a connection to its end.
pub(super) async fn serve(stream: TcpStream, server: Server) {
    // Pieces of a slow body shall not be gathered. Whether that can be set does not matter more.
    let _ = stream.set_nodelay(true);
    let closing = Closing::default();
    let mut stopped = server.stopped.clone();
    let service = service_fn(|request| respond(request, &server, &closing));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(LARGEST_HEAD)
        // The end of what a client sends is the only sign that it has gone, and silence lasts until then.
        .half_close(false)
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
    let mut stream = connection.into_parts().io.into_inner();
    if closing.reset.load(Ordering::Relaxed) {
        // Dropped with it, the stream is reset and not closed.
        let _ = stream.set_zero_linger();
    } else if closing.unread.load(Ordering::Relaxed) {
        read_to_the_end(&mut stream).await;
    }
}

async fn respond(
    request: Request<Incoming>,
    server: &Server,
    closing: &Closing,
) -> Result<Response<ReplyBody>, BrokenOff> {
    let (head, body) = request.into_parts();
    let (reply, mut place) = {
        let read = server.large.read(body).await;
        closing.unread.store(read.is_err(), Ordering::Relaxed);
        let body = read.as_ref().map(|(body, _)| &body[..]).map_err(|error| *error);
        let reply = server.simulator.answer(&head.method, &head.uri, &head.headers, body);
        (reply, read.ok().and_then(|(_, place)| place))
    };
    if !reply.delay.is_zero() {
        // A delay that was asked for shall delay no other request.
        place = None;
        tokio::time::sleep(reply.delay).await;
    }
    match reply.answer {
        Answer::Whole(response) => Ok(response.map(|body| ReplyBody::whole(body, place))),
        Answer::CutOff { response, sent } => Ok(ReplyBody::cut_off(response, sent)),
        Answer::Slow { response, piece, pause } => {
            Ok(response.map(|body| ReplyBody::slow(body, piece, pause)))
        }
        Answer::Endless { response, pause } => {
            Ok(response.map(|body| ReplyBody::endless(body, pause, server.stopped.clone())))
        }
        Answer::Closed => Err(BrokenOff),
        Answer::Reset => {
            closing.reset.store(true, Ordering::Relaxed);
            Err(BrokenOff)
        }
        Answer::Silence => {
            drop(place);
            // If the client goes first, the connection's end ends this too.
            let _ = server.stopped.clone().changed().await;
            Err(BrokenOff)
        }
    }
}
