//! When the service's fixed windows are used, and when not.

use it_access::Observation;
use it_access::pacing::Ledger;
use reqwest::StatusCode;

use crate::support::{Book, WINDOW, refusal, seconds};

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
    let cases: [(&str, Change); 5] = [
        ("no limit is stated", |observation| observation.limit = None),
        ("nothing is said of what remains", |observation| observation.remaining = None),
        ("the reset depends on this machine's clock", |observation| {
            observation.reset_between = None;
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
