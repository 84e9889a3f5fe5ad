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
