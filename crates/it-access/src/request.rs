//! One request, from the permit to the report: attempt after attempt, by the table of [`Retry`].

use std::{
    future::pending,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, SystemTime},
};

use it_access_api::Answer;
use tokio::{
    select,
    time::{Instant, sleep, sleep_until, timeout},
};
use tracing::Instrument;

use crate::{
    AccessToken, Ask, BoxFuture, DeviceAction, Error, Journal, Observation, Permit, QuotaError,
    RequestInfo, RequestReport, Retry, StopHandle, Targets,
    client::Account,
    error::Attempts,
    pacing::LONGEST_HANDOVER,
    wire::{self, WireRequest},
};

/// One request, and what holds for it alone.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) account: &'a Account,
    pub(crate) action: &'a DeviceAction,
    pub(crate) targets: &'a Targets,
    pub(crate) limits: Limits,
    pub(crate) stop: &'a StopHandle,
    pub(crate) journal: &'a dyn Journal,
    /// Whether something of it may have reached the service without an answer yet.
    pub(crate) is_on_its_way: &'a AtomicBool,
}

/// How long a request may take, and how often it may be tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// For one attempt, once it is sent.
    pub(crate) timeout: Duration,
    /// No attempt begins after this. One that is under way is not cut off: that would leave its devices unknown.
    pub(crate) deadline: Option<Instant>,
    /// Whether it may wait: for the quota, or before another attempt.
    pub(crate) waits: bool,
    pub(crate) retry: Retry,
}

impl Limits {
    /// When no attempt begins any more. A time that ends beyond all that a clock can tell never ends.
    pub(crate) fn deadline(
        started_at: Instant,
        total_timeout: Option<Duration>,
    ) -> Option<Instant> {
        started_at.checked_add(total_timeout?)
    }

    /// Ends when no attempt begins any more, or never. It takes memory of its own, and only if there is a deadline.
    fn over(&self) -> BoxFuture<'static, ()> {
        match self.deadline {
            Some(deadline) => Box::pin(sleep_until(deadline)),
            None => Box::pin(pending()),
        }
    }

    /// Whether an attempt that begins after this pause comes too late.
    fn is_late(&self, pause: Duration) -> bool {
        let begins_at = Instant::now().checked_add(pause);
        let is_after = |deadline| begins_at.is_none_or(|it| it > deadline);
        self.deadline.is_some_and(is_after) || !(self.waits || pause.is_zero())
    }
}

/// What an attempt needs besides the request, which is written down by then.
struct Prepared {
    permit: Permit,
    token: AccessToken,
}

/// A permit that is given back when this is dropped: the request may fail or be given up before anything is sent.
struct UnusedPermit(Option<Permit>);

impl UnusedPermit {
    fn keep(mut self) -> Permit {
        self.0.take().expect("it is taken out only here")
    }
}

impl Drop for UnusedPermit {
    fn drop(&mut self) {
        if let Some(permit) = self.0.take() {
            permit.not_sent();
        }
    }
}

/// Why an attempt failed, and what that means for the next.
struct Failure {
    error: Error,
    remedy: Remedy,
}

enum Remedy {
    /// Another attempt at once.
    AtOnce,
    /// Another attempt after a pause, and not sooner than the service, or the provider of tokens, says.
    Pause(Duration),
    /// Another attempt at once, if there is another token than this.
    OtherToken(AccessToken),
    /// The same as a pause, but only where another attempt does no harm.
    Uncertain(Duration),
    /// None: the next would fail alike.
    Nothing,
}

