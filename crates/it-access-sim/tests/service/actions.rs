//! What actions answer and change.

use it_access_sim::{Device, Exemption, Fleet, Standing};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::{PATH, QUERY, Simulation};

#[tokio::test]
async fn gives_the_documented_answers_to_the_documented_requests() {
    let sim = Simulation::start().await;
    for (body, expected) in [
        // The vendor's own example, then those of this project's OpenAPI document.
        (
            r#"{"types":"exempt","ids":["device123","device456","device789"],"params":{"exempt_time":60}}"#,
            r#"{"device123":-1,"device456":0,"device789":1}"#,
        ),
        (
            r#"{"types":"dhcprenew","macs":["00:0c:29:cd:c7:b2","00:0c:29:4f:8e:35"]}"#,
            r#"{"00:0c:29:cd:c7:b2":1,"00:0c:29:4f:8e:35":1}"#,
        ),
        (
            r#"{"types":"assign_to_group","ids":["1dc0aaaa292ce801f5379042d68bb6cb","0CQN6GRVGU2F1"],"params":{"group_id":"finance"}}"#,
            r#"{"1dc0aaaa292ce801f5379042d68bb6cb":1,"0CQN6GRVGU2F1":-1}"#,
        ),
        (
            r#"{"types":"delete","ids":["12ds44f5gacd52234","device456"]}"#,
            r#"{"12ds44f5gacd52234":0,"device456":0}"#,
        ),
    ] {
        assert_eq!(sim.act(body).await, expected);
    }
}

#[tokio::test]
async fn answers_in_json_and_in_the_order_sent() {
    let sim = Simulation::start().await;
    let request = sim.request(Method::POST, &format!("{PATH}?{QUERY}"));
    let response = request
        .header(CONTENT_TYPE, "application/json")
        .body(r#"{"types":"dhcprenew","ids":["z","laptop-002","A","laptop-001","a","z"]}"#)
        .send()
        .await
        .expect("an answer");

    assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(
        response.text().await.expect("a whole answer"),
        r#"{"z":0,"laptop-002":1,"A":0,"laptop-001":1,"a":0}"#
    );
}

#[tokio::test]
async fn matches_hwids_exactly_and_mac_addresses_in_any_spelling() {
    let sim = Simulation::start().await;
    for (body, expected) in [
        (r#"{"types":"dhcprenew","ids":["Laptop-001"]}"#, r#"{"Laptop-001":0}"#),
        (r#"{"types":"dhcprenew","ids":["00:0c:29:cd:c7:b2"]}"#, r#"{"00:0c:29:cd:c7:b2":0}"#),
        (r#"{"types":"dhcprenew","macs":["laptop-001"]}"#, r#"{"laptop-001":0}"#),
        (
            r#"{"types":"dhcprenew","macs":["00-0C-29-CD-C7-B2","000c.29cd.c7b2","000C29CDC7B2"]}"#,
            r#"{"00-0C-29-CD-C7-B2":1,"000c.29cd.c7b2":1,"000C29CDC7B2":1}"#,
        ),
    ] {
        assert_eq!(sim.act(body).await, expected);
    }
}

#[tokio::test]
async fn a_device_is_deleted_once_by_whatever_names_and_then_gone() {
    let sim = Simulation::start().await;
    // Two MAC addresses of one device, and one of them again in another spelling.
    let delete = r#"{"types":"delete","macs":["00:0c:29:cd:c7:b2","00:0c:29:cd:c7:b3","00-0c-29-cd-c7-b2"]}"#;
    assert_eq!(
        sim.act(delete).await,
        r#"{"00:0c:29:cd:c7:b2":1,"00:0c:29:cd:c7:b3":1,"00-0c-29-cd-c7-b2":1}"#
    );
    assert_eq!(sim.device("laptop-001"), None);
    assert_eq!(
        sim.act(delete).await,
        r#"{"00:0c:29:cd:c7:b2":0,"00:0c:29:cd:c7:b3":0,"00-0c-29-cd-c7-b2":0}"#
    );
    assert_eq!(sim.act(r#"{"types":"exempt","ids":["laptop-001"]}"#).await, r#"{"laptop-001":0}"#);
}

#[tokio::test]
async fn what_was_done_shows_in_the_fleet_and_in_later_answers() {
    let device = || Device::new("d");
    let unknown = || device().with_standing(Standing::Unknown);
    let ignored = || device().with_standing(Standing::Ignored);
    let sim = Simulation::with_fleet(Fleet::new([unknown()]).expect("one device")).await;
    let before = sim.service.fleet();

    for (body, expected, after) in [
        (r#"{"types":"unignore","ids":["d"]}"#, r#"{"d":-1}"#, unknown()),
        (r#"{"types":"ignore","ids":["d"]}"#, r#"{"d":1}"#, ignored()),
        (r#"{"types":"ignore","ids":["d"]}"#, r#"{"d":-1}"#, ignored()),
        (r#"{"types":"unignore","ids":["d"]}"#, r#"{"d":1}"#, unknown()),
        (
            r#"{"types":"assign_to_group","ids":["d"],"params":{"group_id":"lobby"}}"#,
            r#"{"d":1}"#,
            unknown().with_group("lobby"),
        ),
        (r#"{"types":"assign_to_group","ids":["d"]}"#, r#"{"d":1}"#, unknown()),
    ] {
        assert_eq!(sim.act(body).await, expected, "{body}");
        assert_eq!(sim.device("d"), Some(after), "{body}");
    }
    assert_eq!(before.find_by_hwid("d"), Some(&unknown()), "a snapshot changed");

    let sim = Simulation::with_fleet(Fleet::new([device()]).expect("one device")).await;
    for (body, exemption) in [
        (
            r#"{"types":"exempt","ids":["d"],"params":{"exempt_time":60}}"#,
            Some(Exemption::from_hours(60)),
        ),
        (r#"{"types":"exempt","ids":["d"]}"#, Some(Exemption::Forever)),
        (r#"{"types":"unexempt","ids":["d"]}"#, None),
    ] {
        assert_eq!(sim.act(body).await, r#"{"d":1}"#, "{body}");
        assert_eq!(sim.device("d").expect("the device").exemption(), exemption, "{body}");
    }
}

#[tokio::test]
async fn requests_at_once_are_carried_out_one_after_another() {
    let sim = Simulation::start().await;
    let delete = r#"{"types":"delete","ids":["laptop-001"]}"#;
    let (a, b, c) = tokio::join!(sim.act(delete), sim.act(delete), sim.act(delete));
    let mut answers = [a, b, c];
    answers.sort();
    assert_eq!(answers, [r#"{"laptop-001":0}"#, r#"{"laptop-001":0}"#, r#"{"laptop-001":1}"#]);
}
