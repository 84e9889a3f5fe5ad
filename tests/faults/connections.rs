//! Connections that do not come about, break, stall, or do not end.

use std::{net::TcpStream, time::Duration};

use integration_tests::{Answer, ClosedPort, RawServer};
use it_access::{
    DeviceAction,
    ErrorKind::{MaybeApplied, NotSent, Refused},
};

use tokio::net::TcpSocket;

use crate::support::{assert_no_answer, client_of, delete_from, request};

const TIMEOUT: Duration = Duration::from_millis(200);
const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn a_refused_connection_has_sent_nothing() {
    let closed = ClosedPort::take();
    let error = delete_from(closed.base_url()).await.unwrap_err();
    assert_no_answer(&error, NotSent, "cannot connect");
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_in_time_has_sent_nothing() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = socket.local_addr().unwrap();
    // Nobody takes up connections here. When as many wait as may, the system leaves the next one without an answer.
    let _listener = socket.listen(0).unwrap();
    let connect = || TcpStream::connect_timeout(&address, TIMEOUT).ok();
    let _waiting: Vec<TcpStream> = std::iter::from_fn(connect).collect();

    let client = client_of(&format!("http://{address}")).timeout(TIMEOUT);
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert_no_answer(&error, NotSent, "cannot connect");
}

#[tokio::test]
async fn a_connection_reset_while_the_request_is_read_leaves_it_open_what_happened() {
    let server = RawServer::resetting_early();
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_no_answer(&error, MaybeApplied, "broke off");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_it_open_what_happened() {
    let head = "HTTP/1.1 200 OK\r\n";
    for answer in [
        Answer::Reset,
        "".into(),
        head.into(),
        format!("{head}content-length: 19\r\n\r\n{{\"a\":1,\"b\":1").into(),
        // Whole JSON all the same.
        format!("{head}content-length: 20\r\n\r\n{{\"a\":1,\"b\":1,\"c\":1}}").into(),
        format!("{head}transfer-encoding: chunked\r\n\r\n13\r\n{{\"a\":1,\"b\":1,\"c\":1}}\r\n")
            .into(),
        "this is no HTTP\r\n\r\n".into(),
    ] {
        let shown = format!("{answer:?}");
        let server = RawServer::answering(answer);
        let error = delete_from(server.base_url()).await.expect_err(&shown);
        assert_no_answer(&error, MaybeApplied, "broke off");
        assert_eq!(server.requests().len(), 1, "{shown}");
    }
}

#[tokio::test]
async fn a_failure_whose_body_breaks_off_is_known_by_its_status() {
    for (status, kind) in [("403 Forbidden", Refused), ("502 Bad Gateway", MaybeApplied)] {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 100\r\n\r\nwhat came of it");
        let server = RawServer::answering(answer);
        let error = delete_from(server.base_url()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, status[..3].parse().ok()));
        assert_eq!(error.excerpt(), Some("what came of it"));
    }
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_given_up_in_time() {
    let head = "HTTP/1.1 200 OK\r\nx-padding: ";
    let body = "HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"a\":1";
    let endless = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    for answer in ["", head, body, endless] {
        let server = RawServer::answering(Answer::Stall(answer.to_owned()));
        let client = client_of(server.base_url()).timeout(TIMEOUT);
        let error = request(client, DeviceAction::Delete).await.unwrap_err();
        assert_no_answer(&error, MaybeApplied, "no answer came");
        // None, if the machine was too busy to get as far.
        assert!(server.requests().len() <= 1, "{answer:?}");
    }
}

#[tokio::test]
async fn headers_without_end_are_not_kept() {
    let answer =
        Answer::Flood { start: "HTTP/1.1 200 OK\r\n".to_owned(), piece: "x-padding: x\r\n" };
    let server = RawServer::answering(answer);
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_no_answer(&error, MaybeApplied, "broke off");
    assert!(server.flooded() < 16 * MIB, "{}", server.flooded());
}

#[tokio::test]
async fn of_a_huge_success_no_more_than_the_limit_is_read() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 100 * MIB);
    // Spaces are good JSON so far: nothing but the limit ends the reading.
    let server = RawServer::answering(Answer::Flood { start: head, piece: " " });
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_no_answer(&error, MaybeApplied, "cannot be read");
    let flooded = server.flooded();
    assert!((60 * MIB..90 * MIB).contains(&flooded), "{flooded}");
}

#[tokio::test]
async fn of_a_failure_no_more_than_a_diagnosis_is_read() {
    let head = format!("HTTP/1.1 502 Bad Gateway\r\ncontent-length: {}\r\n\r\n", 100 * MIB);
    let server = RawServer::answering(Answer::Flood { start: head, piece: "x" });
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (MaybeApplied, Some(502)));
    assert_eq!(error.excerpt().unwrap().chars().count(), 200);
    assert!(server.flooded() < 32 * MIB, "{}", server.flooded());
}
