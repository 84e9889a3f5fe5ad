//! `it-access simulate`, as a server of its own.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use crate::support::Simulated;

/// Fails by the time limit of [`Simulated::interrupt`] if the service waits for the client.
#[test]
fn ctrl_c_ends_it_although_a_client_hangs_in_a_request() {
    let service = Simulated::start();
    let address = service.base_url().trim_start_matches("http://");
    let mut client = TcpStream::connect(address).expect("a connection");
    let token = service.token();
    write!(
        client,
        "POST /o/api/v3/devices/action?access_token={token} HTTP/1.1\r\nhost: {address}\r\n\
         content-type: application/json\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n"
    )
    .expect("a head is sent");
    // From here on the service waits for the body.
    let mut answer = String::new();
    BufReader::new(&client).read_line(&mut answer).expect("a line");
    assert_eq!(answer, "HTTP/1.1 100 Continue\r\n");

    assert_eq!(service.interrupt().code(), Some(0));
}
