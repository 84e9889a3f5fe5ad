//! The simulated account: what lives on from one request to the next, and what becomes of each.

mod act;
mod clients;
mod journal;
mod refusal;
mod results;
mod tokens;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, DATE};
use http::{HeaderValue, Method, Response, StatusCode};

pub(crate) use clients::Clients;
pub use clients::{DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET};
pub(crate) use journal::Journal;
pub use journal::{Application, LogEntry};
pub(crate) use refusal::{Refusal, answer_of, text};
pub(crate) use results::Results;
pub use tokens::DEFAULT_ACCESS_TOKEN;
pub(crate) use tokens::Tokens;

use crate::call::{ActionRequest, Call, GrantError, TokenError};
use crate::clock::Moment;
use crate::faults::{Faults, Instead, Plan};
use crate::quota::{self, Meter};
use crate::secret::Secret;
use crate::{Answer, Endpoint, Fleet, Reply};

/// All that requests ask for and change.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) fleet: Fleet,
    /// `None` without a quota.
    pub(crate) meter: Option<Meter>,
    pub(crate) tokens: Tokens,
    pub(crate) clients: Clients,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

impl Account {
    /// Answers a request, as a whole before or after any other, and writes it down.
    pub(crate) fn answer(&mut self, method: &Method, call: Call, moment: Moment) -> Reply {
        let endpoint = match &call {
            Call::DeviceAction(..) => Some(Endpoint::DeviceAction),
            Call::Token(_) => Some(Endpoint::Token),
            Call::Refused(endpoint, _) => *endpoint,
        };
        let mut entry = LogEntry::new(moment.since_start, method.clone(), endpoint);
        let mut reply = match call {
            Call::DeviceAction(token, request) => match self.admit(token, request, moment) {
                Ok(request) => self.carry_out(&request, moment, &mut entry),
                Err(refusal) => Reply::now(self.refuse(&refusal, moment)),
            },
            Call::Token(grant) => match grant.and_then(|grant| self.clients.check(&grant)) {
                Ok(()) => self.issue_token(moment, &mut entry),
                Err(error) => Reply::now(token_refused(error)),
            },
            Call::Refused(Some(Endpoint::Token), refusal) => Reply::now(refusal.to_response()),
            Call::Refused(_, refusal) => Reply::now(self.refuse(&refusal, moment)),
        };
        if let Some(response) = reply.answer.response_mut() {
            response.headers_mut().insert(DATE, quota::date(moment.wall));
        }
        entry.status = reply.answer.status();
        self.journal.record(entry);
        reply
    }

    /// Decides whether a request is carried out.
    fn admit(
        &mut self,
        token: Result<Secret, TokenError>,
        request: Result<ActionRequest, Refusal>,
        moment: Moment,
    ) -> Result<ActionRequest, Refusal> {
        self.tokens.check(&token?, moment.since_start)?;
        if self.meter.as_mut().is_some_and(|meter| !meter.admit(moment.since_start)) {
            return Err(Refusal::TooManyRequests);
        }
        request
    }

    fn refuse(&mut self, refusal: &Refusal, moment: Moment) -> Response<Bytes> {
        let mut response = refusal.to_response();
        self.tell_quota(&mut response, moment);
        if matches!(refusal, Refusal::TooManyRequests)
            && let Some(meter) = &mut self.meter
        {
            meter.headers(moment).write_retry_after(response.headers_mut());
        }
        response
    }

    fn carry_out(
        &mut self,
        request: &ActionRequest,
        moment: Moment,
        entry: &mut LogEntry,
    ) -> Reply {
        entry.action = Some(request.action.name());
        self.under_faults(Endpoint::DeviceAction, moment, entry, |account, plan, entry| {
            let (mut results, applied) = act::act(&mut account.fleet, request, moment.since_start);
            entry.applied = applied;
            plan.edit(&mut results);
            let mut response = answer_of(StatusCode::OK, "application/json", results.to_json());
            account.tell_quota(&mut response, moment);
            response
        })
    }

    fn issue_token(&mut self, moment: Moment, entry: &mut LogEntry) -> Reply {
        self.under_faults(Endpoint::Token, moment, entry, |account, _, _| {
            let (token, lifetime) = account.tokens.issue(moment.since_start);
            uncached(
                StatusCode::OK,
                &serde_json::json!({
                    "access_token": token.expose(),
                    "token_type": "bearer",
                    "expires_in": lifetime.as_secs(),
                    "scope": "read",
                }),
            )
        })
    }

    /// Does what was asked for, or what the faults that are set make of it.
    fn under_faults(
        &mut self,
        endpoint: Endpoint,
        moment: Moment,
        entry: &mut LogEntry,
        apply: impl FnOnce(&mut Self, &mut Plan, &mut LogEntry) -> Response<Bytes>,
    ) -> Reply {
        let mut plan = self.faults.strike(endpoint);
        let answer = match plan.before_apply() {
            Some(instead) => self.answer_instead(instead, endpoint, moment),
            None => {
                let response = apply(self, &mut plan, entry);
                match plan.after_apply() {
                    Some(instead) => self.answer_instead(instead, endpoint, moment),
                    None => plan.deliver(response),
                }
            }
        };
        entry.faults = plan.names();
        Reply { delay: plan.delay, answer }
    }

    fn answer_instead(
        &mut self,
        instead: Instead<'_>,
        endpoint: Endpoint,
        moment: Moment,
    ) -> Answer {
        let mut answer = instead.answer();
        if let Some(response) = answer.response_mut()
            && instead.is_from_the_service()
            && endpoint == Endpoint::DeviceAction
        {
            self.tell_quota(response, moment);
        }
        answer
    }

    /// Says in an answer how much of the quota is left.
    fn tell_quota(&mut self, response: &mut Response<Bytes>, moment: Moment) {
        if let Some(meter) = &mut self.meter {
            meter.headers(moment).write(response.headers_mut());
        }
    }
}

/// A refusal in the form of RFC 6749, section 5.2.
fn token_refused(error: GrantError) -> Response<Bytes> {
    uncached(
        error.status(),
        &serde_json::json!({ "error": error.code(), "error_description": error.to_string() }),
    )
}

fn uncached(status: StatusCode, body: &serde_json::Value) -> Response<Bytes> {
    let mut response = answer_of(status, "application/json", body.to_string());
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
