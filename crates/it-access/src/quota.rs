//! Who may send a request when: what every store of a quota offers, in memory or shared.

use std::{error, fmt, time::Duration};

use tokio::time::Instant;

use crate::{BoxFuture, Observation};

/// The requests that an account may send, shared by all who ask here.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), it_access::QuotaError> {
/// use std::time::Duration;
/// use it_access::{Ask, Pacer, Quota};
///
/// let quota = Pacer::new(10, Duration::from_secs(60));
/// let permit = quota.acquire(Ask::new(Duration::from_secs(30))).await?;
/// // Here the request would be sent. It was not:
/// permit.not_sent();
/// assert_eq!(quota.estimate(10).await?, Duration::ZERO);
/// # Ok(())
/// # }
/// ```
pub trait Quota: fmt::Debug + Send + Sync {
    /// Waits, in order of arrival, until one more request may be sent.
    ///
    /// A future that is dropped before it is done takes nothing.
    ///
    /// # Errors
    ///
    /// If the request cannot be sent by the deadline, as soon as that is certain; or if the quota's store cannot be
    /// reached.
    fn acquire(&self, ask: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>>;

    /// How long it takes until `requests` more requests have all been sent, if nobody else sends any.
    ///
    /// # Errors
    ///
    /// If the quota's store cannot be reached.
    fn estimate(&self, requests: u64) -> BoxFuture<'_, Result<Duration, QuotaError>>;
}

/// What a request asks of its quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ask {
    /// When the request must be on its way, if ever. With a moment that has come, it is now or not at all.
    pub deadline: Option<Instant>,
    /// The longest time that the request may take once it is sent. After that, its sender has given it up.
    pub timeout: Duration,
}

impl Ask {
    /// Asks for a request that may take `timeout`, however long it has to wait.
    #[must_use]
    pub fn new(timeout: Duration) -> Self {
        Self { deadline: None, timeout }
    }

    /// Sets when the request must be on its way.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Asks for a request that is sent at once or not at all.
    #[must_use]
    pub fn without_waiting(self) -> Self {
        self.with_deadline(Instant::now())
    }
}

/// The right to send one request.
///
/// Say how the request ended. A permit that is dropped counts as a request that may still reach the service, at any time
/// until its timeout.
#[must_use = "a permit that is dropped counts as a request that was sent"]
pub struct Permit {
    granted_at: Instant,
    waited: Duration,
    /// None, once the request has ended; and without a quota.
    slot: Option<Box<dyn Slot>>,
}

impl Permit {
    /// Grants a request now. For those who write a [`Quota`].
    pub fn new(slot: Box<dyn Slot>) -> Self {
        Self { slot: Some(slot), ..Self::unpaced() }
    }

    /// Grants a request now that no quota counts.
    pub(crate) fn unpaced() -> Self {
        Self { granted_at: Instant::now(), waited: Duration::ZERO, slot: None }
    }

    /// Sets how long the permit was waited for.
    pub fn with_waited(mut self, waited: Duration) -> Self {
        self.waited = waited;
        self
    }

    /// Sets how long ago the permit was granted: a store may take a while to tell.
    pub fn with_age(mut self, age: Duration) -> Self {
        self.granted_at = self.granted_at.checked_sub(age).unwrap_or(self.granted_at);
        self
    }

    /// When the permit was granted.
    #[must_use]
    pub fn granted_at(&self) -> Instant {
        self.granted_at
    }

    /// How long the permit was waited for.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// Gives the permit back: the request certainly never reached the service. Somebody else may send at once.
    pub fn not_sent(mut self) {
        self.settle(RequestEnd::NotSent);
    }

    /// Says that the answer has come, of whatever status, and what it said of the quota.
    pub fn answered(mut self, observation: &Observation) {
        self.settle(RequestEnd::Answered(observation.clone()));
    }

    fn settle(&mut self, end: RequestEnd) {
        if let Some(slot) = self.slot.take() {
            slot.settle(end);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.settle(RequestEnd::Lost);
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit")
            .field("granted_at", &self.granted_at)
            .field("waited", &self.waited)
            .finish_non_exhaustive()
    }
}

/// What a quota keeps for a request that is on its way: the other side of a [`Permit`].
pub trait Slot: Send {
    /// Takes note of how the request ended, now. It may be called while a future is dropped, and must not block.
    fn settle(self: Box<Self>, end: RequestEnd);
}

/// How a request ended, as far as its quota is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestEnd {
    /// It never reached the service, which has not counted it.
    NotSent,
    /// The service has answered.
    Answered(Observation),
    /// Nobody knows. It may reach the service, and be counted, until its timeout.
    Lost,
}

/// Why a quota gave no permit.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuotaError {
    /// The request cannot be sent by its deadline.
    #[error(
        "the quota has room for this request in {ready_in:.1?}, after the deadline; \
         allow more time, or try again then"
    )]
    TooLate {
        /// How long it would take until the request could be sent.
        ready_in: Duration,
    },
    /// Where the quota is kept, which may be shared by several programs, does not work.
    #[error(
        "the store of the quota cannot be used; check that it can be reached, and its settings"
    )]
    Store(#[source] Box<dyn error::Error + Send + Sync>),
}

impl QuotaError {
    /// How long it would take until the request could be sent, if that is why it was refused.
    #[must_use]
    pub fn ready_in(&self) -> Option<Duration> {
        match self {
            Self::TooLate { ready_in } => Some(*ready_in),
            Self::Store(_) => None,
        }
    }
}
