//! The simulated service without a socket: a request in, what its client is sent out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, Request, Uri};

use crate::account::Account;
use crate::call::{self, BodyError, MAX_BODY_BYTES};
use crate::clock::Clock;
use crate::control;
use crate::{ActionName, Application, Fault, Fleet, LogEntry, Reply};

/// Answers requests in memory, and knows what really became of them.
///
/// It opens no socket and waits for nothing: what a client is sent, when, and how, is said in a
/// [`Reply`], which is the caller's to act on. Time is tokio's, so that it stands still under a paused
/// clock. Clones share one account.
///
/// ```
/// use http::Request;
/// use it_access_sim::{ActionName, Fleet, Service};
///
/// let simulator = Service::new(Fleet::example(), "my-token").simulate();
/// let request = Request::post("/o/api/v3/devices/action?access_token=my-token")
///     .header("content-type", "application/json")
///     .body(r#"{"types":"delete","ids":["laptop-001"]}"#)?;
/// let reply = simulator.respond(&request);
/// assert_eq!(reply.answer.response().unwrap().body(), r#"{"laptop-001":1}"#);
/// assert_eq!(simulator.times_applied("laptop-001", ActionName::Delete), 1);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Simulator {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Clock,
    account: Mutex<Account>,
    /// Whether there is a control interface.
    control: bool,
}

impl Simulator {
    pub(crate) fn new(clock: Clock, account: Account, control: bool) -> Self {
        Self { shared: Arc::new(Shared { clock, account: Mutex::new(account), control }) }
    }

    pub(crate) fn has_control(&self) -> bool {
        self.shared.control
    }

    /// Carries out a request, as a whole before or after any other, and says what its client is sent.
    pub fn respond<B: AsRef<[u8]>>(&self, request: &Request<B>) -> Reply {
        let body = request.body().as_ref();
        let body = if body.len() > MAX_BODY_BYTES { Err(BodyError::TooLarge) } else { Ok(body) };
        self.answer(request.method(), request.uri(), request.headers(), body)
    }

    pub(crate) fn answer(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Result<&[u8], BodyError>,
    ) -> Reply {
        if self.shared.control
            && let Some(response) = control::answer(self, method, uri.path(), headers, body)
        {
            return Reply::now(response);
        }
        // Reading takes the longest, and keeps nobody else from being answered.
        let call = call::read(method, uri, headers, body);
        let mut account = self.account();
        // Asked under the lock, so that time does not run backwards from one request to the next.
        let moment = self.shared.clock.now();
        account.answer(method, call, moment)
    }

    /// Copies the devices as they are now; later requests do not change the copy.
    pub fn fleet(&self) -> Fleet {
        let mut account = self.account();
        account.fleet.pass_time(self.now());
        account.fleet.clone()
    }

    /// Returns the newest requests, oldest first, and what really became of them: so many as
    /// [`Service::with_log_length`](crate::Service::with_log_length) says, and fewer where they changed
    /// more than 100,000 devices together.
    pub fn log(&self) -> Vec<LogEntry> {
        self.account().journal.log()
    }

    /// Returns how many requests there were, also those that the log has dropped.
    pub fn requests_received(&self) -> u64 {
        self.account().journal.received()
    }

    /// Returns how often the action was applied to the device, by requests of their own, whatever
    /// their clients were told.
    pub fn times_applied(&self, hwid: &str, action: ActionName) -> u64 {
        self.account().journal.times_applied(hwid, action)
    }

    /// Lists every action that was applied to a device, by HWID, with how often.
    pub fn applications(&self) -> Vec<Application> {
        self.account().journal.applications()
    }

    /// Sets one more fault, as [`Service::with_fault`](crate::Service::with_fault) does. It strikes from
    /// now on.
    pub fn add_fault(&self, fault: Fault) {
        self.account().faults.add(fault);
    }

    /// Takes away all faults.
    pub fn clear_faults(&self) {
        self.account().faults.clear();
    }

    /// Lists the faults that can still strike.
    pub fn faults(&self) -> Vec<Fault> {
        self.account().faults.list()
    }

    /// Makes every access token invalid, the one that the simulator was started with included. New
    /// ones can be issued.
    pub fn revoke_tokens(&self) {
        self.account().tokens.revoke();
    }

    /// Returns the time since the simulator's start.
    pub fn now(&self) -> Duration {
        self.shared.clock.now().since_start
    }

    /// Returns what the simulator's clock on the wall shows.
    pub fn wall_clock(&self) -> SystemTime {
        self.shared.clock.now().wall
    }

    /// Puts the simulator's clock forward, by whole milliseconds and by a century in all at most.
    ///
    /// What is waited for already, such as the latency of an answer, takes as long as before.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.shared.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
