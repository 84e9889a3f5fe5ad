//! A service that applies everything, from memory: it writes `:1` behind each device of the request. It prints its base URL,
//! and serves one request on each connection until it is killed.
//!
//! `service [reversed]`: then the last device comes first in an answer, and spaces stand between, which is the same JSON.

use std::{
    env,
    io::{self, Write},
};

use anyhow::bail;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";

/// How the devices stand in an answer.
#[derive(Clone, Copy)]
enum Order {
    /// As in the request, and as short as it can be written.
    OfTheRequest,
    Reversed,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let order = match env::args().nth(1).as_deref() {
        None => Order::OfTheRequest,
        Some("reversed") => Order::Reversed,
        Some(other) => bail!("{other} is no order of the devices; it may be reversed"),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    loop {
        let (stream, _) = listener.accept().await?;
        // A client that goes away is its own affair.
        tokio::spawn(async move { serve(stream, order).await.ok() });
    }
}

async fn serve(mut stream: TcpStream, order: Order) -> io::Result<()> {
    let mut request = Vec::with_capacity(8 * 1024);
    while stream.read_buf(&mut request).await? > 0 {
        if let Some(body) = whole_body(&request) {
            return stream.write_all(&answer(body, order)).await;
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
fn answer(body: &[u8], order: Order) -> Vec<u8> {
    let devices = body.split(|byte| b"[]".contains(byte)).nth(1).unwrap_or_default();
    let each = devices.split(|byte| *byte == b',');
    let results = Vec::with_capacity(devices.len() + devices.len() / 8 + 64);
    let results = match order {
        Order::OfTheRequest => write_results(results, each, b",", b":1"),
        Order::Reversed => write_results(results, each.rev(), b", ", b": 1"),
    };
    let mut answer = Vec::with_capacity(results.len() + 128);
    answer.extend_from_slice(HEAD.as_bytes());
    answer.extend_from_slice(format!("content-length: {}\r\n\r\n", results.len()).as_bytes());
    answer.extend_from_slice(&results);
    answer
}

fn write_results<'a>(
    mut results: Vec<u8>,
    devices: impl Iterator<Item = &'a [u8]>,
    between: &[u8],
    result: &[u8],
) -> Vec<u8> {
    for device in devices {
        results.extend_from_slice(if results.is_empty() { b"{" } else { between });
        results.extend_from_slice(device);
        results.extend_from_slice(result);
    }
    results.push(b'}');
    results
}

#[cfg(test)]
mod tests {
    use super::{Order, answer};

    #[test]
    fn answers_in_either_order() {
        let body = br#"{"ids":["a","b","c"],"types":"unexempt"}"#;
        let cases = [
            (Order::OfTheRequest, r#"{"a":1,"b":1,"c":1}"#),
            (Order::Reversed, r#"{"c": 1, "b": 1, "a": 1}"#),
        ];
        for (order, expected) in cases {
            let answer = String::from_utf8(answer(body, order)).expect("text");
            assert!(answer.ends_with(&format!("\r\n\r\n{expected}")), "{answer}");
        }
    }
}
