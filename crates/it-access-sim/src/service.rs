//! What is simulated: the settings, before the start.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use crate::account::{Account, Clients, Journal, Tokens};
use crate::clock::{Clock, is_start};
use crate::faults::Faults;
use crate::quota::Meter;
use crate::secret::Secret;
use crate::{Fault, Fleet, Quota, RunningService, Simulator, server};

/// How long a token holds, unless it is set: about as long as a third party's guide shows.
const TOKEN_LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// How many requests the log keeps, unless it is set.
const LOG_LENGTH: usize = 1000;

/// Stands in for the vendor's service, ready to start.
///
/// Without further settings it has no quota, no OAuth client and no faults: the answer to a request
/// then depends on the devices alone.
///
/// Debug output shows the fleet and never a secret.
///
/// ```
/// use std::time::Duration;
///
/// use it_access_sim::{Fleet, Quota, Service};
///
/// let service = Service::new(Fleet::example(), "my-token")
///     .with_quota(Quota::documented())
///     .with_oauth_client("my-client", "my-secret")
///     .with_token_lifetime(Duration::from_secs(60))
///     .with_fault("reset-after-apply:p=0.1".parse()?)
///     .with_seed(7);
/// # let _ = service;
/// # Ok::<(), it_access_sim::InvalidFault>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct Service {
    fleet: Fleet,
    access_token: Secret,
    quota: Option<Quota>,
    clients: Clients,
    token_lifetime: Duration,
    faults: Vec<Fault>,
    seed: u64,
    wall_clock: Option<SystemTime>,
    log_length: usize,
    control: bool,
}

impl Service {
    /// Describes a service with these devices that takes this access token, which never expires.
    ///
    /// No request can carry an empty token, so that an empty one answers 401 to all of them. See
    /// [`DEFAULT_ACCESS_TOKEN`](crate::DEFAULT_ACCESS_TOKEN).
    pub fn new(fleet: Fleet, access_token: impl Into<String>) -> Self {
        Self {
            fleet,
            access_token: Secret::new(access_token.into()),
            quota: None,
            clients: Clients::default(),
            token_lifetime: TOKEN_LIFETIME,
            faults: Vec::new(),
            seed: 0,
            wall_clock: None,
            log_length: LOG_LENGTH,
            control: false,
        }
    }

    /// Sets the quota of the account, in place of none.
    pub fn with_quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Adds a client that can ask for tokens.
    pub fn with_oauth_client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.clients.add(id.into(), Secret::new(secret.into()));
        self
    }

    /// Sets how long an issued token holds, in place of 12 hours; whole seconds are told.
    pub fn with_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// Sets one more fault. Of several that exclude each other, the first counts, and none changes an
    /// answer in whose place another sends something.
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Sets the seed of all that is left to chance, in place of 0: the same requests at the same times
    /// then get the same answers.
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets what the clock on the wall shows at the start, in place of the system's time. Dates and
    /// resets as Unix times follow it.
    ///
    /// # Panics
    ///
    /// If it is before 1970 or after 9899. The dates of HTTP end with the year 9999, and the clock can be
    /// put forward by a century.
    pub fn with_wall_clock(mut self, start: SystemTime) -> Self {
        assert!(is_start(start), "a time from 1970 to 9899 is needed");
        self.wall_clock = Some(start);
        self
    }

    /// Sets how many requests the log keeps, in place of 1,000.
    ///
    /// It keeps fewer where they changed more than 100,000 devices together; of those, the newest request
    /// in any case.
    pub fn with_log_length(mut self, requests: usize) -> Self {
        self.log_length = requests;
        self
    }

    /// Opens the control interface under `/_sim/`: who can reach it can read all devices, set faults and
    /// put the clock forward. With it, the service listens on loopback addresses only.
    pub fn with_control(mut self) -> Self {
        self.control = true;
        self
    }

    /// Starts it in memory, without a socket. Its clock starts with it.
    #[must_use]
    pub fn simulate(self) -> Simulator {
        let mut faults = Faults::new(self.seed);
        for fault in self.faults {
            faults.add(fault);
        }
        let account = Account {
            fleet: self.fleet,
            meter: self.quota.map(|quota| Meter::new(quota, self.seed)),
            tokens: Tokens::new(self.access_token, self.token_lifetime, self.seed),
            clients: self.clients,
            faults,
            journal: Journal::new(self.log_length),
        };
        let clock = Clock::start(self.wall_clock.unwrap_or_else(SystemTime::now));
        Simulator::new(clock, account, self.control)
    }

    /// Starts it on a socket and answers requests on the current tokio runtime, which must drive I/O
    /// and time.
    ///
    /// Port 0 takes any free port. The answers are plain HTTP: listen on a loopback address.
    ///
    /// # Errors
    ///
    /// If the socket cannot be bound, for instance because the port is taken; or if there is a control
    /// interface and the address is not a loopback one.
    ///
    /// ```
    /// use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Service};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN);
    /// let service = service.listen(([127, 0, 0, 1], 0).into()).await?;
    /// assert!(service.base_url().starts_with("http://127.0.0.1:"));
    /// service.shutdown().await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn listen(self, addr: SocketAddr) -> io::Result<RunningService> {
        server::start(self.simulate(), addr).await
    }
}
