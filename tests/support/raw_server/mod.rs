//! A server of bytes: what it answers need not be HTTP, and what it is sent is kept as it came.

mod answer;
mod request;

use std::{
    collections::VecDeque,
    net::TcpListener,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    net,
    runtime::{Builder, Runtime},
    task::JoinHandle,
};

pub use answer::{Answer, http, json};
pub use request::Request;

/// A server on a free port of this machine, which closes the connection after each answer.
///
/// It reads one request after the other, and answers while it reads the next.
#[derive(Debug)]
pub struct RawServer {
    base_url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    flooded: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

impl RawServer {
    /// Starts a server that answers each request with the same.
    #[must_use]
    pub fn answering(answer: impl Into<Answer>) -> Self {
        let answer = answer.into();
        Self::start(move |_| answer.clone())
    }

    /// Starts a server that gives each answer once, and the last one from then on.
    ///
    /// # Panics
    ///
    /// Without an answer, at the first request.
    #[must_use]
    pub fn in_turn(answers: impl IntoIterator<Item = impl Into<Answer>>) -> Self {
        let mut answers: VecDeque<Answer> = answers.into_iter().map(Into::into).collect();
        Self::start(move |_| match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().expect("an answer at least"),
        })
    }

    /// Starts a server that answers by the request.
    #[must_use]
    pub fn start(answer: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        Self::reading(u64::MAX, answer)
    }

    /// Starts a server that resets each connection after the first byte of a request.
    #[must_use]
    pub fn resetting_early() -> Self {
        Self::reading(1, |_| Answer::Reset)
    }

    /// Where it listens, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The host and port where it listens.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base_url.trim_start_matches("http://")
    }

    /// What it was sent so far, one for each connection.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it was sent.
    ///
    /// # Panics
    ///
    /// If that was nothing so far, or more than one request.
    #[must_use]
    pub fn only_request(&self) -> Request {
        let [request] = self.requests().try_into().expect("one request");
        request
    }

    /// How many bytes it was let flood the other side with.
    #[must_use]
    pub fn flooded(&self) -> usize {
        self.flooded.load(Ordering::Relaxed)
    }

    fn reading(
        most_bytes: u64,
        mut answer: impl FnMut(&Request) -> Answer + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        listener.set_nonblocking(true).expect("a socket that waits for nothing");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let flooded = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&flooded);
        let serving = RUNTIME.spawn(async move {
            let listener = net::TcpListener::from_std(listener).expect("a listener");
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let request = Request::read(&mut stream, most_bytes).await;
                let answer = answer(&request);
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(request);
                tokio::spawn(answer.give(stream, Arc::clone(&count)));
            }
        });
        Self { base_url: format!("http://{address}"), requests, flooded, serving }
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What the servers of a process run on. It is none of the tests' own runtimes, so that it works whether a test has one,
/// blocks it, or has stopped its clock.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_io().build();
    runtime.expect("a runtime")
});
