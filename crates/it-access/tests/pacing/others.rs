//! What the answers show of others who use the same quota.

use crate::support::{Book, ok, remaining, seconds};

#[test]
fn what_others_have_used_is_missing_until_the_reset() {
    // What the one answer says at 1 s, how many more may go then, and until when it is not nine.
    let cases = [
        (remaining(9, Some(20.0)), 9, 1.0),
        (remaining(30, Some(20.0)), 9, 1.0),
        (remaining(8, Some(20.0)), 8, 21.0),
        (remaining(3, Some(20.0)), 3, 21.0),
        (remaining(0, Some(20.0)), 0, 21.0),
        (remaining(0, Some(0.0)), 9, 1.0),
    ];
    for (observation, expected, until) in cases {
        let mut book = Book::new(10);
        book.send(0.0, 1.0, observation.clone());
        for moment in [1.0, f64::max(1.0, until - 0.001)] {
            assert_eq!(book.free(moment), expected, "{observation:?}");
        }
        assert_eq!(book.free(until), 9, "{observation:?}");
    }
}

#[test]
fn a_slow_answer_may_tell_of_a_window_that_began_earlier() {
    let mut book = Book::new(10);
    let requests = [
        (0.0, 0.0, 9, 20.0),
        (1.0, 1.0, 8, 19.0),
        (2.0, 2.0, 7, 18.0),
        (19.5, 19.5, 6, 0.5),
        (30.0, 30.0, 8, 50.0),
        (31.0, 36.0, 7, 49.0),
    ];
    for (at, answered_at, left, reset_in) in requests {
        let mut observation = remaining(left, Some(reset_in));
        observation.limit = Some(10);
        book.send(at, answered_at, observation);
    }
    // The last answer was perhaps written at 31 s: its window began at 20 s, and what was sent at 19.5 s is in it.
    assert_eq!(book.free(79.7), 8);
}

#[test]
fn without_a_reset_what_is_missing_is_missing_for_a_window() {
    let mut book = Book::new(10);
    book.send(0.0, 1.0, remaining(2, None));
    assert_eq!(book.free(60.999), 2);
    assert_eq!(book.free(61.0), 10);
}

#[test]
fn what_others_leave_is_left_once_and_not_for_each_slot() {
    let mut book = Book::new(4);
    book.send(0.0, 0.0, ok());
    book.send(10.0, 10.0, remaining(1, Some(60.0)));
    // Two slots are free, and another at 60 s. One more request may go before the reset.
    assert_eq!(book.0.earliest(seconds(30.0), 1), seconds(30.0));
    assert_eq!(book.0.earliest(seconds(30.0), 2), seconds(70.0));
}

#[test]
fn requests_on_their_way_count_against_what_remains() {
    let mut book = Book::new(10);
    let slow = book.take(0.0);
    let slower = book.take(0.0);
    book.send(0.5, 1.0, remaining(4, Some(50.0)));
    assert_eq!(book.free(1.0), 2, "two of the four are on their way");
    book.give_back(slow, 2.0);
    assert_eq!(book.free(2.0), 3);
    book.send(3.0, 4.0, remaining(3, Some(47.0)));
    assert_eq!(book.free(4.0), 2, "a later answer holds, and one is still on its way");
    book.lose(slower, 5.0);
    assert_eq!(book.free(5.0), 2, "it may still be counted");
}

#[test]
fn of_answers_that_overtake_each_other_the_one_that_leaves_less_holds() {
    for answers in [[5, 4], [4, 5]] {
        let mut book = Book::new(10);
        let tickets = [book.take(0.0), book.take(0.0)];
        for (index, left) in answers.into_iter().enumerate() {
            let at = 1.0 + index as f64 / 10.0;
            book.answer(tickets[index], at, remaining(left, Some(50.0)));
        }
        assert!(book.free(2.0) <= 4, "{answers:?}");
        // What was sent later is counted later: its answer holds alone.
        book.send(3.0, 4.0, remaining(2, Some(47.0)));
        assert_eq!(book.free(4.0), 2, "{answers:?}");
        // So is what was sent at the moment of an answer.
        book.send(4.0, 5.0, remaining(5, Some(46.0)));
        assert_eq!(book.free(5.0), 5, "{answers:?}");
    }
}

