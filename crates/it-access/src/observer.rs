//! Watching requests: progress bars and metrics hang on it.

use std::{fmt, time::Duration};

use crate::{DeviceAction, Error};

/// Is told what happens to each request, as it happens. Each method does nothing unless it is written.
///
/// It is called between other work, and should return at once. Nothing that it is told holds a secret.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use it_access::{Observer, RequestInfo};
///
/// #[derive(Debug, Default)]
/// struct DevicesSent(AtomicUsize);
///
/// impl Observer for DevicesSent {
///     fn sent(&self, request: &RequestInfo<'_>) {
///         self.0.fetch_add(request.devices, Ordering::Relaxed);
///     }
/// }
/// ```
pub trait Observer: fmt::Debug + Send + Sync {
    /// A request has to wait for the quota: about so long, or longer if others wait before it.
    fn waiting(&self, _request: &RequestInfo<'_>, _about: Duration) {}

    /// A request is about to be sent.
    fn sent(&self, _request: &RequestInfo<'_>) {}

    /// An answer of this status has come, so long after the request was sent.
    fn answered(&self, _request: &RequestInfo<'_>, _status: u16, _after: Duration) {}

    /// An attempt has failed, and there will be another after this pause.
    fn retried(&self, _request: &RequestInfo<'_>, _error: &Error, _pause: Duration) {}

    /// The request has failed, with its last attempt or before its next: there will be no other.
    fn failed(&self, _request: &RequestInfo<'_>, _error: &Error) {}
}

/// Which request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestInfo<'a> {
    /// The number of the request among those of its client, from 1.
    pub number: u64,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// What it does.
    pub action: &'a DeviceAction,
    /// To how many devices.
    pub devices: usize,
}

/// Watches nothing.
#[derive(Debug)]
pub(crate) struct Nobody;

impl Observer for Nobody {}
