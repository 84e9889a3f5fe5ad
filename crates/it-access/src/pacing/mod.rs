//! How a quota is kept: slots that are taken when a request is sent, and free again a whole window after its answer.
//!
//! [`Pacer`] keeps them in memory. A store that several programs share keeps a [`Ledger`], by the same rules.

mod alignment;
mod ledger;
mod observation;
mod openings;
mod others;
mod pacer;
mod refusals;
mod unpaced;

pub use ledger::{LONGEST_HANDOVER, LONGEST_TIMEOUT, Ledger, Moment, Ticket};
pub use observation::{LONGEST_RETRY_AFTER, Observation};
pub use pacer::Pacer;
pub use unpaced::Unpaced;