#[test]
fn of_answers_that_leave_the_same_or_come_after_the_reset_the_later_one_holds() {
    // When the first answer's reset is, when the second comes and what it leaves until 70 s, and what is free at 30 s.
    let cases = [(21.0, 2.0, 4, 4), (10.0, 9.0, 6, 8), (10.0, 10.0, 6, 6)];
    for (reset, second_at, left, expected) in cases {
        let mut book = Book::new(10);
        let tickets = [book.take(0.0), book.take(0.0)];
        book.answer(tickets[0], 1.0, remaining(5, Some(reset - 1.0)));
        book.answer(tickets[1], second_at, remaining(left, Some(70.0 - second_at)));
        assert_eq!(book.free(30.0), expected, "the second answer comes at {second_at}");
    }
}

/// A service with fixed windows, of which one ends at 20 s, and forgets what we have sent in it.
#[test]
fn what_others_have_used_shows_though_the_service_forgets() {
    // When we have sent, and what the answer at 31 s leaves; how many more may go at a later moment.
    let cases = [
        // Five are used, and two of them are ours: three are missing until 80 s, though our old slots are free by then.
        ([0.0, 1.0, 2.0, 3.0].as_slice(), 9, 5, (64.0, 5)),
        (&[0.0, 1.0, 2.0, 3.0], 9, 7, (64.0, 7)),
        (&[0.0, 1.0, 2.0, 3.0], 9, 8, (64.0, 8)),
        (&[0.0], 9, 7, (64.0, 7)),
        // What was sent just before the end may have been counted after it: nothing is missing.
        (&[0.0, 1.0, 2.0, 19.5], 8, 7, (79.7, 8)),
    ];
    for (sent, left_at_30, left_at_31, (moment, expected)) in cases {
        // Early, and when the window before has begun after the ledger.
        for start in [0.0, 1000.0] {
            let mut book = Book::new(10);
            let mut send = |at: f64, left, end: f64| {
                let mut observation = remaining(left, Some(end - at));
                observation.limit = Some(10);
                book.send(start + at, start + at, observation);
            };
            for (left, at) in [9, 8, 7, 6].into_iter().zip(sent) {
                send(*at, left, 20.0);
            }
            send(30.0, left_at_30, 80.0);
            send(31.0, left_at_31, 80.0);
            let free = book.free(start + moment);
            assert_eq!(free, expected, "{sent:?}, {left_at_31} left, from {start} s on");
        }
    }
}

#[test]
fn our_own_requests_leave_nothing_missing() {
    // A service that looks back a window: what remains is what our slots leave. The reset is when all is forgotten.
    let mut book = Book::new(3);
    for (at, left) in [(0.0, 2), (20.0, 1), (40.0, 0)] {
        let mut observation = remaining(left, Some(60.0));
        observation.limit = Some(3);
        book.send(at, at, observation);
    }
    assert_eq!(book.free(59.999), 0);
    assert_eq!(book.free(60.0), 1);
}

/// A service with a sliding window never counted what was lost. Taken for one with fixed windows, which has forgotten it, it would
/// seem to count a request of others in the place of our own.
#[test]
fn what_was_lost_is_no_proof_that_the_service_forgets() {
    let mut book = Book::new(10);
    for _ in 0..3 {
        let ticket = book.take(0.0);
        book.lose(ticket, 1.0);
    }
    let counting = |used: u32| {
        let mut observation = remaining(10 - used, None);
        observation.limit = Some(10);
        observation
    };
    book.send(40.0, 41.0, counting(1));
    book.send(85.0, 86.0, counting(2));
    assert_eq!(book.free(110.0), 9);
}
