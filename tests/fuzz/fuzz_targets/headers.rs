//! Any headers as what an answer says of the quota: nothing is believed that would stop a client for good.

#![no_main]

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use it_access::{
    Observation, RequestEnd,
    pacing::{LONGEST_RETRY_AFTER, Ledger},
};
use libfuzzer_sys::fuzz_target;

const WINDOW: Duration = Duration::from_secs(60);

/// What is further away is no reset.
const LONGEST_RESET: Duration = Duration::from_secs(24 * 60 * 60);

/// The day on which it always is here: 2026-11-23.
const NOW: Duration = Duration::from_secs(1_795_392_000);

const NAMES: [HeaderName; 5] = [
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-reset-time"),
    http::header::RETRY_AFTER,
    http::header::DATE,
];

// The lines of the input are the values, each behind a byte that says which header it is.
fuzz_target!(|input: &[u8]| {
    let mut headers = HeaderMap::new();
    for line in input.split(|byte| *byte == b'\n') {
        let [name, value @ ..] = line else { continue };
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(NAMES[usize::from(*name) % NAMES.len()].clone(), value);
        }
    }
    let now = SystemTime::UNIX_EPOCH + NOW;
    let seen = Observation::read(StatusCode::TOO_MANY_REQUESTS, &headers, now, WINDOW);
    assert!(seen.limit != Some(0), "{seen:?}");
    assert!(seen.reset_in.is_none_or(|wait| wait <= LONGEST_RESET), "{seen:?}");
    assert!(seen.retry_after.is_none_or(|wait| wait <= LONGEST_RETRY_AFTER), "{seen:?}");
    let between = seen.reset_between.as_ref();
    assert!(between.is_none_or(|between| between.start() <= between.end()), "{seen:?}");

    // Whatever such a refusal says, requests go on.
    let mut ledger = Ledger::new(10, WINDOW);
    let ticket = ledger.take(Duration::ZERO, WINDOW).expect("a quota of which nothing is used");
    ledger.settle(ticket, &RequestEnd::Answered(seen.clone()), Duration::ZERO);
    let waits = ledger.earliest(Duration::ZERO, 1);
    assert!(waits <= LONGEST_RETRY_AFTER + WINDOW, "{waits:?} after {seen:?}");
});
