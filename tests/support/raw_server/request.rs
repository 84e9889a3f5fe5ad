//! What a server of bytes was sent.

use std::ops::Deref;

use serde_json::Value;
use tokio::{io::AsyncReadExt, net::TcpStream};

use super::{Answer, json};

/// One request as it came, head and body, as text; what is no UTF-8 is replaced.
///
/// What reads a part of it panics where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request(String);

impl Request {
    /// The method and the target.
    #[must_use]
    pub fn line(&self) -> &str {
        let (line, _) = self.split_once(" HTTP/1.1\r\n").expect("a request line");
        line
    }

    /// The value of a header, if it is there.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.parts()?.0, name)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &str {
        self.parts().expect("a whole head").1
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(self.body()).expect("JSON")
    }

    /// The access token in the query, as it is written there.
    #[must_use]
    pub fn token(&self) -> &str {
        let (_, rest) = self.line().split_once("access_token=").expect("an access token");
        rest.split('&').next().unwrap_or_default()
    }

    /// The HWIDs in the body.
    #[must_use]
    pub fn hwids(&self) -> Vec<String> {
        serde_json::from_value(self.json()["ids"].take()).expect("a list of HWIDs")
    }

    /// The answer that says that the action was applied to every device.
    #[must_use]
    pub fn applied(&self) -> Answer {
        let results: Vec<String> =
            self.hwids().iter().map(|hwid| format!("\"{hwid}\":1")).collect();
        json(&format!("{{{}}}", results.join(","))).into()
    }

    /// Reads a head and as much of a body as it declares, but no more bytes than this.
    pub(super) async fn read(stream: &mut TcpStream, most_bytes: u64) -> Self {
        let mut bytes = Vec::new();
        let mut stream = stream.take(most_bytes);
        while !is_whole(&bytes) {
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                break;
            }
        }
        Self(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The head and the body, if the head is whole.
    fn parts(&self) -> Option<(&str, &str)> {
        self.split_once("\r\n\r\n")
    }
}

impl Deref for Request {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&request[..end]);
    let declared = header(&head, "content-length").and_then(|length| length.parse().ok());
    request.len() - (end + 4) >= declared.unwrap_or(0)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
