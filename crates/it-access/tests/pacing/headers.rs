//! How the headers of an answer are read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use it_access::{Observation, pacing::LONGEST_RETRY_AFTER};
use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};

use crate::support::{WINDOW, seconds};

type Header = (&'static str, &'static str);

/// This machine's clock: Mon, 23 Nov 2026 09:50:00 GMT.
const NOW: u64 = 1_795_427_400;
const DATE: Header = ("date", "Mon, 23 Nov 2026 09:50:00 GMT");
const AN_HOUR_LATER: Header = ("date", "Mon, 23 Nov 2026 10:50:00 GMT");

#[test]
fn reads_the_reset_as_seconds_from_now_or_as_a_time() {
    let cases: [(&[Header], Option<f64>); 24] = [
        (&[], None),
        (&[reset("0")], Some(0.0)),
        (&[reset("17")], Some(17.0)),
        (&[reset("60")], Some(60.0)),
        (&[reset("61")], Some(61.0)),
        (&[reset("3600")], Some(3600.0)),
        (&[reset("86400")], Some(86_400.0)),
        (&[reset("86401")], None),
        (&[reset("-1")], Some(0.0)),
        (&[reset("soon")], None),
        (&[reset("17.5")], None),
        (&[reset("")], None),
        // Seconds of Unix time, then milliseconds.
        (&[reset("1795427442"), DATE], Some(42.0)),
        (&[reset("1795427442")], Some(42.0)),
        (&[reset("1795427500"), DATE], Some(100.0)),
        (&[reset("1795427399"), DATE], Some(0.0)),
        (&[reset("1795427442250"), DATE], Some(42.25)),
        (&[reset("1795427442250")], Some(42.25)),
        // The service's clock is what counts, not this machine's.
        (&[reset("1795431042"), AN_HOUR_LATER], Some(42.0)),
        (&[reset("1795431042250"), AN_HOUR_LATER], Some(42.25)),
        // These are no times of this answer.
        (&[reset("1795427300"), DATE], None),
        (&[reset("1795427442"), AN_HOUR_LATER], None),
        (&[reset("500000000"), DATE], None),
        (&[reset("9223372036854775807"), DATE], None),
    ];
    for (headers, expected) in cases {
        assert_eq!(read(200, headers).reset_in, expected.map(seconds), "{headers:?}");
    }
}

#[test]
fn tells_how_well_the_reset_is_known() {
    let cases: [(&[Header], Option<[f64; 2]>); 6] = [
        (&[reset("17")], Some([16.0, 18.0])),
        (&[reset("0")], Some([0.0, 1.0])),
        // `Date` leaves out a fraction of a second.
        (&[reset("1795427442"), DATE], Some([40.0, 43.0])),
        // This machine's clock proves nothing.
        (&[reset("1795427442")], None),
        // The reset is no reset of this window.
        (&[reset("3600")], None),
        (&[], None),
    ];
    for (headers, expected) in cases {
        let expected = expected.map(|[first, last]| seconds(first)..=seconds(last));
        assert_eq!(read(200, headers).reset_between, expected, "{headers:?}");
    }
}

#[test]
fn reads_retry_after_as_seconds_or_as_a_date() {
    let cases: [(&[Header], Option<f64>); 10] = [
        (&[("retry-after", "0")], Some(0.0)),
        (&[("retry-after", "7")], Some(7.0)),
        (&[("retry-after", " 7 ")], Some(7.0)),
        (&[("retry-after", "90")], Some(90.0)),
        (&[("retry-after", "86400")], Some(LONGEST_RETRY_AFTER.as_secs_f64())),
        (&[("retry-after", "Mon, 23 Nov 2026 09:50:30 GMT")], Some(30.0)),
        (&[("retry-after", "Mon, 23 Nov 2026 10:50:30 GMT"), AN_HOUR_LATER], Some(30.0)),
        (&[("retry-after", "Mon, 23 Nov 2026 09:00:00 GMT"), DATE], Some(0.0)),
        (&[("retry-after", "-7")], None),
        (&[("retry-after", "later")], None),
    ];
    for (headers, expected) in cases {
        assert_eq!(read(429, headers).retry_after, expected.map(seconds), "{headers:?}");
    }
}

#[test]
fn reads_the_limit_and_what_remains() {
    let cases = [
        ("10", Some(10), Some(10)),
        ("1", Some(1), Some(1)),
        ("0", None, Some(0)),
        ("-3", None, Some(0)),
        ("ten", None, None),
        ("", None, None),
        ("4294967296", None, Some(u32::MAX)),
        ("99999999999999999999", None, None),
    ];
    for (text, limit, remaining) in cases {
        let headers = [("x-ratelimit-limit", text), ("x-ratelimit-remaining", text)];
        let observation = read(200, &headers);
        assert_eq!((observation.limit, observation.remaining), (limit, remaining), "{text:?}");
    }
}

#[test]
fn only_429_is_a_refusal() {
    for (status, expected) in [(200, false), (401, false), (429, true), (503, false)] {
        assert_eq!(read(status, &[]).is_refusal(), expected, "{status}");
    }
}

fn reset(value: &'static str) -> Header {
    ("x-ratelimit-reset-time", value)
}

fn read(status: u16, headers: &[Header]) -> Observation {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect();
    let now: SystemTime = UNIX_EPOCH + Duration::from_secs(NOW);
    Observation::read(StatusCode::from_u16(status).unwrap(), &headers, now, WINDOW)
}
