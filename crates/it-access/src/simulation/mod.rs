//! Runs against the simulated service without sockets, on tokio's paused clock: whole hours pass in no time, and the
//! service knows what was really applied.

mod fault_runs;
mod late_tokens;
mod notebook;
mod stopping;

use std::{future::pending, sync::Mutex, time::Duration};

use fastrand::Rng;
use it_access_api::Answer;
use it_access_sim::{Answer as Sent, Reply, Simulator};
use tokio::time::sleep;

use crate::{
    AccessToken, BoxFuture, Client, ClientBuilder, Error, transport::Transport, wire::WireRequest,
};

const BASE_URL: &str = "http://127.0.0.1";
const TOKEN: &str = "simulated-access-token";

/// The way to a simulated service, on which a connection fails now and then.
#[derive(Debug)]
struct SimulatedNetwork {
    service: Simulator,
    /// How many of a hundred requests find no connection.
    unconnected: u32,
    chance: Mutex<Rng>,
}

impl Transport for SimulatedNetwork {
    fn send<'a>(
        &'a self,
        _: AccessToken,
        request: &'a WireRequest<'_>,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        Box::pin(async move {
            if self.chance.lock().unwrap().u32(0..100) < self.unconnected {
                return Err(Error::unconnected(BASE_URL));
            }
            let request =
                http::Request::post(format!("/o/api/v3/devices/action?access_token={TOKEN}"))
                    .header("content-type", "application/json")
                    .body(request.to_json().unwrap())
                    .unwrap();
            let Reply { delay, answer, .. } = self.service.respond(&request);
            sleep(delay).await;
            match answer {
                Sent::Whole(response) => Ok(read(response)),
                Sent::Slow { response, piece, pause } => {
                    let pieces = response.body().len().div_ceil(piece);
                    sleep(pause.saturating_mul(u32::try_from(pieces).unwrap())).await;
                    Ok(read(response))
                }
                Sent::CutOff { .. } | Sent::Closed | Sent::Reset => Err(Error::broken(BASE_URL)),
                Sent::Endless { .. } | Sent::Silence => pending().await,
            }
        })
    }
}

fn read(response: http::Response<bytes::Bytes>) -> Answer {
    let (head, body) = response.into_parts();
    Answer::new(head.status, head.headers, body)
}

/// A client of `service` over a network without sockets.
fn client(service: &Simulator, seed: u64, unconnected: u32) -> Client {
    client_with(service, seed, unconnected, |builder| builder)
}

/// The same with more settings.
fn client_with(
    service: &Simulator,
    seed: u64,
    unconnected: u32,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Client {
    let token: AccessToken = TOKEN.parse().unwrap();
    let timeout = Duration::from_secs(10);
    let client = Client::builder().base_url(BASE_URL).tokens(token).timeout(timeout);
    let transport = Box::new(SimulatedNetwork {
        service: service.clone(),
        unconnected,
        chance: Mutex::new(Rng::with_seed(seed)),
    });
    set(client.jitter_seed(seed)).over(transport).unwrap()
}

/// Runs on a clock of its own, which jumps ahead whenever there is nothing to do.
fn in_virtual_time<T>(run: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_time().start_paused(true).build().unwrap();
    runtime.block_on(run)
}
