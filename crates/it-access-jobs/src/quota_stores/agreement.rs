//! Stores grant what a ledger in memory grants.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use it_access::{
    Observation, RequestEnd,
    pacing::{LONGEST_HANDOVER, Ledger, Ticket},
};
use proptest::prelude::*;

use super::{
    AccountKey,
    book::{Asker, Look, Rate},
    sqlite::SqliteStore,
    store::Store,
    timeline::Reading,
};

const LIMIT: u32 = 4;

#[derive(Debug, Clone)]
enum Event {
    /// Of so many thousandths of a window.
    Wait(u32),
    Take,
    /// Ends one of the requests that are on their way.
    End(usize, RequestEnd),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => (0..1500_u32).prop_map(Event::Wait),
        4 => Just(Event::Take),
        3 => (0..LIMIT as usize, end()).prop_map(|(index, end)| Event::End(index, end)),
    ]
}

fn end() -> impl Strategy<Value = RequestEnd> {
    prop_oneof![
        1 => Just(RequestEnd::NotSent),
        1 => Just(RequestEnd::Lost),
        4 => observation().prop_map(RequestEnd::Answered),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    let refused = prop::bool::weighted(0.1);
    let limit = prop::option::weighted(0.3, 1..8_u32);
    let remaining = prop::option::of(0..6_u32);
    (refused, limit, remaining).prop_map(|(refused, limit, remaining)| {
        let status = if refused { 429 } else { 200 };
        let mut observation = Observation::new(status.try_into().unwrap());
        observation.limit = limit;
        observation.remaining = remaining;
        observation
    })
}

/// Plays events on a ledger, and on one of several ways to a store at a time.
fn agree<S: Store>(rate: Rate, stores: &mut [S], wait: impl Fn(Duration), events: Vec<Event>) {
    let mut ledger = Ledger::new(rate.limit, rate.window);
    let mut on_their_way: Vec<(Ticket, Ticket)> = Vec::new();
    let timeout = rate.window / 2;
    for (index, event) in events.into_iter().enumerate() {
        let way = index % stores.len();
        let store = &mut stores[way];
        match event {
            Event::Wait(thousandths) => wait(rate.window * thousandths / 1000),
            Event::Take => {
                let (id, time_left) = (index as u64, Some(Duration::ZERO));
                let asker = Asker { id, timeout, time_left, patience: Duration::ZERO };
                let (now, look) = store.change(|book| (book.now(), book.look(asker))).unwrap();
                let expected = ledger.expected(now, 1).saturating_sub(now);
                match (look, ledger.take(now, timeout + LONGEST_HANDOVER)) {
                    (Look::Granted(ticket), Some(same)) => on_their_way.push((ticket, same)),
                    (Look::TooLate { ready_in }, None) => assert_eq!(ready_in, expected),
                    (found, expected) => panic!("{found:?} instead of {expected:?}, by {ledger:?}"),
                }
            }
            Event::End(index, end) => {
                if index < on_their_way.len() {
                    let (ticket, same) = on_their_way.remove(index);
                    let now = store
                        .change(|book| {
                            book.settle(ticket, &end);
                            book.now()
                        })
                        .unwrap();
                    ledger.settle(same, &end, now);
                }
            }
        }
        let (now, estimate) = store.read(|book| (book.now(), book.estimate(9))).unwrap();
        assert_eq!(estimate, ledger.expected(now, 9).saturating_sub(now));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_grants_what_memory_grants(events in prop::collection::vec(event(), 1..80)) {
        let folder = tempfile::tempdir().unwrap();
        let rate = Rate { limit: LIMIT, window: Duration::from_secs(60) };
        let account = AccountKey::new("https://tenant.example", "a");
        let clock = Arc::new(AtomicU64::new(0));
        let mut stores = [(), (), ()].map(|()| {
            let clock = Arc::clone(&clock);
            let read = move || Reading {
                clock: "injected".to_owned(),
                shows: Duration::from_millis(clock.load(Ordering::Relaxed)),
            };
            SqliteStore::open_with_clock(&folder.path().join("quota"), &account, rate, read).unwrap()
        });
        let wait = |time: Duration| {
            clock.fetch_add(time.as_millis() as u64, Ordering::Relaxed);
        };
        agree(rate, &mut stores, wait, events);
    }
}

#[cfg(feature = "redis")]
#[allow(
    clippy::print_stderr,
    dead_code,
    reason = "it is that of the tests beside, which use more of it"
)]
#[path = "../../tests/quota_stores/redis_server.rs"]
mod redis_server;

/// The server's clock cannot be set, so the ledger is told what time it was there.
#[cfg(feature = "redis")]
#[test]
fn redis_grants_what_memory_grants() {
    use proptest::test_runner::TestRunner;

    use super::redis::RedisStore;

    let Some(server) = redis_server::RedisServer::start() else { return };
    let rate = Rate { limit: LIMIT, window: Duration::from_millis(40) };
    let open = |name: &str| {
        let account = AccountKey::new("https://tenant.example", name);
        RedisStore::new(&server.url(), &account, rate).unwrap()
    };
    // A server that has just been started may have lost what was granted before.
    let (id, timeout, time_left) = (0, rate.window / 2, Some(Duration::ZERO));
    let asker = Asker { id, timeout, time_left, patience: Duration::ZERO };
    let refuses_newcomers = |name: u64| {
        let look = open(&name.to_string()).change(|book| book.look(asker)).unwrap();
        !matches!(look, Look::Granted(_))
    };
    let looks = (0..200).take_while(|name| {
        std::thread::sleep(Duration::from_millis(50));
        refuses_newcomers(*name)
    });
    assert!((1..200).contains(&looks.count()), "it refuses, and not for ever");

    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    let mut runner = TestRunner::new(config);
    let played = runner.run(&prop::collection::vec(event(), 1..80), |events| {
        let name = fastrand::u64(..).to_string();
        let mut stores = [open(&name), open(&name), open(&name)];
        agree(rate, &mut stores, std::thread::sleep, events);
        Ok(())
    });
    played.unwrap();
}
