//! Several faults at once.

use it_access_sim::{ActionName, Answer, FaultName, Reply};

use crate::{act, service};

const BY_HWID: &str = r#"{"types":"re-identify","ids":["laptop-001"]}"#;

/// The way in which an answer is sent, its status, and what its body is declared as.
fn told(reply: &Reply) -> String {
    let way = match &reply.answer {
        Answer::Whole(_) => "whole",
        Answer::CutOff { .. } => "cut off",
        Answer::Slow { .. } => "slow",
        Answer::Endless { .. } => "endless",
        Answer::Closed => "closed",
        Answer::Reset => "reset",
        Answer::Silence => "silence",
    };
    let Some(response) = reply.answer.response() else { return way.to_owned() };
    let declared = response.headers()["content-type"].to_str().unwrap();
    format!("{way}, {}, {declared}", response.status().as_u16())
}

#[test]
fn the_first_of_those_that_exclude_each_other_counts_and_the_log_names_what_had_an_effect() {
    let text = "text/plain; charset=utf-8";
    for (faults, expected, applied, logged) in [
        ("reset-after-apply unauthorized", "reset".to_owned(), 1, "reset-after-apply"),
        ("unauthorized reset-after-apply", format!("whole, 401, {text}"), 0, "unauthorized"),
        (
            "http-500-after-apply http-503-after-apply",
            format!("whole, 500, {text}"),
            1,
            "http-STATUS-after-apply",
        ),
        (
            "missing-key cut-off content-type close-before-apply",
            "closed".to_owned(),
            0,
            "close-before-apply",
        ),
        ("cut-off slow-body", "cut off, 200, application/json".to_owned(), 1, "cut-off"),
        ("slow-body cut-off", "slow, 200, application/json".to_owned(), 1, "slow-body"),
        ("cut-off content-type", "cut off, 200, text/html".to_owned(), 1, "cut-off content-type"),
        ("content-type cut-off", "cut off, 200, text/html".to_owned(), 1, "content-type cut-off"),
        ("content-type:type=a/b content-type", "whole, 200, a/b".to_owned(), 1, "content-type"),
        // There are no MAC addresses to spell, and of one device only one can be missing.
        (
            "mac-echo missing-key missing-key",
            "whole, 200, application/json".to_owned(),
            1,
            "missing-key",
        ),
    ] {
        let simulator = service().simulate();
        for fault in faults.split(' ') {
            simulator.add_fault(fault.parse().unwrap());
        }
        let reply = act(&simulator, BY_HWID);
        assert_eq!(told(&reply), expected, "{faults}");
        let times = simulator.times_applied("laptop-001", ActionName::ReIdentify);
        assert_eq!(times, applied, "{faults}");
        let [entry] = simulator.log().try_into().unwrap();
        let names: Vec<&str> = entry.faults.into_iter().map(FaultName::as_str).collect();
        assert_eq!(names.join(" "), logged, "{faults}");
    }
}
