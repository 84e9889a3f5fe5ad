//! Quotas, against tables that were computed by hand.

use std::time::{Duration, SystemTime};

use it_access_sim::{Phase, Quota, QuotaPolicy, ResetForm, RetryAfterForm};
use tokio::time::{Instant, sleep_until};

use crate::{BODY, act, header, parts, post, service, status_of};

/// Seconds from the start, and what the answer to a request at that moment holds: status, requests
/// left, and seconds until there are more.
type Row = (f64, u16, &'static str, &'static str);

async fn check(name: &str, quota: Quota, table: &[Row]) {
    let simulator = service().with_quota(quota).simulate();
    let start = Instant::now();
    for &(at, status, remaining, reset) in table {
        sleep_until(start + Duration::from_secs_f64(at)).await;
        let reply = act(&simulator, BODY);
        let told = (
            status_of(&reply),
            header(&reply, "x-ratelimit-limit"),
            header(&reply, "x-ratelimit-remaining"),
            header(&reply, "x-ratelimit-reset-time"),
        );
        let expected = (status, Some("3"), Some(remaining), Some(reset));
        assert_eq!(told, expected, "{name}, {at} s after the start");
    }
}

fn three_a_minute(policy: QuotaPolicy) -> Quota {
    Quota::new(3, Duration::from_secs(60)).with_policy(policy).with_refused_counted(false)
}

#[tokio::test(start_paused = true)]
async fn fixed_windows() {
    let from = |seconds| QuotaPolicy::FixedWindow {
        phase: Phase::AfterStart(Duration::from_secs(seconds)),
    };
    let table = [
        (0.0, 200, "2", "60"),
        (10.0, 200, "1", "50"),
        (59.5, 200, "0", "1"),
        (59.75, 429, "0", "1"),
        (60.0, 200, "2", "60"),
        (179.0, 200, "2", "1"),
    ];
    check("from the start", three_a_minute(from(0)), &table).await;
    check("from the second minute", three_a_minute(from(120)), &table).await;
    let refused_count = three_a_minute(from(0)).with_refused_counted(true);
    check("refused requests count", refused_count, &table).await;

    let table = [
        (0.0, 200, "2", "30"),
        (29.0, 200, "1", "1"),
        (30.0, 200, "2", "60"),
        (89.0, 200, "1", "1"),
        (90.0, 200, "2", "60"),
    ];
    check("from half a minute", three_a_minute(from(30)), &table).await;
    check("from half a minute later", three_a_minute(from(630)), &table).await;
}

#[tokio::test(start_paused = true)]
async fn a_sliding_window() {
    let quota = three_a_minute(QuotaPolicy::SlidingWindow);
    let table = [
        (0.0, 200, "2", "60"),
        (10.0, 200, "1", "50"),
        (20.0, 200, "0", "40"),
        (59.0, 429, "0", "1"),
        (60.0, 200, "0", "10"),
        (65.0, 429, "0", "5"),
        (70.0, 200, "0", "10"),
        (200.0, 200, "2", "60"),
    ];
    check("refused requests are free", quota.clone(), &table).await;

    let table = [
        (0.0, 200, "2", "60"),
        (10.0, 200, "1", "50"),
        (20.0, 200, "0", "40"),
        (59.0, 429, "0", "11"),
        (60.0, 429, "0", "20"),
        (80.0, 200, "0", "39"),
    ];
    check("refused requests count", quota.with_refused_counted(true), &table).await;
}

#[tokio::test(start_paused = true)]
async fn gcra() {
    let quota = three_a_minute(QuotaPolicy::Gcra);
    let table = [
        (0.0, 200, "2", "20"),
        (0.0, 200, "1", "20"),
        (0.0, 200, "0", "20"),
        (0.0, 429, "0", "20"),
        (20.0, 200, "0", "20"),
        (30.0, 429, "0", "10"),
        (40.0, 200, "0", "20"),
        (100.0, 200, "2", "20"),
    ];
    check("refused requests are free", quota.clone(), &table).await;

    let table = [
        (0.0, 200, "2", "20"),
        (0.0, 200, "1", "20"),
        (0.0, 200, "0", "20"),
        (10.0, 429, "0", "20"),
        (20.0, 429, "0", "20"),
        (40.0, 200, "0", "20"),
    ];
    check("refused requests count", quota.with_refused_counted(true), &table).await;
}

