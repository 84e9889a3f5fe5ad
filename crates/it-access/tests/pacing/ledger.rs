//! The rules, one by one.

use std::time::Duration;

use it_access::{
    RequestEnd,
    pacing::{LONGEST_TIMEOUT, Ledger},
};
use serde_json::json;

use crate::support::{Book, TIMEOUT, WINDOW, ok, refusal, remaining, seconds};

#[test]
fn a_slot_is_free_one_window_after_the_answer() {
    let mut book = Book::new(2);
    book.send(0.0, 1.5, ok());
    assert_eq!(book.free(1.5), 1);
    assert_eq!(book.free(61.499), 1);
    assert_eq!(book.free(61.5), 2);
}

#[test]
fn a_lost_request_may_be_counted_until_its_timeout() {
    for (lost_at, free_at) in [(0.0, 90.0), (12.0, 90.0), (30.0, 90.0), (45.0, 105.0)] {
        let mut book = Book::new(1);
        let ticket = book.take(0.0);
        book.lose(ticket, lost_at);
        assert_eq!(book.free(free_at - 0.001), 0, "lost at {lost_at}");
        assert_eq!(book.free(free_at), 1, "lost at {lost_at}");
    }
}

/// A timeout of hours says that somebody waits for ever, and not that the service may count the request after days.
#[test]
fn a_lost_request_is_kept_for_a_day_at_most() {
    let mut ledger = Ledger::new(1, WINDOW);
    let ticket = ledger.take(Duration::ZERO, Duration::MAX).unwrap();
    ledger.settle(ticket, &RequestEnd::Lost, Duration::ZERO);
    assert_eq!(ledger.earliest(Duration::ZERO, 1), LONGEST_TIMEOUT + WINDOW);
}

#[test]
fn a_refusal_of_a_longer_window_holds_until_its_reset() {
    let mut hourly = Book(Ledger::new(100, seconds(3600.0)));
    hourly.send(0.0, 0.0, refusal(None, Some(1800.0)));
    // A reset in whole seconds may be rounded down.
    assert_eq!(hourly.free(1800.999), 0);
    assert!(hourly.free(1801.0) > 0);
}

