//! A server of bytes: what it answers need not be HTTP, and what it is sent is kept as it came.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A server on a free port of this machine, which closes the connection after each answer.
#[derive(Debug)]
pub(crate) struct RawServer {
    base_url: String,
    requests: Arc<Mutex<Vec<Request>>>,
    flooded: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

/// One request as it came, head and body.
#[derive(Debug, Clone)]
pub(crate) struct Request(String);

/// What the server does once it has read a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Sends bytes.
    Whole(Vec<u8>),
    /// Sends bytes, and then none until the other side has gone.
    Stall(String),
    /// Sends bytes, and then this again and again until the other side has gone.
    Flood(String, String),
    /// Resets the connection.
    Reset,
}

impl<T: Into<Vec<u8>>> From<T> for Answer {
    fn from(bytes: T) -> Self {
        Self::Whole(bytes.into())
    }
}

impl RawServer {
    /// Starts a server that gives each answer once, and the last one from then on.
    pub(crate) async fn answering(answers: impl IntoIterator<Item = impl Into<Answer>>) -> Self {
        let mut answers: VecDeque<Answer> = answers.into_iter().map(Into::into).collect();
        Self::start(move |_| match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().unwrap(),
        })
        .await
    }

    /// Starts a server that answers by the request.
    pub(crate) async fn start(answer: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        Self::reading(usize::MAX, answer).await
    }

    /// Starts a server that resets each connection after the first byte of a request.
    pub(crate) async fn resetting_early() -> Self {
        Self::reading(1, |_| Answer::Reset).await
    }

    async fn reading(
        most: usize,
        mut answer: impl FnMut(&Request) -> Answer + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let flooded = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&flooded);
        let serving = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = Request::read(&mut stream, most).await;
                kept.lock().unwrap().push(request.clone());
                tokio::spawn(give(stream, answer(&request), Arc::clone(&count)));
            }
        });
        Self { base_url, requests, flooded, serving }
    }

    /// Where it listens, without a slash at the end.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What it was sent so far, one for each connection.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// How many bytes the other side let it flood it with.
    pub(crate) fn flooded(&self) -> usize {
        self.flooded.load(Ordering::Relaxed)
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Request {
    /// The access token in the query.
    pub(crate) fn token(&self) -> &str {
        let (_, rest) = self.0.split_once("access_token=").unwrap();
        rest.split([' ', '&']).next().unwrap()
    }

    /// The HWIDs in the body.
    pub(crate) fn hwids(&self) -> Vec<String> {
        let (_, body) = self.0.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        serde_json::from_value(body["ids"].clone()).unwrap()
    }

    /// The answer that says that the action was applied to every device.
    pub(crate) fn applied(&self) -> Answer {
        let results: Vec<String> =
            self.hwids().iter().map(|hwid| format!("\"{hwid}\":1")).collect();
        json(&format!("{{{}}}", results.join(","))).into()
    }

    /// Reads a head and as much of a body as it declares, or the first bytes of it.
    async fn read(stream: &mut TcpStream, most: usize) -> Self {
        let mut request = Vec::new();
        let mut bytes = stream.take(u64::try_from(most).unwrap());
        while !is_whole(&request) {
            if bytes.read_buf(&mut request).await.unwrap_or(0) == 0 {
                break;
            }
        }
        Self(String::from_utf8_lossy(&request).into_owned())
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let declared = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    body.len() >= declared.unwrap_or(0)
}

/// The other side may be gone before it has read everything: that is its own affair.
async fn give(mut stream: TcpStream, answer: Answer, flooded: Arc<AtomicUsize>) {
    match answer {
        Answer::Whole(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Answer::Stall(start) => {
            let _ = stream.write_all(start.as_bytes()).await;
            let _ = stream.read(&mut [0]).await;
        }
        Answer::Flood(start, piece) => {
            let wave = piece.repeat(64 * 1024 / piece.len());
            let mut sent = stream.write_all(start.as_bytes()).await;
            while sent.is_ok() {
                sent = stream.write_all(wave.as_bytes()).await;
                flooded.fetch_add(wave.len(), Ordering::Relaxed);
            }
        }
        Answer::Reset => stream.set_zero_linger().unwrap(),
    }
}

/// An answer as text: a status line, headers each ended by `\n`, and a body with its right length.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> String {
    let headers = headers.replace('\n', "\r\n");
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// A success with this body.
pub(crate) fn json(body: &str) -> String {
    http("200 OK", "content-type: application/json\n", body)
}
