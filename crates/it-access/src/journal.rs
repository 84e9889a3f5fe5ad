//! Writing down what is sent, before it is sent.

use std::{error, fmt};

use crate::{Error, RequestInfo, RequestReport, Targets};

/// Writes down what is sent, before it is sent, and what came of it: what a job that survives its process is made of.
///
/// An attempt that was written down and never ended may have been applied.
pub trait Journal: fmt::Debug + Send + Sync {
    /// An attempt is about to be sent: it has its permit and its token.
    ///
    /// # Errors
    ///
    /// If it cannot be written down. Then it is not sent, and the request fails with this error as its source.
    fn sending(
        &self,
        attempt: &RequestInfo<'_>,
        targets: &Targets,
    ) -> Result<(), Box<dyn error::Error + Send + Sync>>;

    /// The attempt has ended: with the state of each device, or with an error whose [`Error::device_state`] is the state of
    /// all of them. One that changed nothing may be followed by another attempt, with a `sending` of its own.
    ///
    /// The answer is there and cannot be refused any more: a journal that fails to write it down refuses the next `sending`.
    fn ended(
        &self,
        attempt: &RequestInfo<'_>,
        targets: &Targets,
        end: Result<&RequestReport, &Error>,
    );
}

/// Writes nothing down.
#[derive(Debug)]
pub(crate) struct NoJournal;

impl Journal for NoJournal {
    fn sending(
        &self,
        _: &RequestInfo<'_>,
        _: &Targets,
    ) -> Result<(), Box<dyn error::Error + Send + Sync>> {
        Ok(())
    }

    fn ended(&self, _: &RequestInfo<'_>, _: &Targets, _: Result<&RequestReport, &Error>) {}
}
