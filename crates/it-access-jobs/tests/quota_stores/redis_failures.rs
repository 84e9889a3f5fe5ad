//! A server that cannot be used: an error that says what and where and what to do, no grant, and no password.

use std::{
    error::Error,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener},
    thread,
    time::Duration,
};

use it_access::{Quota, QuotaError};
use it_access_jobs::quota_stores::{AccountKey, RedisQuota, StoreError};

use crate::{
    redis_server::RedisServer,
    support::{ask, rate_limit},
};

const PASSWORD: &str = "correct-horse";

async fn connect(url: &str) -> Result<RedisQuota, StoreError> {
    let account = AccountKey::new("https://tenant.example", "a");
    RedisQuota::connect(url, &account, rate_limit(10, Duration::from_secs(1))).await
}

/// All that is said of an error, with what caused it.
fn story(error: &dyn Error) -> String {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    let told = causes.map(|cause| format!("{cause}\n{cause:?}"));
    told.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn says_what_is_wrong_with_a_server() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let nobody = free.local_addr().unwrap().port();
    drop(free);
    let mut cases = vec![(format!("redis://:{PASSWORD}@127.0.0.1:{nobody}"), "cannot be reached")];

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let http = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            _ = stream.read(&mut [0; 1024]);
            _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    cases.push((format!("redis://127.0.0.1:{http}"), "does not do what is asked of it"));

    let Some(server) = RedisServer::start_with(Some(PASSWORD)) else { return };
    let at = format!("127.0.0.1:{}", server.port());
    cases.push((format!("redis://{at}"), "does not let this program in"));
    cases.push((format!("redis://:wrong-{PASSWORD}@{at}"), "does not let this program in"));
    cases.push((format!("redis://someone:{PASSWORD}@{at}"), "does not let this program in"));

    for (url, expected) in cases {
        let error = connect(&url).await.unwrap_err();
        let port = url.rsplit(':').next().unwrap();
        let place = format!("the quota in Redis at 127.0.0.1:{port}, database 0");
        assert!(error.to_string().starts_with(&format!("{place} {expected}; check")), "{error}");
        assert!(!story(&error).contains(PASSWORD), "{}", story(&error));
    }
    let quota = connect(&server.url()).await.unwrap();
    assert_eq!(
        format!("{quota:?}"),
        format!("RedisQuota(\"the quota in Redis at {at}, database 0\")")
    );
}

#[tokio::test]
async fn a_server_that_went_away_grants_nothing_until_it_is_back() {
    let Some(mut server) = RedisServer::start_with(Some(PASSWORD)) else { return };
    let quota = connect(&server.url()).await.unwrap();
    let permit = quota.acquire(ask()).await.unwrap();
    server.stop();
    permit.not_sent();
    let refused = quota.acquire(ask()).await.unwrap_err();
    assert!(matches!(refused, QuotaError::Store(_)), "{refused:?}");
    assert!(story(&refused).contains("cannot be reached; check that it runs"), "{refused:?}");
    assert!(!story(&refused).contains(PASSWORD), "{}", story(&refused));

    server.start_again();
    grants_nothing_for_a_while(&quota).await;
}

#[tokio::test]
async fn a_server_that_was_told_to_forget_grants_nothing_for_a_while() {
    let Some(server) = RedisServer::start() else { return };
    let quota = connect(&server.url()).await.unwrap();
    send_nothing(&quota).await;
    server.command("FLUSHALL");
    grants_nothing_for_a_while(&quota).await;

    // Nor if somebody has begun another book meanwhile.
    send_nothing(&quota).await;
    server.command("FLUSHALL");
    let newcomer = connect(&server.url()).await.unwrap();
    send_nothing(&newcomer).await;
    grants_nothing_for_a_while(&quota).await;
}

/// Takes a permit and gives it back, and waits until that has been written down.
async fn send_nothing(quota: &RedisQuota) {
    quota.acquire(ask()).await.unwrap().not_sent();
    quota.estimate(0).await.unwrap();
}

/// Until what may have been sent before has been forgotten by the service.
async fn grants_nothing_for_a_while(quota: &RedisQuota) {
    let error = quota.acquire(ask().without_waiting()).await.unwrap_err();
    let wait = error.ready_in().unwrap();
    // The window, the timeout and the time from the grant to the sending.
    assert!(wait > Duration::from_secs(2) && wait <= Duration::from_millis(2200), "{wait:?}");
    quota.acquire(ask()).await.unwrap().not_sent();
}

#[tokio::test]
async fn what_is_no_book_is_left_alone() {
    let Some(server) = RedisServer::start() else { return };
    let key = "it-access:quota:a@tenant.example";
    server.command(&format!("HSET {key} edition 1 book nonsense"));
    let error = connect(&server.url()).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(server.command(&format!("HGET {key} book")), "$8\r\nnonsense\r\n+OK\r\n");

    server.command(&format!("SET {key} text"));
    let error = connect(&server.url()).await.unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error:?}");
    assert!(story(&error).contains("WRONGTYPE"), "{}", story(&error));
}

#[tokio::test]
async fn a_book_vanishes_when_nothing_in_it_holds_any_more() {
    let Some(server) = RedisServer::start() else { return };
    let quota = connect(&server.url()).await.unwrap();
    quota.acquire(ask()).await.unwrap().not_sent();
    let answer = server.command("PTTL it-access:quota:a@tenant.example");
    let millis: u64 = answer.lines().next().unwrap()[1..].parse().unwrap();
    // An hour's pause is the longest; then come eleven windows, a timeout, and the time from the grant to the sending.
    assert!((3_600_000..=3_612_200).contains(&millis), "{millis}");
}
