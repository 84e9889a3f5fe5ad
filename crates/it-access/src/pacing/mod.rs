//! How a quota is kept: slots that are taken when a request is sent, and free again a whole window after its answer.

mod observation;
mod unpaced;

pub use observation::{LONGEST_RETRY_AFTER, Observation};
pub use unpaced::Unpaced;
