//! A token endpoint of bytes: what it answers need not be HTTP, and what it is sent is kept as it came.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use it_access::{ClientCredentials, ClientCredentialsBuilder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A server on a free port of this machine. It gives each answer once, and the last one from then on.
#[derive(Debug)]
pub(crate) struct Endpoint {
    base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
    flooded: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

/// What the server sends for one request. Then it closes the connection.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Bytes.
    Whole(String),
    /// Bytes, and then more and more of them.
    Flood(String),
    /// Bytes, and then none until the other side has gone.
    Stall(String),
}

impl<T: Into<String>> From<T> for Answer {
    fn from(bytes: T) -> Self {
        Self::Whole(bytes.into())
    }
}

impl Endpoint {
    pub(crate) async fn answering(answers: impl IntoIterator<Item = impl Into<Answer>>) -> Self {
        let mut answers: VecDeque<Answer> = answers.into_iter().map(Into::into).collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&requests);
        let flooded = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&flooded);
        let serving = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                kept.lock().unwrap().push(request);
                let answer = match answers.len() {
                    1 => answers[0].clone(),
                    _ => answers.pop_front().unwrap(),
                };
                tokio::spawn(give(stream, answer, Arc::clone(&count)));
            }
        });
        Self { base_url, requests, flooded, serving }
    }

    /// Where it listens, without a slash at the end.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The host and port.
    pub(crate) fn host(&self) -> &str {
        self.base_url.trim_start_matches("http://")
    }

    /// What it was sent so far: one whole request each, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// How many bytes the other side let it flood it with.
    pub(crate) fn flooded(&self) -> usize {
        self.flooded.load(Ordering::Relaxed)
    }

    /// Credentials for this service.
    pub(crate) fn client(&self, secret: &str) -> ClientCredentialsBuilder {
        ClientCredentials::builder("my-client", secret).service(&self.base_url).jitter_seed(1)
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The other side may be gone before it has read everything: that is its own affair.
async fn give(mut stream: TcpStream, answer: Answer, flooded: Arc<AtomicUsize>) {
    let (Answer::Whole(bytes) | Answer::Flood(bytes) | Answer::Stall(bytes)) = &answer;
    let mut sent = stream.write_all(bytes.as_bytes()).await;
    match answer {
        Answer::Whole(_) => {}
        Answer::Flood(_) => {
            let wave = [b'x'; 16 * 1024];
            while sent.is_ok() {
                flooded.fetch_add(wave.len(), Ordering::Relaxed);
                sent = stream.write_all(&wave).await;
            }
        }
        Answer::Stall(_) => {
            let _ = stream.read(&mut [0]).await;
        }
    }
}

/// Reads a head and as much of a body as it declares.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !is_whole(&request) {
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            break;
        }
    }
    String::from_utf8_lossy(&request).into_owned()
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

/// An answer as text: a status line, headers each ended by `\n`, and a body with its right length.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> String {
    let headers = headers.replace('\n', "\r\n");
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The answer that issues a token, with keys that nobody asked for.
pub(crate) fn issued(token: &str) -> String {
    let body = format!(
        r#"{{"access_token":"{token}","token_type":"bearer","refresh_token":"r","expires_in":43199,"scope":"read"}}"#
    );
    http("200 OK", "content-type: application/json\n", &body)
}