#[tokio::test(start_paused = true)]
async fn the_reset_is_told_in_the_form_that_was_set() {
    let wall_clock = SystemTime::UNIX_EPOCH + Duration::from_millis(1_800_000_000_250);
    for (form, expected) in [
        (ResetForm::DeltaSeconds, "60"),
        (ResetForm::EpochSeconds, "1800000061"),
        (ResetForm::EpochMilliseconds, "1800000060250"),
    ] {
        let quota = Quota::documented().with_reset_form(form);
        let simulator = service().with_quota(quota).with_wall_clock(wall_clock).simulate();
        let reply = act(&simulator, BODY);
        assert_eq!(header(&reply, "x-ratelimit-reset-time"), Some(expected), "{form:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn only_a_429_has_retry_after_and_only_if_it_was_set() {
    let wall_clock = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    for (form, expected) in [
        (None, None),
        (Some(RetryAfterForm::Seconds), Some("60")),
        (Some(RetryAfterForm::Date), Some("Fri, 15 Jan 2027 08:01:00 GMT")),
    ] {
        let quota = Quota::new(1, Duration::from_secs(60)).with_retry_after(form);
        let simulator = service().with_quota(quota).with_wall_clock(wall_clock).simulate();
        assert_eq!(header(&act(&simulator, BODY), "retry-after"), None, "{form:?}");
        assert_eq!(header(&act(&simulator, BODY), "retry-after"), expected, "{form:?}");

        // A fault says what it was told to say, and no more.
        let quota = Quota::new(1, Duration::from_secs(60)).with_retry_after(form);
        let service = service().with_fault("too-many-requests".parse().unwrap());
        let reply = act(&service.with_quota(quota).simulate(), BODY);
        assert_eq!(header(&reply, "retry-after"), None, "{form:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn counts_what_has_a_good_token_and_tells_everyone() {
    let simulator = service().with_quota(Quota::documented()).simulate();
    let action = crate::ACTION;
    let json = "application/json";
    for (target, content_type, body, status, remaining) in [
        (action, json, BODY, 200, "9"),
        (action, json, "{", 400, "8"),
        (action, "text/plain", BODY, 415, "7"),
        ("/o/api/v3/devices/action?access_token=wrong", json, BODY, 401, "7"),
        ("/nowhere", json, BODY, 404, "7"),
    ] {
        let reply = post(&simulator, target, content_type, body);
        assert_eq!(status_of(&reply), status, "{target}");
        assert_eq!(header(&reply, "x-ratelimit-remaining"), Some(remaining), "{target}");
    }
    let get = http::Request::get(action).body("").unwrap();
    let reply = simulator.respond(&get);
    assert_eq!(status_of(&reply), 405);
    assert_eq!(header(&reply, "x-ratelimit-remaining"), Some("7"));
}

#[tokio::test(start_paused = true)]
async fn without_a_quota_there_are_no_headers() {
    let reply = act(&service().simulate(), BODY);
    let (_, headers, _) = parts(&reply);
    assert!(headers.keys().all(|name| !name.as_str().starts_with("x-ratelimit")), "{headers:?}");
}

#[tokio::test(start_paused = true)]
async fn other_traffic_takes_its_share() {
    let policies = [
        QuotaPolicy::FixedWindow { phase: Phase::Random },
        QuotaPolicy::SlidingWindow,
        QuotaPolicy::Gcra,
    ];
    for policy in policies {
        let alone = Quota::documented().with_policy(policy).with_refused_counted(false);
        let crowded = alone.clone().with_other_traffic(20.0);
        assert_eq!(admitted_of_a_thousand(alone).await, 1000, "{policy:?}");
        // Twenty-nine a minute want ten places.
        let admitted = admitted_of_a_thousand(crowded).await;
        assert!((250..600).contains(&admitted), "{policy:?}: {admitted}");
    }
}

/// How many are, of a request every seven seconds.
async fn admitted_of_a_thousand(quota: Quota) -> u32 {
    let simulator = service().with_quota(quota).with_seed(7).simulate();
    let mut admitted = 0;
    for _ in 0..1000 {
        admitted += u32::from(status_of(&act(&simulator, BODY)) == 200);
        tokio::time::advance(Duration::from_secs(7)).await;
    }
    admitted
}

#[tokio::test(start_paused = true)]
async fn the_seed_decides_when_random_windows_begin() {
    let quota = Quota::documented().with_policy(QuotaPolicy::FixedWindow { phase: Phase::Random });
    let reset = |seed| {
        let simulator = service().with_quota(quota.clone()).with_seed(seed).simulate();
        header(&act(&simulator, BODY), "x-ratelimit-reset-time").unwrap().to_owned()
    };
    assert_eq!(reset(1), reset(1));
    assert!((2..20).any(|seed| reset(seed) != reset(1)));
}
