//! A server that loses what it holds, while eight processes use it.

use std::time::Duration;

use it_access_sim::RunningService;
use tokio::time::{sleep, timeout};

use crate::{
    crowd::{CLOCKS, HANDOVER, LIMIT, TIMEOUT, Tally, Worker, service},
    support::Store,
    worker::Hang,
};

const WINDOW: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_forgets_in_the_middle() {
    let Some(mut store) = Store::redis() else { return };
    let service = service(WINDOW).await;
    let start = |clock| Worker::start(&service, &store.place, WINDOW, clock, Hang::Never);
    let workers = CLOCKS.map(start);
    let server = store.server.as_mut().unwrap();
    let mut refused = Vec::new();
    for interruption in 0..3 {
        requests(&service, LIMIT + 5).await;
        match interruption {
            0 => drop(server.command("FLUSHALL")),
            1 => {
                server.stop();
                server.start_again();
            }
            _ => {
                server.stop();
                sleep(WINDOW / 4).await;
                server.start_again();
            }
        }
        refused.push(Tally::of(&service).refused);
    }
    requests(&service, LIMIT + 5).await;
    drop(workers);
    let tally = Tally::of(&service);
    println!("Redis that forgets: {} admitted, {} refused", tally.admitted.len(), tally.refused);
    assert_eq!(tally.refused, 0, "after each: {refused:?}");
}

/// Waits for so many more requests.
async fn requests(service: &RunningService, more: u32) {
    let enough = service.simulator().requests_received() + u64::from(more);
    let patience = 10 * (WINDOW + TIMEOUT + HANDOVER);
    let came = timeout(patience, async {
        while service.simulator().requests_received() < enough {
            sleep(Duration::from_millis(5)).await;
        }
    });
    came.await.expect("requests go on");
}
