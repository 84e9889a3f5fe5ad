//! When the service's fixed windows are used, and when not.

use it_access::{Ask, Observation, Pacer, Quota, pacing::Ledger};
use reqwest::StatusCode;
use tokio::time::{Instant, sleep, sleep_until};

use crate::support::{Book, TIMEOUT, WINDOW, refusal, seconds};

/// When the service's windows end, beside whole minutes.
const PHASE: f64 = 25.4;

fn aligned_book() -> Book {
    Book(Ledger::new(10, WINDOW).with_alignment())
}

/// The answer of a service with fixed windows that end at [`PHASE`], in which `used` requests have been counted.
fn fixed(at: f64, used: u32) -> Observation {
    let mut observation = Observation::new(StatusCode::OK);
    observation.limit = Some(10);
    observation.remaining = Some(10 - used);
    let reset = (PHASE - at).rem_euclid(60.0).floor();
    observation.reset_in = Some(seconds(reset));
    observation.reset_between = Some(seconds((reset - 1.0).max(0.0))..=seconds(reset + 1.0));
    observation
}

/// Sends a request every seven seconds, for some minutes, and has each answered half a second later as `answer` says, who
/// is told when and how many were sent since the service's window began.
fn send_for(book: &mut Book, minutes: f64, answer: impl Fn(f64, u32) -> Observation) {
    let mut used = (-1.0, 0);
    for index in 0..(minutes * 60.0 / 7.0) as u32 {
        let at = f64::from(index) * 7.0;
        let window = ((at - PHASE) / 60.0).floor();
        used = if used.0 == window { (window, used.1 + 1) } else { (window, 1) };
        book.send(at, at + 0.5, answer(at, used.1));
    }
}

#[test]
fn fixed_windows_show_themselves() {
    let mut book = aligned_book();
    send_for(&mut book, 0.4, fixed);
    assert!(!book.0.is_aligned(), "one reset proves nothing");
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    assert!(book.0.is_aligned());
}

/// An answer that tells neither what remains nor when the window ends.
fn silent() -> Observation {
    Observation::new(StatusCode::OK)
}

#[tokio::test(start_paused = true)]
async fn a_pacer_says_whether_it_is_aligned() {
    let pacer = Pacer::new(10, WINDOW).with_alignment();
    let origin = Instant::now();
    for (at, used) in [(10.0, 1), (17.0, 2), (26.0, 1)] {
        assert!(!pacer.is_aligned(), "at {at}");
        sleep_until(origin + seconds(at)).await;
        let permit = pacer.acquire(Ask::new(TIMEOUT)).await.unwrap();
        sleep(seconds(0.5)).await;
        permit.answered(&fixed(at, used));
    }
    assert!(pacer.is_aligned());
}

#[test]
fn two_requests_that_were_forgotten_show_it_and_one_does_not() {
    for (sent, is_shown) in [(&[10.0, 17.0][..], true), (&[17.0], false)] {
        let mut book = aligned_book();
        for (at, used) in sent.iter().zip(1..) {
            book.send(*at, at + 0.5, fixed(*at, used));
        }
        book.send(26.0, 26.5, fixed(26.0, 1));
        assert_eq!(book.0.is_aligned(), is_shown, "{sent:?}");
    }
}

#[test]
fn what_was_forgotten_shows_in_a_later_answer_too() {
    let mut book = aligned_book();
    for (at, used) in [(4.0, 1), (11.0, 2), (18.0, 3)] {
        book.send(at, at + 0.5, fixed(at, used));
    }
    for at in [26.0, 33.0] {
        book.send(at, at + 0.5, silent());
    }
    assert!(!book.0.is_aligned());
    book.send(40.0, 40.5, fixed(40.0, 3));
    assert!(book.0.is_aligned());
}

#[test]
fn resets_of_one_window_show_no_period() {
    let mut book = aligned_book();
    for at in [4.0, 11.0, 18.0] {
        book.send(at, at + 0.5, silent());
    }
    for (at, used) in [(26.0, 1), (33.0, 2)] {
        book.send(at, at + 0.5, fixed(at, used));
    }
    assert!(!book.0.is_aligned());
}

#[test]
fn requests_on_their_way_together_do_not_show_what_was_forgotten() {
    let mut book = aligned_book();
    for (at, used) in [(4.0, 1), (11.0, 2), (18.0, 3)] {
        book.send(at, at + 0.5, fixed(at, used));
    }
    let slow = book.take(26.0);
    book.send(27.0, 27.5, fixed(27.0, 2));
    book.send(28.0, 28.5, fixed(28.0, 3));
    book.answer(slow, 29.0, fixed(26.0, 3));
    assert!(
        !book.0.is_aligned(),
        "the slow one may have been counted before the other two, or after them"
    );
}

