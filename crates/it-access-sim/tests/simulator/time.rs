//! Time: exemptions that run out, clocks that are put forward, and answers that are late.

use std::time::{Duration, SystemTime};

use it_access_sim::Exemption;

use crate::{BODY, act, header, service};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test(start_paused = true)]
async fn an_exemption_runs_out_after_its_hours() {
    let simulator = service().simulate();
    let exemption =
        |hwid| simulator.fleet().find_by_hwid(hwid).and_then(|device| device.exemption());

    tokio::time::advance(HOUR).await;
    let _ =
        act(&simulator, r#"{"types":"exempt","ids":["laptop-001"],"params":{"exempt_time":60}}"#);
    tokio::time::advance(59 * HOUR).await;
    // That of the example began with the simulator.
    assert_eq!(exemption("exempt-001"), None);
    assert_eq!(exemption("laptop-001"), Some(Exemption::from_hours(60)));
    simulator.advance(HOUR);
    assert_eq!(exemption("laptop-001"), None);
    assert_eq!(exemption("exempt-forever-001"), Some(Exemption::Forever));
}

#[tokio::test(start_paused = true)]
async fn dates_follow_the_clock() {
    let simulator = service().with_wall_clock(SystemTime::UNIX_EPOCH).simulate();
    assert_eq!(header(&act(&simulator, BODY), "date"), Some("Thu, 01 Jan 1970 00:00:00 GMT"));
    simulator.advance(HOUR);
    tokio::time::advance(HOUR).await;
    assert_eq!(header(&act(&simulator, BODY), "date"), Some("Thu, 01 Jan 1970 02:00:00 GMT"));
    assert_eq!(simulator.now(), 2 * HOUR);
    assert_eq!(simulator.wall_clock(), SystemTime::UNIX_EPOCH + 2 * HOUR);
}

/// The last second of the year 9899, as a Unix time.
const LAST_START: Duration = Duration::from_secs(250_246_627_199);

#[tokio::test(start_paused = true)]
async fn the_last_date_that_can_be_reached_can_be_written() {
    let last = SystemTime::UNIX_EPOCH + LAST_START;
    let simulator = service().with_wall_clock(last).simulate();
    assert_eq!(header(&act(&simulator, BODY), "date"), Some("Sun, 31 Dec 9899 23:59:59 GMT"));
    simulator.advance(Duration::MAX);
    assert_eq!(header(&act(&simulator, BODY), "date"), Some("Tue, 07 Dec 9999 23:59:59 GMT"));
}

#[test]
#[should_panic(expected = "a time from 1970 to 9899 is needed")]
fn a_wall_clock_before_1970_is_refused() {
    let _ = service().with_wall_clock(SystemTime::UNIX_EPOCH - Duration::from_secs(1));
}

#[test]
#[should_panic(expected = "a time from 1970 to 9899 is needed")]
fn a_wall_clock_after_9899_is_refused() {
    let _ = service().with_wall_clock(SystemTime::UNIX_EPOCH + LAST_START + Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn latency_delays_the_answer_and_not_the_action() {
    let simulator = service()
        .with_fault("latency:ms=200".parse().unwrap())
        .with_fault("latency:ms=5..50".parse().unwrap())
        .simulate();
    let delay = act(&simulator, BODY).delay;
    assert!((205..250).contains(&delay.as_millis()), "{delay:?}");
    assert_eq!(simulator.log().len(), 1);
    assert_eq!(simulator.now(), Duration::ZERO, "it waited");
}
