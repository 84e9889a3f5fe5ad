//! Faults on demand: what can go wrong, and when it does.

mod answer;
mod catalogue;
mod edit;
mod effect;
mod parameters;
mod script;
mod text;

use std::time::Duration;

use http::{HeaderValue, StatusCode};

pub use catalogue::{FAULTS, FaultDescription, FaultName};
pub(crate) use effect::Instead;
pub(crate) use script::{Faults, Plan};
pub use text::InvalidFault;

/// Describes one fault: what goes wrong, when, and at which endpoint.
///
/// It strikes requests that would be carried out, and no others: one that is refused for its token,
/// its quota or its body is answered as ever.
///
/// A text such as that of the command line can be read and is displayed again:
///
/// ```
/// use it_access_sim::{Fault, FaultKind};
///
/// let fault: Fault = "reset-after-apply:next=3".parse()?;
/// assert_eq!(fault, Fault::new(FaultKind::ResetAfterApply).next(3));
/// assert_eq!(fault.to_string(), "reset-after-apply:next=3");
/// # Ok::<(), it_access_sim::InvalidFault>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    kind: FaultKind,
    when: When,
    endpoint: Endpoint,
}

/// Tells what goes wrong.
///
/// "Before apply" is before the action changes the fleet, which it then never does; "after apply" is
/// once it has. At the token endpoint, to apply is to issue the token.
#[derive(Clone, Debug, PartialEq)]
pub enum FaultKind {
    /// The answer comes late; the action is applied at once.
    Latency(Latency),
    /// The connection is reset in place of carrying out the action.
    ResetBeforeApply,
    /// The action is carried out, and the connection reset in place of an answer.
    ResetAfterApply,
    /// The connection is closed in place of carrying out the action.
    CloseBeforeApply,
    /// The action is carried out, and the connection closed in place of an answer.
    CloseAfterApply,
    /// Nothing is done and nothing answered; the connection stays open.
    SilenceBeforeApply,
    /// The action is carried out, and nothing answered; the connection stays open.
    SilenceAfterApply,
    /// This status, and a line of text, in place of carrying out the action.
    HttpBeforeApply(StatusCode),
    /// The action is carried out, and answered by this status and a line of text.
    HttpAfterApply(StatusCode),
    /// This status and a page of HTML, as from a gateway, in place of carrying out the action.
    HtmlBeforeApply(StatusCode),
    /// The action is carried out, and answered by this status and a page of HTML.
    HtmlAfterApply(StatusCode),
    /// A 429, although the quota has requests left.
    TooManyRequests {
        /// The seconds in `Retry-After`; without, there is none.
        retry_after: Option<u32>,
    },
    /// A 401, although the token is good.
    Unauthorized,
    /// A redirect in place of carrying out the action.
    Redirect {
        /// A status of the 300s.
        status: StatusCode,
        /// The value of `Location`.
        to: HeaderValue,
    },
    /// The action is carried out, and the answer breaks off.
    CutOff {
        /// How much of the body is sent, in percent, less than 100.
        percent: u8,
    },
    /// The body comes in pieces.
    SlowBody {
        /// The size of a piece.
        bytes: usize,
        /// The pause before each piece.
        pause: Duration,
    },
    /// The body never ends: spaces follow, a KiB at a time.
    EndlessBody {
        /// The pause before each KiB.
        pause: Duration,
    },
    /// One device has a code that is not documented.
    UnknownCode(i64),
    /// One device is missing in the answer.
    MissingKey,
    /// The answer names a device, as applied, that was not asked for.
    ExtraKey(String),
    /// One device stands twice in the answer, with two results.
    DuplicateKey,
    /// MAC addresses come back in another spelling; answers by HWID are left alone.
    MacEcho(MacSpelling),
    /// The answer is right, and declared as something else.
    ContentType(HeaderValue),
}

/// Tells how late an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Latency {
    /// By so much.
    Fixed(Duration),
    /// By something from the first to the second, all equally likely.
    Uniform(Duration, Duration),
    /// By so much on average, seldom by far more (an exponential distribution).
    Exponential(Duration),
}

/// A spelling of MAC addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MacSpelling {
    /// `00:0C:29:CD:C7:B2`
    Upper,
    /// `00-0c-29-cd-c7-b2`
    Hyphens,
    /// `000c.29cd.c7b2`
    Dots,
    /// `000c29cdc7b2`
    Bare,
}

/// Tells which requests a fault strikes, of those that would be carried out at its endpoint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// Every one.
    Always,
    /// Each with this probability, by the simulator's seed.
    Probability(f64),
    /// Only this one: 1 is the first since the fault was set.
    Nth(u64),
    /// The next so many.
    Next(u64),
}

/// Names what a client can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// `POST /o/api/v3/devices/action`
    DeviceAction,
    /// `POST /o/oauth/token`
    Token,
}

impl Fault {
    /// Makes a fault that strikes every request for an action.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, when: When::Always, endpoint: Endpoint::DeviceAction }
    }

    /// Sets that it strikes each request with this probability.
    ///
    /// # Panics
    ///
    /// If it is not from 0 to 1.
    #[must_use]
    pub fn with_probability(self, probability: f64) -> Self {
        assert!((0.0..=1.0).contains(&probability), "a probability from 0 to 1 is needed");
        Self { when: When::Probability(probability), ..self }
    }

    /// Sets that it strikes the nth request, of which 1 is the first.
    #[must_use]
    pub fn nth(self, n: u64) -> Self {
        Self { when: When::Nth(n), ..self }
    }

    /// Sets that it strikes the next `n` requests.
    #[must_use]
    pub fn next(self, n: u64) -> Self {
        Self { when: When::Next(n), ..self }
    }

    /// Sets that it strikes requests for a token, in place of those for an action.
    ///
    /// # Panics
    ///
    /// If it changes the results of an action, which a token has none of.
    #[must_use]
    pub fn at_token_endpoint(self) -> Self {
        assert!(!self.kind.changes_results(), "it changes the results of an action");
        Self { endpoint: Endpoint::Token, ..self }
    }

    /// Returns the name, as in [`FAULTS`].
    #[must_use]
    pub fn name(&self) -> FaultName {
        self.kind.name()
    }

    /// Returns what goes wrong.
    #[must_use]
    pub fn kind(&self) -> &FaultKind {
        &self.kind
    }

    /// Returns which requests it strikes.
    #[must_use]
    pub fn when(&self) -> When {
        self.when
    }
}