#[test]
fn a_late_answer_tells_of_the_window_before() {
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    let late = book.take(264.0);
    book.send(270.0, 270.5, fixed(270.0, 1));
    book.answer(late, 271.0, fixed(264.0, 5));
    assert!(book.0.is_aligned());
}

#[test]
fn what_is_remembered_does_not_grow() {
    let size = |minutes| {
        let mut book = aligned_book();
        send_for(&mut book, minutes, fixed);
        serde_json::to_string(&book.0).unwrap().len()
    };
    let (early, late) = (size(5.0), size(60.0));
    assert!(late < early * 3 / 2, "{early} bytes, then {late}");
}

#[test]
fn an_estimate_counts_on_the_windows_to_come() {
    // The windows end at 265.4 s and at 445.4 s; their ends are known to two seconds, and there is a margin.
    for (now, end) in [(240.0, 265.4), (430.0, 445.4)] {
        let mut book = aligned_book();
        send_for(&mut book, 4.0, fixed);
        while book.free(now) > 0 {
            book.take(now);
        }
        let all_free = book.0.earliest(seconds(now), 10);
        assert!((seconds(end)..=seconds(end + 3.0)).contains(&all_free), "{now}: {all_free:?}");
    }
}

#[test]
fn aligned_slots_are_free_at_the_end_of_the_window() {
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    let tickets: Vec<_> = (0..book.free(240.0)).map(|_| book.take(240.0)).collect();
    assert_eq!(tickets.len(), 6, "four were sent since 205.4");
    for ticket in tickets {
        book.answer(ticket, 240.5, fixed(240.0, 10));
    }
    // The window ends at 265.4; its end is known to two seconds, and there is a margin.
    assert_eq!(book.free(265.4), 0);
    assert_eq!(book.free(268.0), 10);
}

#[test]
fn what_is_sent_at_the_end_of_a_window_counts_in_both() {
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    book.send(265.2, 265.6, fixed(265.2, 1));
    assert_eq!(book.free(325.599), 9);
    assert_eq!(book.free(325.6), 10);
}

#[test]
fn a_window_that_may_end_at_the_moment_of_the_answer_may_have_ended_before() {
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    let mut observation = fixed(264.9, 1);
    observation.reset_between = Some(seconds(0.5)..=seconds(2.5));
    book.send(264.9, 265.4, observation);
    assert!(book.0.is_aligned());
    assert_eq!(book.free(325.399), 9);
    assert_eq!(book.free(325.4), 10);
}

#[test]
fn a_lost_request_counts_in_every_window_until_it_is_old() {
    let mut book = aligned_book();
    send_for(&mut book, 4.0, fixed);
    let ticket = book.take(240.0);
    book.lose(ticket, 241.0);
    assert_eq!(book.free(329.999), 9);
    assert_eq!(book.free(330.0), 10);
}

#[test]
fn only_fixed_windows_pass_for_fixed_windows() {
    type Change = fn(&mut Observation);
    let cases: [(&str, Change); 6] = [
        ("no limit is stated", |observation| observation.limit = None),
        ("nothing is said of what remains", |observation| observation.remaining = None),
        ("the reset depends on this machine's clock", |observation| {
            observation.reset_between = None;
        }),
        ("the resets leave open a quarter of the window", |observation| {
            // The answer takes half a second.
            let from = observation.reset_between.as_ref().map(|between| *between.start());
            observation.reset_between = from.map(|from| from..=from + seconds(14.5));
        }),
        ("nothing is forgotten within a window", |observation| observation.remaining = Some(1)),
        ("the reset moves with the requests", |observation| {
            observation.reset_between = Some(seconds(20.0)..=seconds(22.0));
        }),
    ];
    for (name, change) in cases {
        let mut book = aligned_book();
        send_for(&mut book, 10.0, |at, used| {
            let mut observation = fixed(at, used);
            change(&mut observation);
            observation
        });
        assert!(!book.0.is_aligned(), "{name}");
    }
}

#[test]
fn a_refusal_or_a_contradiction_ends_it_for_good() {
    let mut contradiction = fixed(240.0, 1);
    contradiction.reset_between = Some(seconds(40.0)..=seconds(42.0));
    for observation in [refusal(Some(0.0), None), contradiction] {
        let mut book = aligned_book();
        send_for(&mut book, 4.0, fixed);
        assert!(book.0.is_aligned());
        book.send(240.0, 240.5, observation);
        assert!(!book.0.is_aligned());
        for index in 0..60 {
            let at = 301.0 + f64::from(index) * 7.0;
            book.send(at, at + 0.5, fixed(at, 1));
        }
        assert!(!book.0.is_aligned());
    }
}
