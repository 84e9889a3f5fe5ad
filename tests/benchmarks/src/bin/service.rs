//! A service that applies everything, from memory: it writes `:1` behind each device of the request. It prints its base URL,
//! and serves one request on each connection until it is killed.

use std::io::{self, Write};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    loop {
        let (stream, _) = listener.accept().await?;
        // A client that goes away is its own affair.
        tokio::spawn(async { serve(stream).await.ok() });
    }
}

async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let mut request = Vec::with_capacity(8 * 1024);
    while stream.read_buf(&mut request).await? > 0 {
        if let Some(body) = whole_body(&request) {
            return stream.write_all(&answer(body)).await;
        }
    }
    Ok(())
}

/// The body of a request, once all of it has come.
fn whole_body(request: &[u8]) -> Option<&[u8]> {
    let end = request.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = str::from_utf8(&request[..end]).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    })?;
    request[end + 4..].get(..length)
}

/// The answer to a request whose devices are named without commas and brackets.
fn answer(body: &[u8]) -> Vec<u8> {
    let devices = body.split(|byte| b"[]".contains(byte)).nth(1).unwrap_or_default();
    let mut results = Vec::with_capacity(devices.len() + devices.len() / 8 + 64);
    for device in devices.split(|byte| *byte == b',') {
        results.push(if results.is_empty() { b'{' } else { b',' });
        results.extend_from_slice(device);
        results.extend_from_slice(b":1");
    }
    results.push(b'}');
    let mut answer = Vec::with_capacity(results.len() + 128);
    answer.extend_from_slice(HEAD.as_bytes());
    answer.extend_from_slice(format!("content-length: {}\r\n\r\n", results.len()).as_bytes());
    answer.extend_from_slice(&results);
    answer
}
