//! The service of the section "A call": `call_server <devices>` prints its base URL, and answers every request at once from
//! memory, that the action was applied to that many devices. It closes each connection after the answer.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
};

use anyhow::Context;
use benchmarks_support::call::{argument, hwid};

fn main() -> anyhow::Result<()> {
    let answer = answer_for(argument(1)?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    for stream in listener.incoming() {
        serve(stream?, &answer)?;
    }
    Ok(())
}

fn answer_for(devices: usize) -> Vec<u8> {
    let codes: Vec<String> = (0..devices).map(|number| format!("\"{}\":1", hwid(number))).collect();
    let body = format!("{{{}}}", codes.join(","));
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

/// Reads one request to its end, and answers it.
fn serve(stream: TcpStream, answer: &[u8]) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream);
    let length = length_of_body(&mut reader)?;
    io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
    Ok(reader.into_inner().write_all(answer)?)
}

fn length_of_body(head: &mut impl BufRead) -> anyhow::Result<u64> {
    let mut length = None;
    for line in head.lines() {
        let line = line?;
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = Some(value.trim().parse()?);
            }
            None if line.is_empty() => break,
            _ => {}
        }
    }
    length.context("a request without a length")
}