impl Request<'_> {
    /// Sends the request, again where that is allowed, and reads the answer.
    pub(crate) fn perform(&self) -> impl Future<Output = Result<(RequestReport, Answer), Error>> {
        let number = self.account.next_number();
        let (action, devices) = (self.action, self.targets.len());
        let span = tracing::debug_span!("device_action", number, %action, devices);
        self.repeat(number).instrument(span)
    }

    async fn repeat(&self, number: u64) -> Result<(RequestReport, Answer), Error> {
        let base_url = self.account.base_url();
        let request = WireRequest::new(self.action, self.targets)
            .map_err(|error| Error::invalid(base_url, error))?;
        let mut info =
            RequestInfo { number, attempt: 0, action: self.action, devices: self.targets.len() };
        let mut attempts = Attempts::default();
        let mut asked_for_other_token = false;
        let error = loop {
            info.attempt += 1;
            let (is_written_down, result) = match self.prepare(&info).await {
                Ok(prepared) => (true, self.attempt(&info, &request, prepared).await),
                Err(failure) => (false, Err(failure)),
            };
            let failure = match result {
                Ok((report, answer)) => {
                    self.journal.ended(&info, self.targets, Ok(&report));
                    tracing::debug!(attempt = info.attempt, counts = %report.counts(), "answered");
                    return Ok((report, answer));
                }
                Err(failure) => failure,
            };
            attempts.number += u32::from(is_written_down);
            attempts.add(failure.error.kind());
            self.is_on_its_way.store(attempts.is_tainted, Ordering::Relaxed);
            let failure = failure.after(attempts);
            if is_written_down {
                self.journal.ended(&info, self.targets, Err(&failure.error));
            }
            tracing::debug!(error = %failure.error, attempt = info.attempt, "failed");

            let Failure { error, remedy } = match failure {
                Failure { error, remedy: Remedy::OtherToken(refused) }
                    if !asked_for_other_token =>
                {
                    asked_for_other_token = true;
                    self.other_token(&refused, error).await.after(attempts)
                }
                failure => failure,
            };
            let own_pause = || self.limits.retry.pause(info.attempt, self.account.jitter());
            let pause = match remedy {
                Remedy::AtOnce => Duration::ZERO,
                Remedy::Pause(wait) => own_pause().max(wait),
                Remedy::Uncertain(wait) if self.limits.retry.repeats_uncertain(self.action) => {
                    own_pause().max(wait)
                }
                _ => break error,
            };
            if info.attempt >= self.limits.retry.max_attempts() || self.limits.is_late(pause) {
                break error;
            }
            self.account.observer().retried(&info, &error, pause);
            select! {
                () = self.stop.stopped() => break Error::stopped(base_url).after(attempts),
                () = sleep(pause) => {}
            }
        };
        self.account.observer().failed(&info, &error);
        Err(error)
    }

    /// Looks for another token than the one that was refused.
    async fn other_token(&self, refused: &AccessToken, error: Error) -> Failure {
        match self.token().await {
            Ok(token) if token.same_as(refused) => Failure::last(error),
            Ok(_) => Failure { error, remedy: Remedy::AtOnce },
            // Why there is no other says more than that this one was refused, and may pass.
            Err(failure) => failure,
        }
    }

    async fn prepare(&self, info: &RequestInfo<'_>) -> Result<Prepared, Failure> {
        let mut prepared = self.permit_and_token(info).await?;
        if prepared.permit.granted_at().elapsed() > LONGEST_HANDOVER {
            // The quota counts from the permit: whoever sends with an old one sends too many. For another, the token is there by now.
            prepared.permit.not_sent();
            prepared = self.permit_and_token(info).await?;
        }
        match self.write_down(info) {
            Ok(()) => Ok(prepared),
            Err(failure) => {
                prepared.permit.not_sent();
                Err(failure)
            }
        }
    }

    async fn permit_and_token(&self, info: &RequestInfo<'_>) -> Result<Prepared, Failure> {
        let permit = UnusedPermit(Some(self.permit(info).await?));
        let token = self.token().await?;
        Ok(Prepared { permit: permit.keep(), token })
    }

    /// Writes down that the request is about to be sent, if there is still time for it.
    fn write_down(&self, info: &RequestInfo<'_>) -> Result<(), Failure> {
        let base_url = self.account.base_url();
        if self.limits.is_late(Duration::ZERO) {
            return Err(Failure::last(Error::time_over(base_url)));
        }
        let written = self.journal.sending(info, self.targets);
        written.map_err(|error| Failure::last(Error::not_written_down(base_url, error)))
    }

    async fn permit(&self, info: &RequestInfo<'_>) -> Result<Permit, Failure> {
        let base_url = self.account.base_url();
        if self.stop.is_stopped() {
            return Err(Failure::last(Error::stopped(base_url)));
        }
        // A permit that comes together with a stop is given back, when the token is asked for. The wait has memory of its own:
        // with it, that of a request would be of a size for which glibc's allocator looks around each time.
        select! {
            biased;
            permit = Box::pin(self.wait_for_permit(info)) => {
                permit.map_err(|error| Failure::last(Error::no_permit(base_url, error)))
            }
            () = self.stop.stopped() => Err(Failure::last(Error::stopped(base_url))),
        }
    }

    async fn wait_for_permit(&self, info: &RequestInfo<'_>) -> Result<Permit, QuotaError> {
        let quota = self.account.quota();
        let ask = Ask::new(self.limits.timeout);
        if !self.limits.waits {
            return quota.acquire(ask.without_waiting()).await;
        }
        if let Ok(about) = quota.estimate(1).await
            && !about.is_zero()
        {
            self.account.observer().waiting(info, about);
        }
        quota.acquire(Ask { deadline: self.limits.deadline, ..ask }).await
    }

    async fn token(&self) -> Result<AccessToken, Failure> {
        let base_url = self.account.base_url();
        if self.stop.is_stopped() {
            return Err(Failure::last(Error::stopped(base_url)));
        }
        let token = select! {
            biased;
            token = self.account.tokens().token() => token,
            () = self.stop.stopped() => return Err(Failure::last(Error::stopped(base_url))),
            () = self.limits.over() => return Err(Failure::last(Error::time_over(base_url))),
        };
        token.map_err(|error| {
            let remedy = match error.is_permanent() {
                true => Remedy::Nothing,
                false => Remedy::Pause(error.retry_after().unwrap_or_default()),
            };
            Failure { error: Error::no_token(base_url, error), remedy }
        })
    }

    /// Sends the request once, tells the quota how it ended, and reads the answer.
    async fn attempt(
        &self,
        info: &RequestInfo<'_>,
        request: &WireRequest<'_>,
        Prepared { permit, token }: Prepared,
    ) -> Result<(RequestReport, Answer), Failure> {
        let base_url = self.account.base_url();
        self.account.observer().sent(info);
        tracing::debug!(attempt = info.attempt, base_url, "sending");
        let sent_at = Instant::now();
        self.is_on_its_way.store(true, Ordering::Relaxed);
        let sending = self.account.transport().send(token.clone(), request);
        let error = match timeout(self.limits.timeout, sending).await {
            Ok(Ok(answer)) => {
                let observation = self.account.observe(&answer);
                permit.answered(&observation);
                self.account.observer().answered(info, answer.status.as_u16(), sent_at.elapsed());
                return self.read(answer, &observation, &token);
            }
            Ok(Err(error)) => error,
            Err(_) => Error::timeout(base_url),
        };
        if error.may_have_been_applied() {
            return Err(Failure { error, remedy: Remedy::Uncertain(Duration::ZERO) });
        }
        permit.not_sent();
        let remedy = match error.is_connect() {
            true => Remedy::Pause(Duration::ZERO),
            false => Remedy::Nothing,
        };
        Err(Failure { error, remedy })
    }

    fn read(
        &self,
        answer: Answer,
        observation: &Observation,
        token: &AccessToken,
    ) -> Result<(RequestReport, Answer), Failure> {
        let base_url = self.account.base_url();
        if answer.status.as_u16() == 200 {
            return match wire::report(self.targets, &answer.body) {
                Ok(report) => Ok((report, answer)),
                Err(error) => {
                    let error = Error::unreadable(base_url, &answer.body, &error);
                    Err(Failure { error, remedy: Remedy::Uncertain(Duration::ZERO) })
                }
            };
        }
        let error = Error::of_answer(base_url, &answer);
        Err(match error.status() {
            Some(429) => {
                let wait = observation.pause(self.account.window());
                Failure { error: error.with_retry_after(Some(wait)), remedy: Remedy::Pause(wait) }
            }
            Some(401) => {
                self.account.tokens().refuse(token);
                Failure { error, remedy: Remedy::OtherToken(token.clone()) }
            }
            _ if error.may_have_been_applied() => {
                let wait = observation.retry_after.unwrap_or_default();
                Failure { error, remedy: Remedy::Uncertain(wait) }
            }
            _ => Failure::last(error),
        })
    }
}

impl Failure {
    fn last(error: Error) -> Self {
        Self { error, remedy: Remedy::Nothing }
    }

    fn after(self, attempts: Attempts) -> Self {
        Self { error: self.error.after(attempts), ..self }
    }
}

impl Account {
    fn observe(&self, answer: &Answer) -> Observation {
        Observation::read(answer.status, &answer.headers, SystemTime::now(), self.window())
    }
}