#[test]
fn a_quota_of_nothing_is_not_read() {
    let least = Ledger::new(1, Duration::from_millis(1)).with_alignment();
    let least = serde_json::to_value(least).unwrap();
    assert!(serde_json::from_value::<Ledger>(least.clone()).is_ok());
    let short = json!({"secs": 0, "nanos": 999_999});
    for (field, value, expected) in [
        ("/limit", json!(0), "the limit of a quota is zero"),
        ("/window", short.clone(), "shorter than a millisecond"),
        ("/alignment/window", short, "shorter than a millisecond"),
    ] {
        let mut damaged = least.clone();
        *damaged.pointer_mut(field).unwrap() = value;
        let error = serde_json::from_value::<Ledger>(damaged).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_request_that_was_not_sent_costs_nothing() {
    let mut book = Book::new(1);
    let ticket = book.take(0.0);
    assert_eq!(book.free(3.0), 0);
    book.give_back(ticket, 3.0);
    assert_eq!(book.free(3.0), 1);
}

#[test]
fn a_ticket_that_nobody_settles_lapses_and_may_still_be_settled() {
    let mut book = Book::new(1);
    let ticket = book.take(0.0);
    assert_eq!(book.free(89.999), 0);
    assert_eq!(book.free(90.0), 1);
    book.answer(ticket, 100.0, ok());
    assert_eq!(book.free(159.999), 0);
    assert_eq!(book.free(160.0), 1);
}

#[test]
fn what_is_lost_takes_every_slot_that_is_not_in_use() {
    let mut book = Book::new(3);
    book.send(0.0, 0.0, ok());
    book.send(10.0, 10.0, ok());
    // The first slot is free again at this moment, and may be in use by what was lost.
    book.0.take_all(seconds(60.0), TIMEOUT);
    assert_eq!(book.free(60.0), 0);
    assert_eq!(book.free(70.0), 1);
    assert_eq!(book.free(149.999), 1);
    assert_eq!(book.free(150.0), 3);
}

#[test]
fn a_stated_limit_only_lowers_ours() {
    let cases: [(&[Option<u32>], usize); 8] = [
        (&[None], 10),
        (&[Some(10)], 10),
        (&[Some(25)], 10),
        (&[Some(4)], 4),
        (&[Some(0)], 10),
        (&[Some(4), None], 4),
        (&[Some(4), Some(0)], 4),
        (&[Some(4), Some(25)], 10),
    ];
    for (limits, expected) in cases {
        let mut book = Book::new(10);
        for limit in limits {
            let mut observation = ok();
            observation.limit = *limit;
            book.send(0.0, 0.0, observation);
        }
        assert_eq!(book.free(60.0), expected, "{limits:?}");
    }
}

#[test]
fn a_lowered_limit_waits_until_enough_slots_are_free() {
    let mut book = Book::new(10);
    for second in 0..8 {
        book.send(f64::from(second), f64::from(second), ok());
    }
    let mut observation = ok();
    observation.limit = Some(3);
    book.send(8.0, 8.0, observation);
    assert_eq!(book.0.earliest(seconds(9.0), 1), seconds(66.0), "the seventh of nine");
    assert_eq!(book.free(65.999), 0);
    assert_eq!(book.free(66.0), 1);
    assert_eq!(book.free(68.0), 3);
}

#[test]
fn a_refusal_pauses_everybody() {
    let cases = [
        (refusal(Some(5.0), None), 5.0),
        (refusal(Some(5.0), Some(40.0)), 5.0),
        (refusal(Some(300.0), Some(40.0)), 300.0),
        // A reset may be rounded down, so it is a second more, and never more than the window.
        (refusal(None, Some(40.0)), 41.0),
        (refusal(None, Some(0.0)), 1.0),
        (refusal(None, Some(60.0)), 60.0),
        (refusal(None, None), 60.0),
    ];
    for (observation, pause) in cases {
        let mut book = Book::new(10);
        book.send(0.0, 1.0, observation.clone());
        assert_eq!(book.free(1.0 + pause - 0.001), 0, "{observation:?}");
        assert!(book.free(1.0 + pause) >= 8, "{observation:?}");
    }
}

#[test]
fn the_longer_of_two_pauses_holds() {
    for pauses in [[50.0, 5.0], [5.0, 50.0]] {
        let mut book = Book::new(10);
        let tickets = [book.take(0.0), book.take(0.0)];
        for (ticket, pause) in tickets.into_iter().zip(pauses) {
            book.answer(ticket, 1.0, refusal(Some(pause), None));
        }
        assert_eq!(book.free(50.999), 0, "{pauses:?}");
        assert_ne!(book.free(51.0), 0, "{pauses:?}");
    }
}

#[test]
fn a_refusal_leaves_a_slot_to_others_for_ten_windows() {
    let mut book = Book::new(3);
    let together = [book.take(0.0), book.take(0.0)];
    for ticket in together {
        book.answer(ticket, 1.0, refusal(Some(0.0), None));
    }
    assert_eq!(book.free(61.0), 2, "what was on its way together tells the same");
    assert_eq!(book.free(600.999), 2);
    assert_eq!(book.free(601.0), 3);

    for at in [700.0, 800.0, 900.0, 1000.0] {
        book.send(at, at, refusal(Some(0.0), None));
        assert_ne!(book.free(at + 60.0), 0, "one slot is kept");
    }
    assert_eq!(book.free(1060.0), 1);
}

#[test]
fn a_refusal_of_what_was_sent_at_the_moment_of_another_tells_nothing_new() {
    let mut book = Book::new(4);
    for (at, answered_at) in [(0.0, 1.0), (1.0, 2.0)] {
        book.send(at, answered_at, refusal(Some(0.0), None));
    }
    assert_eq!(book.free(62.0), 3);
}

#[test]
fn a_slot_that_is_ours_again_can_be_left_to_others_again() {
    let mut book = Book::new(2);
    for at in [0.0, 600.0] {
        book.send(at, at, refusal(Some(0.0), None));
    }
    assert_eq!(book.free(660.0), 1);
}

#[test]
fn one_slot_stays_ours_when_the_limit_falls() {
    let mut book = Book::new(10);
    for refused in 0..8 {
        let at = f64::from(refused) * 61.0;
        book.send(at, at, refusal(Some(0.0), None));
    }
    let mut answer = ok();
    answer.limit = Some(3);
    book.send(490.0, 490.0, answer);
    assert!(book.0.earliest(seconds(491.0), 1) <= seconds(550.0));
}

#[test]
fn foretells_when_a_request_can_go() {
    let mut book = Book::new(3);
    let now = seconds(20.0);
    book.send(0.0, 2.0, ok());
    book.send(10.0, 12.0, ok());
    let _on_its_way = book.take(19.0);
    // The second answer came as late as the first: two seconds are usual.
    let cases = [
        (0, 20.0, 20.0),
        (1, 62.0, 62.0),
        (2, 72.0, 72.0),
        (3, 80.0, 81.0),
        (4, 122.0, 124.0),
        (6, 140.0, 143.0),
        (3001, 60_062.0, 62_062.0),
    ];
    for (nth, earliest, expected) in cases {
        assert_eq!(book.0.earliest(now, nth), seconds(earliest), "{nth}");
        assert_eq!(book.0.expected(now, nth), seconds(expected), "{nth}");
    }
}

#[test]
fn foretells_what_others_and_pauses_cost() {
    let mut book = Book::new(10);
    book.send(0.0, 0.0, remaining(2, Some(30.0)));
    for (nth, expected) in [(1, 5.0), (2, 5.0), (3, 30.0), (9, 30.0), (10, 60.0), (12, 65.0)] {
        assert_eq!(book.0.earliest(seconds(5.0), nth), seconds(expected), "{nth}");
    }
    book.send(5.0, 5.0, refusal(Some(15.0), None));
    assert_eq!(book.0.earliest(seconds(5.0), 1), seconds(20.0));
}

#[test]
fn no_number_is_too_large_or_too_small() {
    let mut ledger = Ledger::new(0, Duration::ZERO);
    assert!(ledger.take(Duration::ZERO, Duration::MAX).is_some(), "at least one request");

    for mut observation in [ok(), refusal(None, None)] {
        observation.limit = Some(u32::MAX);
        observation.remaining = Some(0);
        observation.reset_in = Some(Duration::MAX);
        observation.reset_between = Some(Duration::ZERO..=Duration::MAX);
        for window in [Duration::ZERO, WINDOW, Duration::MAX] {
            let mut ledger = Ledger::new(u32::MAX, window).with_alignment();
            for now in [Duration::ZERO, seconds(1.0), Duration::MAX] {
                if let Some(ticket) = ledger.take(now, Duration::MAX) {
                    let end = RequestEnd::Answered(observation.clone());
                    ledger.settle(ticket, &end, now);
                }
                assert!(ledger.earliest(now, u64::MAX) >= ledger.earliest(now, 1));
            }
        }
    }

    // Everything is used, and two requests of the window before seem to be forgotten besides.
    let mut ledger = Ledger::new(10, WINDOW).with_alignment();
    for (now, reset, left) in [(50.0, 10.0, u32::MAX), (51.0, 9.0, u32::MAX), (61.0, 59.0, 0)] {
        let mut observation = ok();
        (observation.limit, observation.remaining) = (Some(u32::MAX), Some(left));
        observation.reset_in = Some(seconds(reset));
        observation.reset_between = Some(seconds(reset)..=seconds(reset));
        let ticket = ledger.take(seconds(now), WINDOW).expect("a slot");
        ledger.settle(ticket, &RequestEnd::Answered(observation), seconds(now));
    }
}
