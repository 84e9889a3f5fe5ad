//! Why a run did not begin.

use std::path::Path;

use it_access::DeviceAction;

use crate::{JobId, JournalError};

/// Why a job was not made, or a run did not begin. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),

    /// A base URL names no host. It is not shown: there may be a secret in it.
    #[error("the base URL names no host; give one like https://gears.opswat.com")]
    NoHost,

    /// The job was made for another service, or for another of its accounts.
    #[error(
        "the job is for {planned}, and this is {host}; run it there, \
         or make a job of its own for {host}"
    )]
    OtherHost {
        /// The host that the job was made for, with the account if that has a name.
        planned: String,
        /// The host of the client, with the account if that has a name.
        host: String,
    },

    /// A safeguard has stopped the last run.
    #[error(
        "the last run was stopped by a safeguard: {reason}. Look at the devices, \
         and say that the job is to go on all the same"
    )]
    Halted {
        /// What the safeguard has said.
        reason: String,
    },

    /// A job in the same folder carries out the plan, or has done so.
    #[error("job {job} {} this plan already", if *.is_finished { "has carried out" } else { "carries out" })]
    CarriedOut {
        /// The job.
        job: JobId,
        /// Whether nothing is left to send in it.
        is_finished: bool,
    },

    /// The action does more when it is done twice.
    #[error(
        "devices that are unknown are not sent again for \"{action}\": the action may have been \
         applied, and once more is not the same. Look at the devices; \
         a report of those that are unknown is a list for another plan"
    )]
    RetryUnknown {
        /// The action.
        action: DeviceAction,
    },
}

impl RunError {
    /// Says of a journal that stood in the way of a new job that there is none.
    pub(crate) fn not_made(self, path: &Path) -> Self {
        match self {
            Self::Journal(error) => error.not_made(path).into(),
            other => other,
        }
    }
}
